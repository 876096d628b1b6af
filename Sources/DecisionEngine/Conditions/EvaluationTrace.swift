import Facts

/// Notes what an evaluation reads.
///
/// Deciding notes nothing.
protocol EvaluationTrace {
    /// A value was read.
    mutating func read(_ cell: Chunk.Cell, among cells: Chunk.Cells, of entity: Snapshot.Handle)
    /// A record was found to hold, or to have held.
    mutating func found(_ record: Snapshot.Record)
    /// Something of an entity was asked for, whether it was there or not.
    mutating func looked(at entity: Snapshot.Handle)
    /// Where the trace stands, to come back to when what follows turns out not to matter.
    var mark: Int { get }
    mutating func forget(_ marks: Range<Int>)
    /// What is read until the same number of `endCheck`s is what an aptitude check says.
    mutating func beginCheck()
    mutating func endCheck()
}

extension EvaluationTrace {
    mutating func read(_ cell: Chunk.Cell, among cells: Chunk.Cells, of entity: Snapshot.Handle) {}
    mutating func found(_ record: Snapshot.Record) {}
    mutating func looked(at entity: Snapshot.Handle) {}
    var mark: Int { 0 }
    mutating func forget(_ marks: Range<Int>) {}
    mutating func forget(since mark: Int) { forget(mark..<self.mark) }
    mutating func beginCheck() {}
    mutating func endCheck() {}
}

/// Notes nothing, at no cost.
struct NoTrace: EvaluationTrace {}

/// Notes whom else evaluating an entity's own conditions asks about: when one of these changes, so may what was found.
struct ForeignReads: EvaluationTrace {
    private let own: Snapshot.Handle
    private let columns: Borrowed<Snapshot.Columns>
    private(set) var handles: [Snapshot.Handle] = []
    /// The same, where there are many.
    private var known: Set<Snapshot.Handle> = []
    private static let few = 32

    init(of own: Snapshot.Handle, _ columns: Borrowed<Snapshot.Columns>) {
        self.own = own
        self.columns = columns
    }

    mutating func looked(at entity: Snapshot.Handle) {
        // What changes an entity's records changes the entity.
        guard entity != own, columns.value.head(of: entity).owner != own else { return }
        if handles.count < ForeignReads.few {
            guard !handles.contains(entity) else { return }
        } else {
            if known.isEmpty { known = Set(handles) }
            guard known.insert(entity).inserted else { return }
        }
        handles.append(entity)
    }
}

/// Notes the facts that somebody may be told of.
struct FactTrace: EvaluationTrace {
    enum Item: Equatable {
        case cell(Snapshot.TimedCell, of: Snapshot.Handle)
        case record(Snapshot.Handle)

        static func == (left: Item, right: Item) -> Bool {
            switch (left, right) {
            case (.record(let left), .record(let right)): left == right
            case (.cell(let left, let entity), .cell(let right, let other)):
                entity == other && left.column == right.column && left.cell == right.cell
                    && left.interval == right.interval
            default: false
            }
        }
    }

    private let hidden: LimitedReads
    private(set) var items: [Item] = []
    private var depthOfChecks = 0

    /// - Parameter hidden: what is not told.
    init(hiding hidden: LimitedReads) { self.hidden = hidden }

    mutating func read(_ cell: Chunk.Cell, among cells: Chunk.Cells, of entity: Snapshot.Handle) {
        guard !hidden.columns.contains(cell.column) else { return }
        note(.cell(cells.timed(cell), of: entity))
    }

    mutating func found(_ record: Snapshot.Record) {
        guard !hidden.kinds.contains(record.kind) else { return }
        note(.record(record.handle))
    }

    private mutating func note(_ item: Item) {
        guard depthOfChecks == 0 || !hidden.hidesChecks, !items.contains(item) else { return }
        items.append(item)
    }

    var mark: Int { items.count }
    mutating func forget(_ marks: Range<Int>) { items.removeSubrange(marks) }
    mutating func beginCheck() { depthOfChecks += 1 }
    mutating func endCheck() { depthOfChecks -= 1 }
}
