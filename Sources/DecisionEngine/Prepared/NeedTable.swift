import Facts

/// Whether a condition on one value holds, asked once for each value.
struct NeedTable {
    private static let unasked: UInt8 = 3
    /// Values above this are asked for each time.
    private static let greatest = 1 << 24

    private let probe: Probe
    private let start: Probe.Path.Start
    private let word: UInt32
    private var truths: [UInt8] = []
    /// Where the condition is to be one of these, who are in order: those who are not passed yet.
    private var members: Flat<Snapshot.Cell>?
    private var passed = 0
    private var last: Snapshot.Handle = 0

    init(
        _ need: Residuals.Need, _ probe: Probe, varying start: Probe.Path.Start,
        _ probing: inout Probing, _ request: borrowing ResolvedRequest
    ) {
        self.probe = probe
        self.start = start
        word = need.word
        // Whoever is looked through comes in order, so a list of them is gone through alongside.
        if need.word == 0, case .member(let element, let set) = probe, element.start == start,
            set.start != start
        {
            members = probing.members(of: set, request)
        }
    }

    /// Whether the condition holds of whoever has this row.
    @inline(__always)
    mutating func holds(
        _ handle: Snapshot.Handle, row: Rows.Row, _ probing: inout Probing,
        _ request: borrowing ResolvedRequest,
        _ engine: borrowing DecisionEngine
    ) -> Bool {
        if let members {
            // Those of whom somebody spoke later have higher numbers than their places in the order.
            if handle < last { passed = 0 }
            last = handle
            while passed < members.count, members[passed] < Snapshot.Cell(handle) { passed += 1 }
            return passed < members.count && members[passed] == Snapshot.Cell(handle)
        }
        let value = word == 0 ? handle : row[Int(word)]
        guard Int(value) < truths.count else { return ask(value, &probing, request, engine) }
        let truth = truths[Int(value)]
        guard truth == NeedTable.unasked else { return truth == Truth.true.rawValue }
        return ask(value, &probing, request, engine)
    }

    private mutating func ask(
        _ value: UInt32, _ probing: inout Probing, _ request: borrowing ResolvedRequest,
        _ engine: borrowing DecisionEngine
    ) -> Bool {
        probing.given = Probing.Given(start: start, word: word, value: value)
        let truth = probing.truth(of: probe, request, engine)
        probing.given = nil
        if value < NeedTable.greatest {
            let missing = Int(value) + 1 - truths.count
            if missing > 0 {
                let room = max(missing, truths.count)
                truths += [UInt8](repeating: NeedTable.unasked, count: room)
            }
            truths[Int(value)] = truth.rawValue
        }
        return truth == .true
    }
}
