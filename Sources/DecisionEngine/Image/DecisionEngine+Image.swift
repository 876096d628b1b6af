import Facts
public import PolicyProgram

/// When the pieces of a snapshot file are looked at, whether they are as they were written.
public enum SnapshotChecking: Sendable {
    /// All of them as it is opened, which takes as long as to read the file: damage is an error then, and none can come
    /// up later unless somebody writes to the file.
    case atOnce
    /// Names and lists as it is opened, facts and what was worked out of them each when something in it is first asked for:
    /// opening takes a tenth of the time. What is called then with damage that was found ends the process, so that no
    /// answer rests on it.
    case asTouched(@Sendable (SnapshotFormatError) -> Never)
}

extension DecisionEngine {
    /// Opens what a snapshot file holds, for the program it was made for.
    ///
    /// What it holds is read where it is. A checksum finds accidents; whom to trust with the file is the system's matter.
    ///
    /// - Parameters:
    ///   - program: the policy.
    ///   - digest: names the program.
    ///   - bytes: the file's.
    ///   - checking: when they are looked at.
    /// - Throws: where they are not what an engine with this program has written.
    /// - Complexity: linear in the bytes of ids, texts, sets and classes, and in the number of chunks; where everything is
    ///   checked at once, in all bytes.
    public convenience init(
        program: Program, digest: ProgramDigest, snapshot bytes: SnapshotBytes,
        checking: SnapshotChecking = .atOnce
    ) throws(SnapshotFormatError) {
        let reader = try ImageReader(bytes)
        let found = try reader.texts(.program)
        guard found == [digest.description] else {
            throw SnapshotFormatError(.otherProgram(found: found.first ?? ""))
        }
        guard let facts = try reader.elements(.facts, of: ImageLayout.Facts.self).first else {
            throw SnapshotFormatError(.malformed(part: "facts"))
        }
        guard facts.programChecksum == ImageLayout.checksum(of: program) else {
            throw SnapshotFormatError(.otherProgram(found: digest.description))
        }
        let arena = Arena()
        arena.onRelease { withExtendedLifetime(bytes) {} }
        let snapshot = try Snapshot(reader, facts, program, checking, in: arena)
        let tables = ConditionTables(program)
        var preparation: Preparation?
        if facts.isPrepared != 0 {
            preparation = try Preparation(
                reader, facts, tables, snapshot, checking, in: arena)
            guard preparation != nil else {
                throw SnapshotFormatError(.malformed(part: "rows"))
            }
        }
        let vocabulary = program.vocabulary
        self.init(
            digest: digest, tables: tables, snapshot: snapshot,
            preparedSince: facts.isAskedSince != 0 ? facts.since : nil, preparation: preparation,
            people: Register(
                Vocabulary.subjectKind,
                handles: try reader.handles(.people, below: snapshot.count), vocabulary,
                in: arena),
            resources: Register(
                Vocabulary.resourceKind,
                handles: try reader.handles(.resources, below: snapshot.count), vocabulary,
                in: arena))
    }
}

