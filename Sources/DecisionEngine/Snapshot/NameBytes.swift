/// Names as tables keep them, and their hashes.
///
/// Names come from the company's own sources; nobody who only asks can make them collide.
enum NameBytes {
    /// How many bytes a name's root kind and length take before it.
    private static let header = 6

    static func withBytes<Result>(
        of name: String, _ body: (UnsafeRawBufferPointer) -> Result
    ) -> Result {
        let result = unsafe name.utf8.withContiguousStorageIfAvailable {
            unsafe body(UnsafeRawBufferPointer($0))
        }
        if let result { return result }
        return unsafe Array(name.utf8).withUnsafeBytes { unsafe body($0) }
    }

    /// The same every time, so that a table can be written down: eight bytes at a time, each mixed into all before.
    @inline(__always)
    static func hash(_ bytes: UnsafeRawBufferPointer, root: UInt16) -> UInt64 {
        var hash = UInt64(truncatingIfNeeded: bytes.count) << 16 | UInt64(root)
        var offset = 0
        while offset &+ 8 < bytes.count {
            hash = unsafe mix(hash ^ word(bytes, at: offset, count: 8))
            offset &+= 8
        }
        return unsafe mix(mix(hash ^ word(bytes, at: offset, count: bytes.count &- offset)))
    }

    /// Up to eight bytes as a number.
    @inline(__always)
    private static func word(_ bytes: UnsafeRawBufferPointer, at offset: Int, count: Int) -> UInt64
    {
        if count == 8 {
            return unsafe UInt64(
                littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
        }
        if count >= 4 {
            // The first four and the last four, which may overlap.
            let first = unsafe UInt32(
                littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
            let last = unsafe UInt32(
                littleEndian: bytes.loadUnaligned(
                    fromByteOffset: offset &+ count &- 4, as: UInt32.self))
            return UInt64(first) << 32 | UInt64(last)
        }
        var word: UInt64 = 0
        for place in offset..<offset &+ count { word = unsafe word << 8 | UInt64(bytes[place]) }
        return word
    }

    /// Both halves of a product with an odd number, folded together.
    @inline(__always)
    static func mix(_ word: UInt64) -> UInt64 {
        let product = (word ^ 0x9E37_79B9_7F4A_7C15).multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
        return product.high ^ product.low
    }

    /// Adds a name: its root kind, its length, its bytes.
    static func append(_ bytes: UnsafeRawBufferPointer, _ root: UInt16, to names: inout [UInt8]) {
        unsafe withUnsafeBytes(of: root.littleEndian) { unsafe names.append(contentsOf: $0) }
        let length = UInt32(bytes.count).littleEndian
        unsafe withUnsafeBytes(of: length) { unsafe names.append(contentsOf: $0) }
        unsafe names.append(contentsOf: bytes)
    }

    /// The root kind and the name that begin there.
    static func name(
        at start: Int, in names: UnsafeRawBufferPointer
    ) -> (root: UInt16, name: String) {
        guard let found = unsafe checkedName(at: start, in: names) else {
            preconditionFailure("out of bounds")
        }
        return (found.root, found.name)
    }

    /// The root kind and the name that begin there, and where they end; nil where that would be outside.
    static func checkedName(
        at start: Int, in names: UnsafeRawBufferPointer
    ) -> (root: UInt16, name: String, end: Int)? {
        let first = start + header
        guard start >= 0, first <= names.count else { return nil }
        let root = unsafe UInt16(
            littleEndian: names.loadUnaligned(fromByteOffset: start, as: UInt16.self))
        let length = unsafe UInt32(
            littleEndian: names.loadUnaligned(fromByteOffset: start + 2, as: UInt32.self))
        let end = first + Int(length)
        guard end <= names.count else { return nil }
        let bytes = unsafe UnsafeRawBufferPointer(rebasing: names[first..<end])
        return (root, unsafe String(decoding: bytes, as: UTF8.self), end)
    }

    /// Whether the name that begins there is this one.
    @inline(__always)
    static func isName(
        _ bytes: UnsafeRawBufferPointer, _ root: UInt16, at start: Int,
        in names: UnsafeRawBufferPointer
    ) -> Bool {
        guard start &+ header &+ bytes.count <= names.count,
            unsafe UInt16(littleEndian: names.loadUnaligned(fromByteOffset: start, as: UInt16.self))
                == root,
            unsafe UInt32(
                littleEndian: names.loadUnaligned(fromByteOffset: start &+ 2, as: UInt32.self))
                == bytes.count
        else { return false }
        var offset = 0
        while offset < bytes.count {
            let count = min(8, bytes.count &- offset)
            guard
                unsafe word(names, at: start &+ header &+ offset, count: count)
                    == word(bytes, at: offset, count: count)
            else { return false }
            offset &+= count
        }
        return true
    }
}
