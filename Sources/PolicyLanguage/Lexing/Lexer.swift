import Diagnostics
import Facts

/// Turns a source into tokens, and says what is wrong with its characters.
///
/// Every byte belongs to a token or to the trivia before one. Bad characters are reported and passed
/// over, so that one of them does not hide the next.
struct Lexer {
    /// After how many mistakes a source is given up: it is no policy.
    static let mostMistakes = 1_000

    /// The largest source, in bytes.
    static let largestSource = 4 << 20

    /// The most words in a source.
    static let mostWords = 1_000_000

    /// The longest text in quotation marks, in bytes.
    static let longestText = 4_096

    /// The longest name, in bytes; an id may be no longer, whoever writes it.
    static let longestName = Vocabulary.longestID

    let source: SourceText
    let sourceIndex: Int
    private(set) var diagnostics: [Diagnostic] = []
    var offset = 0
    private(set) var beginsLine = true
    private var lineStart = 0

    init(_ source: SourceText, index: Int) {
        self.source = source
        sourceIndex = index
    }

    /// All tokens of the source, the end among them.
    static func tokens(of source: SourceText, index: Int) -> ([Token], [Diagnostic]) {
        var lexer = Lexer(source, index: index)
        guard source.bytes.count <= largestSource else {
            lexer.report(.sourceTooLarge, [String(largestSource >> 20)], from: 0, to: 0)
            return ([lexer.end(after: nil)], lexer.diagnostics)
        }
        var tokens: [Token] = []
        while let token = lexer.next() {
            tokens.append(token)
            guard tokens.count <= mostWords else {
                lexer.report(
                    .tooMany, [String(mostWords), "words"], from: token.place.span.lower,
                    to: token.place.span.upper)
                break
            }
        }
        tokens.append(lexer.end(after: tokens.last))
        return (tokens, lexer.diagnostics)
    }

    private mutating func next() -> Token? {
        let triviaStart = offset
        while true {
            skipTrivia()
            guard offset < source.bytes.count, diagnostics.count < Lexer.mostMistakes else {
                return nil
            }
            let start = offset
            guard let scalar = scalar(at: offset) else {
                offset += 1
                report(.invalidUTF8, [], from: start, to: offset)
                continue
            }
            if takeForeignComment() { continue }
            let kind: Token.Kind
            let text: String
            if scalar.plain == "\"" || beginsForeignText() {
                (kind, text) = (.text, quotedText())
            } else if scalar.plain.isDigit {
                (kind, text) = number()
            } else if scalar.plain.beginsName || scalar.isHalfWidthKana {
                (kind, text) = (.identifier, name())
            } else if let symbol = symbol(scalar) {
                // `and` and `or` may come from signs of other languages.
                let isWord = symbol.unicodeScalars.first?.properties.isAlphabetic == true
                (kind, text) = (isWord ? .identifier : .symbol, symbol)
            } else {
                skipBad(scalar)
                continue
            }
            let token = token(kind, text, from: start, triviaStart: triviaStart)
            beginsLine = false
            return token
        }
    }

    /// The end of the source; what follows the last word belongs to it, so that the tokens hold every byte.
    private func end(after last: Token?) -> Token {
        let offset = source.bytes.count
        return Token(
            kind: .end, text: "", place: place(from: offset, to: offset),
            triviaStart: last?.place.span.upper ?? 0,
            indentation: beginsLine ? offset - lineStart : nil)
    }

    private func token(
        _ kind: Token.Kind, _ text: String, from start: Int, triviaStart: Int
    ) -> Token {
        Token(
            kind: kind, text: text,
            place: Place(source: sourceIndex, span: SourceText.Span(start, offset)),
            triviaStart: triviaStart, indentation: beginsLine ? start - lineStart : nil)
    }

    mutating func report(
        _ code: DiagnosticCode, _ arguments: [String], from start: Int, to end: Int,
        fix: Fix? = nil
    ) {
        guard diagnostics.count < Lexer.mostMistakes else { return }
        diagnostics.append(
            Diagnostic(code, arguments, at: place(from: start, to: end), fix: fix))
    }

    func place(from start: Int, to end: Int) -> Place {
        Place(source: sourceIndex, span: SourceText.Span(start, end))
    }

    // MARK: Spaces and comments

    private mutating func skipTrivia() {
        let bytes = source.bytes
        while offset < bytes.count {
            switch bytes[offset] {
            case UInt8(ascii: "\n"):
                beginsLine = true
                offset += 1
                lineStart = offset
            case UInt8(ascii: " "), UInt8(ascii: "\t"):
                offset += 1
            case UInt8(ascii: "\r") where endsLineHere(at: offset):
                offset += 1
            case UInt8(ascii: "/") where offset + 1 < bytes.count && bytes[offset + 1] == 0x2F:
                skipComment()
            case 0xEF where offset == 0 && bytes.starts(with: [0xEF, 0xBB, 0xBF]):
                offset = 3  // A byte order mark, which some editors write.
            default:
                return
            }
        }
    }

    mutating func skipComment() {
        while offset < source.bytes.count, source.bytes[offset] != UInt8(ascii: "\n") {
            guard let scalar = scalar(at: offset) else {
                offset += 1
                report(.invalidUTF8, [], from: offset - 1, to: offset)
                continue
            }
            let start = offset
            offset += scalar.utf8Length
            // Nothing that is read changes when it goes, and people then see what is read.
            check(scalar, at: start, .sure)
        }
    }

    /// Reports what may not even stand in texts and comments; `applicability` says whether it can just go.
    mutating func check(
        _ scalar: Unicode.Scalar, at start: Int, _ applicability: Fix.Applicability
    ) {
        guard scalar.value < 0x20 || scalar.value > 0x7E else { return }
        let end = start + scalar.utf8Length
        if scalar.isBidirectionalControl {
            reportHidden(.bidirectionalControl, [], from: start, to: end, applicability)
        } else if scalar.endsLineForSome {
            if scalar != "\r" || !endsLineHere(at: start) {
                report(.otherLineEnd, [scalar.number], from: start, to: end)
            }
        } else if scalar.properties.generalCategory == .control, scalar != "\t" {
            reportHidden(.invisibleCharacter, [scalar.number], from: start, to: end, applicability)
        }
    }

    /// Reports a character that can't be seen, with the fix that takes it away.
    mutating func reportHidden(
        _ code: DiagnosticCode, _ arguments: [String], from start: Int, to end: Int,
        _ applicability: Fix.Applicability
    ) {
        report(
            code, arguments, from: start, to: end,
            fix: .replacing(place(from: start, to: end), with: "", applicability))
    }

    /// Whether the carriage return at `offset` is part of a line's end.
    private func endsLineHere(at offset: Int) -> Bool {
        offset + 1 == source.bytes.count || source.bytes[offset + 1] == UInt8(ascii: "\n")
    }
}
