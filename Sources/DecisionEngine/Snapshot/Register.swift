import Facts

/// All entities below a kind, in order of id.
struct Register: Sendable {
    let handles: Flat<Snapshot.Handle>
    /// For each kind, whether it is below the one that is listed.
    private let isListed: [Bool]
    // What `handles` borrows from.
    private let arena: Arena

    /// - Complexity: linear in the number of all entities.
    init(_ kind: String, in snapshot: Snapshot, _ vocabulary: Vocabulary) {
        let isListed = vocabulary.kinds.map { vocabulary.isKind($0.name, kind) }
        let columns = snapshot.columns.value
        let handles = (0..<Snapshot.Handle(columns.count)).filter { handle in
            let kind = columns.kind(of: handle)
            return kind != Snapshot.none && isListed[Int(kind)]
        }
        let arena = Arena()
        self.init(handles: arena.keep(handles), isListed: isListed, arena: arena)
    }

    /// A register that was made before.
    ///
    /// - Parameters:
    ///   - kind: the kind that is listed.
    ///   - handles: all below it, in order of id, in memory that `arena` keeps.
    ///   - vocabulary: the kinds.
    ///   - arena: what keeps them.
    init(
        _ kind: String, handles: Flat<Snapshot.Handle>, _ vocabulary: Vocabulary, in arena: Arena
    ) {
        self.init(
            handles: handles,
            isListed: vocabulary.kinds.map { vocabulary.isKind($0.name, kind) }, arena: arena)
    }

    private init(handles: Flat<Snapshot.Handle>, isListed: [Bool], arena: Arena) {
        self.handles = handles
        self.isListed = isListed
        self.arena = arena
    }

    /// The same after a change.
    ///
    /// - Complexity: linear in the number of those listed for each who came or went; constant where nobody did.
    func updated(
        _ changed: Set<Snapshot.Handle>, from old: Snapshot, to new: Snapshot
    ) -> Register {
        var handles: [Snapshot.Handle]?
        for handle in changed {
            let wasListed = Int(handle) < old.count && lists(handle, in: old)
            let isListed = lists(handle, in: new)
            guard wasListed != isListed else { continue }
            let id = new.id(of: handle)
            var listed = handles ?? Array(self.handles)
            handles = nil
            let place = Register.place(after: id, among: listed, in: new, orAt: true)
            if isListed { listed.insert(handle, at: place) } else { listed.remove(at: place) }
            handles = listed
        }
        guard let handles else { return self }
        let arena = Arena()
        return Register(handles: arena.keep(handles), isListed: isListed, arena: arena)
    }

    /// Whether an entity is of the kind, or of one below.
    func lists(_ handle: Snapshot.Handle, in snapshot: Snapshot) -> Bool {
        let kind = snapshot.columns.value.kind(of: handle)
        return kind != Snapshot.none && isListed[Int(kind)]
    }

    /// Those that come after an id.
    ///
    /// - Complexity: logarithmic.
    func handles(after last: EntityID?, in snapshot: Snapshot) -> Flat<Snapshot.Handle> {
        guard let last else { return handles }
        let start = Register.place(after: last, among: handles, in: snapshot, orAt: false)
        return handles.stretch(from: start, until: handles.count)
    }

    /// The place, among handles in order of id, of the first that comes after an id, or has it where `orAt`.
    private static func place(
        after id: EntityID, among handles: some RandomAccessCollection<Snapshot.Handle>,
        in snapshot: Snapshot, orAt: Bool
    ) -> Int {
        var (low, high) = (0, handles.count)
        while low < high {
            let middle = (low + high) / 2
            let other = snapshot.id(
                of: handles[handles.index(handles.startIndex, offsetBy: middle)])
            if other < id || (!orAt && other == id) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
