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
    let ids: [EntityID]
    let handles: HandleTable
    private let rootPlaces: [String: UInt16]
    let origins: [Origin]
    let texts: [String: Cell]
    let textsByCell: [String]
    private let arena: Arena

    init(_ builder: borrowing SnapshotBuilder) {
        arena = Arena()
        columns = arena.keep(Columns(builder, in: arena))
        sequence = builder.facts.sequence
        ids = builder.ids
        handles = HandleTable(builder.handles, in: arena)
        rootPlaces = builder.handles.rootPlaces
        origins = builder.origins
        texts = builder.texts
        textsByCell = builder.textsByCell
    }

    /// The number of a root kind; nil where no entity is below it.
    func root(of kind: String) -> UInt16? { rootPlaces[kind] }

    /// The handle of an entity; nil where nobody has spoken of it.
    subscript(id: EntityID) -> Handle? { root(of: id.kind).flatMap { handles[$0, id.name] } }
}
