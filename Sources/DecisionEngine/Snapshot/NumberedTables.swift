import Facts

/// Texts by number, and the other way round.
struct TextTable: NumberedTable, BitwiseCopyable {
    /// From a text to its number.
    let numbers: HandleTable
    /// For each text, where it begins among the bytes of `numbers`.
    let starts: Flat<UInt32>

    init(_ texts: [String], in arena: Arena) {
        var builder = HandleTableBuilder(startingAt: 0, roots: [:], digest: 0)
        builder.reserve(texts.count)
        for text in texts { _ = builder.place(EntityID(kind: "", name: text)) }
        self.init(numbers: HandleTable(builder, in: arena), starts: arena.keep(builder.starts))
    }

    init(numbers: HandleTable, starts: Flat<UInt32>) {
        self.numbers = numbers
        self.starts = starts
    }

    /// A text by its bytes: texts are in NFC, and what isn't is another text, however it was met.
    struct Key: Hashable, Sendable {
        let text: String

        static func == (left: Key, right: Key) -> Bool {
            left.text.utf8.elementsEqual(right.text.utf8)
        }

        func hash(into hasher: inout Hasher) {
            var text = text
            text.withUTF8 { unsafe hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
        }
    }

    static func key(_ text: String) -> Key { Key(text: text) }

    var count: Int { starts.count }

    subscript(place: Int) -> String {
        unsafe numbers.names.withBytes {
            unsafe NameBytes.name(at: Int(starts[place]), in: $0).name
        }
    }

    func place(of text: String) -> Int? { numbers[0, text].map(Int.init) }
}

/// Sets of cells by number, and the other way round.
struct SetTable: NumberedTable, BitwiseCopyable {
    /// Where each set's members begin, and the last one's end.
    let starts: Flat<UInt32>
    /// The members of all sets, each set's in order.
    let members: Flat<Snapshot.Cell>
    /// The numbers of sets by the hash of their members, counted from 1; 0 where there is none.
    let slots: Flat<UInt32>

    init(_ sets: [[Snapshot.Cell]], in arena: Arena) {
        var starts: [UInt32] = [0]
        var members: [Snapshot.Cell] = []
        var size = 4
        while size < 2 * sets.count { size *= 2 }
        var slots = [UInt32](repeating: 0, count: size)
        for (place, set) in sets.enumerated() {
            members += set
            starts.append(UInt32(members.count))
            var slot = SetTable.hash(set) & (size - 1)
            while slots[slot] != 0 { slot = (slot + 1) & (size - 1) }
            slots[slot] = UInt32(place + 1)
        }
        self.init(
            starts: arena.keep(starts), members: arena.keep(members), slots: arena.keep(slots))
    }

    init(starts: Flat<UInt32>, members: Flat<Snapshot.Cell>, slots: Flat<UInt32>) {
        self.starts = starts
        self.members = members
        self.slots = slots
    }

    static func key(_ set: [Snapshot.Cell]) -> [Snapshot.Cell] { set }

    var count: Int { starts.count &- 1 }

    /// The members of a set, in order.
    @inline(__always)
    func members(of place: Int) -> Flat<Snapshot.Cell> { members.stretch(place, of: starts) }

    subscript(place: Int) -> [Snapshot.Cell] { Array(members(of: place)) }

    func place(of set: [Snapshot.Cell]) -> Int? {
        var slot = SetTable.hash(set) & (slots.count - 1)
        while slots[slot] != 0 {
            let place = Int(slots[slot]) - 1
            if members(of: place).elementsEqual(set) { return place }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }

    private static func hash(_ set: [Snapshot.Cell]) -> Int {
        var hash = UInt64(set.count)
        for cell in set { hash = NameBytes.mix(hash ^ UInt64(bitPattern: cell)) }
        return Int(truncatingIfNeeded: hash)
    }
}
