/// A truth value of Kleene's three-valued logic, lowest first: `and` is the minimum, `or` the maximum.
public enum Truth: UInt8, Hashable, Sendable, Comparable, BitwiseCopyable {
    /// It does not hold.
    case `false` = 0
    /// Nobody can tell.
    case unknown = 1
    /// It holds.
    case `true` = 2

    /// Whether the first is further from true.
    public static func < (left: Truth, right: Truth) -> Bool { left.rawValue < right.rawValue }

    /// The truth value of a boolean.
    public init(_ boolean: Bool) { self = boolean ? .true : .false }

    /// Not this.
    public static prefix func ! (truth: Truth) -> Truth {
        switch truth {
        case .true: .false
        case .false: .true
        case .unknown: .unknown
        }
    }
}
