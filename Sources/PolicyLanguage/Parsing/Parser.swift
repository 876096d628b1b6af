import Diagnostics
import Facts

/// What a parsing function throws once it has reported a mistake; whoever can go on catches it.
struct ParseFailure: Error {}

/// Recursive descent over the tokens of one source.
///
/// A mistake costs the declaration, or the line of a block, that it stands in; parsing goes on after it, so that one
/// run reports all mistakes.
struct Parser {
    /// How deep expressions may nest.
    static let deepestNesting = 64
    /// How many parts `and`, `or` and a path may join in a row.
    static let longestRow = 200

    /// The words that begin a declaration.
    ///
    /// An expression never runs on into one.
    static let declarationWords: Set<String> = [
        "policy", "vocabulary", "use", "entity", "record", "enumeration", "scale", "category",
        "action",
        "context", "check", "define", "event", "permit", "require", "forbid", "oblige", "lease",
        "scenario",
    ]

    /// Words that an expression can't take for a name.
    static let reservedWords: Set<String> = declarationWords.union([
        "and", "or", "not", "some", "every", "in", "where", "when", "only", "if", "below", "within",
        "has", "passed", "may", "any", "all", "cites", "because", "true", "false", "on",
    ])

    let source: SourceText
    let tokens: [Token]
    var position = 0
    var diagnostics: [Diagnostic]
    var depth = 0
    /// For each token, how many more braces than were opened are closed from there to the end, at the worst.
    lazy var surplusClosings = Parser.surplusClosings(in: tokens)

    /// Parses a source; never fails, but reports.
    static func parse(_ source: SourceText, index: Int) -> (FileSyntax, [Diagnostic]) {
        let (tokens, diagnostics) = Lexer.tokens(of: source, index: index)
        var parser = Parser(source: source, tokens: tokens, diagnostics: diagnostics)
        let file = parser.file()
        return (file, parser.diagnostics)
    }

    private mutating func file() -> FileSyntax {
        var file = FileSyntax()
        while current.kind != .end, diagnostics.count < Lexer.mostMistakes {
            let start = position
            do throws(ParseFailure) {
                try topLevel(into: &file)
            } catch {
                noteBrokenName(from: start, in: &file)
                skipToNextDeclaration()
            }
            // INVARIANT: every round consumes a token, so that parsing ends.
            if position == start { position += 1 }
        }
        return file
    }

    private mutating func topLevel(into file: inout FileSyntax) throws(ParseFailure) {
        let word = try declarationWord()
        switch word.text {
        case "policy": file.header = try header()
        case "vocabulary":
            file.isVocabulary = true
            _ = try name()
        case "use": file.uses.append(try name())
        case "entity": file.declarations.append(.kind(try kind(isRecord: false)))
        case "record": file.declarations.append(.kind(try kind(isRecord: true)))
        case "enumeration": file.declarations.append(.enumeration(try enumeration()))
        case "scale": file.declarations.append(.enumeration(try scale()))
        case "category": file.declarations.append(.enumeration(try categories(word)))
        case "action": file.declarations.append(.action(try action()))
        case "context": file.declarations.append(.context(try context()))
        case "check": file.declarations.append(.check(try check()))
        case "define": file.declarations.append(.definition(try definition()))
        case "event": file.declarations.append(.event(try event()))
        case "lease": file.declarations.append(.lease(try lease(word)))
        case "scenario": file.declarations.append(.scenario(try scenario()))
        default: file.declarations.append(.rule(try rule(word)))
        }
    }

    private mutating func header() throws(ParseFailure) -> HeaderSyntax {
        let name = try name()
        try expectWord("version")
        let version = try text()
        try expectWord("zone")
        let zone = try text()
        return HeaderSyntax(name: name, version: version.text, zone: zone)
    }

    private mutating func definition() throws(ParseFailure) -> DefinitionSyntax {
        let name = try name()
        try expectSymbol("=")
        return DefinitionSyntax(name: name, expression: try expression())
    }

    // MARK: Recovery

    private func noteBrokenName(from start: Int, in file: inout FileSyntax) {
        guard start + 1 < tokens.count, tokens[start + 1].kind == .identifier else { return }
        file.brokenNames.insert(tokens[start + 1].text)
    }

    private mutating func skipToNextDeclaration() {
        while current.kind != .end {
            if current.beginsLine, current.kind == .identifier,
                Parser.declarationWords.contains(current.text), current.indentation == 0
            {
                // Further right it would be part of a block, such as the field `check` of a record.
                return
            }
            position += 1
        }
    }

    // MARK: Tokens

    var current: Token { tokens[position] }

    func peek(_ distance: Int = 1) -> Token { tokens[min(position + distance, tokens.count - 1)] }

    mutating func advance() {
        if position < tokens.count - 1 { position += 1 }
    }

    var previousPlace: Place { tokens[max(0, position - 1)].place }

    mutating func takeSymbol(_ symbol: String) -> Bool {
        guard current.isSymbol(symbol) else { return false }
        advance()
        return true
    }

    mutating func takeWord(_ word: String) -> Bool {
        guard current.isWord(word) else { return false }
        advance()
        return true
    }

    mutating func expectSymbol(_ symbol: String) throws(ParseFailure) {
        guard takeSymbol(symbol) else { throw expected("`\(symbol)`") }
    }

    mutating func expectWord(_ word: String) throws(ParseFailure) {
        guard takeWord(word) || takeSlip(of: word) else { throw expected("`\(word)`") }
    }

    /// Any identifier; words of the grammar are names where the grammar asks for a name.
    mutating func name() throws(ParseFailure) -> Name {
        guard current.kind == .identifier else { throw expected("name") }
        let name = Name(current.text, current.place)
        advance()
        return name
    }

    mutating func text() throws(ParseFailure) -> Name {
        guard current.kind == .text else { throw expected("text") }
        let text = Name(current.text, current.place)
        advance()
        return text
    }

    mutating func names(separatedBy separator: String = ",") throws(ParseFailure) -> [Name] {
        var names = [try name()]
        while takeSymbol(separator) { names.append(try name()) }
        return names
    }

    mutating func period() throws(ParseFailure) -> Period {
        let start = current.place
        guard current.kind == .integer, let count = Int(current.text) else {
            throw expected("period")
        }
        advance()
        let unit = try name()
        let plural = unit.text.hasSuffix("s") ? unit.text : unit.text + "s"
        guard let known = Period.Unit(rawValue: plural),
            let period = Period(count: count, unit: known)
        else {
            reportMalformedPeriod(count, unit, at: start.union(unit.place))
            throw ParseFailure()
        }
        return period
    }

    // MARK: Reports

    mutating func report(_ code: DiagnosticCode, _ arguments: [String] = [], at place: Place) {
        diagnostics.append(Diagnostic(code, arguments, at: place))
    }

    /// Reports that something else stands where `what` should.
    ///
    /// `what` is a word in quotation marks or one of the catalogue's names for a kind of word.
    mutating func expected(_ what: String) -> ParseFailure {
        report(.expected, [what, shown(current)], at: current.place)
        return ParseFailure()
    }

    func shown(_ token: Token) -> String {
        switch token.kind {
        case .end: "end"
        case .text: "\"\(token.text)\""
        case .identifier, .integer, .time, .symbol: token.text
        }
    }
}
