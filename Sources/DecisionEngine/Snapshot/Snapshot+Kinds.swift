import Facts
import PolicyProgram

extension Snapshot {
    /// The kind of an entity by name; nil for one that is only referred to.
    func kindName(of handle: Handle, in vocabulary: Vocabulary) -> String? {
        let leaf = kinds[Int(handle)]
        return leaf == Snapshot.none ? nil : vocabulary.kinds[Int(leaf)].name
    }

    /// Whether the vocabulary has this action on resources of this one's kind.
    func applies(action: Int, to resource: Handle, in tables: ProgramTables) -> Bool {
        guard let kind = kindName(of: resource, in: tables.vocabulary) else { return false }
        return tables.vocabulary.actions.contains {
            $0.name == tables.actions[action] && tables.vocabulary.isKind(kind, $0.kind)
        }
    }
}
