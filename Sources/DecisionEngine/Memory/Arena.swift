/// Owns memory for as long as it lives, and gives it away piece by piece, one after the other.
///
/// Whoever makes one fills it before anybody else sees it; from then on it is only read.
// Sendable although it can be added to: only initialisers do, before they give it away.
@safe
final class Arena: @unchecked Sendable {
    private var blocks: [UnsafeMutableRawBufferPointer] = unsafe []
    private var next = 0
    private var nextSize = 1 << 14
    private var release: [() -> Void] = []

    /// Copies elements to where they stay.
    ///
    /// - Complexity: linear in their number.
    func keep<Element: Sendable & BitwiseCopyable>(_ elements: [Element]) -> Flat<Element> {
        keep(elements, [])
    }

    /// Copies elements, and more after them, to where they stay.
    func keep<Element: Sendable & BitwiseCopyable>(
        _ first: [Element], _ second: [Element]
    ) -> Flat<Element> {
        let count = first.count + second.count
        let room = unsafe room(for: count, of: Element.self)
        let rest = unsafe room[room.update(fromContentsOf: first)...]
        _ = unsafe UnsafeMutableBufferPointer(rebasing: rest).update(fromContentsOf: second)
        return unsafe Flat(base: UnsafePointer(room.baseAddress.unsafelyUnwrapped), count: count)
    }

    /// Makes room for a chunk, and has it filled.
    func keep(bytes count: Int, fill: (UnsafeMutableRawBufferPointer) -> Void) -> Chunk {
        let room = UnsafeMutableRawBufferPointer(unsafe room(for: count, of: UInt8.self))
        unsafe fill(room)
        return unsafe Chunk(base: UnsafeRawPointer(room.baseAddress.unsafelyUnwrapped))
    }

    /// Puts a value where it stays.
    func keep<Value: Sendable>(_ value: Value) -> Borrowed<Value> {
        let room = UnsafeMutablePointer<Value>.allocate(capacity: 1)
        unsafe room.initialize(to: value)
        onRelease {
            unsafe room.deinitialize(count: 1)
            unsafe room.deallocate()
        }
        return unsafe Borrowed(base: UnsafePointer(room))
    }

    /// Does something when nobody needs the memory any longer.
    func onRelease(_ body: @escaping () -> Void) { release.append(body) }

    private func room<Element>(
        for count: Int, of type: Element.Type
    ) -> UnsafeMutableBufferPointer<Element> {
        let size = max(1, count) * MemoryLayout<Element>.stride
        // Pieces begin on cache lines.
        let start = (next + 63) & ~63
        let block: UnsafeMutableRawBufferPointer
        if let last = unsafe blocks.last, start + size <= last.count {
            unsafe block = last
            next = start + size
        } else {
            unsafe block = allocate(atLeast: size)
            next = size
        }
        let begin = next - size
        return unsafe UnsafeMutableRawBufferPointer(rebasing: block[begin..<begin + size])
            .bindMemory(to: Element.self)
    }

    /// Blocks grow, so that little is wasted on what is small and what is large lies together.
    private func allocate(atLeast size: Int) -> UnsafeMutableRawBufferPointer {
        var wanted = max(size, nextSize)
        // Some hundred kilobytes already miss more in small pages than a large one wastes.
        if wanted >= HugePages.size / 8 {
            wanted = (wanted + HugePages.size - 1) & ~(HugePages.size - 1)
        }
        let block = UnsafeMutableRawBufferPointer.allocate(
            byteCount: wanted, alignment: wanted >= HugePages.size ? HugePages.size : 64)
        unsafe HugePages.ask(for: block)
        unsafe blocks.append(block)
        nextSize = min(2 * wanted, 16 * HugePages.size)
        return unsafe block
    }

    deinit {
        for body in release { body() }
        unsafe blocks.forEach { unsafe $0.deallocate() }
    }
}
