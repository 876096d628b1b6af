public import Facts

/// Who is shown an answer, and so what it may tell of facts that serve one purpose.
///
/// `docs/semantics.md`, 7.1, is the definition.
public struct Audience: Hashable, Sendable {
    /// The purposes whose facts may be told; `checks` for what aptitude checks say.
    public let purposes: Set<String>

    /// Those who are told nothing that serves one purpose: everybody, unless they are known to have a right to it.
    public static let general = Audience(purposes: [])

    /// Creates an audience that may be told of facts that serve these purposes.
    public init(purposes: Set<String>) { self.purposes = purposes }

    /// Those who may be told everything: whoever answers for the policy itself.
    public static func entitled(under vocabulary: Vocabulary) -> Audience {
        Audience(purposes: Set(vocabulary.purposes.names + [Vocabulary.checkPurpose]))
    }
}
