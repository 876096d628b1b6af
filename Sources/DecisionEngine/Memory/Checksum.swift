/// Finds bytes that are not what was written: by accident, since whoever means to can work one out.
enum Checksum {
    /// The checksum of bytes, with those of all before it.
    ///
    /// Four lanes of multiplication, each folding eight bytes at a time into what came before: a pass over memory costs
    /// little more than reading it.
    ///
    /// - Complexity: linear in the number of bytes.
    static func of(_ bytes: UnsafeRawBufferPointer, after start: UInt64 = 0) -> UInt64 {
        var lanes = (start ^ 0x1, start ^ 0x2, start ^ 0x3, start ^ 0x4)
        var offset = 0
        while offset &+ 32 <= bytes.count {
            lanes.0 = unsafe NameBytes.mix(lanes.0 ^ word(bytes, at: offset))
            lanes.1 = unsafe NameBytes.mix(lanes.1 ^ word(bytes, at: offset &+ 8))
            lanes.2 = unsafe NameBytes.mix(lanes.2 ^ word(bytes, at: offset &+ 16))
            lanes.3 = unsafe NameBytes.mix(lanes.3 ^ word(bytes, at: offset &+ 24))
            offset &+= 32
        }
        while offset < bytes.count {
            lanes.0 = unsafe NameBytes.mix(lanes.0 ^ UInt64(bytes[offset]))
            offset &+= 1
        }
        var sum = NameBytes.mix(lanes.0 ^ UInt64(bytes.count))
        for lane in [lanes.1, lanes.2, lanes.3] { sum = NameBytes.mix(sum ^ lane) }
        return sum
    }

    @inline(__always)
    private static func word(_ bytes: UnsafeRawBufferPointer, at offset: Int) -> UInt64 {
        unsafe UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }
}
