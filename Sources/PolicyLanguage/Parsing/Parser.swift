import Diagnostics
import Facts

/// What a parsing function throws once it has reported a mistake; whoever can go on catches it.
struct ParseFailure: Error {}

/// Recursive descent over the tokens of one source.
///
/// Gives what the source says, as typed declarations, and the tree that keeps every byte of it. A mistake costs the
/// declaration, or the line of a block, that it stands in; parsing goes on after it, so that one run reports all
/// mistakes.
struct Parser {
    /// How deep expressions may nest.
    static let deepestNesting = 64
    /// How high the tree of an expression may be, rows and nesting together.
    static let highestTree = 400
    /// How many parts `and`, `or` and a path may join in a row.
    static let longestRow = 200

    let sourceText: SourceText
    let tokens: [Token]
    var position = 0
    var diagnostics: [Diagnostic]
    /// Whether the source may hold scenarios only.
    let holdsScenarios: Bool
    var depth = 0
    /// How high the tree of the last expression is that was read.
    var height = 0
    /// Ids in quotation marks; what else is in quotation marks is prose.
    var ids: [Name] = []
    /// For each token, how many more braces than were opened are closed from there to the end, at the worst.
    lazy var surplusClosings = Parser.surplusClosings(in: tokens)
    private var nodes: [SyntaxTree.Node] = []

    init(
        source: SourceText, tokens: [Token], diagnostics: [Diagnostic], holdsScenarios: Bool
    ) {
        sourceText = source
        self.tokens = tokens
        self.diagnostics = diagnostics
        self.holdsScenarios = holdsScenarios
    }

    /// Parses a source; never fails, but reports.
    static func parse(
        _ source: SourceText, index: Int, holdsScenarios: Bool = false
    ) -> (FileSyntax, [Diagnostic]) {
        let (tokens, diagnostics) = Lexer.tokens(of: source, index: index)
        var parser = Parser(
            source: source, tokens: tokens, diagnostics: diagnostics,
            holdsScenarios: holdsScenarios)
        var file = parser.file()
        file.names = parser.namesAndIDs
        file.tree = SyntaxTree(tokens: tokens, nodes: parser.nodes)
        return (file, parser.diagnostics)
    }

    private var namesAndIDs: [Name] {
        var seen: Set<String> = []
        var names: [Name] = []
        for token in tokens where token.kind == .identifier && seen.insert(token.text).inserted {
            names.append(Name(token.text, token.place))
        }
        return names + ids.filter { seen.insert($0.text).inserted }
    }

    private mutating func file() -> FileSyntax {
        var file = FileSyntax()
        while current.kind != .end, diagnostics.count < Lexer.mostMistakes {
            let start = position
            let node = begin(.declaration)
            do throws(ParseFailure) {
                try topLevel(into: &file)
                end(node)
            } catch {
                noteBrokenName(from: start, in: &file)
                // INVARIANT: every round consumes a token, so that parsing ends.
                if position == start { position += 1 }
                skipToNextDeclaration()
                end(node, as: .unexpected)
            }
        }
        return file
    }

    private mutating func topLevel(into file: inout FileSyntax) throws(ParseFailure) {
        let word = try declarationWord()
        if holdsScenarios, word.text != "scenario" {
            report(.onlyScenariosHere, [word.text], at: word.place)
            throw ParseFailure()
        }
        switch word.text {
        case "policy": file.header = try header()
        case "vocabulary":
            file.isVocabulary = true
            _ = try name()
        case "use": file.uses.append(try use())
        case "exports": file.exports = (file.exports ?? []) + (try names())
        case "extend": file.declarations.append(try changed(.extending))
        case "override": file.declarations.append(try changed(.overriding))
        default: file.declarations.append(try declaration(word))
        }
    }

    private mutating func declaration(_ word: Token) throws(ParseFailure) -> Declaration {
        switch word.text {
        case "entity": .kind(try kind(isRecord: false))
        case "record": .kind(try kind(isRecord: true))
        case "enumeration": .enumeration(try enumeration())
        case "scale": .enumeration(try scale())
        case "category": .enumeration(try categories(word))
        case "action": .action(try action())
        case "context": .context(try context())
        case "check": .check(try check())
        case "source": .source(try source())
        case "purpose": .purpose(try purpose())
        case "table": .table(try table())
        case "list": .list(try list())
        case "calendar": .calendar(try calendar())
        case "define": .definition(try definition())
        case "event": .event(try event())
        case "lease": .lease(try lease(word))
        case "limit": .limit(try limit(word))
        case "upon": .upon(try upon(word))
        case "entitlement": .entitlement(try entitlement(word))
        case "scenario": .scenario(try scenario())
        default: .rule(try rule(word))
        }
    }

