import Diagnostics
import Facts

/// An expression as it was written.
struct Expression: Hashable, Sendable {
    enum Comparison: String, Hashable, Sendable {
        case equal = "="
        case notEqual = "!="
        case less = "<"
        case lessOrEqual = "<="
        case greater = ">"
        case greaterOrEqual = ">="
    }

    /// How two sets compare: a member in common, all of the other, nothing but the other.
    enum Overlap: String, Hashable, Sendable { case any, all, only }

    enum Quantifier: Hashable, Sendable {
        case some, every, no
        case atLeast(Int), atMost(Int), exactly(Int)
    }

    /// Whether an instant lies within a period, or is past its end.
    enum Elapse: Hashable, Sendable { case within, atLeast }

    /// A part of the day or the days of a calendar.
    enum Window: Hashable, Sendable {
        case clock(from: Name, until: Name)
        case calendar(Name)
    }

    indirect enum Kind: Hashable, Sendable {
        case name(String)
        case boolean(Bool)
        case integer(Int64)
        case text(String)
        case time(String)
        case period(Period)
        case entity(kind: Name, id: String)
        case set([Expression])
        case member(Expression, Name)
        /// `cap[a.risk]`: what a table says.
        case lookup(table: Name, Expression)
        /// `leads(resource.owner)`: a definition with what it is about.
        case call(Name, [Expression])
        /// `subject on-notice`: a derived attribute said like an adjective.
        case adjective(Expression, Name)
        case moment(Expression, moment: Name, argument: Expression, PeriodSyntax)
        case not(Expression)
        case and(Expression, Expression)
        case or(Expression, Expression)
        case compare(Comparison, Expression, Expression)
        case isIn(Expression, Expression)
        /// `resource.tier in internal to secret`, both ends counted.
        case isBetween(Expression, Expression, Expression)
        case overlap(Overlap, Expression, Expression)
        case below(Expression, Expression)
        case isKind(Expression, Name)
        case quantified(Quantifier, variable: Name, Expression, condition: Expression?)
        /// `chain of x`: x and everything above it in its hierarchy; stands only where a quantifier looks.
        case chain(Expression)
        case has(Expression)
        case passed(Expression, check: Name)
        case may(Expression, action: Name, Expression)
        /// `since 2026-04-01`: the request's time is not before it.
        case since(Expression)
        /// `until 2026-09-30`: the request's time is not past it, a date being the last day.
        case until(Expression)
        /// `within 14 days after n.since`; without an instant of its own it is about the request's time.
        case elapsed(Expression?, Elapse, PeriodSyntax, after: Expression)
        case during(Window)
        /// `was (…) on a.since`.
        case was(Expression, on: Expression)
        /// `… for at least 2 years`.
        case held(Expression, PeriodSyntax)
    }

    let kind: Kind
    let place: Place

    init(_ kind: Kind, _ place: Place) {
        self.kind = kind
        self.place = place
    }
}
