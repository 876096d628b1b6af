/// What an attribute or an event's field holds.
public enum Value: Hashable, Sendable {
    /// True or false.
    case boolean(Bool)
    /// A whole number.
    case integer(Int64)
    /// Text, in NFC.
    case text(String)
    /// A case of an enumeration or a scale, by its name.
    case symbol(String)
    /// A point in time.
    case instant(Instant)
    /// A reference to an entity.
    case entity(EntityID)
    /// A set, kept in the order of `<` and without repetition. Make one with `Value.set(of:)`.
    case set([Value])

    /// A set of values, in canonical order.
    public static func set(of values: some Sequence<Value>) -> Value {
        .set(Set(values).sorted())
    }

    /// The members, where this is a set.
    public var members: [Value]? {
        guard case .set(let members) = self else { return nil }
        return members
    }

    /// The entity referred to, where this is a reference.
    public var reference: EntityID? {
        guard case .entity(let id) = self else { return nil }
        return id
    }

    /// Every entity this value refers to, itself or through its members.
    public var references: [EntityID] {
        switch self {
        case .entity(let id): [id]
        case .set(let members): members.flatMap(\.references)
        case .boolean, .integer, .text, .symbol, .instant: []
        }
    }
}

extension Value: Comparable {
    /// A total order with no meaning but to make output and sets the same every time.
    public static func < (left: Value, right: Value) -> Bool {
        switch (left, right) {
        case (.boolean(let a), .boolean(let b)): !a && b
        case (.integer(let a), .integer(let b)): a < b
        case (.text(let a), .text(let b)): a < b
        case (.symbol(let a), .symbol(let b)): a < b
        case (.instant(let a), .instant(let b)): a < b
        case (.entity(let a), .entity(let b)): a < b
        case (.set(let a), .set(let b)): a.lexicographicallyPrecedes(b)
        default: left.rank < right.rank
        }
    }

    private var rank: Int {
        switch self {
        case .boolean: 0
        case .integer: 1
        case .text: 2
        case .symbol: 3
        case .instant: 4
        case .entity: 5
        case .set: 6
        }
    }
}
