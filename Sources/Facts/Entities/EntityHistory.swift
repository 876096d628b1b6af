/// Who said a fact, and where in the ledger.
public struct Origin: Hashable, Sendable {
    /// The source: `hr`, `directory`, a file's name.
    public let source: String
    /// The ledger sequence that recorded it.
    public let sequence: Int64

    /// Creates an origin.
    public init(source: String, sequence: Int64) {
        self.source = source
        self.sequence = sequence
    }
}

/// A value and when it holds.
public struct TimedValue: Hashable, Sendable {
    /// The value.
    public let value: Value
    /// When it holds.
    public var interval: Interval
    /// Who said so.
    public let origin: Origin

    /// Creates a timed value.
    public init(value: Value, interval: Interval, origin: Origin) {
        self.value = value
        self.interval = interval
        self.origin = origin
    }
}

/// All that is known of one entity, at all times.
public struct EntityHistory: Hashable, Sendable {
    /// The entity.
    public let id: EntityID
    /// Its kind, the most special one: `document`, not `resource`.
    public let kind: String
    /// The owner, where the entity is a record.
    public let owner: EntityID?
    /// When it exists or, for a record, when it holds.
    ///
    /// In order; never overlapping.
    public internal(set) var existence: [Interval]
    /// The event that ended a record, where one did.
    public internal(set) var endedBy: String?
    /// Who first spoke of it.
    public let origin: Origin
    /// Each attribute's values, in order of time; never overlapping.
    public internal(set) var attributes: [String: [TimedValue]] = [:]

    package init(
        id: EntityID, kind: String, owner: EntityID?, existence: [Interval],
        endedBy: String? = nil, origin: Origin, attributes: [String: [TimedValue]] = [:]
    ) {
        self.id = id
        self.kind = kind
        self.owner = owner
        self.existence = existence
        self.endedBy = endedBy
        self.origin = origin
        self.attributes = attributes
    }

    /// The same with another value from `value`'s beginning on.
    package func setting(_ attribute: String, to value: TimedValue) -> EntityHistory {
        var history = self
        history.attributes[attribute] =
            (attributes[attribute] ?? []).ending(noLaterThan: value.interval.from) + [value]
        return history
    }

    /// The same with other values of an attribute.
    package func replacing(_ attribute: String, with values: [TimedValue]) -> EntityHistory {
        var history = self
        history.attributes[attribute] = values
        return history
    }

    /// Whether it exists, or holds, at `instant`.
    public func exists(at instant: Instant) -> Bool {
        existence.contains { $0.contains(instant) }
    }

    /// The value given to `attribute` at `instant`, defaults aside; nil where none holds.
    public func value(of attribute: String, at instant: Instant) -> TimedValue? {
        attributes[attribute]?.last { $0.interval.contains(instant) }
    }
}
