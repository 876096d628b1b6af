import Diagnostics
import Facts

/// Kinds, enumerations, scales, actions, contexts and checks.
extension Parser {
    mutating func labelledName() throws(ParseFailure) -> LabelledName {
        let name = try name()
        guard current.kind == .text else { return LabelledName(name: name, label: nil) }
        return LabelledName(name: name, label: try text().text)
    }

    mutating func enumeration() throws(ParseFailure) -> EnumerationSyntax {
        let name = try name()
        let cases = try braced { (parser) throws(ParseFailure) in
            var cases: [LabelledName] = []
            while !parser.current.isSymbol("}") {
                cases.append(try parser.labelledName())
                if !parser.takeSymbol(",") { break }
            }
            return cases
        }
        return EnumerationSyntax(name: name, cases: cases, isScale: false)
    }

    // `scale tier { open < internal "社外秘" < secret }`
    mutating func scale() throws(ParseFailure) -> EnumerationSyntax {
        let name = try name()
        let cases = try braced { (parser) throws(ParseFailure) in
            var cases = [try parser.labelledName()]
            while parser.takeSymbol("<") { cases.append(try parser.labelledName()) }
            return cases
        }
        return EnumerationSyntax(name: name, cases: cases, isScale: true)
    }

    /// `category core "コア技術", security`: the enumeration named `category`.
    mutating func categories(_ word: Token) throws(ParseFailure) -> EnumerationSyntax {
        var cases = [try labelledName()]
        while takeSymbol(",") { cases.append(try labelledName()) }
        return EnumerationSyntax(
            name: Name("category", word.place), cases: cases, isScale: false)
    }

    mutating func action() throws(ParseFailure) -> ActionSyntax {
        let names = try names()
        try expectWord("on")
        return ActionSyntax(names: names, kind: try name())
    }

    mutating func context() throws(ParseFailure) -> ContextSyntax {
        let name = try name()
        var attributes: [AttributeSyntax] = []
        try block { (parser) throws(ParseFailure) in attributes.append(try parser.attribute()) }
        return ContextSyntax(name: name, attributes: attributes)
    }

    mutating func check() throws(ParseFailure) -> CheckSyntax {
        let name = try labelledName()
        var covers: [Name] = []
        var consentRequired = false
        var lasts: Period?
        try block { (parser) throws(ParseFailure) in
            if parser.takeWord("covers") {
                covers = try parser.braced { (parser) throws(ParseFailure) in try parser.names() }
            } else if parser.takeWord("consent") {
                try parser.expectWord("required")
                consentRequired = true
            } else if parser.takeWord("lasts") {
                lasts = try parser.period()
            } else {
                throw parser.expected("`covers`, `consent required`, `lasts`")
            }
        }
        guard let lasts else { throw expected("`lasts`") }
        return CheckSyntax(
            name: name, covers: covers, consentRequired: consentRequired, lasts: lasts)
    }

    mutating func kind(isRecord: Bool) throws(ParseFailure) -> KindSyntax {
        let name = try labelledName()
        var parent: Name?
        var owner: Name?
        var relation: Name?
        var limitedTo: Name?
        if isRecord {
            try expectWord("of")
            owner = try self.name()
            try expectWord("as")
            relation = try self.name()
            if takeWord("limited") {
                try expectWord("to")
                limitedTo = try self.name()
            }
        } else if takeWord("is") {
            parent = try self.name()
        }
        var kind = KindSyntax(
            name: name, parent: parent, owner: owner, relation: relation, limitedTo: limitedTo)
        try block { (parser) throws(ParseFailure) in try parser.kindMember(of: &kind) }
        return kind
    }

    private mutating func kindMember(of kind: inout KindSyntax) throws(ParseFailure) {
        // `derived`, `moment`, `hierarchy` and `written` begin a member only where what follows fits.
        if current.isWord("derived"), peek(2).isSymbol("=") {
            advance()
            let name = try name()
            try expectSymbol("=")
            kind.derived.append(DerivedSyntax(name: name, expression: try expression()))
        } else if current.isWord("moment"), peek(2).isSymbol("(") {
            advance()
            kind.moments.append(try moment())
        } else if current.isWord("hierarchy"), peek(2).isWord("by") {
            advance()
            try expectWord("below")
            try expectWord("by")
            kind.hierarchy = try name()
        } else if current.isWord("written"), peek().kind == .text {
            kind.phrases.append(try phrase())
        } else {
            kind.attributes.append(try attribute())
        }
    }

    // `moved-from(department) of posts ended by transferred while engagements`
    private mutating func moment() throws(ParseFailure) -> MomentSyntax {
        let name = try name()
        try expectSymbol("(")
        let attribute = try self.name()
        try expectSymbol(")")
        try expectWord("of")
        let relation = try self.name()
        try expectWord("ended")
        try expectWord("by")
        let event = try self.name()
        try expectWord("while")
        return MomentSyntax(
            name: name, attribute: attribute, relation: relation, event: event,
            condition: try self.name())
    }

    mutating func attribute() throws(ParseFailure) -> AttributeSyntax {
        let name = try name()
        let type = try type()
        let defaultValue = takeWord("default") ? try value() : nil
        return AttributeSyntax(name: name, type: type, defaultValue: defaultValue)
    }

    mutating func type() throws(ParseFailure) -> TypeSyntax {
        guard current.isWord("set"), peek().isWord("of") else {
            return TypeSyntax(name: try name(), isSet: false)
        }
        advance()
        advance()
        return TypeSyntax(name: try name(), isSet: true)
    }

    // `written "post {role} in {department}"`
    mutating func phrase() throws(ParseFailure) -> PhraseSyntax {
        try expectWord("written")
        let template = try text()
        guard let phrase = Phrase(template: template.text) else {
            report(.malformedPhrase, [template.text], at: template.place)
            throw ParseFailure()
        }
        return PhraseSyntax(phrase: phrase, place: template.place)
    }

    // MARK: Blocks

    mutating func braced<Result>(
        _ body: (inout Parser) throws(ParseFailure) -> Result
    ) throws(ParseFailure) -> Result {
        let opening = position
        try expectSymbol("{")
        let result = try body(&self)
        try closeBrace(openedAt: opening, or: "`,`")
        return result
    }

    /// Members up to the closing brace.
    ///
    /// A mistake in one costs the rest of its line, no more.
    mutating func block(
        _ member: (inout Parser) throws(ParseFailure) -> Void
    ) throws(ParseFailure) {
        let opening = position
        try expectSymbol("{")
        while !current.isSymbol("}"), current.kind != .end, !startsDeclaration {
            let start = position
            do throws(ParseFailure) {
                try member(&self)
            } catch {
                if position == start { advance() }
                while !current.beginsLine, current.kind != .end, !current.isSymbol("}") {
                    advance()
                }
            }
            if position == start { advance() }
        }
        try closeBrace(openedAt: opening)
    }

    /// Whether a declaration begins in the first column: then a closing brace was forgotten.
    var startsDeclaration: Bool {
        current.indentation == 0 && current.kind == .identifier
            && Parser.declarationWords.contains(current.text)
    }
}
