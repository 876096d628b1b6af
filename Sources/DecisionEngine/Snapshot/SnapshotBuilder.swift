import Facts
import HashTreeCollections
import PolicyProgram

/// Lays facts out for a program.
struct SnapshotBuilder<Histories: Sequence<EntityHistory>> {
    private let facts: FactStream<Histories>
    private let schema: SnapshotSchema
    private var numbers = Numbering()
    private let arena = Arena()
    private var chunks: [Chunk] = []
    private var chunk = ChunkBuilder()
    private var lastLayout: (kind: String, layout: SnapshotSchema.KindLayout)?

    /// - Complexity: linear in the number of facts.
    static func snapshot(
        of facts: FactStream<Histories>, for program: Program,
        assumingReadingsFrom instant: Instant?
    ) -> Snapshot {
        var builder = SnapshotBuilder(facts: facts, schema: SnapshotSchema(program))
        return builder.snapshot(assumingReadingsFrom: instant)
    }

    private init(facts: FactStream<Histories>, schema: SnapshotSchema) {
        self.facts = facts
        self.schema = schema
    }

    private mutating func snapshot(assumingReadingsFrom instant: Instant?) -> Snapshot {
        let program = schema.program
        numbers.names.reserve(facts.histories.underestimatedCount)
        var last: EntityID?
        var hasOwners = false
        for history in facts.histories {
            precondition(last.map { $0 < history.id } ?? true, "histories are not in order of id")
            last = history.id
            hasOwners = hasOwners || history.owner != nil
            _ = numbers.handle(of: history.id)
        }
        let known = numbers.names.count
        let records = hasOwners ? recordsByOwner() : Belongings(starts: [], records: [])
        var passed = 0
        for (handle, history) in facts.histories.enumerated() {
            precondition(
                numbers.names.recent.isEntity(handle, history.id), "histories have changed")
            passed += 1
            let content = schema.content(
                of: history, as: layout(of: history.kind),
                name: numbers.names.recent.starts[handle], &numbers)
            add(content, records.stretch(handle))
        }
        precondition(passed == known, "histories have changed")
        let constants = Snapshot.Constants(program, &numbers, in: arena)
        // Values may name entities that nobody has spoken of; these got their numbers as they came up.
        for handle in known..<numbers.names.count {
            var stranger = ChunkBuilder.Content()
            stranger.name = numbers.names.recent.starts[handle]
            add(stranger, records.stretch(handle))
        }
        if chunk.count > 0 { chunks.append(chunk.chunk(in: arena)) }

        let count = numbers.names.count
        let table = HandleTable(numbers.names.recent, in: arena)
        numbers.freeze(names: table, in: arena)
        let names = EntityNames(
            frozen: table, frozenCount: count,
            recent: HandleTable(numbers.names.recent, in: arena))
        let columns = Snapshot.Columns(
            chunks: Pieces(arena.keep(chunks)), count: count,
            sets: Snapshot.Sets(numbers.sets, in: arena), constants: constants,
            freshness: Snapshot.Freshness(
                program, sources: numbers.sources, readings: facts.readings,
                assumedFrom: instant, in: arena))
        return Snapshot(
            columns: columns, sequence: facts.sequence, names: names, numbers: numbers,
            schema: schema, readings: facts.readings, assumedFrom: instant, frame: arena,
            arena: arena)
    }

    private mutating func add(
        _ content: ChunkBuilder.Content, _ records: ArraySlice<Snapshot.Record>
    ) {
        chunk.add(content, records: records)
        guard chunk.isFull else { return }
        chunks.append(chunk.chunk(in: arena))
        chunk.clear()
    }

    private mutating func layout(of kind: String) -> SnapshotSchema.KindLayout {
        if let lastLayout, lastLayout.kind == kind { return lastLayout.layout }
        let layout = schema.layout(of: kind)
        lastLayout = (kind, layout)
        return layout
    }

    /// Records by whom they belong to.
    private struct Belongings {
        var starts: [UInt32]
        var records: [Snapshot.Record]

        func stretch(_ owner: Int) -> ArraySlice<Snapshot.Record> {
            guard owner + 1 < starts.count else { return [] }
            return records[Int(starts[owner])..<Int(starts[owner + 1])]
        }
    }

    private mutating func recordsByOwner() -> Belongings {
        var owners: [(owner: Snapshot.Handle, record: Snapshot.Record)] = []
        for (handle, history) in facts.histories.enumerated() {
            precondition(
                numbers.names.recent.isEntity(handle, history.id), "histories have changed")
            guard let owner = history.owner else { continue }
            let record = Snapshot.Record(
                kind: layout(of: history.kind).kind, handle: Snapshot.Handle(handle))
            owners.append((numbers.handle(of: owner), record))
        }
        var starts = [UInt32](repeating: 0, count: numbers.names.count + 1)
        for (owner, _) in owners { starts[Int(owner) + 1] += 1 }
        for index in starts.indices.dropFirst() { starts[index] += starts[index - 1] }
        var next = starts
        var records = [Snapshot.Record](
            repeating: Snapshot.Record(kind: Snapshot.none, handle: 0), count: owners.count)
        for (owner, record) in owners {
            records[Int(next[Int(owner)])] = record
            next[Int(owner)] += 1
        }
        return Belongings(starts: starts, records: records)
    }
}
