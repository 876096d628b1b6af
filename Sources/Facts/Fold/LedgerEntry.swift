/// Something that happened or will, with its meaning in the vocabulary.
public struct Event: Hashable, Sendable {
    /// Unique among all events; repeating one is harmless.
    public let id: String
    /// The event's name in the vocabulary.
    public let name: String
    /// When it takes effect.
    public let effective: Instant
    /// Its fields.
    public let fields: [String: Value]

    /// Creates an event.
    public init(id: String, name: String, effective: Instant, fields: [String: Value]) {
        self.id = id
        self.name = name
        self.effective = effective
        self.fields = fields
    }
}

/// What a source says of one entity or record, from an instant on.
public struct Observation: Hashable, Sendable {
    /// The entity.
    public let entity: EntityID
    /// Its kind, the most special one.
    public let kind: String
    /// The owner, where the entity is a record.
    public let owner: EntityID?
    /// What the source states; nil where it no longer speaks of the entity.
    public let attributes: [String: Value]?
    /// From when on.
    public let effective: Instant

    /// Creates an observation.
    public init(
        entity: EntityID, kind: String, owner: EntityID? = nil, attributes: [String: Value]?,
        effective: Instant
    ) {
        self.entity = entity
        self.kind = kind
        self.owner = owner
        self.attributes = attributes
        self.effective = effective
    }
}

/// An entry of the ledger that facts are folded from.
public struct LedgerEntry: Hashable, Sendable {
    /// What an entry says.
    public enum Content: Hashable, Sendable {
        /// Something happened, or will.
        case event(Event)
        /// A source states something of an entity.
        case observation(Observation)
        /// The event with this id is void.
        case correction(voiding: String)
        /// The source was read to its end at this instant: what it has not said by then, it does not say.
        case reading(at: Instant)
    }

    /// Its place in the ledger, from 1.
    public let sequence: Int64
    /// Who said so.
    public let source: String
    /// What it says.
    public let content: Content

    /// Creates an entry.
    public init(sequence: Int64, source: String, content: Content) {
        self.sequence = sequence
        self.source = source
        self.content = content
    }
}
