import Facts
import HashTreeCollections
import PolicyProgram

/// The facts as of one ledger sequence, laid out for evaluation.
///
/// Immutable. Entities are numbered in the order of their ids; those of whom somebody speaks later, after them. What is
/// known of 256 of them lies in one `Chunk`, so that a look-up touches two short stretches of memory and allocates
/// nothing, and a change replaces no more than the chunks it touches.
final class Snapshot: Sendable {
    /// The number of an entity.
    typealias Handle = UInt32

    /// A value as evaluation sees it: a number, a rank in a scale, the number of an entity, a
    /// text or a set.
    ///
    /// The program's types say which.
    typealias Cell = Int64

    /// A cell, the column it belongs to, and when it holds.
    struct TimedCell: Sendable {
        let column: UInt32
        let cell: Cell
        /// When it holds, who said so, and where in the ledger.
        let statement: Chunk.Statement

        var interval: Interval { statement.span.interval }
    }

    /// A record in its owner's list.
    struct Record: Sendable, BitwiseCopyable {
        let kind: UInt16
        // Written out, so that a file of records has nothing in it by chance.
        private let unused: UInt16 = 0
        let handle: Handle

        init(kind: UInt16, handle: Handle) {
            self.kind = kind
            self.handle = handle
        }
    }

    /// A set, and when a list is that.
    struct TimedSet: Sendable {
        let interval: Interval
        let cell: Cell
    }

    /// What goes with what.
    struct Table: Sendable {
        /// In order of key.
        let rows: Flat<TableRow>
        let otherwise: Cell?
    }

    struct TableRow: Sendable {
        let key: Cell
        let value: Cell
    }

    /// Stands for no kind and no event.
    static let none = UInt16.max
    static let noEvent = UInt32.max
    /// The cell of a text or an entity that nothing else mentions: equal to no other.
    static let stranger: Cell = -1

    /// What evaluation reads.
    let columns: Borrowed<Columns>
    let sequence: Int64
    let names: EntityNames
    let numbers: Numbering
    let schema: SnapshotSchema
    /// A digest of who has come, gone, or become of another kind since the first of the snapshots that this one was made
    /// from; 0 where nobody has.
    let kindDigest: UInt64
    /// When each source was read to its end, and from when on it is taken to go on being read.
    let readings: [String: [Instant]]
    let assumedFrom: Instant?
    /// The kinds at the roots, by number.
    let rootNames: [String]
    // What `columns` and `names` borrow from: what was there first, what is this snapshot's own, and the chunks that
    // changes have replaced.
    let frame: Arena
    private let arena: Arena
    let replaced: TreeDictionary<Int, Arena>

    init(
        columns: Columns, sequence: Int64, names: EntityNames, numbers: Numbering,
        schema: SnapshotSchema, kindDigest: UInt64 = 0, readings: [String: [Instant]],
        assumedFrom: Instant?,
        frame: Arena, arena: Arena, replaced: TreeDictionary<Int, Arena> = [:]
    ) {
        self.columns = arena.keep(columns)
        self.sequence = sequence
        self.names = names
        self.numbers = numbers
        self.schema = schema
        self.kindDigest = kindDigest
        self.readings = readings
        self.assumedFrom = assumedFrom
        self.frame = frame
        self.arena = arena
        self.replaced = replaced
        rootNames = numbers.names.roots.sorted { $0.value < $1.value }.map(\.key)
    }

    /// Whether it was laid out as it is, and not made of another by changes.
    var isAsMade: Bool { arena === frame }

    /// How many entities have a number.
    var count: Int { columns.value.count }

    /// The number of a root kind; nil where no entity is below it.
    func root(of kind: String) -> UInt16? { numbers.names.roots[kind] }

    /// The handle of an entity; nil where nobody has spoken of it.
    subscript(id: EntityID) -> Handle? { root(of: id.kind).flatMap { names[$0, id.name] } }

    /// The id of an entity.
    ///
    /// - Complexity: linear in its length.
    func id(of handle: Handle) -> EntityID {
        let (root, name) = names.name(of: handle, at: columns.value.head(of: handle).name)
        return EntityID(kind: rootNames[Int(root)], name: name)
    }

    /// Who made a statement, and where in the ledger.
    func origin(of statement: Chunk.Statement) -> Origin {
        Origin(
            source: numbers.sources[Int(statement.span.source)], sequence: statement.sequence)
    }
}
