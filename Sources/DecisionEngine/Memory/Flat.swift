/// Elements in memory that an `Arena` keeps: an array without a reference count.
///
/// Reading an array of a class retains and releases it, which costs more than most of what a decision does.
///
/// INVARIANT: whoever holds one also keeps the arena alive, as snapshots and tables do by holding it.
// Sendable although it stores a pointer: nothing writes to the memory once it is there.
@safe
struct Flat<Element: Sendable>: @unchecked Sendable, BitwiseCopyable, RandomAccessCollection {
    private let base: UnsafePointer<Element>
    let count: Int

    /// - Parameters:
    ///   - base: the first of the elements.
    ///   - count: how many there are.
    @unsafe
    init(base: UnsafePointer<Element>, count: Int) {
        unsafe self.base = base
        self.count = count
    }

    var startIndex: Int { 0 }
    var endIndex: Int { count }

    subscript(position: Int) -> Element {
        precondition(UInt(bitPattern: position) < UInt(bitPattern: count), "out of bounds")
        return unsafe base[position]
    }

    /// Some of the elements, counted from 0 again.
    func stretch(from start: Int, until end: Int) -> Flat {
        precondition(0 <= start && start <= end && end <= count, "out of bounds")
        return unsafe Flat(base: base + start, count: end - start)
    }

    /// The elements that the place's entry and the one after it in `starts` delimit.
    func stretch(_ place: Int, of starts: Flat<UInt32>) -> Flat {
        stretch(from: Int(starts[place]), until: Int(starts[place + 1]))
    }

    /// The bytes of the elements.
    var bytes: Flat<UInt8> {
        let size = count * MemoryLayout<Element>.stride
        return unsafe Flat<UInt8>(
            base: start.assumingMemoryBound(to: UInt8.self), count: size)
    }

    /// Where the elements begin.
    var start: UnsafeRawPointer { unsafe UnsafeRawPointer(base) }

    /// The elements' memory.
    var buffer: UnsafeRawBufferPointer {
        unsafe UnsafeRawBufferPointer(UnsafeBufferPointer(start: base, count: count))
    }

    /// Hands the elements over as bytes.
    @inline(__always)
    func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        unsafe body(buffer)
    }
}
