import Diagnostics
import Facts

/// The words of the grammar, and the small things made of words.
extension Parser {
    /// The words that begin a declaration.
    ///
    /// An expression never runs on into one.
    static let declarationWords: Set<String> = [
        "policy", "vocabulary", "use", "exports", "extend", "override", "entity", "record",
        "enumeration", "scale", "category", "action", "context", "check", "source", "purpose",
        "table", "list", "calendar", "define", "event", "permit", "require", "forbid", "oblige",
        "lease", "limit", "upon", "entitlement", "scenario",
    ]

    /// Words that an expression can't take for a name.
    static let reservedWords: Set<String> = declarationWords.union([
        "and", "or", "not", "some", "every", "no", "in", "where", "when", "only", "if", "below",
        "above", "within", "has", "passed", "may", "any", "all", "is", "during", "since", "until",
        "was", "cites", "because", "accepts", "assuming", "reveals", "true", "false", "on", "for",
    ])

    /// Declaration words that are names as well, where the grammar doesn't need them: of a context or a field.
    static let nounsOfDeclarations: Set<String> = [
        "action", "calendar", "category", "check", "context", "entitlement", "event", "limit",
        "list", "purpose", "record", "scale", "source", "table",
    ]

    /// Any identifier; words of the grammar are names where the grammar asks for a name.
    mutating func name() throws(ParseFailure) -> Name {
        guard current.kind == .identifier else { throw expected("name") }
        let name = Name(current.text, current.place)
        advance()
        return name
    }

    /// A name that an expression can use; one that is a word of the grammar to it could be declared, and never used.
    mutating func usableName() throws(ParseFailure) -> Name {
        let isTaken =
            Parser.reservedWords.contains(current.text)
            && !Parser.nounsOfDeclarations.contains(current.text)
        guard !isTaken else { throw expected("name") }
        return try name()
    }

    mutating func text() throws(ParseFailure) -> Name {
        guard current.kind == .text else { throw expected("text") }
        let text = Name(current.text, current.place)
        advance()
        return text
    }

    mutating func names() throws(ParseFailure) -> [Name] {
        var names = [try name()]
        while takeSymbol(",") { names.append(try name()) }
        return names
    }

    mutating func labelledName() throws(ParseFailure) -> LabelledName {
        let name = try name()
        guard current.kind == .text else { return LabelledName(name: name, label: nil) }
        return LabelledName(name: name, label: try text().text)
    }

    mutating func type() throws(ParseFailure) -> TypeSyntax {
        let node = begin(.type)
        defer { end(node) }
        return try plainType()
    }

    /// A type of a field, with whether it may be left out.
    mutating func optionalType() throws(ParseFailure) -> (type: TypeSyntax, isOptional: Bool) {
        let node = begin(.type)
        defer { end(node) }
        let isOptional = takeWord("optional")
        return (try plainType(), isOptional)
    }

    private mutating func plainType() throws(ParseFailure) -> TypeSyntax {
        guard current.isWord("set"), peek().isWord("of") else {
            return TypeSyntax(name: try name(), isSet: false)
        }
        advance()
        advance()
        return TypeSyntax(name: try name(), isSet: true)
    }

    /// `(tool text, recipient organisation)`.
    mutating func typedNames() throws(ParseFailure) -> [TypedName] {
        try expectSymbol("(")
        var typed: [TypedName] = []
        repeat {
            let name = try name()
            typed.append(TypedName(name: name, type: try type()))
        } while takeSymbol(",")
        try expectSymbol(")")
        return typed
    }

    // MARK: Numbers and periods

    mutating func count() throws(ParseFailure) -> Int {
        guard current.kind == .integer, let count = Int(current.text) else {
            throw expected("number")
        }
        advance()
        return count
    }

    /// Whether a period, counted in its unit, stands at `distance`.
    func isPeriod(at distance: Int = 0) -> Bool {
        peek(distance).kind == .integer && Parser.unit(peek(distance + 1)) != nil
    }

    private static func unit(_ token: Token) -> Period.Unit? {
        guard token.kind == .identifier else { return nil }
        return Period.Unit(rawValue: token.text.hasSuffix("s") ? token.text : token.text + "s")
    }

    mutating func period() throws(ParseFailure) -> Period {
        let start = current.place
        guard current.kind == .integer, let count = Int(current.text) else {
            throw expected("period")
        }
        advance()
        let word = current
        let unit = try name()
        guard let known = Parser.unit(word), let period = Period(count: count, unit: known) else {
            reportMalformedPeriod(count, unit, at: start.union(unit.place))
            throw ParseFailure()
        }
        return period
    }

    /// A period, or the name of a definition that is one.
    mutating func periodOrName() throws(ParseFailure) -> PeriodSyntax {
        guard current.kind == .identifier else {
            let start = current.place
            let period = try period()
            return .literal(period, start.union(previousPlace))
        }
        return .name(try name())
    }

    // MARK: Blocks

    /// What stands in braces; `kind` says whether it reads as one value.
    mutating func braced<Result>(
        as kind: SyntaxTree.Kind = .list, _ body: (inout Parser) throws(ParseFailure) -> Result
    ) throws(ParseFailure) -> Result {
        let node = begin(kind)
        defer { end(node) }
        let opening = position
        try expectSymbol("{")
        let result = try body(&self)
        try closeBrace(openedAt: opening, or: "`,`")
        return result
    }

    /// What stands between commas, up to the closing brace; a comma before it is free.
    mutating func bracedList<Element>(
        as kind: SyntaxTree.Kind = .list,
        _ element: (inout Parser) throws(ParseFailure) -> Element
    ) throws(ParseFailure) -> [Element] {
        try braced(as: kind) { (parser) throws(ParseFailure) in
            var elements: [Element] = []
            while !parser.current.isSymbol("}") {
                elements.append(try element(&parser))
                if !parser.takeSymbol(",") { break }
            }
            return elements
        }
    }

    /// Members up to the closing brace.
    ///
    /// A mistake in one costs the rest of its line, no more.
    mutating func block(
        _ member: (inout Parser) throws(ParseFailure) -> Void
    ) throws(ParseFailure) {
        let node = begin(.block)
        defer { end(node) }
        let opening = position
        try expectSymbol("{")
        while !current.isSymbol("}"), current.kind != .end, !startsDeclaration {
            let start = position
            let node = begin(.member)
            do throws(ParseFailure) {
                try member(&self)
            } catch {
                if position == start { advance() }
                while !current.beginsLine, current.kind != .end, !current.isSymbol("}") {
                    advance()
                }
            }
            if position == start { advance() }
            end(node)
        }
        try closeBrace(openedAt: opening)
    }

    /// Whether a declaration begins in the first column: then a closing brace was forgotten.
    var startsDeclaration: Bool {
        current.indentation == 0 && current.kind == .identifier
            && Parser.declarationWords.contains(current.text)
    }
}
