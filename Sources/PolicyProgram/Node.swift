public import Facts

/// Places in a program's tables.
public typealias NodeIndex = UInt32

/// A value in the flat form of a condition.
public enum OperandNode: Hashable, Sendable {
    /// The person the request is about.
    case subject
    /// What the request wants to reach.
    case resource
    /// What the quantifier at this depth stands at.
    case slot(UInt32)
    /// A constant, by its place in the table of constants.
    case constant(UInt32)
    /// A column read from the entity that another operand gives.
    case column(UInt32, of: UInt32)
    /// A circumstance, by its place in the vocabulary's contexts.
    case context(UInt32)
}

/// A condition in flat form: operands, conditions, kinds and events by their places in tables.
///
/// Conditions refer only to earlier ones, so that evaluation can't go round in circles.
public enum Node: Hashable, Sendable {
    /// How values compare.
    public enum Comparison: UInt8, Hashable, Sendable, CaseIterable {
        /// The same, and not.
        case equal, notEqual
        /// In order.
        case less, lessOrEqual, greater, greaterOrEqual
    }

    /// True or false.
    case constant(Bool)
    /// Not the other condition.
    case not(NodeIndex)
    /// All of the conditions listed at `start`.
    case and(start: UInt32, count: UInt32)
    /// One of the conditions listed at `start`.
    case or(start: UInt32, count: UInt32)
    /// Two operands compared.
    case compare(Comparison, UInt32, UInt32)
    /// An operand in a set.
    case member(UInt32, of: UInt32)
    /// Two sets with a member in common.
    case overlap(UInt32, UInt32)
    /// The first set holds the second.
    case superset(UInt32, UInt32)
    /// An entity at or under another, over a column.
    case below(UInt32, UInt32, column: UInt32)
    /// A boolean operand.
    case flag(UInt32)
    /// Some record of `kind` of the owner, put in the slot, meets the condition.
    case some(kind: UInt16, slot: UInt16, owner: UInt32, condition: NodeIndex)
    /// Every record does.
    case every(kind: UInt16, slot: UInt16, owner: UInt32, condition: NodeIndex)
    /// An operand with a value.
    case has(UInt32)
    /// A record that holds.
    case inForce(UInt32)
    /// An entity of a kind or below it.
    case isKind(UInt32, UInt32)
    /// A moment, by its place in the table of moments.
    case moment(UInt32)
    /// Another action, by its place in the table of actions.
    case may(UInt32)
    /// What an aptitude check says.
    case passed(check: UInt32, NodeIndex)
}

/// The flat form of a moment such as `moved-from`.
public struct MomentNode: Hashable, Sendable {
    /// Whose records.
    public let owner: UInt32
    /// The kind of record that ended.
    public let kind: UInt16
    /// The column that is compared.
    public let column: UInt32
    /// What it must be, or be below.
    public let argument: UInt32
    /// The column that leads upwards.
    public let hierarchyColumn: UInt32
    /// The event that ended the record, by its place in the vocabulary.
    public let event: UInt32
    /// The kind of record the owner must still hold.
    public let whileKind: UInt16
    /// How long ago it may be.
    public let period: Period

    package init(
        owner: UInt32, kind: UInt16, column: UInt32, argument: UInt32, hierarchyColumn: UInt32,
        event: UInt32, whileKind: UInt16, period: Period
    ) {
        self.owner = owner
        self.kind = kind
        self.column = column
        self.argument = argument
        self.hierarchyColumn = hierarchyColumn
        self.event = event
        self.whileKind = whileKind
        self.period = period
    }
}

/// An attribute as programs read it: by the kind that declares it and its name.
public struct ColumnKey: Hashable, Sendable {
    /// The topmost kind that has the attribute.
    public let kind: String
    /// The attribute.
    public let attribute: String

    package init(kind: String, attribute: String) {
        self.kind = kind
        self.attribute = attribute
    }
}
