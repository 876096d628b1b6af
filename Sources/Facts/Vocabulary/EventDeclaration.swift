/// A kind of event: the fields it carries and what it does to the facts.
public struct EventDeclaration: Hashable, Sendable, Named {
    /// A field of an event.
    public struct Field: Hashable, Sendable, Named {
        /// The field's name.
        public let name: String
        /// Its type.
        public let type: ValueType
        /// Whether an event may leave it out.
        public let isOptional: Bool

        /// Creates a field.
        public init(name: String, type: ValueType, isOptional: Bool) {
            self.name = name
            self.type = type
            self.isOptional = isOptional
        }
    }

    /// The event's name, in the past tense: `transferred`.
    public let name: String
    /// What a Japanese reader sees.
    public let label: String
    /// The verb that records it on the command line: `transfer`.
    public let command: String
    /// Its fields; the first is what the event is about.
    public let fields: NameTable<Field>
    /// What it does, in order.
    public let effects: [Effect]
    /// How prose speaks of it.
    public let phrases: [Phrase]

    /// Creates a kind of event.
    public init(
        name: String, label: String, command: String, fields: NameTable<Field>,
        effects: [Effect], phrases: [Phrase] = []
    ) {
        self.name = name
        self.label = label
        self.command = command
        self.fields = fields
        self.effects = effects
        self.phrases = phrases
    }
}

/// One thing an event does to the facts.
///
/// `docs/semantics.md`, 2.3, says exactly what.
public struct Effect: Hashable, Sendable {
    /// Where an effect takes a value from.
    public enum Operand: Hashable, Sendable {
        /// A field of the event.
        case field(String)
        /// A constant.
        case constant(Value)
        /// The record of this kind, owned by the field's entity, that began last among those that hold.
        case current(kind: String, ownerField: String)
    }

    /// An attribute and the operand it is set to, or compared with.
    public struct Assignment: Hashable, Sendable {
        /// The attribute.
        public let attribute: String
        /// The value.
        public let operand: Operand

        /// Creates an assignment.
        public init(attribute: String, operand: Operand) {
            self.attribute = attribute
            self.operand = operand
        }
    }

    /// When a record begun by an event ends by itself.
    public enum End: Hashable, Sendable {
        /// At the instant a field holds; never, where the event lacks the field.
        case field(String)
        /// When the check that a field names has lasted its period.
        case lastsOfCheck(field: String)
    }

    /// The operation.
    public enum Operation: Hashable, Sendable {
        /// The field's entity exists from now on, with these attributes.
        case create(field: String, attributes: [Assignment])
        /// An attribute of the field's entity has this value from now on.
        case set(field: String, Assignment)
        /// A record of the field's entity begins.
        case begin(kind: String, ownerField: String, attributes: [Assignment], end: End?)
        /// Records that hold and match end; those of one owner, or all.
        case end(kind: String, ownerField: String?, matching: [Assignment])
        /// Nothing happens, but the event doesn't fit unless a record of the field's entity holds and matches.
        case need(kind: String, ownerField: String, matching: [Assignment])
        /// What earlier entries' events of this name, about the field's entity, have still to do is not done; only of those
        /// whose fields match.
        case cancel(event: String, field: String, matching: [Assignment])
    }

    /// The operation.
    public let operation: Operation
    /// The field whose instant it happens at; nil for the event's own instant.
    public let atField: String?
    /// The field without which it doesn't happen.
    public let onlyIfField: String?

    /// Creates an effect.
    public init(operation: Operation, atField: String? = nil, onlyIfField: String? = nil) {
        self.operation = operation
        self.atField = atField
        self.onlyIfField = onlyIfField
    }
}
