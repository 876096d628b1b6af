import Facts

/// What is known of 256 entities whose numbers follow one another: one stretch of memory that refers to nothing outside.
///
///     offsets    where each table begins and the last ends, in bytes from the beginning
///     heads      one for each entity, and one more: what is known of an entity lies between the places that its head
///                names and those that the next one does
///     spans      when something holds and who says so, each once
///     statements a span and a ledger sequence, each once: the sequences of all, and their spans
///     wide       values that 32 bits don't hold
///     existence  the statements of when entities exist, or records hold
///     cells      the values of columns
///     records    what belongs to an entity
///
/// An event replaces the chunks it touches, and leaves the others as they are.
@safe
struct Chunk: @unchecked Sendable, BitwiseCopyable {
    /// How many bits of a handle number the entities of one chunk.
    static let bits: Snapshot.Handle = 8
    /// How many entities a chunk has room for.
    static let size = 1 << Int(bits)

    /// Where tables begin.
    struct Offsets: BitwiseCopyable {
        // Those of eight bytes first: where heads end is a multiple of eight.
        var spans: UInt32 = 0
        var sequences: UInt32 = 0
        var wide: UInt32 = 0
        var statementSpans: UInt32 = 0
        var existence: UInt32 = 0
        var cells: UInt32 = 0
        var records: UInt32 = 0
        var end: UInt32 = 0
    }

    /// What every entity has.
    struct Head: Sendable, BitwiseCopyable {
        var kind = Snapshot.none
        var endedBy = UInt16.max
        var owner = Head.noOwner
        /// Where its name begins, among the names of the table that it is in.
        var name: UInt32 = 0
        var existence: UInt32 = 0
        var cells: UInt32 = 0
        var records: UInt32 = 0

        static let noOwner = Snapshot.Handle.max
    }

    /// When something holds, and who says so.
    struct Span: Hashable, Sendable, BitwiseCopyable {
        let from: Instant
        let until: Instant
        /// The source, by its number.
        let source: UInt32
        private let unused: UInt32 = 0

        init(_ interval: Interval, source: UInt32) {
            from = interval.from
            until = interval.until
            self.source = source
        }

        var interval: Interval { Interval(from: from, until: until) }
    }

    /// What a source says, and where in the ledger.
    struct Statement: Hashable, Sendable {
        let span: Span
        let sequence: Int64
    }

    /// A value of a column.
    struct Cell: Sendable, BitwiseCopyable {
        private static let wide: UInt32 = 1 << 31

        /// The value, or its place among the wide ones.
        let value: UInt32
        /// The place of the statement it is from.
        let statement: UInt32
        private let columnAndWidth: UInt32

        init(column: UInt32, value: UInt32, isWide: Bool, statement: UInt32) {
            self.value = value
            self.statement = statement
            columnAndWidth = column | (isWide ? Cell.wide : 0)
        }

        @inline(__always) var column: UInt32 { columnAndWidth & ~Cell.wide }
        @inline(__always) var isWide: Bool { columnAndWidth & Cell.wide != 0 }
    }

    /// The intervals in which an entity exists.
    struct Existence: RandomAccessCollection {
        fileprivate let places: Flat<UInt32>
        fileprivate let statements: Statements

        var startIndex: Int { 0 }
        var endIndex: Int { places.count }
        subscript(position: Int) -> Interval { span(position).interval }
        func span(_ position: Int) -> Span { statements.span(places[position]) }
        func statement(_ position: Int) -> Statement { statements[Int(places[position])] }
    }

    /// All statements of a chunk.
    struct Statements: RandomAccessCollection {
        let spans: Flat<Span>
        let spanPlaces: Flat<UInt32>
        let sequences: Flat<Int64>

        var startIndex: Int { 0 }
        var endIndex: Int { spanPlaces.count }
        subscript(place: Int) -> Statement {
            Statement(span: spans[Int(spanPlaces[place])], sequence: sequences[place])
        }

        /// The span of a statement, for those who don't ask where in the ledger it is.
        @inline(__always)
        func span(_ place: UInt32) -> Span { spans[Int(spanPlaces[Int(place)])] }
    }

    /// The values of an entity's columns.
    struct Cells: RandomAccessCollection {
        fileprivate let cells: Flat<Cell>
        fileprivate let statements: Statements
        fileprivate let wide: Flat<Snapshot.Cell>

        var startIndex: Int { 0 }
        var endIndex: Int { cells.count }
        subscript(position: Int) -> Cell { cells[position] }

