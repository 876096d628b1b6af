import Facts
import PolicyProgram

/// Who has whom in a column, looked up by whom: at any time, past ones too.
struct References: Sendable {
    /// Of one column: those that are referred to, and by whom.
    private struct Table: Sendable {
        var targets: [Snapshot.Handle] = []
        var starts: [UInt32] = []
        var referrers: [Snapshot.Handle] = []

        /// - Parameter pairs: who is referred to and by whom, in one word, in order.
        init(_ pairs: [UInt64]) {
            referrers.reserveCapacity(pairs.count)
            for pair in pairs {
                let target = Snapshot.Handle(truncatingIfNeeded: pair >> 32)
                if targets.last != target {
                    targets.append(target)
                    starts.append(UInt32(referrers.count))
                }
                referrers.append(Snapshot.Handle(truncatingIfNeeded: pair))
            }
            starts.append(UInt32(referrers.count))
        }

        func range(of target: Snapshot.Handle) -> Range<Int>? {
            var (low, high) = (0, targets.count)
            while low < high {
                let middle = (low + high) / 2
                if targets[middle] < target { low = middle + 1 } else { high = middle }
            }
            guard low < targets.count, targets[low] == target else { return nil }
            return Int(starts[low])..<Int(starts[low + 1])
        }
    }

    private let columns: Set<UInt32>
    private let setColumns: Set<UInt32>
    private let tables: [UInt32: Table]
    /// What changed entities have come to refer to.
    private var recent: [UInt32: [Snapshot.Handle: [Snapshot.Handle]]] = [:]

    /// - Parameters:
    ///   - columns: those that are followed backwards, of entities or sets of them.
    ///   - program: what says which of them are sets.
    ///   - snapshot: the facts.
    /// - Complexity: O(*n* log *n*) in the number of values in these columns, and linear in that of all values.
    init(_ columns: Set<UInt32>, _ program: Program, in snapshot: Snapshot.Columns) {
        self.columns = columns
        setColumns = columns.filter { program.isSet($0) }
        var pairs: [UInt32: [UInt64]] = [:]
        for column in columns { pairs[column] = [] }
        for handle in 0..<Snapshot.Handle(snapshot.count) {
            References.forEachReference(of: handle, in: snapshot, columns, setColumns) {
                pairs[$0, default: []].append(UInt64($1) << 32 | UInt64(handle))
            }
        }
        tables = pairs.mapValues { Table($0.sorted()) }
    }

    /// The same, and what changed entities refer to now; what they no longer do is left in.
    func adding(_ changed: Set<Snapshot.Handle>, in snapshot: Snapshot.Columns) -> References {
        var references = self
        for handle in changed {
            References.forEachReference(of: handle, in: snapshot, columns, setColumns) {
                references.recent[$0, default: [:]][$1, default: []].append(handle)
            }
        }
        return references
    }

    /// Calls `body` with everybody who has `target` in a column, some of them more than once.
    ///
    /// - Complexity: linear in their number, and logarithmic in that of those who are referred to.
    func forEach(
        having target: Snapshot.Handle, in column: UInt32, _ body: (Snapshot.Handle) -> Void
    ) {
        if let table = tables[column], let range = table.range(of: target) {
            for place in range { body(table.referrers[place]) }
        }
        for referrer in recent[column]?[target] ?? [] { body(referrer) }
    }

    private static func forEachReference(
        of handle: Snapshot.Handle, in snapshot: Snapshot.Columns, _ columns: Set<UInt32>,
        _ setColumns: Set<UInt32>, _ body: (UInt32, Snapshot.Handle) -> Void
    ) {
        let cells = snapshot.cells(of: handle)
        for cell in cells where columns.contains(cell.column) {
            let value = cells.value(of: cell)
            if setColumns.contains(cell.column) {
                for member in snapshot.members(of: value) {
                    if let target = Snapshot.Handle(exactly: member) { body(cell.column, target) }
                }
            } else if let target = Snapshot.Handle(exactly: value) {
                body(cell.column, target)
            }
        }
    }
}

extension Program {
    /// Whether a column has entities, or sets of them.
    func refersToEntities(_ column: UInt32) -> Bool {
        switch attribute(column)?.type {
        case .some(.entity), .some(.set(of: .entity)): true
        default: false
        }
    }

    /// Whether a column has sets.
    func isSet(_ column: UInt32) -> Bool {
        if case .some(.set) = attribute(column)?.type { true } else { false }
    }

    /// Whether who has no value in a column has one all the same.
    func hasTellingDefault(_ column: UInt32) -> Bool {
        switch attribute(column)?.defaultValue {
        case nil: false
        case .some(.set(let members)): !members.isEmpty
        case .some: true
        }
    }

    private func attribute(_ column: UInt32) -> AttributeDeclaration? {
        vocabulary.attribute(of: tables.columns[Int(column)])
    }
}
