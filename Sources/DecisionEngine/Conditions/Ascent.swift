/// The way up a hierarchy: each entity that it has led to, once, in the order in which they were found.
///
/// Allocates nothing while there are few, as in any hierarchy of departments or folders.
struct Ascent {
    private static let few = 32

    private var first = InlineArray<32, Snapshot.Handle>(repeating: 0)
    private var others: [Snapshot.Handle] = []
    private(set) var count = 1
    private var seen = 0

    init(from lowest: Snapshot.Handle) { first[0] = lowest }

    subscript(index: Int) -> Snapshot.Handle {
        index < Ascent.few ? first[index] : others[index - Ascent.few]
    }

    /// One whose parents nobody has asked for yet; nil where there is none.
    mutating func next() -> Snapshot.Handle? {
        guard seen < count else { return nil }
        seen += 1
        return self[seen - 1]
    }

    /// Adds one, unless it has been found before.
    ///
    /// - Complexity: linear in the number found.
    mutating func add(_ handle: Snapshot.Handle) {
        for index in 0..<count where self[index] == handle { return }
        if count < Ascent.few { first[count] = handle } else { others.append(handle) }
        count += 1
    }
}
