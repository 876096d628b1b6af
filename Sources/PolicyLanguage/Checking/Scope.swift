import Facts

/// What names mean in the place where an expression stands.
struct Scope {
    /// The kind of resource the rule is about.
    let resourceKind: String
    /// Whether there is a subject and a resource; a derived attribute has neither.
    let hasRequest: Bool
    /// Variables of quantifiers, parameters of definitions and `self`, with what each stands for.
    var variables: [String: (id: Int, type: ValueType)] = [:]
    /// The arguments of its actions that the rule names.
    var arguments: Set<String> = []

    static let request = Scope(resourceKind: Vocabulary.resourceKind, hasRequest: true)
}
