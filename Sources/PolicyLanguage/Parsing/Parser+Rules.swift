import Diagnostics
import Facts

/// Permits, requirements, prohibitions, obligations and leases.
extension Parser {
    mutating func rule(_ word: Token) throws(ParseFailure) -> RuleSyntax {
        guard let kind = RuleSyntax.Kind(rawValue: word.text) else { throw expected("declaration") }
        var ruleName: Name?
        if current.kind == .identifier, peek().isSymbol(":") {
            ruleName = try name()
            advance()
        } else {
            ruleName = ruleNameWithoutColon()
        }
        var obligations: [Name] = []
        if kind == .oblige {
            obligations = try names()
            try expectWord("on")
        }
        var actions: [Name] = []
        if !takeWord("any") { actions = try names() }
        try expectWord(kind == .oblige ? "of" : "on")
        let pattern = try classPattern()
        let when = takeWord("when") ? try expression() : nil
        var onlyIf: Expression?
        if kind == .require {
            try expectWord("only")
            try expectWord("if")
            onlyIf = try expression()
        }
        var because = Reasons()
        var cites: [String] = []
        while true {
            if takeWord("because") {
                repeat { try reason(into: &because) } while saysAnotherReason
            } else if takeWord("cites") {
                repeat { cites.append(try text().text) } while takeSymbol(",")
            } else {
                break
            }
        }
        return RuleSyntax(
            kind: kind, name: ruleName, obligations: obligations, actions: actions,
            pattern: pattern,
            when: when, onlyIf: onlyIf, because: because.texts, cites: cites,
            place: word.place.union(previousPlace))
    }

    mutating func lease(_ word: Token) throws(ParseFailure) -> LeaseSyntax {
        let period = try period()
        try expectWord("on")
        let pattern = try classPattern()
        return LeaseSyntax(
            period: period, pattern: pattern, place: word.place.union(previousPlace))
    }

    // `document(tier <= secret, category any {core})`
    private mutating func classPattern() throws(ParseFailure) -> ClassPattern {
        let kind = try name()
        var conditions: [Expression] = []
        if takeSymbol("(") {
            repeat { conditions.append(try patternCondition()) } while takeSymbol(",")
            try expectSymbol(")")
        }
        return ClassPattern(
            kind: kind, conditions: conditions, place: kind.place.union(previousPlace))
    }

    private mutating func patternCondition() throws(ParseFailure) -> Expression {
        let attribute = try name()
        let resource = Expression(.name("resource"), attribute.place)
        let left = Expression(.member(resource, attribute), attribute.place)
        let word = current
        if let comparison = Expression.Comparison(rawValue: word.text), word.kind == .symbol {
            advance()
            let right = try value()
            return Expression(.compare(comparison, left, right), left.place.union(right.place))
        }
        if takeWord("in") {
            let right = try setLiteral()
            return Expression(.isIn(left, right), left.place.union(right.place))
        }
        if let overlap = Expression.Overlap(rawValue: word.text), word.kind == .identifier {
            advance()
            let right = try setLiteral()
            return Expression(.overlap(overlap, left, right), left.place.union(right.place))
        }
        throw expected("comparison")
    }

    /// A single word or literal, such as the case of a scale.
    mutating func value() throws(ParseFailure) -> Expression {
        let word = current
        switch word.kind {
        case .identifier:
            advance()
            if word.text == "true" || word.text == "false" {
                return Expression(.boolean(word.text == "true"), word.place)
            }
            if current.kind == .text {
                let id = current
                advance()
                return Expression(
                    .entity(kind: Name(word.text, word.place), id: id.text),
                    word.place.union(id.place))
            }
            return Expression(.name(word.text), word.place)
        case .text:
            advance()
            return Expression(.text(word.text), word.place)
        case .integer:
            advance()
            return Expression(.integer(Int64(word.text) ?? 0), word.place)
        case .time:
            advance()
            return Expression(.time(word.text), word.place)
        case .symbol where word.text == "{":
            return try setLiteral()
        case .symbol, .end:
            throw expected("value")
        }
    }
}
