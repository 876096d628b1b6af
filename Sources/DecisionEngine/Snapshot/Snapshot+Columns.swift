import Facts
import PolicyProgram

extension Snapshot {
    /// The facts in numbers.
    ///
    /// Everything known of entity *n* lies between `starts[n]` and `starts[n + 1]` of the table in question, so a
    /// look-up touches one short stretch of memory and allocates nothing.
    struct Columns: Sendable {
        let kinds: Flat<UInt16>
        let kinship: Kinship
        let owners: Flat<Handle?>
        let endedBy: Flat<UInt32>
        let recordOrigins: Flat<UInt32>

        private let existenceStarts: Flat<UInt32>
        private let existence: Flat<Interval>
        private let cellStarts: Flat<UInt32>
        private let cells: Flat<TimedCell>
        private let recordStarts: Flat<UInt32>
        private let records: Flat<Record>
        private let setStarts: Flat<UInt32>
        private let setMembers: Flat<Cell>

        /// What a column holds where no fact says otherwise.
        let defaults: Flat<Cell?>
        /// For each of the vocabulary's lists, the sets it is over time, in order and without a gap.
        let lists: Flat<Flat<TimedSet>>
        /// For each of the vocabulary's tables, what goes with what.
        let tables: Flat<Table>
        /// Who states facts, and when what they say counts.
        let freshness: Freshness
        /// For each column, whether it serves one purpose, so that explanations name nothing of it.
        let isColumnLimited: Flat<Bool>
        /// For each kind, likewise.
        let isKindLimited: Flat<Bool>
        /// The program's constants.
        let constants: Flat<Cell?>

        init(_ builder: borrowing SnapshotBuilder, in arena: Arena) {
            kinds = arena.keep(builder.kinds)
            kinship = Kinship(builder.program.tables, in: arena)
            owners = arena.keep(builder.owners)
            endedBy = arena.keep(builder.endedBy)
            recordOrigins = arena.keep(builder.recordOrigins)
            existenceStarts = arena.keep(builder.existenceStarts)
            existence = arena.keep(builder.existence)
            cellStarts = arena.keep(builder.cellStarts)
            cells = arena.keep(builder.cells)
            recordStarts = arena.keep(builder.recordStarts)
            records = arena.keep(builder.records)
            setStarts = arena.keep(builder.setStarts)
            setMembers = arena.keep(builder.setMembers)
            defaults = arena.keep(builder.defaults)
            isColumnLimited = arena.keep(builder.isColumnLimited)
            isKindLimited = arena.keep(builder.isKindLimited)
            lists = Columns.keep(builder.lists, in: arena)
            tables = Columns.keep(builder.tables, in: arena)
            freshness = Freshness(builder.freshness, in: arena)
            constants = arena.keep(builder.constants)
        }

        private static func keep(_ lists: [[TimedSet]], in arena: Arena) -> Flat<Flat<TimedSet>> {
            var kept: [Flat<TimedSet>] = []
            for list in lists { kept.append(arena.keep(list)) }
            return arena.keep(kept)
        }

        private static func keep(
            _ tables: [SnapshotBuilder.Table], in arena: Arena
        ) -> Flat<Table> {
            var kept: [Table] = []
            for table in tables {
                let rows = table.rows.sorted { $0.key < $1.key }
                    .map { TableRow(key: $0.key, value: $0.value) }
                kept.append(Table(rows: arena.keep(rows), otherwise: table.otherwise))
            }
            return arena.keep(kept)
        }

        /// The members of a set, in order.
        func members(of set: Cell) -> Flat<Cell> { setMembers.stretch(Int(set), of: setStarts) }

        /// When an entity exists.
        func existence(of handle: Handle) -> Flat<Interval> {
            existence.stretch(Int(handle), of: existenceStarts)
        }

        /// The cells of all columns of an entity.
        func cells(of handle: Handle) -> Flat<TimedCell> {
            cells.stretch(Int(handle), of: cellStarts)
        }

        /// All records of an entity, past and future ones too.
        func records(of handle: Handle) -> Flat<Record> {
            records.stretch(Int(handle), of: recordStarts)
        }
    }
}

extension Flat where Element == Snapshot.TableRow {
    /// What goes with a key; nil where nothing does.
    ///
    /// - Complexity: logarithmic.
    func value(for key: Snapshot.Cell) -> Snapshot.Cell? {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            let row = self[middle]
            if row.key == key { return row.value }
            if row.key < key { low = middle + 1 } else { high = middle }
        }
        return nil
    }
}

extension Flat where Element == Snapshot.Cell {
    /// Whether a set's members, which are in order, have this one among them.
    ///
    /// - Complexity: logarithmic, where there are many.
    func has(_ member: Snapshot.Cell) -> Bool {
        var (low, high) = (0, count)
        while high - low > 8 {
            let middle = (low + high) / 2
            if self[middle] <= member { low = middle } else { high = middle }
        }
        while low < high {
            if self[low] == member { return true }
            low += 1
        }
        return false
    }
}
