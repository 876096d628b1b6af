/// A kind of entity, or of record where it has an owner.
public struct KindDeclaration: Hashable, Sendable, Named {
    /// How a record belongs to its owner.
    public struct Ownership: Hashable, Sendable {
        /// The kind of the owner.
        public let owner: String
        /// The relation by which a policy reaches the records from their owner: `posts`.
        public let relation: String

        /// Creates the way from an owner to its records.
        public init(owner: String, relation: String) {
            self.owner = owner
            self.relation = relation
        }
    }

    /// Named positions in a hierarchy: `x below y` follows `attribute` upwards from x.
    public struct Hierarchy: Hashable, Sendable {
        /// The set attribute that leads one step up.
        public let attribute: String

        /// Creates a hierarchy.
        public init(attribute: String) { self.attribute = attribute }
    }

    /// The kind's name.
    public let name: String
    /// What a Japanese reader sees.
    public let label: String
    /// The kind it is a special case of.
    public let parent: String?
    /// The owner and relation, where this is a kind of record.
    public let ownership: Ownership?
    /// Its own attributes and those of its parents, by name.
    public let attributes: NameTable<AttributeDeclaration>
    /// The hierarchy its entities form, if any.
    public let hierarchy: Hierarchy?
    /// The purpose outside which no rule may read it; nil where it is free.
    public let limitedTo: String?
    /// Whose statements its records are made of: while one of these is stale, none does not mean none.
    public let sources: [String]
    /// How prose speaks of it, such as `post {role} in {department}`.
    public let phrases: [Phrase]

    /// Creates a kind.
    public init(
        name: String, label: String, parent: String? = nil, ownership: Ownership? = nil,
        attributes: NameTable<AttributeDeclaration> = [],
        hierarchy: Hierarchy? = nil, limitedTo: String? = nil, sources: [String] = [],
        phrases: [Phrase] = []
    ) {
        self.name = name
        self.label = label
        self.parent = parent
        self.ownership = ownership
        self.attributes = attributes
        self.hierarchy = hierarchy
        self.limitedTo = limitedTo
        self.sources = sources
        self.phrases = phrases
    }
}

/// A way to say a record or an event in a scenario: words with fields among them.
public struct Phrase: Hashable, Sendable {
    /// A word as it stands, or the field whose value stands there.
    public enum Part: Hashable, Sendable {
        /// A literal word.
        case word(String)
        /// The value of a field or attribute.
        case field(String)
    }

    /// The parts, in order; never empty.
    public let parts: [Part]

    /// Creates a phrase.
    public init(parts: [Part]) { self.parts = parts }

    /// Reads `post {role} in {department}`; nil where braces don't pair, nest, or are empty.
    public init?(template: String) {
        var parts: [Part] = []
        for piece in template.split(separator: " ") {
            if piece.hasPrefix("{") {
                guard piece.hasSuffix("}"), piece.utf8.count > 2 else { return nil }
                parts.append(.field(String(piece.dropFirst().dropLast())))
            } else {
                guard !piece.contains("{"), !piece.contains("}") else { return nil }
                parts.append(.word(String(piece)))
            }
        }
        guard !parts.isEmpty else { return nil }
        self.parts = parts
    }
}

/// A kind of aptitude check.
public struct CheckDeclaration: Hashable, Sendable, Named {
    /// The check's name.
    public let name: String
    /// What a Japanese reader sees.
    public let label: String
    /// The categories whose access rules may read its state.
    public let covers: [String]
    /// Whether a clearance counts only while the person consents.
    public let consentRequired: Bool
    /// How long a clearance lasts.
    public let lasts: Period

    /// Creates a check.
    public init(
        name: String, label: String, covers: [String], consentRequired: Bool, lasts: Period
    ) {
        self.name = name
        self.label = label
        self.covers = covers
        self.consentRequired = consentRequired
        self.lasts = lasts
    }
}
