import Diagnostics
import Facts

/// Expressions, loosest binding first: `or`, `and`, `not`, comparisons, members.
extension Parser {
    mutating func expression() throws(ParseFailure) -> Expression {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Parser.deepestNesting else {
            report(.nestedTooDeeply, [String(Parser.deepestNesting)], at: current.place)
            throw ParseFailure()
        }
        var left = try conjunction()
        var length = 1
        while takeWord("or") {
            try count(&length)
            let right = try conjunction()
            left = Expression(.or(left, right), left.place.union(right.place))
        }
        return left
    }

    /// Counts what stands in one row; a row nests to the left, so it is as deep as it is long.
    private mutating func count(_ length: inout Int) throws(ParseFailure) {
        length += 1
        guard length > Parser.longestRow else { return }
        report(.nestedTooDeeply, [String(Parser.longestRow)], at: current.place)
        throw ParseFailure()
    }

    private mutating func conjunction() throws(ParseFailure) -> Expression {
        var left = try negation()
        var length = 1
        while takeWord("and") {
            try count(&length)
            let right = try negation()
            left = Expression(.and(left, right), left.place.union(right.place))
        }
        return left
    }

    private mutating func negation() throws(ParseFailure) -> Expression {
        let start = current.place
        guard takeWord("not") else { return try relation() }
        depth += 1
        defer { depth -= 1 }
        guard depth <= Parser.deepestNesting else {
            report(.nestedTooDeeply, [String(Parser.deepestNesting)], at: start)
            throw ParseFailure()
        }
        let operand = try negation()
        return Expression(.not(operand), start.union(operand.place))
    }

    private mutating func relation() throws(ParseFailure) -> Expression {
        if current.isWord("some") || current.isWord("every") { return try quantified() }
        if current.isWord("has") {
            let start = current.place
            advance()
            let operand = try postfix()
            return Expression(.has(operand), start.union(operand.place))
        }
        let left = try postfix()
        return try relation(from: left)
    }

    private mutating func relation(from left: Expression) throws(ParseFailure) -> Expression {
        let word = current
        if word.kind == .symbol, let comparison = Expression.Comparison(rawValue: word.text) {
            advance()
            let right = try postfix()
            return Expression(.compare(comparison, left, right), left.place.union(right.place))
        }
        guard word.kind == .identifier else { return left }
        switch word.text {
        case "in":
            advance()
            let right = try postfix()
            return Expression(.isIn(left, right), left.place.union(right.place))
        case "any", "all":
            guard let overlap = Expression.Overlap(rawValue: word.text) else { return left }
            advance()
            let right = try setLiteral()
            return Expression(.overlap(overlap, left, right), left.place.union(right.place))
        case "below":
            advance()
            let right = try postfix()
            return Expression(.below(left, right), left.place.union(right.place))
        case "passed":
            advance()
            let check = try name()
            return Expression(.passed(left, check: check), left.place.union(check.place))
        case "may":
            advance()
            let action = try name()
            let resource = try postfix()
            return Expression(
                .may(left, action: action, resource), left.place.union(resource.place))
        default:
            // `subject on-notice`. A word that the grammar needs, or the next line's, is not part of it.
            guard !Parser.reservedWords.contains(word.text), !word.beginsLine else { return left }
            advance()
            let adjective = Name(word.text, word.place)
            return Expression(.adjective(left, adjective), left.place.union(word.place))
        }
    }

    private mutating func quantified() throws(ParseFailure) -> Expression {
        let start = current
        advance()
        let variable = try name()
        try expectWord("in")
        let collection = try postfix()
        var condition: Expression?
        if takeWord("where") { condition = try expression() }
        let quantifier: Expression.Quantifier = start.text == "some" ? .some : .every
        return Expression(
            .quantified(quantifier, variable: variable, collection, condition: condition),
            start.place.union(condition?.place ?? collection.place))
    }

    private mutating func postfix() throws(ParseFailure) -> Expression {
        var base = try primary()
        var length = 1
        while takeSymbol(".") {
            try count(&length)
            let member = try name()
            if current.isSymbol("(") {
                base = try moment(of: base, member)
            } else {
                base = Expression(.member(base, member), base.place.union(member.place))
            }
        }
        return base
    }

    // `subject.moved-from(resource.owner) within 14 days`
    private mutating func moment(
        of base: Expression, _ name: Name
    ) throws(ParseFailure) -> Expression {
        try expectSymbol("(")
        let argument = try expression()
        try expectSymbol(")")
        try expectWord("within")
        let period = try period()
        return Expression(
            .within(base, moment: name, argument: argument, period),
            base.place.union(previousPlace))
    }

    private mutating func primary() throws(ParseFailure) -> Expression {
        let word = current
        switch word.kind {
        case .integer:
            advance()
            return Expression(.integer(Int64(word.text) ?? 0), word.place)
        case .text:
            advance()
            return Expression(.text(word.text), word.place)
        case .time:
            advance()
            return Expression(.time(word.text), word.place)
        case .symbol where word.text == "(":
            advance()
            let inner = try expression()
            try expectSymbol(")")
            return Expression(inner.kind, word.place.union(previousPlace))
        case .symbol where word.text == "{":
            return try setLiteral()
        case .identifier where word.text == "true" || word.text == "false":
            advance()
            return Expression(.boolean(word.text == "true"), word.place)
        case .identifier where !Parser.reservedWords.contains(word.text) || isNameHere(word):
            advance()
            let name = Name(word.text, word.place)
            if current.kind == .text {
                let id = current
                advance()
                return Expression(.entity(kind: name, id: id.text), word.place.union(id.place))
            }
            return Expression(.name(word.text), word.place)
        case .identifier, .symbol, .end:
            throw expected("expression")
        }
    }

    /// Words such as `check` and `category` are names too, where the grammar doesn't need them: as a
    /// context or a field.
    private func isNameHere(_ word: Token) -> Bool {
        ["check", "category", "scale", "action", "event", "context", "record"].contains(word.text)
            && !word.beginsLine
    }

    mutating func setLiteral() throws(ParseFailure) -> Expression {
        let start = current.place
        depth += 1
        defer { depth -= 1 }
        guard depth <= Parser.deepestNesting else {
            report(.nestedTooDeeply, [String(Parser.deepestNesting)], at: start)
            throw ParseFailure()
        }
        let opening = position
        try expectSymbol("{")
        var members: [Expression] = []
        while !current.isSymbol("}") {
            members.append(try postfix())
            if !takeSymbol(",") { break }
        }
        try closeBrace(openedAt: opening, or: "`,`")
        return Expression(.set(members), start.union(previousPlace))
    }
}
