import Facts

/// What is known of each entity from one instant on, as decisions read it: a short row of words for each stretch of
/// time in which none of it changes.
///
///     word 0   whether it exists or holds (2 bits), its class (30 bits)
///     word 1   the row that follows in time, counted from 1; 0 where nothing will change
///     word 2…  the values of the columns that such entities have a place for
///
/// The rows of all entities as of the first instant come first, by handle. Those for later times come after them, each
/// with the instant from which on it holds in the two words before it.
struct Rows: Sendable {
    /// The instant from which on they hold.
    let since: Instant
    /// How many words a row has.
    let stride: Int
    /// How many entities there are.
    let count: Int
    let words: Flat<UInt32>
    /// For each column, its word in a row; 0 where rows don't have it.
    let wordOfColumn: Flat<UInt32>

    /// The word of a value that is unknown.
    static let unknown = UInt32.max
    /// The greatest class there may be.
    static let mostClasses: UInt32 = 1 << 24

    static func head(_ holds: Truth, class place: UInt32) -> UInt32 {
        UInt32(holds.rawValue) << 30 | place
    }

    /// Where an entity's row at an instant begins; `horizon` becomes no later than the next one's beginning.
    @inline(__always)
    func row(of handle: Snapshot.Handle, at time: Instant, horizon: inout Instant) -> Int {
        var place = Int(handle) &* stride
        while true {
            let later = words[place &+ 1]
            guard later != 0 else { return place }
            let next = count &* stride &+ (Int(later) &- 1) &* (stride &+ 2) &+ 2
            let seconds = UInt64(words[next &- 1]) << 32 | UInt64(words[next &- 2])
            let from = Instant(secondsSinceEpoch: Int64(bitPattern: seconds))
            guard from <= time else {
                horizon = min(horizon, from)
                return place
            }
            place = next
        }
    }

    /// The two words before a later row.
    static func words(of instant: Instant) -> [UInt32] {
        let seconds = UInt64(bitPattern: instant.secondsSinceEpoch)
        return [UInt32(truncatingIfNeeded: seconds), UInt32(truncatingIfNeeded: seconds >> 32)]
    }

    /// Whether two rows of one entity say the same, classes apart.
    @inline(__always)
    func hasSameValues(_ row: Int, _ other: Int) -> Bool {
        guard row != other else { return true }
        for word in 2..<stride where words[row &+ word] != words[other &+ word] { return false }
        return isThere(row: row) == isThere(row: other)
    }

    @inline(__always)
    func holds(row: Int) -> Truth { Truth(rawValue: UInt8(words[row] >> 30)) ?? .false }

    @inline(__always)
    func isThere(row: Int) -> Bool { words[row] >> 30 != 0 }

    @inline(__always)
    func classPlace(row: Int) -> Int { Int(words[row] & 0x3FFF_FFFF) }
}
