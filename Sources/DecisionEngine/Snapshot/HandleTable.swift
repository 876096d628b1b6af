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
    subscript(root: UInt8, name: String) -> Snapshot.Handle? {
        unsafe NameHash.withBytes(of: name) { bytes in
            let hash = unsafe NameHash.hash(bytes, root: root)
            let mask = slots.count &- 1
            var index = Int(truncatingIfNeeded: hash) & mask
            while true {
                let slot = slots[index]
                if slot.handle == HandleTable.free { return nil }
                if slot.hash == hash,
                    unsafe NameHash.isName(bytes, root, at: Int(slot.name), in: names)
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
    private(set) var rootPlaces: [String: UInt8] = [:]
    private(set) var fingerprint: UInt64 = 0
    private var count = 0
    private var lastRoot: (kind: String, place: UInt8)?

    /// The handle of an entity, a new one where it has none; and whether it is new.
    mutating func place(_ id: EntityID) -> (handle: Snapshot.Handle, isNew: Bool) {
        let root = self.root(id.kind)
        return unsafe NameHash.withBytes(of: id.name) { bytes in
            let hash = unsafe NameHash.hash(bytes, root: root)
            let mask = slots.count - 1
            var index = Int(truncatingIfNeeded: hash) & mask
            while slots[index].handle != HandleTable.free {
                let slot = slots[index]
                if slot.hash == hash,
                    unsafe NameHash.isName(bytes, root, at: Int(slot.name), in: names)
                {
                    return (slot.handle, false)
                }
                index = (index + 1) & mask
            }
            let handle = Snapshot.Handle(count)
            slots[index] = HandleTable.Slot(hash: hash, handle: handle, name: UInt32(names.count))
            unsafe NameHash.append(bytes, root, to: &names)
            count += 1
            fingerprint = NameHash.mix(fingerprint ^ hash)
            if 2 * count > slots.count { grow() }
            return (handle, true)
        }
    }

    private mutating func root(_ kind: String) -> UInt8 {
        if let lastRoot, lastRoot.kind == kind { return lastRoot.place }
        let place = rootPlaces[kind] ?? UInt8(rootPlaces.count)
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

/// Hashes names: quick, and the same every time, so that a table can be written down.
///
/// Names come from the company's own sources; nobody who only asks can make them collide.
enum NameHash {
    static func withBytes<Result>(
        of name: String, _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result {
        if let result = unsafe name.utf8.withContiguousStorageIfAvailable(body) { return result }
        return unsafe Array(name.utf8).withUnsafeBufferPointer { unsafe body($0) }
    }

    /// Eight bytes at a time, each mixed into all that went before.
    static func hash(_ bytes: UnsafeBufferPointer<UInt8>, root: UInt8) -> UInt64 {
        let raw = UnsafeRawBufferPointer(bytes)
        var hash = mix(UInt64(raw.count) << 8 | UInt64(root))
        var offset = 0
        while offset &+ 8 <= raw.count {
            let word = unsafe raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            hash = mix(hash ^ UInt64(littleEndian: word))
            offset &+= 8
        }
        var rest: UInt64 = 0
        while offset < raw.count {
            rest = rest << 8 | UInt64(unsafe raw[offset])
            offset &+= 1
        }
        return mix(hash ^ rest)
    }

    /// Adds a name as tables keep it: its root kind, its length, its bytes.
    static func append(
        _ bytes: UnsafeBufferPointer<UInt8>, _ root: UInt8, to names: inout [UInt8]
    ) {
        let length = UInt32(bytes.count)
        names.append(root)
        for shift in [0, 8, 16, 24] as [UInt32] {
            names.append(UInt8(truncatingIfNeeded: length >> shift))
        }
        unsafe names.append(contentsOf: bytes)
    }

    /// Whether the name that begins there is this one.
    static func isName<Names: RandomAccessCollection<UInt8>>(
        _ bytes: UnsafeBufferPointer<UInt8>, _ root: UInt8, at start: Int, in names: Names
    ) -> Bool where Names.Index == Int {
        var length = 0
        for place in (1...4).reversed() { length = length << 8 | Int(names[start + place]) }
        guard names[start] == root, length == bytes.count else { return false }
        for index in 0..<length where unsafe names[start + 5 + index] != bytes[index] {
            return false
        }
        return true
    }

    /// Both halves of a product with an odd number, folded together.
    static func mix(_ word: UInt64) -> UInt64 {
        let product = (word ^ 0x9E37_79B9_7F4A_7C15).multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
        return product.high ^ product.low
    }
}
