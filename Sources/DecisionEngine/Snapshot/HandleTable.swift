import Facts

/// Finds what has a name by it: a hash table of numbers over the bytes of the names.
///
/// A look-up reads one slot, and then the name that it leads to: its root kind, its length and its bytes.
struct HandleTable: Sendable, BitwiseCopyable {
    struct Slot: Sendable {
        var hash: UInt64
        /// The handle; `free` where there is none.
        var handle: Snapshot.Handle
        /// Where the name begins.
        var name: UInt32
    }

    static let free = Snapshot.Handle.max

    private let slots: Flat<Slot>
    private let names: Flat<UInt8>
    /// A digest of all ids in order: where two tables' are equal, so are their handles.
    let fingerprint: UInt64

    init(_ builder: HandleTableBuilder, in arena: Arena) {
        slots = arena.keep(builder.slots)
        names = arena.keep(builder.names)
        fingerprint = builder.fingerprint
    }

    /// The handle of what has a name, by the number of the root kind; nil where nobody has spoken of it.
    ///
    /// - Complexity: linear in the length of the name.
    subscript(root: UInt16, name: String) -> Snapshot.Handle? {
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
                    return slot.handle
                }
                index = (index &+ 1) & mask
            }
        }
    }
}

/// The table while entities are being added.
struct HandleTableBuilder {
    private(set) var slots = [HandleTable.Slot](
        repeating: HandleTable.Slot(hash: 0, handle: HandleTable.free, name: 0), count: 1_024)
    private(set) var names: [UInt8] = []
    private(set) var rootPlaces: [String: UInt16] = [:]
    private(set) var fingerprint: UInt64 = 0
    private var count = 0
    private var lastRoot: (kind: String, place: UInt16)?

    /// The handle of an entity, a new one where it has none; and whether it is new.
    mutating func place(_ id: EntityID) -> (handle: Snapshot.Handle, isNew: Bool) {
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
                    return (slot.handle, false)
                }
                index = (index + 1) & mask
            }
            let handle = Snapshot.Handle(count)
            slots[index] = HandleTable.Slot(hash: hash, handle: handle, name: UInt32(names.count))
            unsafe NameBytes.append(bytes, root, to: &names)
            count += 1
            fingerprint = NameBytes.mix(fingerprint ^ hash)
            if 2 * count > slots.count { grow() }
            return (handle, true)
        }
    }

    /// Makes room for so many, so that the table needn't grow again and again.
    mutating func reserve(_ count: Int) {
        while 2 * count > slots.count { grow() }
    }

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
