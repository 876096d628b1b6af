import Facts

/// Finds the parts of a snapshot file, and trusts none of them before it has looked.
struct ImageReader {
    let bytes: SnapshotBytes
    private var entries: [ImageLayout.Part: ImageLayout.Entry] = [:]

    /// Looks at the header and the directory.
    ///
    /// - Complexity: constant.
    init(_ bytes: SnapshotBytes) throws(SnapshotFormatError) {
        self.bytes = bytes
        let size = UInt64(MemoryLayout<ImageLayout.Header>.stride)
        let header = bytes.elements(ImageLayout.Header.self, from: 0, bytes: size)?.first
        guard let header, header.magic == ImageLayout.Header.magic else {
            throw SnapshotFormatError(.notASnapshot)
        }
        guard header.byteOrder == ImageLayout.Header.byteOrder else {
            throw SnapshotFormatError(.otherMachine)
        }
        guard header.version == ImageLayout.version else {
            throw SnapshotFormatError(
                .otherVersion(found: header.version, expected: ImageLayout.version))
        }
        guard header.length == UInt64(bytes.count) else {
            throw SnapshotFormatError(
                .wrongLength(found: bytes.count, written: header.length))
        }
        let stride = UInt64(MemoryLayout<ImageLayout.Entry>.stride)
        let (length, overflows) = header.partCount.multipliedReportingOverflow(by: stride)
        guard !overflows,
            let directory = bytes.elements(ImageLayout.Entry.self, from: size, bytes: length),
            ImageLayout.checksum(of: header, directory.bytes) == header.checksum
        else { throw SnapshotFormatError(.damaged(part: "header")) }
        for entry in directory {
            guard let part = ImageLayout.Part(rawValue: entry.part) else {
                throw SnapshotFormatError(.malformed(part: "directory"))
            }
            entries[part] = entry
        }
    }

    /// The elements of a part, which are as they were written.
    ///
    /// - Complexity: linear in their bytes.
    func elements<Element: BitwiseCopyable & Sendable>(
        _ part: ImageLayout.Part, of type: Element.Type
    ) throws(SnapshotFormatError) -> Flat<Element> {
        guard let entry = entries[part],
            let elements = bytes.elements(type, from: entry.offset, bytes: entry.length)
        else { throw SnapshotFormatError(.malformed(part: "\(part)")) }
        guard elements.bytes.comes(to: entry.checksum) else {
            throw SnapshotFormatError(.damaged(part: "\(part)"))
        }
        return elements
    }

    /// The texts of a part.
    func texts(_ part: ImageLayout.Part) throws(SnapshotFormatError) -> [String] {
        let bytes = try elements(part, of: UInt8.self)
        var texts: [String] = []
        var start = 0
        while start < bytes.count {
            let text = unsafe bytes.withBytes {
                unsafe NameBytes.checkedName(at: start, in: $0)
            }
            guard let text else { throw SnapshotFormatError(.malformed(part: "\(part)")) }
            texts.append(text.name)
            start = text.end
        }
        return texts
    }

    /// A table in pieces, and what they must come to.
    ///
    /// Their places are known to lie within the file; of what they hold nothing is known yet.
    func pieces(
        _ part: ImageLayout.Part, table: ImageLayout.Part, in arena: Arena
    ) throws(SnapshotFormatError) -> (pieces: Flat<Flat<UInt8>>, checksums: Flat<UInt64>) {
        let malformed = SnapshotFormatError(.malformed(part: "\(part)"))
        guard let entry = entries[part] else { throw malformed }
        let places = try elements(table, of: ImageLayout.Piece.self)
        var pieces: [Flat<UInt8>] = []
        pieces.reserveCapacity(places.count)
        for place in places {
            let (end, overflows) = place.offset.addingReportingOverflow(place.length)
            guard !overflows, end <= entry.length,
                place.offset % UInt64(ImageLayout.alignment) == 0,
                entry.offset % UInt64(ImageLayout.alignment) == 0,
                let piece = bytes.elements(
                    UInt8.self, from: entry.offset &+ place.offset, bytes: place.length)
            else { throw malformed }
            pieces.append(piece)
        }
        return (arena.keep(pieces), arena.keep(places.map(\.checksum)))
    }
}