    /// What follows `extend` or `override`: a declaration of the same form as the one it changes.
    private mutating func changed(_ mode: DeclarationMode) throws(ParseFailure) -> Declaration {
        let word = current
        let changeable =
            mode == .extending
            ? ["entity", "record", "enumeration", "event", "context"]
            : ["enumeration", "event", "define", "source"]
        guard word.kind == .identifier, changeable.contains(word.text) else {
            throw expected(changeable.map { "`\($0)`" }.joined(separator: ", "))
        }
        advance()
        if mode == .extending, word.text == "entity" || word.text == "record" {
            return .kind(try extendedKind())
        }
        switch try declaration(word) {
        case .enumeration(var enumeration):
            enumeration.mode = mode
            return .enumeration(enumeration)
        case .event(var event):
            event.mode = mode
            return .event(event)
        case .context(var context):
            context.mode = mode
            return .context(context)
        case .definition(var definition):
            definition.mode = mode
            return .definition(definition)
        case .source(var source):
            source.mode = mode
            return .source(source)
        case let other: return other
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

    private mutating func use() throws(ParseFailure) -> UseSyntax {
        if current.kind == .text { return UseSyntax(target: try text(), isPath: true) }
        return UseSyntax(target: try name(), isPath: false)
    }

    private mutating func definition() throws(ParseFailure) -> DefinitionSyntax {
        let name = try usableName()
        let parameters = current.isSymbol("(") ? try typedNames() : []
        try expectSymbol("=")
        return DefinitionSyntax(name: name, parameters: parameters, expression: try expression())
    }

    // MARK: The tree

    /// Begins a node at the next token.
    mutating func begin(_ kind: SyntaxTree.Kind) -> Int {
        nodes.append(SyntaxTree.Node(kind: kind, first: position, end: position))
        return nodes.count - 1
    }

    /// Ends a node before the next token.
    mutating func end(_ node: Int) { nodes[node].end = position }

    private mutating func end(_ node: Int, as kind: SyntaxTree.Kind) {
        // What was begun inside it and not finished says nothing about what could not be read.
        nodes.removeSubrange((node + 1)...)
        nodes[node] = SyntaxTree.Node(kind: kind, first: nodes[node].first, end: position)
    }

    // MARK: Recovery

    private func noteBrokenName(from start: Int, in file: inout FileSyntax) {
        guard start + 1 < tokens.count, tokens[start + 1].kind == .identifier else { return }
        file.brokenNames.insert(tokens[start + 1].text)
    }

    private mutating func skipToNextDeclaration() {
        // Further right than the first column it would be part of a block, such as the field `check` of a record.
        while current.kind != .end, !startsDeclaration { position += 1 }
    }

    // MARK: Tokens

    var current: Token { tokens[position] }

    func peek(_ distance: Int = 1) -> Token { tokens[min(position + distance, tokens.count - 1)] }

    mutating func advance() {
        if position < tokens.count - 1 { position += 1 }
    }

    var previousPlace: Place { tokens[max(0, position - 1)].place }

    /// Right after the previous token.
    var placeAfterPrevious: Place {
        let end = previousPlace.span.upper
        return Place(source: previousPlace.source, span: SourceText.Span(end, end))
    }

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

    mutating func expectWords(_ words: String...) throws(ParseFailure) {
        for word in words { try expectWord(word) }
    }

    // MARK: Reports

    mutating func report(_ code: DiagnosticCode, _ arguments: [String] = [], at place: Place) {
        guard diagnostics.count < Lexer.mostMistakes else { return }
        diagnostics.append(Diagnostic(code, arguments, at: place))
    }

    /// Reports that something else stands where `what` should.
    ///
    /// `what` is a word in quotation marks or one of the catalogue's names for a kind of word.
    mutating func expected(_ what: String) -> ParseFailure {
        // Where the file ends, what is missing is missing after the last word.
        let place = current.kind == .end ? placeAfterPrevious : current.place
        report(.expected, [what, shown(current)], at: place)
        return ParseFailure()
    }

    func shown(_ token: Token) -> String {
        switch token.kind {
        case .end: "end"
        case .text: "\"\(token.text)\""
        case .identifier, .integer, .time, .clock, .symbol: token.text
        }
    }
}
