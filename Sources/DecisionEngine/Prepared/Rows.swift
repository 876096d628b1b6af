import Facts

/// What is known of each entity from one instant on, as decisions read it: a short row of words for each stretch of
/// time in which none of it changes.
///
///     word 0   whether it exists or holds (2 bits), its class (30 bits)
///     word 1   the row that follows in time, counted from 1; 0 where nothing will change
///     word 2…  the values of the columns that such entities have a place for
///
/// Rows lie in chunks, as facts do. The rows of a chunk's entities as of the first instant come first, in order. Those
/// for later times come after them, each with the instant from which on it holds in the two words before it.
struct Rows: Sendable {
    /// A row: its words.
    typealias Row = Flat<UInt32>

    /// The instant from which on they hold.
    let since: Instant
    /// How many words a row has.
    let stride: Int
    let chunks: Pieces<Flat<UInt32>>
    /// For each column, its word in a row; 0 where rows don't have it.
    let wordOfColumn: Flat<UInt32>

    /// The word of a value that is unknown.
    static let unknown = UInt32.max
    /// The greatest class there may be.
    static let mostClasses = 1 << 24

    /// Stands for the class of what is neither a person nor a resource.
    static let noClass = 0x3FFF_FFFF

    static func head(_ holds: Truth, class place: UInt32) -> UInt32 {
        UInt32(holds.rawValue) << 30 | place
    }

    /// An entity's row at an instant; `horizon` becomes no later than the next one's beginning.
    @inline(__always)
    func row(of handle: Snapshot.Handle, at time: Instant, horizon: inout Instant) -> Row {
        let chunk = chunks[Int(handle >> Chunk.bits)]
        var place = Snapshot.Columns.place(of: handle) &* stride
        while true {
            let later = chunk[place &+ 1]
            guard later != 0 else { break }
            let next = Rows.place(ofLater: later, stride)
            let from = Rows.instant(before: next, in: chunk)
            guard from <= time else {
                horizon = min(horizon, from)
                break
            }
            place = next
        }
        return chunk.stretch(from: place, until: place &+ stride)
    }

    /// The class of an entity at the first instant; nil for what is neither a person nor a resource.
    ///
    /// Reads what a decision reads next anyway, where the chunks of facts are another stretch of memory.
    @inline(__always)
    func firstClass(of handle: Snapshot.Handle) -> Int? {
        let head = chunks[Int(handle >> Chunk.bits)][Snapshot.Columns.place(of: handle) &* stride]
        let place = Int(head) & Rows.noClass
        return place == Rows.noClass ? nil : place
    }

    /// Where a later row of a chunk begins.
    @inline(__always)
    static func place(ofLater later: UInt32, _ stride: Int) -> Int {
        Chunk.size &* stride &+ (Int(later) &- 1) &* (stride &+ 2) &+ 2
    }

    /// The instant from which on a later row holds.
    @inline(__always)
    static func instant(before place: Int, in chunk: Flat<UInt32>) -> Instant {
        let seconds = UInt64(chunk[place &- 1]) << 32 | UInt64(chunk[place &- 2])
        return Instant(secondsSinceEpoch: Int64(bitPattern: seconds))
    }

    /// The two words before a later row.
    static func words(of instant: Instant) -> [UInt32] {
        let seconds = UInt64(bitPattern: instant.secondsSinceEpoch)
        return [UInt32(truncatingIfNeeded: seconds), UInt32(truncatingIfNeeded: seconds >> 32)]
    }

    /// Whether two rows of one entity say the same, classes apart.
    @inline(__always)
    static func haveSameValues(_ row: Row, _ other: Row) -> Bool {
        for word in 2..<row.count where row[word] != other[word] { return false }
        return row.isThere == other.isThere
    }
}

extension Flat where Element == UInt32 {
    /// Whether a row's entity exists, or its record holds.
    @inline(__always) var holds: Truth { Truth(rawValue: UInt8(self[0] >> 30)) ?? .false }
    @inline(__always) var isThere: Bool { self[0] >> 30 != 0 }
    /// The class that a row's entity is of.
    @inline(__always) var classPlace: Int { Int(self[0]) & Rows.noClass }
    /// Whether its entity is a person or a resource at all.
    @inline(__always) var hasClass: Bool { classPlace != Rows.noClass }
}

/// The rows of a chunk while they are being laid.
struct RowChunk {
    private let stride: Int
    private var words: [UInt32]
    private var laterWords: [UInt32] = []
    private var later: UInt32 = 0

    init(stride: Int) {
        self.stride = stride
        words = [UInt32](repeating: 0, count: Chunk.size * stride)
        // Where there is no entity, there is nobody.
        for place in 0..<Chunk.size {
            words[place * stride] = Rows.head(.false, class: UInt32(Rows.noClass))
        }
    }

    /// Lays an entity's first row.
    mutating func lay(_ row: some Sequence<UInt32>, at place: Int) {
        var word = place * stride
        for value in row {
            words[word] = value
            word += 1
        }
        words[place * stride + 1] = 0
    }

    /// Lays a row after one laid before.
    ///
    /// - Parameters:
    ///   - row: its words.
    ///   - from: the instant from which on it holds.
    ///   - last: where the one before lies: nil for the entity's first.
    ///   - place: the entity.
    /// - Returns: where it lies.
    mutating func lay(
        _ row: some Sequence<UInt32>, from: Instant, after last: Int?, at place: Int
    ) -> Int {
        later += 1
        if let last { laterWords[last + 1] = later } else { words[place * stride + 1] = later }
        laterWords += Rows.words(of: from)
        let start = laterWords.count
        laterWords.append(contentsOf: row)
        laterWords[start + 1] = 0
        return start
    }

    /// Lays the rows that an entity has in another chunk.
    mutating func copy(_ place: Int, from chunk: Flat<UInt32>) {
        var start = place * stride
        lay(chunk.stretch(from: start, until: start + stride), at: place)
        var last: Int?
        while chunk[start + 1] != 0 {
            start = Rows.place(ofLater: chunk[start + 1], stride)
            last = lay(
                chunk.stretch(from: start, until: start + stride),
                from: Rows.instant(before: start, in: chunk), after: last, at: place)
        }
    }

    /// Whether words are rows of a chunk's entities and later ones, of classes that there are, none before another that it
    /// follows.
    static func isWellFormed(_ words: Flat<UInt32>, stride: Int, classes: Int) -> Bool {
        let first = Chunk.size * stride
        guard words.count >= first, (words.count - first) % (stride + 2) == 0 else { return false }
        let laterCount = (words.count - first) / (stride + 2)
        func isRow(at place: Int, after number: Int) -> Bool {
            let (row, later) = (Int(words[place]) & Rows.noClass, Int(words[place + 1]))
            return (row == Rows.noClass || row < classes)
                && (later == 0 || (later > number && later <= laterCount))
        }
        return (0..<Chunk.size).allSatisfy { isRow(at: $0 * stride, after: 0) }
            && (0..<laterCount).allSatisfy {
                isRow(at: Rows.place(ofLater: UInt32($0 + 1), stride), after: $0 + 1)
            }
    }

    func words(in arena: Arena) -> Flat<UInt32> { arena.keep(words, laterWords) }
}
