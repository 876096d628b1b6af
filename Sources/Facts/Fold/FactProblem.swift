/// Why an entry can't be taken: it contradicts the vocabulary or what is already known.
public struct FactProblem: Hashable, Sendable, Error {
    /// What is wrong.
    public enum Reason: Hashable, Sendable {
        /// The vocabulary has no such event.
        case unknownEvent(name: String, similar: String?)
        /// The event has no such field.
        case unknownField(name: String, event: String, similar: String?)
        /// The event lacks a field it must have.
        case missingField(name: String, event: String)
        /// The vocabulary has no such kind of entity.
        case unknownKind(name: String, similar: String?)
        /// The kind has no such attribute.
        case unknownAttribute(name: String, kind: String, similar: String?)
        /// A value does not fit its field or attribute; with the values of an enumeration that would.
        case wrongType(
            name: String, value: String, expected: ValueType, similar: String?, possible: [String])
        /// Nobody has spoken of this entity.
        case unknownEntity(EntityID)
        /// The entity does not exist yet, or no longer, when the event takes effect.
        case doesNotExist(EntityID)
        /// Nothing holds that the event presupposes: no record of this relation, for the entity.
        case lacks(EntityID, relation: String, event: String)
        /// Something would end before it begins.
        case endsBeforeItBegins(name: String)
        /// The id stands for another event already.
        case idUsedBefore(String)
        /// The hierarchy would lead from this entity back to itself.
        case hierarchyCycle(EntityID)
        /// The correction names an event nobody has recorded.
        case unknownEventID(String)
        /// The id is empty, too long, or has characters no id may have.
        case malformedID(String)
        /// The time is neither a date nor an instant.
        case malformedTime(String)
    }

    /// What is wrong.
    public let reason: Reason
    /// The ledger sequence of the entry at fault, where it has one.
    public let sequence: Int64?

    /// Whether an event lacks what it presupposes: then it has no effect, and nothing else is wrong.
    public var isUnmetNeed: Bool {
        if case .lacks = reason { true } else { false }
    }

    /// Creates a problem.
    public init(_ reason: Reason, sequence: Int64? = nil) {
        self.reason = reason
        self.sequence = sequence
    }
}
