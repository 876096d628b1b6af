/// Everybody of whom the same conditions hold is of one class; so is everything.
///
/// A class is a number; what holds of it is looked up.
struct ClassTable: Sendable {
    /// How many conditions there are.
    let width: Int
    /// For each class, what each condition comes to.
    private(set) var truths: [Truth] = []
    /// For each class, the kind of what is of it.
    private(set) var kinds: [UInt16] = []
    private var places = Layered<Key, UInt32>()

    private struct Key: Hashable, Sendable {
        let kind: UInt16
        /// The first conditions, two bits each.
        let first: UInt64
        /// The others: nobody has any in small policies, and an empty array costs nothing.
        let others: [Truth]
    }

    init(width: Int) { self.width = width }

    /// Classes that are known, as a file has them.
    ///
    /// - Complexity: linear in the number of their conditions.
    init(width: Int, kinds: [UInt16], truths: [Truth]) {
        self.width = width
        for (place, kind) in kinds.enumerated() {
            _ = self.place(kind: kind, Array(truths[place * width..<(place + 1) * width]))
        }
    }

    /// How many classes there are.
    var count: Int { kinds.count }

    mutating func freeze() { places.freeze() }

    /// The class of what is of this kind, and of which the conditions come to this.
    mutating func place(kind: UInt16, _ truths: [Truth]) -> UInt32 {
        var first: UInt64 = 0
        for (index, truth) in truths.prefix(32).enumerated() {
            first |= UInt64(truth.rawValue) << UInt64(2 * index)
        }
        let key = Key(
            kind: kind, first: first, others: truths.count > 32 ? Array(truths[32...]) : [])
        if let known = places[key] { return known }
        let place = UInt32(kinds.count)
        places.add(place, for: key)
        kinds.append(kind)
        self.truths += truths
        return place
    }
}
