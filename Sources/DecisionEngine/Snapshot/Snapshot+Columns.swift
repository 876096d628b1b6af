import Facts
import PolicyProgram

extension Snapshot {
    /// The facts in numbers.
    struct Columns: Sendable {
        let chunks: Pieces<Chunk>
        /// How many entities there are.
        let count: Int
        let sets: Sets
        /// What doesn't depend on facts.
        let constants: Constants
        /// Who states facts, and when what they say counts.
        let freshness: Freshness

        /// What is known of an entity itself.
        @inline(__always)
        func head(of handle: Handle) -> Chunk.Head {
            chunks[Int(handle >> Chunk.bits)].head(Columns.place(of: handle))
        }

        /// An entity's kind; `Snapshot.none` for one that is only referred to.
        @inline(__always)
        func kind(of handle: Handle) -> UInt16 { head(of: handle).kind }

        /// Who a record belongs to.
        func owner(of handle: Handle) -> Handle? {
            let owner = head(of: handle).owner
            return owner == Chunk.Head.noOwner ? nil : owner
        }

        /// The event that ended a record; `Snapshot.noEvent` where none did.
        func event(thatEnded handle: Handle) -> UInt32 {
            let event = head(of: handle).endedBy
            return event == .max ? Snapshot.noEvent : UInt32(event)
        }

        /// When an entity exists.
        @inline(__always)
        func existence(of handle: Handle) -> Chunk.Existence {
            chunks[Int(handle >> Chunk.bits)].existence(of: Columns.place(of: handle))
        }

        /// When an entity exists for the last time, and who says so; nil where it never does.
        func lastSpan(of handle: Handle) -> Chunk.Span? {
            let existence = existence(of: handle)
            return existence.isEmpty ? nil : existence.span(existence.count - 1)
        }

        /// What is said of the last time that an entity exists; nil where it never does.
        func lastStatement(of handle: Handle) -> Chunk.Statement? {
            let existence = existence(of: handle)
            return existence.isEmpty ? nil : existence.statement(existence.count - 1)
        }

        /// The cells of all columns of an entity.
        @inline(__always)
        func cells(of handle: Handle) -> Chunk.Cells {
            chunks[Int(handle >> Chunk.bits)].cells(of: Columns.place(of: handle))
        }

        /// All records of an entity, past and future ones too.
        @inline(__always)
        func records(of handle: Handle) -> Flat<Record> {
            chunks[Int(handle >> Chunk.bits)].records(of: Columns.place(of: handle))
        }

        /// The members of a set, in order.
        @inline(__always)
        func members(of set: Cell) -> Flat<Cell> { sets.members(of: Int(set)) }

        /// Which of its chunk's entities one is.
        static func place(of handle: Handle) -> Int { Int(handle) & (Chunk.size - 1) }
    }

    /// What a program says by itself, in numbers.
    struct Constants: Sendable {
        let kinship: Kinship
        /// What a column holds where no fact says otherwise.
        let defaults: Flat<Cell?>
        /// For each of the vocabulary's lists, the sets it is over time, in order and without a gap.
        let lists: Flat<Flat<TimedSet>>
        /// For each of the vocabulary's tables, what goes with what.
        let tables: Flat<Table>
        /// The program's constants.
        let values: Flat<Cell?>

        /// Gives numbers to what has none yet.
        init(_ program: Program, _ numbers: inout Numbering, in arena: Arena) {
            let vocabulary = program.vocabulary
            func cell(_ value: Value, _ type: ValueType, _ numbers: inout Numbering) -> Cell? {
                numbers.cell(of: value, as: ValueEncoding(type, vocabulary))
            }
            kinship = Kinship(program.tables, in: arena)
            var defaults: [Cell?] = []
            for key in program.tables.columns {
                defaults.append(
                    vocabulary.attribute(of: key).flatMap { attribute in
                        attribute.defaultValue.flatMap { cell($0, attribute.type, &numbers) }
                    })
            }
            self.defaults = arena.keep(defaults)
            var values: [Cell?] = []
            for constant in program.tables.constants {
                values.append(cell(constant.value, constant.type, &numbers))
            }
            self.values = arena.keep(values)
            var lists: [Flat<TimedSet>] = []
            for list in vocabulary.lists {
                let inside = list.members.flatMap { [$0.interval.from, $0.interval.until] }
                let boundaries = Set(inside + [.distantPast, .distantFuture]).sorted()
                var sets: [TimedSet] = []
                for (from, until) in zip(boundaries, boundaries.dropFirst()) {
                    let members = (list.values(at: from).members ?? []).compactMap {
                        cell($0, list.memberType, &numbers)
                    }
                    sets.append(
                        TimedSet(
                            interval: Interval(from: from, until: until),
                            cell: numbers.set(of: members.sorted())))
                }
                lists.append(arena.keep(sets))
            }
            self.lists = arena.keep(lists)
            var tables: [Table] = []
            for table in vocabulary.tables {
                var rows: [Cell: Cell] = [:]
                for row in table.rows {
                    guard let key = cell(row.key, table.keyType, &numbers) else { continue }
                    rows[key] = cell(row.value, table.valueType, &numbers)
                }
                tables.append(
                    Table(
                        rows: arena.keep(
                            rows.sorted { $0.key < $1.key }
                                .map { TableRow(key: $0.key, value: $0.value) }),
                        otherwise: table.otherwise.flatMap {
                            cell($0, table.valueType, &numbers)
                        }))
            }
            self.tables = arena.keep(tables)
        }
    }

    /// The members of all sets: those there were first, and those that have come since.
    struct Sets: Sendable {
        private let first: SetTable
        private let recent: SetTable

        /// Lays out frozen sets, and what has come since.
        init(_ sets: Interned<SetTable>, in arena: Arena) {
            first = sets.table ?? SetTable([], in: arena)
            recent = SetTable(sets.recent, in: arena)
        }

        @inline(__always)
        func members(of set: Int) -> Flat<Cell> {
            set < first.count
                ? first.members(of: set) : recent.members(of: set &- first.count)
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
