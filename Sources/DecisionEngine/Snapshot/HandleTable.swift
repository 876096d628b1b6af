import Facts

/// Finds what has a name by it: a hash table of numbers over the bytes of the names.
///
/// A look-up reads one slot, and then the name that it leads to: its root kind, its length and its bytes.
struct HandleTable: Sendable, BitwiseCopyable {
    struct Slot: Sendable, BitwiseCopyable {
        var hash: UInt64
        /// The handle; `free` where there is none.
        var handle: Snapshot.Handle
        /// Where the name begins.
        var name: UInt32
    }

    static let free = Snapshot.Handle.max

    let slots: Flat<Slot>
    let names: Flat<UInt8>
    /// A digest of all ids in order: where two tables' are equal, so are their handles.
    let fingerprint: UInt64
    var isEmpty: Bool { names.isEmpty }

    init(_ builder: HandleTableBuilder, in arena: Arena) {
        self.init(
            slots: arena.keep(builder.slots), names: arena.keep(builder.names),
            fingerprint: builder.fingerprint)
    }

    /// - Parameters:
    ///   - slots: a power of two of them, at least one of them free.
    ///   - names: the names that they lead to.
    ///   - fingerprint: a digest of all ids in order.
    init(slots: Flat<Slot>, names: Flat<UInt8>, fingerprint: UInt64) {
        self.slots = slots
        self.names = names
        self.fingerprint = fingerprint
    }

    /// The handle of what has a name, by the number of the root kind; nil where nobody has spoken of it.
    ///
    /// - Complexity: linear in the length of the name.
    subscript(root: UInt16, name: String) -> Snapshot.Handle? { slot(root, name)?.handle }

    func slot(_ root: UInt16, _ name: String) -> Slot? {
        unsafe NameBytes.withBytes(of: name) { bytes in
            let hash = unsafe NameBytes.hash(bytes, root: root)
            let mask = slots.count &- 1
            var index = Int(truncatingIfNeeded: hash) & mask
            while true {
                let slot = slots[index]
                if slot.handle == HandleTable.free { return nil }
                if slot.hash == hash,
                    unsafe names.withBytes({
                        unsafe NameBytes.isName(bytes, root, at: Int(slot.name), in: $0)
                    })
                {
                    return slot
                }
                index = (index &+ 1) & mask
            }
        }
    }
}

/// All that have names: those of the first table, and those that have come since.
struct EntityNames: Sendable, BitwiseCopyable {
    let frozen: HandleTable
    let frozenCount: Int
    let recent: HandleTable

    subscript(root: UInt16, name: String) -> Snapshot.Handle? {
        if let known = frozen[root, name] { return known }
        return recent.isEmpty ? nil : recent[root, name]
    }

    /// The root kind and the name of an entity, by where its name begins.
    func name(of handle: Snapshot.Handle, at start: UInt32) -> (root: UInt16, name: String) {
        let table = Int(handle) < frozenCount ? frozen : recent
        return unsafe table.names.withBytes { unsafe NameBytes.name(at: Int(start), in: $0) }
    }
}

/// The table while entities are being added.
struct HandleTableBuilder: Sendable {
    private(set) var slots = [HandleTable.Slot](
        repeating: HandleTable.Slot(hash: 0, handle: HandleTable.free, name: 0), count: 64)
    private(set) var names: [UInt8] = []
    /// For each entity, where its name begins.
    private(set) var starts: [UInt32] = []
    private(set) var rootPlaces: [String: UInt16]
    /// A digest of all ids in order, those before the first among them.
    private(set) var fingerprint: UInt64
    private let first: Snapshot.Handle
    private var lastRoot: (kind: String, place: UInt16)?
    var count: Int { starts.count }

    /// - Parameters:
    ///   - first: the handle of the first that is added.
    ///   - roots: the numbers of root kinds that other tables use.
    ///   - digest: a digest of the ids before the first.
    init(startingAt first: Snapshot.Handle, roots: [String: UInt16], digest: UInt64) {
        self.first = first
        rootPlaces = roots
        fingerprint = digest
    }

    /// The handle of an entity, a new one where it has none; and where its name begins.
    mutating func place(_ id: EntityID) -> (handle: Snapshot.Handle, name: UInt32) {
        let root = self.root(id.kind)
        return unsafe NameBytes.withBytes(of: id.name) { bytes in
            let hash = unsafe NameBytes.hash(bytes, root: root)
            let mask = slots.count - 1
            var index = Int(truncatingIfNeeded: hash) & mask
            while slots[index].handle != HandleTable.free {
                let slot = slots[index]
                if slot.hash == hash,
                    unsafe names.withUnsafeBytes({
                        unsafe NameBytes.isName(bytes, root, at: Int(slot.name), in: $0)
                    })
                {
                    return (slot.handle, slot.name)
                }
                index = (index + 1) & mask
            }
            let handle = first + Snapshot.Handle(count)
            let name = UInt32(names.count)
            slots[index] = HandleTable.Slot(hash: hash, handle: handle, name: name)
            unsafe NameBytes.append(bytes, root, to: &names)
            starts.append(name)
            fingerprint = NameBytes.mix(fingerprint ^ hash)
            if isTooFull(count) { grow() }
            return (handle, name)
        }
    }

    /// Whether an entity that was added is this one.
    func isEntity(_ place: Int, _ id: EntityID) -> Bool {
        guard starts.indices.contains(place), let root = rootPlaces[id.kind] else { return false }
        return unsafe NameBytes.withBytes(of: id.name) { bytes in
            unsafe names.withUnsafeBytes {
                unsafe NameBytes.isName(bytes, root, at: Int(starts[place]), in: $0)
            }
        }
    }

    /// Makes room for so many, so that the table needn't grow again and again.
    mutating func reserve(_ count: Int) {
        while isTooFull(count) { grow() }
        starts.reserveCapacity(count)
    }

    /// Two slots in three may be taken: a look-up then reads about two that follow one another.
    private func isTooFull(_ count: Int) -> Bool { 3 * count > 2 * slots.count }

    private mutating func root(_ kind: String) -> UInt16 {
        if let lastRoot, lastRoot.kind == kind { return lastRoot.place }
        let place = rootPlaces[kind] ?? UInt16(rootPlaces.count)
        rootPlaces[kind] = place
        lastRoot = (kind, place)
        return place
    }

    private mutating func grow() {
        let old = slots
        slots = [HandleTable.Slot](
            repeating: HandleTable.Slot(hash: 0, handle: HandleTable.free, name: 0),
            count: 2 * old.count)
        let mask = slots.count - 1
        for slot in old where slot.handle != HandleTable.free {
            var index = Int(truncatingIfNeeded: slot.hash) & mask
            while slots[index].handle != HandleTable.free { index = (index + 1) & mask }
            slots[index] = slot
        }
    }
}
