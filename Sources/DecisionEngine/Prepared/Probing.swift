import Facts
import PolicyProgram

/// Asks for conditions of one request at one instant, by rows.
struct Probing {
    private let prepared: Borrowed<Preparation.Layout>
    private let columns: Borrowed<Snapshot.Columns>
    private let subject: Snapshot.Handle
    private let resource: Snapshot.Handle
    private let subjectRow: Rows.Row
    private let resourceRow: Rows.Row
    let time: Instant
    var horizon: Instant
    /// What takes the place of a value, whoever the request is about.
    var given: Given?

    /// A value at the beginning of paths: of the subject or of the resource.
    struct Given {
        let start: Probe.Path.Start
        /// The word of the row; 0 for the subject or the resource itself.
        let word: UInt32
        let value: UInt32
    }

    init(
        _ prepared: Borrowed<Preparation.Layout>, _ columns: Borrowed<Snapshot.Columns>,
        subject: Snapshot.Handle, subjectRow: Rows.Row, resource: Snapshot.Handle,
        resourceRow: Rows.Row,
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

    /// The members of a set; nil where it is unknown.
    mutating func members(
        of path: Probe.Path, _ request: borrowing ResolvedRequest
    ) -> Flat<Snapshot.Cell>? {
        guard let set = value(path, request) else { return nil }
        return columns.value.members(of: set)
    }

    @inline(__always)
    private mutating func value(
        _ path: Probe.Path, _ request: borrowing ResolvedRequest
    ) -> Snapshot.Cell? {
        if let given, given.start == path.start, given.word == path.first {
            return value(from: given.value, path)
        }
        let row: Rows.Row
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
        return value(from: row[Int(path.first)], path)
    }

    /// Where the rest of a path leads from what its first word has.
    @inline(__always)
    private mutating func value(from first: UInt32, _ path: Probe.Path) -> Snapshot.Cell? {
        var word = first
        if path.second != 0 {
            guard word != Rows.unknown else { return nil }
            word = prepared.value.rows.row(of: word, at: time, horizon: &horizon)[Int(path.second)]
        }
        if path.third != 0 {
            guard word != Rows.unknown else { return nil }
            word = prepared.value.rows.row(of: word, at: time, horizon: &horizon)[Int(path.third)]
        }
        return word == Rows.unknown ? nil : Snapshot.Cell(word)
    }
}
