import PolicyProgram

/// What a snapshot file holds: all that an engine has of its facts, and all it has worked out of them.
public struct SnapshotImage: Sendable {
    private struct Part: Sendable {
        let part: ImageLayout.Part
        let pieces: [Flat<UInt8>]
        let checksum: UInt64

        /// How many bytes lie between the beginning and the end: each piece but the last fills lines of 64.
        var length: Int {
            pieces.dropLast().reduce(pieces.last?.count ?? 0) { $0 + aligned($1.count) }
        }
    }

    private let engine: DecisionEngine
    // What parts that are made for the file borrow from.
    private let arena = Arena()
    private var parts: [Part] = []

    /// - Complexity: linear in the number of bytes.
    fileprivate init(_ engine: DecisionEngine) {
        self.engine = engine
        let snapshot = engine.snapshot
        let numbers = snapshot.numbers
        let columns = snapshot.columns.value
        add(.program, [engine.digest.description])
        add(.roots, snapshot.rootNames)
        add(.sources, (0..<numbers.sources.count).map { numbers.sources[$0] })
        let readings = snapshot.readings.sorted { $0.key < $1.key }
        add(.readSources, readings.map(\.key))
        var starts: [UInt32] = [0]
        for reading in readings {
            starts.append(starts[starts.count - 1] + UInt32(reading.value.count))
        }
        add(.readingStarts, arena.keep(starts))
        add(.readings, arena.keep(readings.flatMap(\.value)))
        add(.nameSlots, snapshot.names.frozen.slots)
        add(.nameBytes, snapshot.names.frozen.names)
        let texts = numbers.texts.table ?? TextTable([], in: arena)
        add(.textSlots, texts.numbers.slots)
        add(.textBytes, texts.numbers.names)
        add(.textStarts, texts.starts)
        let sets = numbers.sets.table ?? SetTable([], in: arena)
        add(.setSlots, sets.slots)
        add(.setStarts, sets.starts)
        add(.setMembers, sets.members)
        add(.people, engine.people.handles)
        add(.resources, engine.resources.handles)
        // Through the table, so that what was opened from a file and not yet looked at is looked at now.
        let chunks = columns.chunks
        add(.chunks, pieces: (0..<chunks.count).map { chunks[$0].bytes }, table: .chunkTable)
        var facts = ImageLayout.Facts()
        facts.sequence = snapshot.sequence
        facts.count = UInt64(snapshot.count)
        facts.nameFingerprint = snapshot.names.frozen.fingerprint
        facts.textFingerprint = texts.numbers.fingerprint
        facts.programChecksum = ImageLayout.checksum(of: engine.program)
        if let from = snapshot.assumedFrom {
            facts.isAssumed = 1
            facts.assumedFrom = from
        }
        if let since = engine.preparedSince {
            facts.isAskedSince = 1
            facts.since = since
        }
        if let preparation = engine.preparation {
            facts.isPrepared = 1
            facts.stride = UInt64(preparation.layout.value.rows.stride)
            add(preparation)
        }
        add(.facts, arena.keep([facts]))
    }

    private mutating func add(_ preparation: Preparation) {
        let layout = preparation.layout.value
        let rows = layout.rows.chunks
        add(.rows, pieces: (0..<rows.count).map { rows[$0].bytes }, table: .rowTable)
        add(.subjectKinds, layout.subjects.kinds)
        add(.subjectTruths, layout.subjects.truths)
        add(.resourceKinds, layout.resources.kinds)
        add(.resourceTruths, layout.resources.truths)
        add(.dependents, preparation.dependents.pairs)
    }

    private mutating func add<Element>(_ part: ImageLayout.Part, _ elements: Flat<Element>) {
        let bytes = elements.bytes
        parts.append(
            Part(
                part: part, pieces: [bytes],
                checksum: unsafe bytes.withBytes { unsafe Checksum.of($0) }))
    }

    private mutating func add(_ part: ImageLayout.Part, _ texts: [String]) {
        var bytes: [UInt8] = []
        for text in texts {
            unsafe NameBytes.withBytes(of: text) { unsafe NameBytes.append($0, 0, to: &bytes) }
        }
        add(part, arena.keep(bytes))
    }

