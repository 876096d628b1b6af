import Facts
import PolicyProgram

extension Snapshot {
    /// Which kinds are special cases of which, and what may be done with things of each.
    struct Kinship: Sendable {
        private let count: Int
        private let isKind: Flat<Bool>
        private let applies: Flat<Bool>

        /// - Complexity: as many steps as there are pairs of kinds, and of an action and a kind.
        init(_ tables: ProgramTables, in arena: Arena) {
            let vocabulary = tables.vocabulary
            let names = vocabulary.kinds.map(\.name)
            count = names.count
            isKind = arena.keep(names.flatMap { leaf in names.map { vocabulary.isKind(leaf, $0) } })
            applies = arena.keep(
                tables.actions.flatMap { action in
                    let about = vocabulary.actions.filter { $0.name == action }.map(\.kind)
                    return names.map { kind in about.contains { vocabulary.isKind(kind, $0) } }
                })
        }

        func isKind(_ leaf: Int, _ kind: Int) -> Bool { isKind[leaf * count + kind] }
        func applies(action: Int, to kind: Int) -> Bool { applies[action * count + kind] }
    }

}

extension Snapshot.Columns {
    /// Whether an entity is of a kind; nil for one that is only referred to.
    func isKind(_ handle: Snapshot.Handle, _ kind: Int) -> Bool? {
        let leaf = self.kind(of: handle)
        return leaf == Snapshot.none ? nil : constants.kinship.isKind(Int(leaf), kind)
    }

    /// Whether the vocabulary has this action on resources of this one's kind.
    func applies(action: Int, to resource: Snapshot.Handle) -> Bool {
        applies(action: action, toKind: kind(of: resource))
    }

    func applies(action: Int, toKind leaf: UInt16) -> Bool {
        leaf != Snapshot.none && constants.kinship.applies(action: action, to: Int(leaf))
    }
}
