import Facts

/// Notes the facts that an evaluation reads.
///
/// Deciding notes none; explaining notes all.
protocol EvaluationTrace {
    mutating func read(_ cell: Snapshot.TimedCell, of entity: Snapshot.Handle)
    mutating func found(_ record: Snapshot.Handle)
    /// Where the trace stands, to come back to when what follows turns out not to matter.
    var mark: Int { get }
    mutating func forget(_ marks: Range<Int>)
    /// Until the same number of `reveal`s, notes nothing.
    mutating func hide()
    mutating func reveal()
}

extension EvaluationTrace {
    mutating func forget(since mark: Int) { forget(mark..<self.mark) }
}

/// Notes nothing, at no cost.
struct NoTrace: EvaluationTrace {
    mutating func read(_ cell: Snapshot.TimedCell, of entity: Snapshot.Handle) {}
    mutating func found(_ record: Snapshot.Handle) {}
    var mark: Int { 0 }
    mutating func forget(_ marks: Range<Int>) {}
    mutating func hide() {}
    mutating func reveal() {}
}

/// Notes everything but what an aptitude check says.
struct FactTrace: EvaluationTrace {
    enum Item: Hashable {
        case cell(
            column: UInt32, cell: Snapshot.Cell, from: Instant, until: Instant, origin: UInt32,
            of: Snapshot.Handle)
        case record(Snapshot.Handle)
    }

    private(set) var items: [Item] = []
    private var hidden = 0

    mutating func read(_ cell: Snapshot.TimedCell, of entity: Snapshot.Handle) {
        note(
            .cell(
                column: cell.column, cell: cell.cell, from: cell.from, until: cell.until,
                origin: cell.origin, of: entity))
    }

    mutating func found(_ record: Snapshot.Handle) { note(.record(record)) }

    private mutating func note(_ item: Item) {
        guard hidden == 0, !items.contains(item) else { return }
        items.append(item)
    }

    var mark: Int { items.count }
    mutating func forget(_ marks: Range<Int>) { items.removeSubrange(marks) }
    mutating func hide() { hidden += 1 }
    mutating func reveal() { hidden -= 1 }
}
