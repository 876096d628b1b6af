import Facts

/// A chunk while it is being filled, or filled anew.
struct ChunkBuilder: Sendable {
    /// What is known of one entity, in numbers.
    struct Content: Sendable {
        var kind = Snapshot.none
        var endedBy = UInt16.max
        var owner = Chunk.Head.noOwner
        var name: UInt32 = 0
        var existence: [Chunk.Statement] = []
        var cells: [Snapshot.TimedCell] = []
    }

    private(set) var count = 0
    private var heads: [Chunk.Head] = []
    private var spans: [Chunk.Span] = []
    private var wide: [Snapshot.Cell] = []
    private var existence: [UInt32] = []
    private var cells: [Chunk.Cell] = []
    private var records: [Snapshot.Record] = []
    private var spanPlaces: [Chunk.Span: UInt32] = [:]
    private var sequences: [Int64] = []
    private var statementSpans: [UInt32] = []
    private var statementPlaces: [Chunk.Statement: UInt32] = [:]
    private var lastStatement: (statement: Chunk.Statement, place: UInt32)?

    init() {}

    /// A chunk of entities that nobody has spoken of, to replace some of them.
    static let strangers: ChunkBuilder = {
        var chunk = ChunkBuilder()
        chunk.count = Chunk.size
        chunk.heads = [Chunk.Head](repeating: Chunk.Head(), count: Chunk.size)
        return chunk
    }()

    var isFull: Bool { count == Chunk.size }

    /// Adds the next entity.
    mutating func add(_ content: Content, records found: some Sequence<Snapshot.Record>) {
        var head = head(of: content)
        head.existence = UInt32(existence.count)
        head.cells = UInt32(cells.count)
        head.records = UInt32(records.count)
        for statement in content.existence { existence.append(place(of: statement)) }
        for cell in content.cells { cells.append(packed(cell)) }
        records.append(contentsOf: found)
        heads.append(head)
        count += 1
    }

    /// Forgets everything, and keeps the room.
    mutating func clear() {
        count = 0
        heads.removeAll(keepingCapacity: true)
        spans.removeAll(keepingCapacity: true)
        wide.removeAll(keepingCapacity: true)
        existence.removeAll(keepingCapacity: true)
        cells.removeAll(keepingCapacity: true)
        records.removeAll(keepingCapacity: true)
        spanPlaces.removeAll(keepingCapacity: true)
        sequences.removeAll(keepingCapacity: true)
        statementSpans.removeAll(keepingCapacity: true)
        statementPlaces.removeAll(keepingCapacity: true)
        lastStatement = nil
    }

    private func head(of content: Content) -> Chunk.Head {
        var head = Chunk.Head()
        head.kind = content.kind
        head.endedBy = content.endedBy
        head.owner = content.owner
        head.name = content.name
        return head
    }

    private mutating func packed(_ cell: Snapshot.TimedCell) -> Chunk.Cell {
        let statement = place(of: cell.statement)
        if let value = UInt32(exactly: cell.cell) {
            return Chunk.Cell(
                column: cell.column, value: value, isWide: false, statement: statement)
        }
        wide.append(cell.cell)
        return Chunk.Cell(
            column: cell.column, value: UInt32(wide.count - 1), isWide: true,
            statement: statement)
    }

    private mutating func place(of statement: Chunk.Statement) -> UInt32 {
        // Most of what is known of an entity was said at once.
        if let lastStatement, lastStatement.statement == statement { return lastStatement.place }
        let place = statementPlaces[statement] ?? UInt32(sequences.count)
        lastStatement = (statement, place)
        guard place == sequences.count else { return place }
        statementPlaces[statement] = place
        sequences.append(statement.sequence)
        statementSpans.append(self.place(of: statement.span))
        return place
    }

    private mutating func place(of span: Chunk.Span) -> UInt32 {
        // Most of what is known of all of them holds until further notice.
        if let last = spans.last, last == span { return UInt32(spans.count - 1) }
        if let known = spanPlaces[span] { return known }
        spanPlaces[span] = UInt32(spans.count)
        spans.append(span)
        return UInt32(spans.count - 1)
    }

    // MARK: Replacing

    /// Takes over what a chunk has, to replace some of it.
    init(_ chunk: Chunk) {
        count = Chunk.size
        for place in 0..<Chunk.size { heads.append(chunk.head(place)) }
        let statements = chunk.statements
        spans = Array(statements.spans)
        statementSpans = Array(statements.spanPlaces)
        sequences = Array(statements.sequences)
        wide = Array(chunk.wide)
        existence = Array(chunk.existencePlaces)
        cells = Array(chunk.cells)
        records = Array(chunk.records)
        if sequences.count + wide.count > 2 * (existence.count + cells.count) + Chunk.size {
            tidy(statements)
        }
    }

