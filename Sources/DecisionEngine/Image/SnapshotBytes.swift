/// The bytes of a snapshot file, which stay where they are and as they are for as long as this lives.
///
/// Engines keep it for as long as they need it. A file that is mapped is replaced by renaming another: who overwrites it, as
/// `cp` does, changes what answers rest on.
@safe
public final class SnapshotBytes: @unchecked Sendable {
    // Sendable although it stores a pointer: nothing writes to the memory.
    private let base: UnsafeRawBufferPointer
    private let release: @Sendable () -> Void

    /// Borrows memory, such as a file that was mapped.
    ///
    /// - Parameters:
    ///   - base: the memory, which begins at a multiple of 64 and which nothing changes.
    ///   - release: called when nobody needs it any longer.
    @unsafe
    public init(borrowing base: UnsafeRawBufferPointer, release: @escaping @Sendable () -> Void) {
        precondition(
            Int(bitPattern: base.baseAddress) % ImageLayout.alignment == 0,
            "the bytes don't begin at a multiple of 64")
        unsafe self.base = base
        self.release = release
    }

    /// Copies bytes into memory of its own.
    ///
    /// - Complexity: linear in their number.
    public convenience init(copying bytes: some Collection<UInt8>) {
        let arena = Arena()
        unsafe self.init(borrowing: arena.keep(Array(bytes)).buffer) {
            withExtendedLifetime(arena) {}
        }
    }

    deinit { release() }

    /// How many bytes there are.
    public var count: Int { unsafe base.count }

    /// Some of the bytes as elements; nil where these would leave the bytes, or not begin where such elements do.
    ///
    /// INVARIANT: whoever holds them keeps the bytes alive.
    func elements<Element: BitwiseCopyable & Sendable>(
        _: Element.Type, from offset: UInt64, bytes length: UInt64
    ) -> Flat<Element>? {
        let stride = UInt64(MemoryLayout<Element>.stride)
        guard offset <= UInt64(count), length <= UInt64(count) - offset, length % stride == 0,
            offset % UInt64(MemoryLayout<Element>.alignment) == 0
        else { return nil }
        // An empty file has no memory at all.
        guard let first = unsafe base.baseAddress else { return nil }
        return unsafe Flat(
            base: (first + Int(offset)).assumingMemoryBound(to: Element.self),
            count: Int(length / stride))
    }
}