        func span(of cell: Cell) -> Span { statements.span(cell.statement) }
        func value(of cell: Cell) -> Snapshot.Cell {
            cell.isWide ? wide[Int(cell.value)] : Snapshot.Cell(cell.value)
        }
        func timed(_ cell: Cell) -> Snapshot.TimedCell {
            Snapshot.TimedCell(
                column: cell.column, cell: value(of: cell),
                statement: statements[Int(cell.statement)])
        }
    }

    private let base: UnsafeRawPointer

    /// - Parameter base: the beginning of a chunk, which whoever holds this one keeps alive.
    @unsafe
    init(base: UnsafeRawPointer) { unsafe self.base = base }

    /// Whether the tables of a chunk that begins with these bytes lie within them.
    static func isWellFormed(_ bytes: Flat<UInt8>) -> Bool {
        guard bytes.count >= spansOffset else { return false }
        let offsets = unsafe Chunk(base: bytes.start).offsets
        let places = [
            offsets.spans, offsets.sequences, offsets.wide, offsets.statementSpans,
            offsets.existence, offsets.cells, offsets.records,
        ]
        let tables =
            Int(offsets.spans) == spansOffset && Int(offsets.end) == bytes.count
            && zip(places, places.dropFirst() + [offsets.end]).allSatisfy { $0 <= $1 }
            && places.allSatisfy { $0 % 4 == 0 }
            && offsets.sequences % 8 == 0 && offsets.wide % 8 == 0
        guard tables else { return false }
        let chunk = unsafe Chunk(base: bytes.start)
        return (0..<size).allSatisfy { place in
            let (head, next) = (chunk.head(place), chunk.head(place + 1))
            return head.existence <= next.existence && head.cells <= next.cells
                && head.records <= next.records
        } && Int(chunk.head(size).existence) == chunk.existencePlaces.count
            && Int(chunk.head(size).cells) == chunk.cells.count
            && Int(chunk.head(size).records) == chunk.records.count
    }

    var offsets: Offsets {
        @inline(__always) get { unsafe base.load(as: Offsets.self) }
    }

    /// The head of an entity, by the last bits of its handle; of the end, after the last.
    @inline(__always)
    func head(_ place: Int) -> Head {
        precondition(UInt(bitPattern: place) <= UInt(Chunk.size), "out of bounds")
        return unsafe base.load(
            fromByteOffset: Chunk.headsOffset &+ place &* MemoryLayout<Head>.stride, as: Head.self)
    }

    /// All of it, as bytes.
    var bytes: Flat<UInt8> {
        unsafe Flat(
            base: base.assumingMemoryBound(to: UInt8.self), count: Int(offsets.end))
    }

    @inline(__always)
    var statements: Statements {
        let offsets = offsets
        return Statements(
            spans: table(from: offsets.spans, until: offsets.sequences),
            spanPlaces: table(from: offsets.statementSpans, until: offsets.existence),
            sequences: table(from: offsets.sequences, until: offsets.wide))
    }
    var wide: Flat<Snapshot.Cell> { table(from: offsets.wide, until: offsets.statementSpans) }
    var existencePlaces: Flat<UInt32> { table(from: offsets.existence, until: offsets.cells) }
    var cells: Flat<Cell> { table(from: offsets.cells, until: offsets.records) }
    var records: Flat<Snapshot.Record> { table(from: offsets.records, until: offsets.end) }

    static let headsOffset = MemoryLayout<Offsets>.stride
    static let spansOffset = headsOffset + (size + 1) * MemoryLayout<Head>.stride

    @inline(__always)
    private func table<Element>(from start: UInt32, until end: UInt32) -> Flat<Element> {
        let pointer = unsafe (base + Int(start)).assumingMemoryBound(to: Element.self)
        return unsafe Flat(
            base: pointer, count: Int(end &- start) / MemoryLayout<Element>.stride)
    }

    @inline(__always)
    func existence(of place: Int) -> Existence {
        let places = existencePlaces.stretch(
            from: Int(head(place).existence), until: Int(head(place &+ 1).existence))
        return Existence(places: places, statements: statements)
    }

    @inline(__always)
    func cells(of place: Int) -> Cells {
        let cells = cells.stretch(
            from: Int(head(place).cells), until: Int(head(place &+ 1).cells))
        return Cells(cells: cells, statements: statements, wide: wide)
    }

    @inline(__always)
    func records(of place: Int) -> Flat<Snapshot.Record> {
        records.stretch(from: Int(head(place).records), until: Int(head(place &+ 1).records))
    }
}