    private mutating func add(
        _ part: ImageLayout.Part, pieces: [Flat<UInt8>], table: ImageLayout.Part
    ) {
        var places: [ImageLayout.Piece] = []
        var offset = 0
        for piece in pieces {
            places.append(
                ImageLayout.Piece(
                    offset: UInt64(offset), length: UInt64(piece.count),
                    checksum: unsafe piece.withBytes { unsafe Checksum.of($0) }))
            offset = aligned(offset + piece.count)
        }
        add(table, arena.keep(places))
        parts.append(Part(part: part, pieces: pieces, checksum: 0))
    }

    // MARK: Writing

    /// How many bytes it is.
    public var byteCount: Int {
        parts.reduce(start) { aligned($0) + $1.length }
    }

    /// Where the first part begins.
    private var start: Int {
        MemoryLayout<ImageLayout.Header>.stride
            + parts.count * MemoryLayout<ImageLayout.Entry>.stride
    }

    /// Hands the bytes over, one stretch after another.
    ///
    /// - Complexity: linear in their number.
    public func write<Failure: Error>(
        to sink: (UnsafeRawBufferPointer) throws(Failure) -> Void
    ) throws(Failure) {
        var entries: [ImageLayout.Entry] = []
        var offset = start
        for part in parts {
            offset = aligned(offset)
            entries.append(
                ImageLayout.Entry(
                    part: part.part.rawValue, offset: UInt64(offset), length: UInt64(part.length),
                    checksum: part.checksum))
            offset += part.length
        }
        var header = ImageLayout.Header()
        header.length = UInt64(offset)
        header.partCount = UInt64(entries.count)
        let own = Arena()
        // What is handed over lies in it to the end.
        defer { withExtendedLifetime(own) {} }
        let directory = own.keep(entries).bytes
        header.checksum = ImageLayout.checksum(of: header, directory)
        var written = 0
        func put(_ bytes: Flat<UInt8>) throws(Failure) {
            unsafe try sink(bytes.buffer)
            written += bytes.count
        }
        let padding = own.keep([UInt8](repeating: 0, count: ImageLayout.alignment))
        func fill() throws(Failure) {
            try put(padding.stretch(from: 0, until: aligned(written) - written))
        }
        try put(own.keep([header]).bytes)
        try put(directory)
        for part in parts {
            for piece in part.pieces {
                try fill()
                try put(piece)
            }
        }
    }

    /// All bytes at once.
    public var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(byteCount)
        unsafe write { unsafe bytes.append(contentsOf: $0) }
        return bytes
    }
}

private func aligned(_ offset: Int) -> Int {
    (offset + ImageLayout.alignment - 1) & ~(ImageLayout.alignment - 1)
}

extension ImageLayout {
    /// What the engine's tables take in memory: where that changes, files differ although somebody forgot the version.
    private static var strides: UInt64 {
        var sum = UInt64(Chunk.spansOffset)
        for stride in [
            MemoryLayout<Chunk.Head>.stride, MemoryLayout<Chunk.Span>.stride,
            MemoryLayout<Chunk.Cell>.stride, MemoryLayout<Snapshot.Record>.stride,
            MemoryLayout<HandleTable.Slot>.stride, MemoryLayout<ImageLayout.Facts>.stride,
        ] { sum = NameBytes.mix(sum ^ UInt64(stride)) }
        return sum
    }

    /// What tells programs apart whose digests are the same, because whoever embeds the engine makes none.
    static func checksum(of program: Program) -> UInt64 {
        unsafe program.encoded().withUnsafeBytes { unsafe Checksum.of($0) }
    }

    /// The checksum of a header and the directory after it.
    static func checksum(of header: Header, _ directory: Flat<UInt8>) -> UInt64 {
        var header = header
        header.checksum = 0
        let first = unsafe withUnsafeBytes(of: header) { unsafe Checksum.of($0, after: strides) }
        return unsafe directory.withBytes { unsafe Checksum.of($0, after: first) }
    }
}

extension DecisionEngine {
    /// What a file holds from which an engine with the same answers is opened in no time, by whoever has the same program.
    ///
    /// Nil for an engine that was made of another by changes: it is made anew, from the facts, for that.
    ///
    /// - Complexity: linear in the number of its bytes, which are handed over and not copied.
    public func snapshotImage() -> SnapshotImage? {
        snapshot.isAsMade ? SnapshotImage(self) : nil
    }
}
