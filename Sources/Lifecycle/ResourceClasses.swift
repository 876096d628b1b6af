import Facts
import PolicyProgram

/// Resources that no rule can tell apart, so that one of them answers for all.
struct ResourceClasses {
    /// The classes, each in order of id.
    let classes: [[EntityID]]
    /// The kind of each resource.
    let kinds: [EntityID: String]

    /// What rules can read of a resource, in both states of the facts.
    private struct Signature: Hashable {
        let kind: String
        let states: [State]
        /// The resource itself, where something names it.
        let individual: EntityID?
    }

    private struct State: Hashable {
        let existence: [Interval]
        let attributes: [String: [Stretch]]
    }

    private struct Stretch: Hashable {
        let value: Value
        let interval: Interval
        /// Who says so, where their word can go stale: then so does the value.
        let source: String?
    }

    init(before: FactBase, after: FactBase, program: Program) {
        let vocabulary = program.vocabulary
        let read = Set(program.tables.columns.map(\.attribute))
        let named = Self.namedResources(before, after, program)
        var kinds: [EntityID: String] = [:]
        var members: [Signature: [EntityID]] = [:]
        let ids = Set((before.histories + after.histories).map(\.id))
            .filter { $0.kind == Vocabulary.resourceKind }.sorted()
        for id in ids {
            guard let kind = (after[id] ?? before[id])?.kind,
                vocabulary.isKind(kind, Vocabulary.resourceKind)
            else { continue }
            kinds[id] = kind
            let states = [before[id], after[id]].map { history in
                State(
                    existence: history?.existence ?? [],
                    attributes: (history?.attributes ?? [:]).filter { read.contains($0.key) }
                        .mapValues { values in
                            values.map { timed in
                                let source = vocabulary.sources[timed.origin.source]
                                return Stretch(
                                    value: timed.value, interval: timed.interval,
                                    source: source?.fresh == nil ? nil : source?.name)
                            }
                        })
            }
            let signature = Signature(
                kind: kind, states: states, individual: named.contains(id) ? id : nil)
            members[signature, default: []].append(id)
        }
        self.kinds = kinds
        classes = members.values.sorted { $0[0] < $1[0] }
    }

    /// Resources that a fact or the policy itself names.
    private static func namedResources(
        _ before: FactBase, _ after: FactBase, _ program: Program
    ) -> Set<EntityID> {
        var named = Set(program.tables.constants.flatMap(\.value.references))
        for history in before.histories + after.histories {
            for values in history.attributes.values {
                named.formUnion(values.flatMap(\.value.references))
            }
            // One with records of its own is like no other.
            if let owner = history.owner { named.insert(owner) }
        }
        return named.filter { $0.kind == Vocabulary.resourceKind }
    }
}
