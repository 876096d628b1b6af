/// What is asked of a condition with three values.
///
/// "Never true" and "always false" are two things: what can be unknown gives nothing and stands in the way all the
/// same.
enum Aim: Hashable, Sendable {
    /// True.
    case isTrue
    /// False.
    case isFalse
    /// True or unknown.
    case notFalse
    /// False or unknown.
    case notTrue

    /// Whether unknown will do.
    var allowsUnknown: Bool { self == .notFalse || self == .notTrue }

    /// Whether, where it is known, it has to be true.
    var isPositive: Bool { self == .isTrue || self == .notFalse }

    /// The same asked of the negation.
    var ofNegation: Aim {
        switch self {
        case .isTrue: .isFalse
        case .isFalse: .isTrue
        case .notFalse: .notTrue
        case .notTrue: .notFalse
        }
    }

    /// What holds exactly where this does not.
    var opposite: Aim {
        switch self {
        case .isTrue: .notTrue
        case .isFalse: .notFalse
        case .notFalse: .isFalse
        case .notTrue: .isTrue
        }
    }
}

/// A condition and what is asked of it.
struct Want: Hashable, Sendable {
    let condition: Condition
    let aim: Aim

    init(_ condition: Condition, _ aim: Aim) {
        self.condition = condition
        self.aim = aim
    }
}
