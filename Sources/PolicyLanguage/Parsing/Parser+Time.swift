import Diagnostics
import Facts

/// Conditions about time.
extension Parser {
    /// A condition that begins with a word about time; nil where none does.
    mutating func temporal(from start: Place) throws(ParseFailure) -> Expression? {
        if takeWord("since") {
            let instant = try postfix()
            return Expression(.since(instant), start.union(instant.place))
        }
        if takeWord("until") {
            let instant = try postfix()
            return Expression(.until(instant), start.union(instant.place))
        }
        if takeWord("during") {
            let window = try window()
            return Expression(.during(window), start.union(previousPlace))
        }
        if takeWord("was") {
            try expectSymbol("(")
            let inner = try expression()
            try expectSymbol(")")
            try expectWord("on")
            let instant = try postfix()
            return Expression(.was(inner, on: instant), start.union(instant.place))
        }
        return try elapsed(nil, from: start)
    }

    /// `within 14 days after x`, `at least 2 years after x`, of an instant or of the request's time; nil where
    /// neither begins here.
    mutating func elapsed(
        _ instant: Expression?, from start: Place
    ) throws(ParseFailure) -> Expression? {
        let elapse: Expression.Elapse
        if takeWord("within") {
            elapse = .within
        } else if current.isWord("at"), peek().isWord("least"), isPeriod(at: 2) || isNamed(at: 2) {
            advance()
            advance()
            elapse = .atLeast
        } else {
            return nil
        }
        let period = try periodOrName()
        try expectWord("after")
        let beginning = try postfix()
        return Expression(
            .elapsed(instant, elapse, period, after: beginning), start.union(beginning.place))
    }

    /// Whether the name of a period stands at `distance`, and not the variable of a quantifier.
    private func isNamed(at distance: Int) -> Bool {
        peek(distance).kind == .identifier && peek(distance + 1).isWord("after")
    }

    // `09:00 to 18:00`, or the name of a calendar
    private mutating func window() throws(ParseFailure) -> Expression.Window {
        guard current.kind == .clock else { return .calendar(try name()) }
        let from = try clock()
        try expectWord("to")
        return .clock(from: from, until: try clock())
    }

    private mutating func clock() throws(ParseFailure) -> Name {
        guard current.kind == .clock else { throw expected("time of day") }
        let clock = Name(current.text, current.place)
        advance()
        return clock
    }
}
