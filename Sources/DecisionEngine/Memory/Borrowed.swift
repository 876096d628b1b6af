/// A value in memory that an `Arena` keeps: what many evaluations read and none copies or counts.
///
/// INVARIANT: whoever holds one also keeps the arena alive.
// Sendable although it stores a pointer: nothing writes to the memory once it is there.
@safe
struct Borrowed<Value: Sendable>: @unchecked Sendable {
    private let base: UnsafePointer<Value>

    /// - Parameter base: where the value is.
    @unsafe
    init(base: UnsafePointer<Value>) { unsafe self.base = base }

    var value: Value {
        @inline(__always) _read { yield unsafe base.pointee }
    }
}
