import Facts

/// How a snapshot file is laid out: a header, a directory of parts, and the parts, each at a multiple of 64 bytes.
///
/// Numbers are as the machine has them. Tables are those of the engine's memory, byte for byte; pieces of chunks and rows
/// have checksums of their own, so that they can be looked at one by one.
enum ImageLayout {
    /// Goes up with every change of what bytes mean, of how rows are worked out, and of how ids are hashed.
    static let version: UInt32 = 1
    static let alignment = 64

    struct Header: BitwiseCopyable, Sendable {
        static let magic = UInt64(littleEndian: 0x0A50_414E_534B_544E)  // NTKSNAP and a line's end
        static let byteOrder: UInt32 = 0x0102_0304

        var magic = Header.magic
        var version = ImageLayout.version
        var byteOrder = Header.byteOrder
        /// Of the whole file.
        var length: UInt64 = 0
        /// Of this header, while this is 0, and of the directory.
        var checksum: UInt64 = 0
        /// How many there are in the directory, which comes next.
        var partCount: UInt64 = 0
    }

    /// A part's place in the file.
    struct Entry: BitwiseCopyable, Sendable {
        var part: UInt64 = 0
        var offset: UInt64 = 0
        var length: UInt64 = 0
        /// Of all of it; 0 for pieces, which have one each.
        var checksum: UInt64 = 0
    }

    /// A piece's place in its part.
    struct Piece: BitwiseCopyable, Sendable {
        var offset: UInt64
        var length: UInt64
        var checksum: UInt64
    }

    /// The parts, by number.
    enum Part: UInt64, CaseIterable, Sendable {
        case facts = 1
        case program
        case roots
        case sources
        case readSources
        case readingStarts
        case readings
        case nameSlots
        case nameBytes
        case textSlots
        case textBytes
        case textStarts
        case setSlots
        case setStarts
        case setMembers
        case people
        case resources
        case chunkTable
        case chunks
        case rowTable
        case rows
        case subjectKinds
        case subjectTruths
        case resourceKinds
        case resourceTruths
        case dependents

        /// Whether it is made of pieces, which have a checksum each.
        var isPieces: Bool { self == .chunks || self == .rows }
    }

    /// What else is to say of all.
    struct Facts: BitwiseCopyable, Sendable {
        var sequence: Int64 = 0
        /// How many entities there are.
        var count: UInt64 = 0
        /// Digests of names and of texts, in their order.
        var nameFingerprint: UInt64 = 0
        var textFingerprint: UInt64 = 0
        /// Of the program's encoded form.
        var programChecksum: UInt64 = 0
        /// Whether sources are taken to go on being read, and from when on.
        var isAssumed: UInt64 = 0
        var assumedFrom = Instant.distantPast
        /// Whether the engine was to work things out beforehand, and from when on.
        var isAskedSince: UInt64 = 0
        var since = Instant.distantPast
        /// Whether it did, and how many words each row has.
        var isPrepared: UInt64 = 0
        var stride: UInt64 = 0
    }
}
