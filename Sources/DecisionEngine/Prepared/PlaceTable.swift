/// Numbers by keys of 64 bits, none of which is `UInt64.max`.
struct PlaceTable {
    private struct Slot {
        var key: UInt64
        var place: UInt32
    }

    private static let free = UInt64.max
    private var slots = [Slot](repeating: Slot(key: free, place: 0), count: 256)
    private var count = 0

    subscript(key: UInt64) -> UInt32? {
        let mask = slots.count &- 1
        var index = PlaceTable.hash(key) & mask
        while true {
            let slot = slots[index]
            if slot.key == key { return slot.place }
            if slot.key == PlaceTable.free { return nil }
            index = (index &+ 1) & mask
        }
    }

    /// Adds the number of a key that has none.
    mutating func insert(_ place: UInt32, for key: UInt64) {
        if 2 * (count + 1) > slots.count { grow() }
        put(Slot(key: key, place: place))
        count += 1
    }

    private mutating func put(_ slot: Slot) {
        let mask = slots.count &- 1
        var index = PlaceTable.hash(slot.key) & mask
        while slots[index].key != PlaceTable.free { index = (index &+ 1) & mask }
        slots[index] = slot
    }

    private mutating func grow() {
        let old = slots
        slots = [Slot](repeating: Slot(key: PlaceTable.free, place: 0), count: 2 * old.count)
        for slot in old where slot.key != PlaceTable.free { put(slot) }
    }

    /// The golden ratio's multiplier spreads keys that differ in few bits.
    private static func hash(_ key: UInt64) -> Int {
        let product = key &* 0x9E37_79B9_7F4A_7C15
        return Int(truncatingIfNeeded: (product ^ product >> 32) & 0x7FFF_FFFF)
    }
}
