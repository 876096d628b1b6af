import Diagnostics
import Facts

/// Kinds and their members, enumerations, actions, contexts and checks.
extension Parser {
    mutating func enumeration() throws(ParseFailure) -> EnumerationSyntax {
        let name = try name()
        let cases = try bracedList { (parser) throws(ParseFailure) in try parser.labelledName() }
        return EnumerationSyntax(
            name: name, cases: cases, isScale: false, accepts: try acceptances())
    }

    // `scale tier { open < internal "社外秘" < secret }`
    mutating func scale() throws(ParseFailure) -> EnumerationSyntax {
        let name = try name()
        let cases = try braced { (parser) throws(ParseFailure) in
            var cases = [try parser.labelledName()]
            while parser.takeSymbol("<") { cases.append(try parser.labelledName()) }
            return cases
        }
        return EnumerationSyntax(
            name: name, cases: cases, isScale: true, accepts: try acceptances())
    }

    /// `category core "コア技術", security`: the enumeration named `category`.
    mutating func categories(_ word: Token) throws(ParseFailure) -> EnumerationSyntax {
        var cases = [try labelledName()]
        while takeSymbol(",") { cases.append(try labelledName()) }
        return EnumerationSyntax(
            name: Name("category", word.place), cases: cases, isScale: false,
            accepts: try acceptances())
    }

    // `action view, enter(tool text) on document`
    mutating func action() throws(ParseFailure) -> ActionSyntax {
        var actions: [ActionSyntax.Action] = []
        repeat {
            let name = try name()
            let arguments = current.isSymbol("(") ? try typedNames() : []
            actions.append(ActionSyntax.Action(name: name, arguments: arguments))
        } while takeSymbol(",")
        try expectWord("on")
        return ActionSyntax(actions: actions, kind: try name(), accepts: try acceptances())
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
                covers = try parser.bracedNames()
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
            name: name, covers: covers, consentRequired: consentRequired, lasts: lasts,
            accepts: try acceptances())
    }

    mutating func bracedNames() throws(ParseFailure) -> [Name] {
        try bracedList(as: .literal) { (parser) throws(ParseFailure) in try parser.name() }
    }

    // MARK: Kinds

    mutating func kind(isRecord: Bool) throws(ParseFailure) -> KindSyntax {
        let name = try labelledName()
        var parent: Name?
        var owner: Name?
        var relation: Name?
        var limitedTo: Name?
        var sources: [Name] = []
        var mayBeEmpty = false
        if isRecord {
            try expectWord("of")
            owner = try self.name()
            try expectWord("as")
            relation = try self.name()
            sources = try trustedSources()
            limitedTo = try purposeLimit()
            mayBeEmpty = try emptiness()
        } else if takeWord("is") {
            parent = try self.name()
        }
        var kind = KindSyntax(
            name: name, parent: parent, owner: owner, relation: relation, limitedTo: limitedTo,
            sources: sources, mayBeEmpty: mayBeEmpty)
        try block { (parser) throws(ParseFailure) in try parser.kindMember(of: &kind) }
        return kind
    }

    /// What is added to a kind that another file declares.
    mutating func extendedKind() throws(ParseFailure) -> KindSyntax {
        let name = try labelledName()
        var kind = KindSyntax(
            name: name, parent: nil, owner: nil, relation: nil, limitedTo: nil,
            sources: try trustedSources(), mode: .extending)
        try block { (parser) throws(ParseFailure) in try parser.kindMember(of: &kind) }
        return kind
    }

    private mutating func kindMember(of kind: inout KindSyntax) throws(ParseFailure) {
        let overrides =
            kind.mode == .extending && current.isWord("override")
            && peek().kind == .identifier
        if overrides { advance() }
        // `derived`, `moment`, `hierarchy` and `written` begin a member only where what follows fits.
        if current.isWord("derived"), peek(2).isSymbol("=") {
            advance()
            let name = try name()
            try expectSymbol("=")
            kind.derived.append(
                DerivedSyntax(name: name, expression: try expression(), overrides: overrides))
        } else if current.isWord("moment"), peek(2).isSymbol("(") {
            advance()
            kind.moments.append(try moment())
        } else if current.isWord("hierarchy"), peek(2).isWord("by") {
            advance()
            try expectWords("below", "by")
            kind.hierarchy = try name()
        } else if current.isWord("written"), peek().kind == .text {
            kind.phrases.append(try phrase())
        } else {
            var attribute = try attribute()
            attribute.overrides = overrides
            kind.attributes.append(attribute)
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
        try expectWords("ended", "by")
        let event = try self.name()
        try expectWord("while")
        return MomentSyntax(
            name: name, attribute: attribute, relation: relation, event: event,
            condition: try self.name())
    }

    // `country text default "JP" from hr, directory limited to export-control`
    mutating func attribute() throws(ParseFailure) -> AttributeSyntax {
        let name = try name()
        let type = try type()
        let defaultValue = takeWord("default") ? try value() : nil
        let sources = try trustedSources()
        let limitedTo = try purposeLimit()
        var attribute = AttributeSyntax(
            name: name, type: type, defaultValue: defaultValue, sources: sources,
            limitedTo: limitedTo)
        if !current.beginsLine, peek(2).isWord("empty") { attribute.mayBeEmpty = try emptiness() }
        attribute.mayBeBrought = try broughtness()
        attribute.accepts = try acceptances()
        return attribute
    }

    /// `from hr, directory`: the most trusted first.
    private mutating func trustedSources() throws(ParseFailure) -> [Name] {
        // On a line of its own, `from` is the name of the next attribute.
        guard current.isWord("from"), !current.beginsLine else { return [] }
        advance()
        return try names()
    }

    /// `may be empty`: what `every` asks of none is true.
    private mutating func emptiness() throws(ParseFailure) -> Bool {
        guard current.isWord("may"), !current.beginsLine else { return false }
        try expectWords("may", "be", "empty")
        return true
    }

    /// `may be brought`: requests may say what it is.
    private mutating func broughtness() throws(ParseFailure) -> Place? {
        guard current.isWord("may"), !current.beginsLine else { return nil }
        let place = current.place
        // Whatever else stands there, both words that may are told.
        guard peek(2).isWord("brought") else {
            try expectWords("may", "be", "empty")
            return nil
        }
        try expectWords("may", "be", "brought")
        return place
    }

    private mutating func purposeLimit() throws(ParseFailure) -> Name? {
        guard current.isWord("limited"), peek().isWord("to"), !current.beginsLine else {
            return nil
        }
        advance()
        advance()
        return try name()
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
}
