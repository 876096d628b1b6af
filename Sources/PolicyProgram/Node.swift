public import Facts

/// Places in a program's tables.
public typealias NodeIndex = UInt32

/// A value in the flat form of a condition.
public enum OperandNode: Hashable, Sendable, BitwiseCopyable {
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
    /// The values on a list, by its place in the vocabulary's lists.
    case list(UInt32)
    /// What a table, by its place in the vocabulary's tables, says of another operand.
    case lookup(table: UInt32, of: UInt32)
    /// When the entity that another operand gives began to be.
    case began(UInt32)
    /// When it ceases to be.
    case ends(UInt32)
}

/// A condition in flat form: operands, conditions, kinds and events by their places in tables.
///
/// Conditions refer only to earlier ones, so that evaluation can't go round in circles.
public enum Node: Hashable, Sendable, BitwiseCopyable {
    /// How values compare.
    public enum Comparison: UInt8, Hashable, Sendable, CaseIterable, BitwiseCopyable {
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
    /// So many of what is looked through meet a condition, by its place in the table of quantifiers.
    case quantified(UInt32)
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
    /// The time in question is not before an instant.
    case reached(UInt32)
    /// An instant and a period after another, by its place in the table of these.
    case elapsed(UInt32)
    /// A window of time, by its place in the table of windows.
    case during(UInt32)
    /// The condition at the instant that an operand gives.
    case at(UInt32, NodeIndex)
    /// The condition without a break, for a period by its place in the table of periods.
    case held(NodeIndex, UInt32)
}

/// What a quantifier looks through.
public enum DomainNode: Hashable, Sendable, BitwiseCopyable {
    /// The records of a kind of the entity that an operand gives.
    case records(kind: UInt16, owner: UInt32)
    /// The members of the set that an operand gives.
    case members(UInt32)
    /// The entity that an operand gives, and all above it over a column.
    case chain(UInt32, column: UInt32)

    /// What is looked through, or whose.
    package var operand: UInt32 {
        switch self {
        case .records(_, let operand), .members(let operand), .chain(let operand, _): operand
        }
    }
}

/// The flat form of a quantifier.
public struct QuantifierNode: Hashable, Sendable, BitwiseCopyable {
    /// How many must meet the condition.
    public enum Quantifier: Hashable, Sendable, BitwiseCopyable {
        /// One, all, so many.
        case some, every, atLeast(UInt32)
    }

    /// How many.
    public let quantifier: Quantifier
    /// Of what.
    public let domain: DomainNode
    /// Where each of them is put.
    public let slot: UInt16
    /// What it must meet.
    public let condition: NodeIndex

    package init(
        quantifier: Quantifier, domain: DomainNode, slot: UInt16, condition: NodeIndex
    ) {
        self.quantifier = quantifier
        self.domain = domain
        self.slot = slot
        self.condition = condition
    }
}

/// The flat form of a condition on how long after an instant another lies.
public struct ElapsedNode: Hashable, Sendable, BitwiseCopyable {
    /// The instant that is asked about; nil for the time in question.
    public let instant: UInt32?
    /// How long.
    public let period: Period
    /// The instant from which the period runs.
    public let beginning: UInt32
    /// Whether the period must be over; else that it must have begun and not be over.
    public let isOver: Bool

    package init(instant: UInt32?, period: Period, beginning: UInt32, isOver: Bool) {
        self.instant = instant
        self.period = period
        self.beginning = beginning
        self.isOver = isOver
    }
}

/// A part of the time that comes back.
public enum WindowNode: Hashable, Sendable {
    /// Hours of the day.
    case clock(DailyHours)
    /// The days of a calendar, by its place in the vocabulary.
    case calendar(UInt32)
}

/// The flat form of a moment such as `moved-from`.
public struct MomentNode: Hashable, Sendable, BitwiseCopyable {
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
