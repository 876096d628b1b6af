import Facts
import PolicyProgram

/// The facts as of one ledger sequence, laid out for evaluation.
///
/// Immutable.
///
/// Entities are numbered; everything known of entity *n* lies between `starts[n]` and `starts[n + 1]` of
/// the table in question, so a look-up touches one short stretch of memory and allocates nothing.
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
        let from: Instant
        let until: Instant
        /// Who said so, in the table of origins.
        let origin: UInt32
    }

    /// A record in its owner's list.
    struct Record: Sendable {
        let kind: UInt16
        let handle: Handle
    }

    /// A set, and when a list is that.
    struct TimedSet: Sendable {
        let interval: Interval
        let cell: Cell
    }

    /// What goes with what.
    struct Table: Sendable {
        let rows: [Cell: Cell]
        let otherwise: Cell?
    }

    /// Stands for no kind and no event.
    static let none = UInt16.max
    static let noEvent = UInt32.max
    /// The cell of a text or an entity that nothing else mentions: equal to no other.
    static let stranger: Cell = -1

    let sequence: Int64
    let ids: [EntityID]
    let handles: [EntityID: Handle]
    let kinds: [UInt16]
    let kinship: Kinship
    let owners: [Handle?]
    let endedBy: [UInt32]
    let origins: [Origin]
    let recordOrigins: [UInt32]

    let existenceStarts: [UInt32]
    let existence: [Interval]
    let cellStarts: [UInt32]
    let cells: [TimedCell]
    let recordStarts: [UInt32]
    let records: [Record]
    let setStarts: [UInt32]
    let setMembers: [Cell]

    let texts: [String: Cell]
    let textsByCell: [String]
    /// What a column holds where no fact says otherwise.
    let defaults: [Cell?]
    /// For each of the vocabulary's lists, the sets it is over time, in order and without a gap.
    let lists: [[TimedSet]]
    /// For each of the vocabulary's tables, what goes with what.
    let tables: [Table]
    /// Who states facts, and when what they say counts.
    let freshness: SnapshotFreshness
    /// For each column, whether it serves one purpose, so that explanations name nothing of it.
    let isColumnLimited: [Bool]
    /// For each kind, likewise.
    let isKindLimited: [Bool]
    /// The program's constants.
    let constants: [Cell?]

    init(_ builder: borrowing SnapshotBuilder) {
        sequence = builder.facts.sequence
        ids = builder.ids
        handles = builder.handles
        kinds = builder.kinds
        kinship = Kinship(builder.program.tables)
        owners = builder.owners
        endedBy = builder.endedBy
        origins = builder.origins
        recordOrigins = builder.recordOrigins
        existenceStarts = builder.existenceStarts
        existence = builder.existence
        cellStarts = builder.cellStarts
        cells = builder.cells
        recordStarts = builder.recordStarts
        records = builder.records
        setStarts = builder.setStarts
        setMembers = builder.setMembers
        texts = builder.texts
        textsByCell = builder.textsByCell
        defaults = builder.defaults
        isColumnLimited = builder.isColumnLimited
        isKindLimited = builder.isKindLimited
        lists = builder.lists
        tables = builder.tables
        freshness = builder.freshness
        constants = builder.constants
    }

    /// The members of a set, in order.
    func members(of set: Cell) -> ArraySlice<Cell> {
        let index = Int(set)
        return setMembers[Int(setStarts[index])..<Int(setStarts[index + 1])]
    }

    /// When an entity exists.
    func existence(of handle: Handle) -> ArraySlice<Interval> {
        existence[Int(existenceStarts[Int(handle)])..<Int(existenceStarts[Int(handle) + 1])]
    }

    /// The cells of all columns of an entity.
    func cells(of handle: Handle) -> ArraySlice<TimedCell> {
        cells[Int(cellStarts[Int(handle)])..<Int(cellStarts[Int(handle) + 1])]
    }

    /// All records of an entity, past and future ones too.
    func records(of handle: Handle) -> ArraySlice<Record> {
        records[Int(recordStarts[Int(handle)])..<Int(recordStarts[Int(handle) + 1])]
    }
}
