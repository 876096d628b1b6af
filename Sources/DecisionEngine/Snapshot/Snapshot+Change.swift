import Facts
import HashTreeCollections
import PolicyProgram

extension Snapshot {
    /// The facts after a change.
    ///
    /// - Parameter change: what has become of whom.
    /// - Returns: the snapshot, and whom the change is about: the owners of records among them.
    /// - Complexity: linear in the chunks of those it is about, and in the number of chunks.
    func applying(_ change: FactChange) -> (snapshot: Snapshot, changed: Set<Handle>) {
        var update = SnapshotUpdate(self)
        for (id, history) in change.histories { update.replace(id, with: history) }
        return update.finish(change)
    }
}

/// A snapshot that is being changed.
private struct SnapshotUpdate {
    private let before: Snapshot
    private var numbers: Numbering
    private var chunks: [Int: ChunkBuilder] = [:]
    private var changed: Set<Snapshot.Handle> = []
    private var kindDigest: UInt64

    init(_ before: Snapshot) {
        self.before = before
        kindDigest = before.kindDigest
        numbers = before.numbers
    }

    mutating func replace(_ id: EntityID, with history: EntityHistory?) {
        let (handle, name) = numbers.names.place(id)
        let columns = before.columns.value
        let old = Int(handle) < before.count ? columns.head(of: handle) : Chunk.Head()
        var content = ChunkBuilder.Content()
        content.name = name
        if let history {
            content = before.schema.content(
                of: history, as: before.schema.layout(of: history.kind), name: name, &numbers)
        }
        change(handle) { $0.replace(Snapshot.Columns.place(of: handle), with: content) }
        if old.kind != content.kind {
            kindDigest = NameBytes.mix(
                kindDigest ^ UInt64(handle) << 16 ^ UInt64(content.kind))
        }
        guard old.owner != content.owner || old.kind != content.kind else {
            if content.owner != Chunk.Head.noOwner { changed.insert(content.owner) }
            return
        }
        if old.owner != Chunk.Head.noOwner {
            change(old.owner) { chunk in
                chunk.replaceRecords(of: Snapshot.Columns.place(of: old.owner)) { records in
                    records.removeAll { $0.handle == handle }
                }
            }
        }
        guard content.owner != Chunk.Head.noOwner else { return }
        let record = Snapshot.Record(kind: content.kind, handle: handle)
        let (before, names) = (before, numbers.names)
        change(content.owner) { chunk in
            chunk.replaceRecords(of: Snapshot.Columns.place(of: content.owner)) { records in
                // In order of id, as if all had been laid out at once.
                let place = records.firstIndex { other in
                    let other = other.handle
                    return id
                        < (Int(other) < before.count
                            ? before.id(of: other) : names.recentID(of: other))
                }
                records.insert(record, at: place ?? records.count)
            }
        }
    }

    private mutating func change(
        _ handle: Snapshot.Handle, _ body: (inout ChunkBuilder) -> Void
    ) {
        changed.insert(handle)
        let index = Int(handle >> Chunk.bits)
        let columns = before.columns.value
        body(
            &chunks[
                index,
                default: index < columns.chunks.count
                    ? ChunkBuilder(columns.chunks[index]) : .strangers])
    }

    mutating func finish(_ change: FactChange) -> (Snapshot, Set<Snapshot.Handle>) {
        // Values may name entities that nobody has spoken of.
        for handle in Snapshot.Handle(before.count)..<Snapshot.Handle(numbers.names.count)
        where !changed.contains(handle) {
            var stranger = ChunkBuilder.Content()
            stranger.name = numbers.names.recentStart(of: handle)
            self.change(handle) {
                $0.replace(Snapshot.Columns.place(of: handle), with: stranger)
            }
        }
        let columns = before.columns.value
        let chunkArena = Arena()
        var replaced = before.replaced
        for index in chunks.keys { replaced[index] = chunkArena }
        let changedChunks = chunks.mapValues { $0.chunk(in: chunkArena) }
        let arena = Arena()
        let readings = change.readings ?? before.readings
        let names = EntityNames(
            frozen: before.names.frozen, frozenCount: before.names.frozenCount,
            recent: HandleTable(numbers.names.recent, in: arena))
        let snapshot = Snapshot(
            columns: Snapshot.Columns(
                chunks: columns.chunks.replacing(changedChunks, in: arena),
                count: numbers.names.count,
                sets: Snapshot.Sets(numbers.sets, in: arena),
                constants: columns.constants,
                freshness: Snapshot.Freshness(
                    before.schema.program, sources: numbers.sources, readings: readings,
                    assumedFrom: before.assumedFrom, in: arena)),
            sequence: change.sequence, names: names, numbers: numbers, schema: before.schema,
            kindDigest: kindDigest, readings: readings, assumedFrom: before.assumedFrom,
            frame: before.frame,
            arena: arena, replaced: replaced)
        return (snapshot, changed)
    }
}
