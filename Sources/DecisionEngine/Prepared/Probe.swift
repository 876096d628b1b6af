import Facts
import PolicyProgram

/// How a condition that takes the whole request is asked for.
enum Probe: Sendable, BitwiseCopyable {
    /// Two values compared.
    case compare(Node.Comparison, Path, Path)
    /// A value in a set.
    case member(Path, of: Path)
    /// Two sets with a member in common.
    case overlap(Path, Path)
    /// The first set holds the second.
    case superset(Path, Path)
    /// A boolean value.
    case flag(Path)
    /// Anything else: by the evaluator of conditions.
    case condition(NodeIndex)

    /// Where a value is found: where it begins, and the words of rows that lead on from there.
    struct Path: Sendable, BitwiseCopyable {
        enum Start: Sendable, BitwiseCopyable {
            case subject
            case resource
            case constant(Snapshot.Cell?)
            case context(UInt32)
        }

        let start: Start
        let first: UInt32
        let second: UInt32
        let third: UInt32
    }
}

extension Probe {
    /// The quickest way to ask for a condition.
    init(
        _ index: NodeIndex, _ tables: ConditionTables.Layout, _ columns: Snapshot.Columns,
        wordOfColumn: Flat<UInt32>
    ) {
        func path(_ operand: UInt32) -> Path? {
            Path(operand, tables, columns, wordOfColumn: wordOfColumn)
        }
        self = .condition(index)
        switch tables.nodes[Int(index)] {
        case .compare(let comparison, let left, let right):
            if let left = path(left), let right = path(right) {
                self = .compare(comparison, left, right)
            }
        case .member(let element, let set):
            if let element = path(element), let set = path(set) {
                self = .member(element, of: set)
            }
        case .overlap(let left, let right):
            if let left = path(left), let right = path(right) { self = .overlap(left, right) }
        case .superset(let left, let right):
            if let left = path(left), let right = path(right) { self = .superset(left, right) }
        case .flag(let operand):
            if let operand = path(operand) { self = .flag(operand) }
        default: return
        }
    }
}

extension Probe.Path {
    private static let most = 3

    /// The path to an operand's value; nil where it is none of few steps, or rows don't have it.
    init?(
        _ operand: UInt32, _ tables: ConditionTables.Layout, _ columns: Snapshot.Columns,
        wordOfColumn: Flat<UInt32>
    ) {
        var words: [UInt32] = []
        var next = operand
        var start: Start?
        while start == nil {
            switch tables.operands[Int(next)] {
            case .subject: start = .subject
            case .resource: start = .resource
            case .constant(let place): start = .constant(columns.constants[Int(place)])
            case .context(let place): start = .context(place)
            case .column(let column, let base):
                guard wordOfColumn[Int(column)] != 0, words.count < Probe.Path.most else {
                    return nil
                }
                words.insert(wordOfColumn[Int(column)], at: 0)
                next = base
            case .slot, .list, .lookup, .began, .ends: return nil
            }
        }
        guard let start else { return nil }
        // What a constant or a circumstance leads to is looked up where its entity may not be one.
        switch start {
        case .constant where !words.isEmpty, .context where !words.isEmpty: return nil
        default: break
        }
        self.start = start
        words += [0, 0, 0]
        (first, second, third) = (words[0], words[1], words[2])
    }
}

extension Probe.Path.Start: Equatable {}

/// Asks for conditions of one request at one instant, by rows.
struct Probing {
    private let prepared: Borrowed<Preparation.Layout>
    private let columns: Borrowed<Snapshot.Columns>
    private let subject: Snapshot.Handle
    private let resource: Snapshot.Handle
    private let subjectRow: Int
    private let resourceRow: Int
    let time: Instant
    var horizon: Instant

    init(
        _ prepared: Borrowed<Preparation.Layout>, _ columns: Borrowed<Snapshot.Columns>,
        subject: Snapshot.Handle, subjectRow: Int, resource: Snapshot.Handle, resourceRow: Int,
        at time: Instant
    ) {
        self.prepared = prepared
        self.columns = columns
        self.subject = subject
        self.subjectRow = subjectRow
        self.resource = resource
        self.resourceRow = resourceRow
        self.time = time
        horizon = .distantFuture
    }

    mutating func truth(
        of probe: Probe, _ request: borrowing ResolvedRequest, _ engine: borrowing DecisionEngine
    ) -> Truth {
        switch probe {
        case .compare(let comparison, let left, let right):
            guard let first = value(left, request), let second = value(right, request) else {
                return .unknown
            }
            return Truth(comparison.holds(first, second))
        case .member(let element, let set):
            guard let cell = value(element, request), let other = value(set, request) else {
                return .unknown
            }
            return Truth(columns.value.members(of: other).has(cell))
        case .overlap(let left, let right):
            guard let first = value(left, request), let second = value(right, request) else {
                return .unknown
            }
            let others = columns.value.members(of: second)
            return Truth(columns.value.members(of: first).contains { others.has($0) })
        case .superset(let left, let right):
            guard let first = value(left, request), let second = value(right, request) else {
                return .unknown
            }
            let members = columns.value.members(of: first)
            return Truth(columns.value.members(of: second).allSatisfy { members.has($0) })
        case .flag(let path): return value(path, request).map { Truth($0 == 1) } ?? .unknown
        case .condition(let index):
            var evaluator = ConditionEvaluator(
                engine.tables, engine.snapshot, question: request, time: time, trace: NoTrace(),
                preparation: prepared)
            let truth = evaluator.openTruth(of: index)
            horizon = min(horizon, evaluator.horizon)
            return truth
        }
    }

    @inline(__always)
    private mutating func value(
        _ path: Probe.Path, _ request: borrowing ResolvedRequest
    ) -> Snapshot.Cell? {
        var row: Int
        switch path.start {
        case .subject:
            guard path.first != 0 else { return Snapshot.Cell(subject) }
            row = subjectRow
        case .resource:
            guard path.first != 0 else { return Snapshot.Cell(resource) }
            row = resourceRow
        case .constant(let cell): return cell
        case .context(let place): return request.circumstances.cell(place)
        }
        var word = prepared.value.rows.words[row &+ Int(path.first)]
        if path.second != 0 {
            guard word != Rows.unknown else { return nil }
            row = prepared.value.rows.row(of: word, at: time, horizon: &horizon)
            word = prepared.value.rows.words[row &+ Int(path.second)]
        }
        if path.third != 0 {
            guard word != Rows.unknown else { return nil }
            row = prepared.value.rows.row(of: word, at: time, horizon: &horizon)
            word = prepared.value.rows.words[row &+ Int(path.third)]
        }
        return word == Rows.unknown ? nil : Snapshot.Cell(word)
    }
}
