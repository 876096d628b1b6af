import Facts

/// What a TZif file says (RFC 8536): the 64-bit block of version 2 or later, and its footer.
struct ZoneFile {
    private let offsets: [Int64]
    private let transitions: [ZoneTable.Transition]
    private let rule: ZoneRule?

    /// Reads a file's bytes, or nil where any of them can't be what the format asks for.
    init?(bytes: [UInt8]) {
        var reader = BytesReader(bytes)
        guard let old = Header(from: &reader), reader.skip(old.size(ofTime: 4)),
            let header = Header(from: &reader), header.hasSoundCounts,
            let transitions = ZoneFile.times(from: &reader, header),
            let indices = reader.take(header.times),
            let offsets = ZoneFile.offsets(from: &reader, header),
            reader.skip(header.characters + header.standardIndicators + header.utcIndicators),
            let footer = Footer(from: &reader)
        else { return nil }
        self.offsets = offsets
        rule = footer.rule
        var changes: [ZoneTable.Transition] = []
        for (instant, index) in zip(transitions, indices) {
            guard Int(index) < offsets.count else { return nil }
            changes.append(
                ZoneTable.Transition(instant: instant, offsetSeconds: offsets[Int(index)]))
        }
        self.transitions = changes
        let last = changes.last?.offsetSeconds ?? offsets[0]
        guard rule?.holds(offsetSeconds: last, at: changes.last?.instant) ?? true else {
            return nil
        }
    }

    /// The zone's table: the file's own changes of offset, then those that its footer's rule makes.
    func table(named name: String) -> ZoneTable {
        let last = transitions.last
        let later = rule?.transitions(after: last?.instant) ?? []
        // A file without changes has one offset, which is that of its first type.
        var offset = offsets[0]
        let changes = (transitions + later).filter { change in
            defer { offset = change.offsetSeconds }
            return change.offsetSeconds != offset
        }
        return ZoneTable(name: name, initialOffsetSeconds: offsets[0], transitions: changes)
    }

    // MARK: Parts of the file

    /// How many of each thing a block holds.
    private struct Header {
        let utcIndicators: Int
        let standardIndicators: Int
        let leapSeconds: Int
        let times: Int
        let types: Int
        let characters: Int

        init?(from reader: inout BytesReader) {
            guard reader.take(4).map(Array.init) == Array("TZif".utf8),
                let version = reader.take(1)?.first, version >= UInt8(ascii: "2"),
                reader.skip(15)
            else { return nil }
            var counts: [Int] = []
            for _ in 0..<6 {
                guard let count = reader.integer(bytes: 4), count >= 0 else { return nil }
                counts.append(Int(count))
            }
            utcIndicators = counts[0]
            standardIndicators = counts[1]
            leapSeconds = counts[2]
            times = counts[3]
            types = counts[4]
            characters = counts[5]
        }

        var hasSoundCounts: Bool {
            types > 0 && types <= 256 && leapSeconds == 0
                && (utcIndicators == 0 || utcIndicators == types)
                && (standardIndicators == 0 || standardIndicators == types)
        }

        /// The bytes of the block after its header.
        ///
        /// Counts of 32 bits can't overflow this.
        func size(ofTime bytes: Int) -> Int {
            times * (bytes + 1) + types * 6 + characters + leapSeconds * (bytes + 4)
                + standardIndicators + utcIndicators
        }
    }

    private static func times(from reader: inout BytesReader, _ header: Header) -> [Instant]? {
        // The format's earliest time; what lies beyond is damage, and would overflow in arithmetic.
        let range = -(Int64(1) << 59)...(Int64(1) << 59)
        guard reader.left >= header.times * 8 else { return nil }
        var times: [Instant] = []
        for _ in 0..<header.times {
            guard let seconds = reader.integer(bytes: 8), range.contains(seconds) else {
                return nil
            }
            let time = Instant(secondsSinceEpoch: seconds)
            if let last = times.last, last >= time { return nil }
            times.append(time)
        }
        return times
    }

    private static func offsets(from reader: inout BytesReader, _ header: Header) -> [Int64]? {
        var offsets: [Int64] = []
        for _ in 0..<header.types {
            guard let offset = reader.integer(bytes: 4), abs(offset) < 86_400, reader.skip(2) else {
                return nil
            }
            offsets.append(offset)
        }
        return offsets
    }

    /// The text after the block: a rule between newlines, or nothing between them.
    private struct Footer {
        let rule: ZoneRule?

        init?(from reader: inout BytesReader) {
            let newline = UInt8(ascii: "\n")
            guard let rest = reader.take(reader.left), rest.count >= 2, rest.first == newline,
                rest.last == newline
            else { return nil }
            let text = rest.dropFirst().dropLast()
            if text.isEmpty {
                rule = nil
            } else {
                guard let rule = ZoneRule(text) else { return nil }
                self.rule = rule
            }
        }
    }
}

/// Reads big-endian numbers from the front of bytes, and never beyond their end.
private struct BytesReader {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var left: Int { bytes.count - position }

    mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
        guard count >= 0, count <= left else { return nil }
        defer { position += count }
        return bytes[position..<position + count]
    }

    mutating func skip(_ count: Int) -> Bool { take(count) != nil }

    /// A signed number of `count` bytes, 4 or 8.
    mutating func integer(bytes count: Int) -> Int64? {
        guard let taken = take(count), let first = taken.first else { return nil }
        let sign: Int64 = first >= 0x80 ? -1 : 0
        return taken.reduce(sign) { $0 << 8 | Int64($1) }
    }
}
