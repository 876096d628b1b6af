/// Somebody who states facts: the personnel system, the directory.
public struct SourceDeclaration: Hashable, Sendable, Named {
    /// The source's name, as the ledger has it.
    public let name: String
    /// What a Japanese reader sees.
    public let label: String
    /// How long after it was last read what it says still counts; nil for as long as nothing else is said.
    public let fresh: Period?

    /// Creates a source.
    public init(name: String, label: String, fresh: Period?) {
        self.name = name
        self.label = label
        self.fresh = fresh
    }
}

/// What some facts may be used for, and nothing else.
public struct PurposeDeclaration: Hashable, Sendable, Named {
    /// The purpose's name.
    public let name: String
    /// What a Japanese reader sees.
    public let label: String
    /// The categories whose access rules may read such facts; nil for those of any.
    public let covers: [String]?

    /// Creates a purpose.
    public init(name: String, label: String, covers: [String]?) {
        self.name = name
        self.label = label
        self.covers = covers
    }
}
