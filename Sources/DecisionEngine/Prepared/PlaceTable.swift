/// Numbers by keys of 64 bits, none of which is `UInt64.max`.
///
/// In memory of its own, for which large pages are asked: with many classes it takes megabytes, and every decision reads
/// it at random.
@safe
struct PlaceTable: ~Copyable {
    private struct Slot: BitwiseCopyable {
        var key: UInt64
        var place: UInt32
    }

    private static let free = UInt64.max
    private var slots: UnsafeMutableBufferPointer<Slot>
    private(set) var count = 0

    init() { unsafe slots = PlaceTable.room(for: 256) }

    deinit { unsafe slots.deallocate() }

    private static func room(for count: Int) -> UnsafeMutableBufferPointer<Slot> {
        let size = count * MemoryLayout<Slot>.stride
        let block = UnsafeMutableRawBufferPointer.allocate(
            byteCount: size, alignment: size >= HugePages.size ? HugePages.size : 64)
        unsafe HugePages.ask(for: block)
        let slots = unsafe block.bindMemory(to: Slot.self)
        unsafe slots.initialize(repeating: Slot(key: free, place: 0))
        return unsafe slots
    }

    subscript(key: UInt64) -> UInt32? {
        // INVARIANT: there are as many slots as the mask has numbers, a power of two.
        let mask = unsafe slots.count &- 1
        var index = PlaceTable.hash(key) & mask
        while true {
            let slot = unsafe slots[index]
            if slot.key == key { return slot.place }
            if slot.key == PlaceTable.free { return nil }
            index = (index &+ 1) & mask
        }
    }

    /// Adds the number of a key that has none.
    mutating func insert(_ place: UInt32, for key: UInt64) {
        if unsafe 2 * (count + 1) > slots.count { grow() }
        put(Slot(key: key, place: place))
        count += 1
    }

    private mutating func put(_ slot: Slot) {
        let mask = unsafe slots.count &- 1
        var index = PlaceTable.hash(slot.key) & mask
        while unsafe slots[index].key != PlaceTable.free { index = (index &+ 1) & mask }
        unsafe slots[index] = slot
    }

    private mutating func grow() {
        let old = unsafe slots
        unsafe slots = PlaceTable.room(for: 2 * old.count)
        for index in 0..<old.count where unsafe old[index].key != PlaceTable.free {
            put(unsafe old[index])
        }
        unsafe old.deallocate()
    }

    /// The golden ratio's multiplier spreads keys that differ in few bits.
    private static func hash(_ key: UInt64) -> Int {
        let product = key &* 0x9E37_79B9_7F4A_7C15
        return Int(truncatingIfNeeded: (product ^ product >> 32) & 0x7FFF_FFFF)
    }
}