    /// Drops the statements and wide values that nothing refers to any longer.
    private mutating func tidy(_ statements: Chunk.Statements) {
        let oldWide = wide
        spans = []
        statementSpans = []
        sequences = []
        wide = []
        for index in existence.indices {
            existence[index] = place(of: statements[Int(existence[index])])
        }
        for index in cells.indices {
            let cell = cells[index]
            cells[index] = packed(
                Snapshot.TimedCell(
                    column: cell.column,
                    cell: cell.isWide ? oldWide[Int(cell.value)] : Snapshot.Cell(cell.value),
                    statement: statements[Int(cell.statement)]))
        }
    }

    /// Replaces what is known of an entity, its records aside.
    mutating func replace(_ place: Int, with content: Content) {
        let (existences, values) = (existence.count, cells.count)
        var head = head(of: content)
        head.existence = heads[place].existence
        head.cells = heads[place].cells
        head.records = heads[place].records
        let places = content.existence.map { self.place(of: $0) }
        let packed = content.cells.map { self.packed($0) }
        existence.replaceSubrange(
            Int(head.existence)..<end(place, \.existence, existences), with: places)
        cells.replaceSubrange(Int(head.cells)..<end(place, \.cells, values), with: packed)
        heads[place] = head
        move(\.existence, after: place, by: existence.count - existences)
        move(\.cells, after: place, by: cells.count - values)
    }

    /// Changes what belongs to an entity.
    mutating func replaceRecords(of place: Int, _ change: (inout [Snapshot.Record]) -> Void) {
        let before = records.count
        let range = Int(heads[place].records)..<end(place, \.records, before)
        var found = Array(records[range])
        change(&found)
        records.replaceSubrange(range, with: found)
        move(\.records, after: place, by: records.count - before)
    }

    private func end(
        _ place: Int, _ start: KeyPath<Chunk.Head, UInt32>, _ last: Int
    ) -> Int {
        place + 1 < count ? Int(heads[place + 1][keyPath: start]) : last
    }

    private mutating func move(
        _ start: WritableKeyPath<Chunk.Head, UInt32>, after place: Int, by distance: Int
    ) {
        guard distance != 0 else { return }
        for later in place + 1..<count {
            heads[later][keyPath: start] = UInt32(
                Int(heads[later][keyPath: start]) + distance)
        }
    }

    // MARK: Writing

    /// Puts the chunk where it stays.
    ///
    /// - Complexity: linear in its size.
    func chunk(in arena: Arena) -> Chunk {
        var offsets = Chunk.Offsets()
        var end = Chunk.spansOffset
        func place<Element>(_ table: [Element]) -> UInt32 {
            defer { end += table.count * MemoryLayout<Element>.stride }
            return UInt32(end)
        }
        offsets.spans = place(spans)
        offsets.sequences = place(sequences)
        offsets.wide = place(wide)
        offsets.statementSpans = place(statementSpans)
        offsets.existence = place(existence)
        offsets.cells = place(cells)
        offsets.records = place(records)
        offsets.end = UInt32(end)
        var last = Chunk.Head()
        last.existence = UInt32(existence.count)
        last.cells = UInt32(cells.count)
        last.records = UInt32(records.count)
        let missing = [Chunk.Head](repeating: last, count: Chunk.size + 1 - heads.count)
        return unsafe arena.keep(bytes: end) { block in
            unsafe block.storeBytes(of: offsets, as: Chunk.Offsets.self)
            func write<Element>(_ table: [Element], at offset: Int) {
                unsafe table.withUnsafeBytes { bytes in
                    unsafe UnsafeMutableRawBufferPointer(rebasing: block[offset...])
                        .copyMemory(from: bytes)
                }
            }
            write(heads, at: Chunk.headsOffset)
            write(
                missing, at: Chunk.headsOffset + heads.count * MemoryLayout<Chunk.Head>.stride)
            write(spans, at: Int(offsets.spans))
            write(sequences, at: Int(offsets.sequences))
            write(wide, at: Int(offsets.wide))
            write(statementSpans, at: Int(offsets.statementSpans))
            write(existence, at: Int(offsets.existence))
            write(cells, at: Int(offsets.cells))
            write(records, at: Int(offsets.records))
        }
    }
}
