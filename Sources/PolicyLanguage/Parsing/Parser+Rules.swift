import Diagnostics
import Facts

/// Permits, requirements, prohibitions, obligations and leases, and the classes they are about.
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
        var obligations: [RuleSyntax.Obligation] = []
        if kind == .oblige {
            repeat { obligations.append(try obligation()) } while takeSymbol(",")
            try expectWord("on")
        }
        var actions: [RuleSyntax.Action] = []
        if !takeWord("any") {
            repeat { actions.append(try ruleAction()) } while takeSymbol(",")
        }
        try expectWord(kind == .oblige ? "of" : "on")
        let pattern = try classPattern()
        let when = try clause("when")
        let onlyIf = kind == .require ? try requirement() : nil
        let why = try why()
        return RuleSyntax(
            kind: kind, name: ruleName, obligations: obligations, actions: actions,
            pattern: pattern, when: when, onlyIf: onlyIf, why: why,
            place: word.place.union(previousPlace))
    }

    // `enter(tool)`
    private mutating func ruleAction() throws(ParseFailure) -> RuleSyntax.Action {
        let name = try name()
        var arguments: [Name] = []
        if takeSymbol("(") {
            arguments = try names()
            try expectSymbol(")")
        }
        return RuleSyntax.Action(name: name, arguments: arguments)
    }

    // `notify(whom = resource.owner)`
    private mutating func obligation() throws(ParseFailure) -> RuleSyntax.Obligation {
        let name = try name()
        var parameters: [RuleSyntax.Obligation.Parameter] = []
        if takeSymbol("(") {
            repeat {
                let parameter = try self.name()
                try expectSymbol("=")
                parameters.append(.init(name: parameter, value: try postfix()))
            } while takeSymbol(",")
            try expectSymbol(")")
        }
        return RuleSyntax.Obligation(name: name, parameters: parameters)
    }

    mutating func lease(_ word: Token) throws(ParseFailure) -> LeaseSyntax {
        let period = try period()
        try expectWord("on")
        let pattern = try classPattern()
        return LeaseSyntax(
            period: period, pattern: pattern, place: word.place.union(previousPlace))
    }

    // MARK: Clauses

    /// `word condition`, where the word stands here.
    mutating func clause(_ word: String) throws(ParseFailure) -> Expression? {
        guard current.isWord(word) else { return nil }
        let node = begin(.clause)
        defer { end(node) }
        advance()
        return try expression()
    }

    private mutating func requirement() throws(ParseFailure) -> Expression {
        let node = begin(.clause)
        defer { end(node) }
        try expectWords("only", "if")
        return try expression()
    }

    /// `because ja "…" en "…"`, `cites "…"`, `accepts NTK3104 "…"`, in any order.
    mutating func why() throws(ParseFailure) -> WhySyntax {
        var why = WhySyntax()
        var reasons = Reasons()
        while true {
            if current.isWord("because") {
                try because(&reasons)
                why.because = reasons.texts
            } else if current.isWord("cites") {
                let node = begin(.clause)
                defer { end(node) }
                advance()
                repeat { why.cites.append(try text().text) } while takeSymbol(",")
            } else if current.isWord("accepts") {
                why.accepts += try acceptances()
            } else {
                return why
            }
        }
    }

    private mutating func because(_ reasons: inout Reasons) throws(ParseFailure) {
        let node = begin(.clause)
        defer { end(node) }
        try expectWord("because")
        repeat { try reason(into: &reasons) } while saysAnotherReason
    }

    mutating func acceptances() throws(ParseFailure) -> [Acceptance] {
        var acceptances: [Acceptance] = []
        while current.isWord("accepts") {
            let node = begin(.clause)
            defer { end(node) }
            advance()
            let code = try name()
            guard current.kind == .text else {
                report(.acceptanceWithoutReason, [code.text], at: code.place)
                throw ParseFailure()
            }
            acceptances.append(Acceptance(code: code, reason: try text().text))
        }
        return acceptances
    }

    // MARK: Classes

    // `document(tier <= secret, category any {core})`
    mutating func classPattern() throws(ParseFailure) -> ClassPattern {
        let node = begin(.classPattern)
        defer { end(node) }
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
        if takeWord("in") { return try classMembership(of: left) }
        if let overlap = Expression.Overlap(rawValue: word.text), word.kind == .identifier {
            advance()
            let right = try setLiteral()
            return Expression(.overlap(overlap, left, right), left.place.union(right.place))
        }
        throw expected("comparison")
    }

    // `form in {data, paper}`, `tier in internal to secret`
    private mutating func classMembership(of left: Expression) throws(ParseFailure) -> Expression {
        if current.isSymbol("{") {
            let set = try setLiteral()
            return Expression(.isIn(left, set), left.place.union(set.place))
        }
        let low = try value()
        try expectWord("to")
        let high = try value()
        return Expression(.isBetween(left, low, high), left.place.union(high.place))
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
                ids.append(Name(id.text, id.place))
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
        case .symbol, .clock, .end:
            throw expected("value")
        }
    }
}