extension Snapshot {
    /// The facts of a file.
    fileprivate convenience init(
        _ reader: ImageReader, _ facts: ImageLayout.Facts, _ program: Program,
        _ checking: SnapshotChecking, in arena: Arena
    ) throws(SnapshotFormatError) {
        let count = Int(exactly: facts.count) ?? .max
        let names = try reader.handleTable(
            slots: .nameSlots, names: .nameBytes,
            fingerprint: facts.nameFingerprint)
        let textStarts = try reader.elements(.textStarts, of: UInt32.self)
        let texts = TextTable(
            numbers: try reader.handleTable(
                slots: .textSlots, names: .textBytes,
                fingerprint: facts.textFingerprint), starts: textStarts)
        let sets = SetTable(
            starts: try reader.elements(.setStarts, of: UInt32.self),
            members: try reader.elements(.setMembers, of: Cell.self),
            slots: try reader.elements(.setSlots, of: UInt32.self))
        guard !sets.starts.isEmpty, sets.slots.isHashTable(free: { $0 == 0 }) else {
            throw SnapshotFormatError(.malformed(part: "setSlots"))
        }
        let roots = try reader.texts(.roots)
        guard Set(roots).count == roots.count, roots.count < Int(UInt16.max) else {
            throw SnapshotFormatError(.malformed(part: "roots"))
        }
        var numbers = Numbering(
            names: NameNumbers(names, count: count, roots: roots), texts: Interned(texts),
            sets: Interned(sets), sources: try reader.texts(.sources), in: arena)
        let constants = Constants(program, &numbers, in: arena)
        let (pieces, checksums) = try reader.pieces(.chunks, table: .chunkTable, in: arena)
        // What the program itself speaks of had its numbers when the file was written.
        guard numbers.names.count == count, numbers.texts.recent.isEmpty,
            numbers.sets.recent.isEmpty, pieces.count == (count + Chunk.size - 1) / Chunk.size
        else { throw SnapshotFormatError(.malformed(part: "facts")) }
        let seals = try Seals.forFile(
            pieces, checksums, checking, part: .chunks, in: arena,
            isWellFormed: Chunk.isWellFormed)
        let readings = try reader.readings()
        let assumedFrom = facts.isAssumed != 0 ? facts.assumedFrom : nil
        self.init(
            columns: Columns(
                chunks: Pieces(arena.keep(pieces.map(\.chunk)), seals: seals), count: count,
                sets: Sets(numbers.sets, in: arena), constants: constants,
                freshness: Freshness(
                    program, sources: numbers.sources, readings: readings,
                    assumedFrom: assumedFrom, in: arena)),
            sequence: facts.sequence,
            names: EntityNames(
                frozen: names, frozenCount: count,
                recent: HandleTable(numbers.names.recent, in: arena)),
            numbers: numbers, schema: SnapshotSchema(program), readings: readings,
            assumedFrom: assumedFrom, frame: arena, arena: arena)
    }
}

extension Preparation {
    /// What a file has worked out; nil where this program has nothing worked out.
    fileprivate convenience init?(
        _ reader: ImageReader, _ facts: ImageLayout.Facts, _ tables: ConditionTables,
        _ snapshot: Snapshot, _ checking: SnapshotChecking, in arena: Arena
    ) throws(SnapshotFormatError) {
        guard let roles = Preparation.roles(of: tables.program.value) else { return nil }
        let builder = RowBuilder(
            tables, roles: roles, since: facts.since,
            subjects: try reader.classes(.subjectKinds, .subjectTruths, roles.subjectNodes.count),
            resources: try reader.classes(
                .resourceKinds, .resourceTruths, roles.resourceNodes.count))
        let (pieces, checksums) = try reader.pieces(.rows, table: .rowTable, in: arena)
        let stride = builder.stride
        let classes = max(builder.subjects.classes.count, builder.resources.classes.count)
        guard facts.stride == UInt64(stride), pieces.count == snapshot.columns.value.chunks.count
        else { throw SnapshotFormatError(.malformed(part: "rows")) }
        let seals = try Seals.forFile(
            pieces, checksums, checking, part: .rows, in: arena,
            isWellFormed: { RowChunk.isWellFormed($0.words, stride: stride, classes: classes) })
        let dependents = Dependents(
            try reader.elements(.dependents, of: Dependents.Pair.self))
        self.init(
            builder, roles, rows: Pieces(arena.keep(pieces.map(\.words)), seals: seals), dependents,
            in: arena)
    }
}

