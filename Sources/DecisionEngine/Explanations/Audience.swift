public import Facts
import PolicyProgram

/// Who is shown an answer, and so what it may tell of facts that serve one purpose.
///
/// `docs/semantics.md`, 7, is the definition.
public struct Audience: Hashable, Sendable {
    /// The purposes whose facts may be told; `checks` for what aptitude checks say.
    public let purposes: Set<String>

    /// Those who are told nothing that serves one purpose: everybody, unless they are known to have a right to it.
    public static let general = Audience(purposes: [])

    /// Creates an audience that may be told of facts that serve these purposes.
    public init(purposes: Set<String>) { self.purposes = purposes }

    /// Those who may be told everything that a policy knows: for whoever answers for the policy itself.
    public static func entitled(under vocabulary: Vocabulary) -> Audience {
        Audience(purposes: Set(vocabulary.purposes.names + [Vocabulary.checkPurpose]))
    }
}

/// What an audience is not told.
struct LimitedReads {
    private(set) var columns: Set<UInt32> = []
    private(set) var kinds: Set<UInt16> = []
    let hidesChecks: Bool

    init(_ program: Program, for audience: Audience) {
        let vocabulary = program.vocabulary
        func isHidden(_ purpose: String?) -> Bool {
            purpose.map { !audience.purposes.contains($0) } ?? false
        }
        hidesChecks = isHidden(Vocabulary.checkPurpose)
        for (place, kind) in vocabulary.kinds.enumerated() where isHidden(kind.limitedTo) {
            kinds.insert(UInt16(place))
        }
        for (place, key) in program.tables.columns.enumerated() {
            let kind = vocabulary.kinds[key.kind]
            if isHidden(kind?.limitedTo) || isHidden(kind?.attributes[key.attribute]?.limitedTo) {
                columns.insert(UInt32(place))
            }
        }
    }
}
