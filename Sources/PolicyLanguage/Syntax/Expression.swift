import Diagnostics
import Facts

/// A name where it was written.
struct Name: Hashable, Sendable {
    /// The name.
    let text: String
    /// Where it stands.
    let place: Place

    init(_ text: String, _ place: Place) {
        self.text = text
        self.place = place
    }
}

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

    enum Overlap: String, Hashable, Sendable { case any, all }

    enum Quantifier: String, Hashable, Sendable { case some, every }

    indirect enum Kind: Hashable, Sendable {
        case name(String)
        case boolean(Bool)
        case integer(Int64)
        case text(String)
        case time(String)
        case entity(kind: Name, id: String)
        case set([Expression])
        case member(Expression, Name)
        /// `subject on-notice`: a derived attribute said like an adjective.
        case adjective(Expression, Name)
        case within(Expression, moment: Name, argument: Expression, Period)
        case not(Expression)
        case and(Expression, Expression)
        case or(Expression, Expression)
        case compare(Comparison, Expression, Expression)
        case isIn(Expression, Expression)
        case overlap(Overlap, Expression, Expression)
        case below(Expression, Expression)
        case quantified(Quantifier, variable: Name, Expression, condition: Expression?)
        case has(Expression)
        case passed(Expression, check: Name)
        case may(Expression, action: Name, Expression)
    }

    /// What joins expressions in a row.
    enum Joint { case and, or }

    let kind: Kind
    let place: Place

    init(_ kind: Kind, _ place: Place) {
        self.kind = kind
        self.place = place
    }

    /// The expressions that stand in one row with `and` or `or`, in their order.
    func row(of joint: Joint) -> [Expression] {
        var row: [Expression] = []
        var current = self
        while true {
            switch (joint, current.kind) {
            case (.and, .and(let left, let right)), (.or, .or(let left, let right)):
                row.append(right)
                current = left
            default:
                row.append(current)
                return row.reversed()
            }
        }
    }
}