extension Seals {
    /// The seals of a file's pieces; nil where they have all been looked at.
    fileprivate static func forFile(
        _ pieces: Flat<Flat<UInt8>>, _ checksums: Flat<UInt64>, _ checking: SnapshotChecking,
        part: ImageLayout.Part, in arena: Arena,
        isWellFormed: @escaping @Sendable (Flat<UInt8>) -> Bool
    ) throws(SnapshotFormatError) -> Borrowed<Seals>? {
        @Sendable func damage(in piece: Int) -> SnapshotFormatError {
            SnapshotFormatError(.damaged(part: "\(part), piece \(piece)"))
        }
        switch checking {
        case .asTouched(let end):
            return arena.keep(
                Seals(pieces, checksums: checksums, in: arena, isWellFormed: isWellFormed) {
                    end(damage(in: $0))
                })
        case .atOnce:
            for piece in pieces.indices
            where !pieces[piece].comes(to: checksums[piece]) || !isWellFormed(pieces[piece]) {
                throw damage(in: piece)
            }
            return nil
        }
    }
}

extension ImageReader {
    fileprivate func handleTable(
        slots: ImageLayout.Part, names: ImageLayout.Part, fingerprint: UInt64
    ) throws(SnapshotFormatError) -> HandleTable {
        let found = try elements(slots, of: HandleTable.Slot.self)
        guard found.isHashTable(free: { $0.handle == HandleTable.free }) else {
            throw SnapshotFormatError(.malformed(part: "\(slots)"))
        }
        return HandleTable(
            slots: found, names: try elements(names, of: UInt8.self), fingerprint: fingerprint)
    }

    /// When each source was read.
    fileprivate func readings() throws(SnapshotFormatError) -> [String: [Instant]] {
        let sources = try texts(.readSources)
        let starts = try elements(.readingStarts, of: UInt32.self)
        let instants = try elements(.readings, of: Instant.self)
        guard starts.count == sources.count + 1, Int(starts[sources.count]) == instants.count,
            zip(starts, starts.dropFirst()).allSatisfy({ $0 <= $1 })
        else { throw SnapshotFormatError(.malformed(part: "readings")) }
        var readings: [String: [Instant]] = [:]
        for (place, source) in sources.enumerated() {
            readings[source] = Array(instants.stretch(place, of: starts))
        }
        return readings
    }

    fileprivate func classes(
        _ kinds: ImageLayout.Part, _ truths: ImageLayout.Part, _ width: Int
    ) throws(SnapshotFormatError) -> ClassTable {
        let kinds = Array(try elements(kinds, of: UInt16.self))
        let found = try elements(truths, of: UInt8.self).map { Truth(rawValue: $0) }
        let known = found.compactMap(\.self)
        guard known.count == found.count, known.count == width * kinds.count else {
            throw SnapshotFormatError(.malformed(part: "\(truths)"))
        }
        let table = ClassTable(width: width, kinds: kinds, truths: known)
        // Each class once, and by its number.
        guard table.count == kinds.count else {
            throw SnapshotFormatError(.malformed(part: "\(truths)"))
        }
        return table
    }

    /// A list of handles, each of an entity that there is.
    fileprivate func handles(
        _ part: ImageLayout.Part, below count: Int
    ) throws(SnapshotFormatError) -> Flat<Snapshot.Handle> {
        let handles = try elements(part, of: Snapshot.Handle.self)
        guard handles.allSatisfy({ Int($0) < count }) else {
            throw SnapshotFormatError(.malformed(part: "\(part)"))
        }
        return handles
    }
}

extension Flat {
    /// Whether a table's slots can be walked for what has a hash: a power of two of them, one of them free at least.
    fileprivate func isHashTable(free isFree: (Element) -> Bool) -> Bool {
        !isEmpty && count & (count - 1) == 0 && contains(where: isFree)
    }
}

extension Flat where Element == UInt8 {
    /// The bytes as a chunk.
    fileprivate var chunk: Chunk { unsafe Chunk(base: start) }

    /// The bytes as the words of rows.
    fileprivate var words: Flat<UInt32> {
        unsafe Flat<UInt32>(base: start.assumingMemoryBound(to: UInt32.self), count: count / 4)
    }
}
