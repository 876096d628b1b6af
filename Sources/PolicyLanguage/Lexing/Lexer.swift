import Diagnostics
import Facts

/// Turns a source into tokens, and says what is wrong with its characters.
///
/// Every byte belongs to a token or to the trivia before one. Bad characters are reported and passed
/// over, so that one of them does not hide the next.
struct Lexer {
    /// After how many mistakes a source is given up: it is no policy.
    static let mostMistakes = 1_000

    /// How other languages write what this one has, and how it does.
    private static let foreignSpellings = ["==": "=", "&&": "and", "||": "or", "<>": "!="]

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
    private var beginsLine = true
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
            return ([lexer.token(.end, "", from: 0, triviaStart: 0)], lexer.diagnostics)
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
        // What follows the last word belongs to the end, so that the tokens hold every byte.
        let trailing = tokens.last?.place.span.upper ?? 0
        lexer.offset = source.bytes.count
        tokens.append(lexer.token(.end, "", from: lexer.offset, triviaStart: trailing))
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
            let kind: Token.Kind
            let text: String
            if scalar == "\"" || scalar.narrowForm == "\"" {
                (kind, text) = (.text, quotedText())
            } else if scalar.isDigit {
                (kind, text) = number()
            } else if scalar.narrowForm?.isDigit == true {
                (kind, text) = (.integer, wordOfOtherWidth { $0.narrowForm?.isDigit == true })
            } else if scalar.beginsName || scalar.isNameOfOtherWidth {
                (kind, text) = (.identifier, name())
            } else if let symbol = symbol(scalar) {
                // `and` and `or` may come from signs of other languages.
                let isWord = symbol.unicodeScalars.first?.properties.isAlphabetic == true
                (kind, text) = (isWord ? .identifier : .symbol, symbol)
            } else {
                offset += scalar.utf8Length
                reportBad(scalar, from: start)
                continue
            }
            let token = token(kind, text, from: start, triviaStart: triviaStart)
            beginsLine = false
            return token
        }
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
        _ code: DiagnosticCode, _ arguments: [String], from start: Int, to end: Int
    ) {
        guard diagnostics.count < Lexer.mostMistakes else { return }
        let place = Place(source: sourceIndex, span: SourceText.Span(start, end))
        diagnostics.append(Diagnostic(code, arguments, at: place))
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

    private mutating func skipComment() {
        while offset < source.bytes.count, source.bytes[offset] != UInt8(ascii: "\n") {
            guard let scalar = scalar(at: offset) else {
                offset += 1
                report(.invalidUTF8, [], from: offset - 1, to: offset)
                continue
            }
            if scalar.value < 0x20 || scalar.value > 0x7E { checkInText(scalar, at: offset) }
            offset += scalar.utf8Length
        }
    }

    /// Reports what may not even stand in texts and comments.
    private mutating func checkInText(_ scalar: Unicode.Scalar, at start: Int) {
        let end = start + scalar.utf8Length
        if scalar.isBidirectionalControl {
            report(.bidirectionalControl, [], from: start, to: end)
        } else if scalar.endsLineForSome {
            if scalar != "\r" || !endsLineHere(at: start) {
                report(.otherLineEnd, [scalar.number], from: start, to: end)
            }
        } else if scalar.properties.generalCategory == .control, scalar != "\t" {
            report(.invisibleCharacter, [scalar.number], from: start, to: end)
        }
    }

    /// Whether the carriage return at `offset` is part of a line's end.
    private func endsLineHere(at offset: Int) -> Bool {
        offset + 1 == source.bytes.count || source.bytes[offset + 1] == UInt8(ascii: "\n")
    }

    // MARK: Words

    private mutating func name() -> String {
        let start = offset
        // What was read before a character that is reported and left out or put right.
        var text = ""
        var begun = offset
        var isASCII = true
        while let scalar = scalar(at: offset) {
            isASCII = isASCII && scalar.isASCII
            if scalar.continuesName {
                offset += scalar.utf8Length
            } else if scalar == "-", let following = self.scalar(at: offset + 1),
                following.continuesName || following.isNameOfOtherWidth
            {
                offset += 1
            } else if scalar.isNameOfOtherWidth {
                text += source.text(in: SourceText.Span(begun, offset))
                text += wordOfOtherWidth(\.isNameOfOtherWidth)
                begun = offset
            } else if scalar.isInvisible, !scalar.isASCII, !scalar.isBidirectionalControl,
                !scalar.endsLineForSome
            {
                text += source.text(in: SourceText.Span(begun, offset))
                let here = offset
                offset += scalar.utf8Length
                begun = offset
                report(.invisibleCharacter, [scalar.number], from: here, to: offset)
            } else {
                break
            }
        }
        text += source.text(in: SourceText.Span(begun, offset))
        text = cut(text, to: Lexer.longestName, from: start)
        if isASCII { return text }
        text = NormalForm.composed(text)
        checkScripts(of: text, from: start)
        return text
    }

    /// Reports what is longer than it may be, and cuts it: whoever goes on should not have to carry it.
    private mutating func cut(_ text: String, to longest: Int, from start: Int) -> String {
        guard text.utf8.count > longest else { return text }
        report(.tooLong, [String(longest)], from: start, to: offset)
        return String(decoding: text.utf8.prefix(longest), as: UTF8.self)
    }

    /// Reads on while `belongs`, reports it, and gives it in the width that names have.
    private mutating func wordOfOtherWidth(_ belongs: (Unicode.Scalar) -> Bool) -> String {
        let start = offset
        var text = String.UnicodeScalarView()
        while let scalar = scalar(at: offset), belongs(scalar) {
            text.append(scalar.fullWidthKana ?? scalar.narrowForm ?? scalar)
            offset += scalar.utf8Length
        }
        let word = NormalForm.composed(String(text))
        let written = source.text(in: SourceText.Span(start, offset))
        report(.foreignSpelling, [written, word], from: start, to: offset)
        return word
    }

    /// Reports a name whose letters come from scripts that nobody writes in one word.
    private mutating func checkScripts(of name: String, from start: Int) {
        var scripts: Set<Script> = []
        for scalar in name.unicodeScalars {
            guard let script = scalar.script, scripts.insert(script).inserted,
                !Script.mayMix(scripts)
            else { continue }
            report(.mixedScripts, [name, scalar.number], from: start, to: offset)
            return
        }
    }

    private mutating func number() -> (Token.Kind, String) {
        let start = offset
        if let clock = clock() { return (.clock, clock) }
        var isTime = false
        while offset < source.bytes.count {
            let byte = source.bytes[offset]
            let isDigit = byte >= 0x30 && byte <= 0x39
            // A date has hyphens, and an instant a T, colons and a sign before its offset.
            let belongsToTime = "-:TZ+".utf8.contains(byte) && offset - start >= 4
            guard isDigit || belongsToTime else { break }
            if belongsToTime, byte == UInt8(ascii: ":"), !isTime { break }
            isTime = isTime || belongsToTime
            offset += 1
        }
        let text = source.text(in: SourceText.Span(start, offset))
        if let scalar = scalar(at: offset), scalar.continuesName {
            _ = name()
            report(
                .malformedNumber, [source.text(in: SourceText.Span(start, offset))], from: start,
                to: offset)
        } else if !isTime, Int64(text) == nil {
            report(.malformedNumber, [text], from: start, to: offset)
        }
        return (isTime ? .time : .integer, text)
    }

    /// A time of day: two digits, a colon, two digits.
    private mutating func clock() -> String? {
        let bytes = source.bytes[offset..<min(offset + 6, source.bytes.count)]
        func isDigit(_ place: Int) -> Bool {
            offset + place < bytes.endIndex && (0x30...0x39).contains(bytes[offset + place])
        }
        guard isDigit(0), isDigit(1), bytes.count > 4, bytes[offset + 2] == UInt8(ascii: ":"),
            isDigit(3), isDigit(4), !isDigit(5)
        else { return nil }
        let start = offset
        offset += 5
        return source.text(in: SourceText.Span(start, offset))
    }

    private mutating func quotedText() -> String {
        let start = offset
        let opening = scalar(at: offset)
        offset += opening?.utf8Length ?? 1
        if let opening, opening != "\"" { reportBad(opening, from: start) }
        var text = String.UnicodeScalarView()
        while let scalar = scalar(at: offset), scalar != "\n" {
            let here = offset
            offset += scalar.utf8Length
            // A text begun with another kind of quotation mark may end with one.
            if scalar == "\"" || (opening != "\"" && scalar.narrowForm == "\"") {
                return NormalForm.composed(cut(String(text), to: Lexer.longestText, from: start))
            }
            if scalar == "\\" {
                guard let escaped = self.scalar(at: offset), escaped == "\"" || escaped == "\\"
                else {
                    report(.unexpectedCharacter, ["\\"], from: here, to: offset)
                    continue
                }
                offset += 1
                text.append(escaped)
            } else {
                if scalar.value < 0x20 || scalar.value > 0x7E { checkInText(scalar, at: here) }
                text.append(scalar)
            }
        }
        report(.unterminatedText, [], from: start, to: offset)
        return NormalForm.composed(String(text.prefix(Lexer.longestText)))
    }

    private mutating func symbol(_ scalar: Unicode.Scalar) -> String? {
        let start = offset
        let two = source.text(in: SourceText.Span(start, start + 2))
        if let ours = Lexer.foreignSpellings[two] {
            offset += 2
            report(.foreignSpelling, [two, ours], from: start, to: offset)
            return ours
        }
        if ["<=", ">=", "!=", "->"].contains(two) {
            offset += 2
            return two
        }
        if "{}()[],;:=<>.".unicodeScalars.contains(scalar) {
            offset += 1
            return String(scalar)
        }
        // A full-width sign is an error, and is then read as the sign it looks like.
        guard let narrow = scalar.narrowForm, "{}()[],;:=<>.".unicodeScalars.contains(narrow) else {
            return nil
        }
        offset += scalar.utf8Length
        reportBad(scalar, from: start)
        return String(narrow)
    }

    private mutating func reportBad(_ scalar: Unicode.Scalar, from start: Int) {
        if scalar.isBidirectionalControl {
            report(.bidirectionalControl, [], from: start, to: offset)
        } else if scalar.endsLineForSome {
            report(.otherLineEnd, [scalar.number], from: start, to: offset)
        } else if scalar.isInvisible {
            report(.invisibleCharacter, [scalar.number], from: start, to: offset)
        } else if let narrow = scalar.narrowForm {
            let (shown, ours) =
                narrow == " " ? (scalar.number, narrow.number) : ("\(scalar)", "\(narrow)")
            report(.foreignSpelling, [shown, ours], from: start, to: offset)
        } else {
            report(.unexpectedCharacter, [scalar.shown], from: start, to: offset)
        }
    }
}
