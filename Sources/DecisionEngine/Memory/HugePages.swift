#if canImport(Glibc)
    import Glibc
#endif

/// Asks the system to back memory with large pages: a look-up in millions of rows then misses one cache, not two.
enum HugePages {
    /// What a large page holds, on the machines that servers are.
    static let size = 1 << 21

    /// Asks for them; whether they are given is nobody's concern but the clock's.
    static func ask(for block: UnsafeMutableRawBufferPointer) {
        guard block.count >= size else { return }
        #if canImport(Glibc)
            _ = unsafe madvise(block.baseAddress, block.count, MADV_HUGEPAGE)
        #endif
    }
}
