import Diagnostics

/// Events: their fields and what they do to the facts.
extension Parser {
    mutating func event() throws(ParseFailure) -> EventSyntax {
        let name = try labelledName()
        var command: Name?
        if takeWord("command") { command = try text() }
        var event = EventSyntax(name: name, command: command)
        try block { (parser) throws(ParseFailure) in try parser.eventMember(of: &event) }
        return event
    }

    private mutating func eventMember(of event: inout EventSyntax) throws(ParseFailure) {
        let word = current
        // An effect's second word is a name; a field's too. What follows tells them apart: a field is two
        // words, or three with `optional` or `set of`, and the next line begins another.
        switch word.text {
        case "written" where peek().kind == .text:
            event.phrases.append(try phrase())
        case "create", "set", "begin", "end", "need", "cancel":
            advance()
            event.effects.append(try effect(word.text))
        default:
            let name = try name()
            let (type, isOptional) = try optionalType()
            event.fields.append(EventSyntax.Field(name: name, type: type, isOptional: isOptional))
        }
    }

    private mutating func effect(_ word: String) throws(ParseFailure) -> EventSyntax.Effect {
        let operation: EventSyntax.Operation
        switch word {
        case "create":
            operation = .create(field: try name(), try assignments())
        case "set":
            let field = try name()
            try expectSymbol(".")
            operation = .set(field: field, try assignment())
        case "begin":
            let kind = try name()
            try expectWord("for")
            let field = try name()
            operation = .begin(kind: kind, field: field, try assignments(), try recordEnd())
        case "need":
            let field = try name()
            try expectSymbol(".")
            operation = .need(field: field, relation: try name(), try matching())
        case "cancel":
            let event = try name()
            try expectWord("of")
            operation = .cancel(event: event, field: try name(), try matching())
        default:
            operation = try endOperation()
        }
        var atField: Name?
        var onlyIfField: Name?
        if takeWord("at") { atField = try name() }
        if takeWord("if") { onlyIfField = try name() }
        return EventSyntax.Effect(
            operation: operation, atField: atField, onlyIfField: onlyIfField)
    }

    private mutating func recordEnd() throws(ParseFailure) -> EventSyntax.End? {
        if takeWord("until") { return .field(try name()) }
        guard takeWord("for") else { return nil }
        try expectWord("lasts")
        try expectWord("of")
        return .lasts(of: try name())
    }

    /// `person.posts where primary = true`, or `memberships where project = project` for everybody's.
    private mutating func endOperation() throws(ParseFailure) -> EventSyntax.Operation {
        var field: Name? = try name()
        var relation = field
        if takeSymbol(".") { relation = try name() } else { field = nil }
        let matching = try matching()
        guard let relation else { throw expected("name") }
        return .end(field: field, relation: relation, matching)
    }

    private mutating func matching() throws(ParseFailure) -> [EventSyntax.Assignment] {
        var matching: [EventSyntax.Assignment] = []
        guard takeWord("where") else { return matching }
        repeat { matching.append(try assignment()) } while takeWord("and")
        return matching
    }

    private mutating func assignments() throws(ParseFailure) -> [EventSyntax.Assignment] {
        try bracedList { (parser) throws(ParseFailure) in try parser.assignment() }
    }

    private mutating func assignment() throws(ParseFailure) -> EventSyntax.Assignment {
        let attribute = try name()
        try expectSymbol("=")
        guard current.isWord("current"), peek().kind == .identifier, peek(2).isSymbol(".") else {
            return EventSyntax.Assignment(
                attribute: attribute, value: try value(), isCurrent: false)
        }
        advance()
        let owner = try name()
        try expectSymbol(".")
        let relation = try name()
        let value = Expression(
            .member(Expression(.name(owner.text), owner.place), relation),
            owner.place.union(relation.place))
        return EventSyntax.Assignment(attribute: attribute, value: value, isCurrent: true)
    }
}
