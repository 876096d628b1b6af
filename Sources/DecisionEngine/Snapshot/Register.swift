import Facts

/// All entities below a kind, in order of id.
struct Register: Sendable {
    private(set) var handles: [Snapshot.Handle]
    private let isListed: [Bool]

    /// - Complexity: linear in the number of all entities.
    init(_ kind: String, in snapshot: Snapshot, _ vocabulary: Vocabulary) {
        let isListed = vocabulary.kinds.map { vocabulary.isKind($0.name, kind) }
        self.isListed = isListed
        let columns = snapshot.columns.value
        handles = (0..<Snapshot.Handle(columns.count)).filter { handle in
            let kind = columns.kind(of: handle)
            return kind != Snapshot.none && isListed[Int(kind)]
        }
    }

    /// The same after a change.
    ///
    /// - Complexity: linear in the number of those listed for each who came or went; constant where nobody did.
    func updated(
        _ changed: Set<Snapshot.Handle>, from old: Snapshot, to new: Snapshot
    ) -> Register {
        var register = self
        for handle in changed {
            let wasListed = Int(handle) < old.count && lists(handle, in: old)
            let isListed = lists(handle, in: new)
            guard wasListed != isListed else { continue }
            let id = new.id(of: handle)
            let place = register.place(after: id, in: new, orAt: true)
            if isListed {
                register.handles.insert(handle, at: place)
            } else {
                register.handles.remove(at: place)
            }
        }
        return register
    }

    /// Whether an entity is of the kind, or of one below.
    func lists(_ handle: Snapshot.Handle, in snapshot: Snapshot) -> Bool {
        let kind = snapshot.columns.value.kind(of: handle)
        return kind != Snapshot.none && isListed[Int(kind)]
    }

    /// Those that come after an id.
    ///
    /// - Complexity: logarithmic.
    func handles(after last: EntityID?, in snapshot: Snapshot) -> ArraySlice<Snapshot.Handle> {
        guard let last else { return handles[...] }
        return handles[place(after: last, in: snapshot, orAt: false)...]
    }

    /// The place of the first that comes after an id, or has it where `orAt`.
    private func place(after id: EntityID, in snapshot: Snapshot, orAt: Bool) -> Int {
        var (low, high) = (0, handles.count)
        while low < high {
            let middle = (low + high) / 2
            let other = snapshot.id(of: handles[middle])
            if other < id || (!orAt && other == id) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
