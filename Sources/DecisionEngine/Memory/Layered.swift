/// A dictionary that is cheap to copy and add to: what it had when it was frozen is shared by all copies, and each has
/// what was added since to itself.
struct Layered<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private final class Frozen: Sendable {
        let values: [Key: Value]
        init(_ values: [Key: Value]) { self.values = values }
    }

    private var frozen: Frozen?
    private var recent: [Key: Value] = [:]

    init() {}

    subscript(key: Key) -> Value? { recent[key] ?? frozen?.values[key] }

    /// Adds a value for a key that has none.
    mutating func add(_ value: Value, for key: Key) { recent[key] = value }

    mutating func freeze() {
        // INVARIANT: only what has never been frozen is, so nothing is lost here.
        precondition(frozen == nil, "frozen before")
        frozen = Frozen(recent)
        recent = [:]
    }
}
