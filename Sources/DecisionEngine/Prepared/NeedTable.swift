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

    init(_ probe: Probe, varying start: Probe.Path.Start, word: UInt32) {
        self.probe = probe
        self.start = start
        self.word = word
    }

    /// Whether the condition holds of whoever has this row.
    @inline(__always)
    mutating func holds(
        _ handle: Snapshot.Handle, row: Int, _ rows: Borrowed<Preparation.Layout>,
        _ probing: inout Probing, _ request: borrowing ResolvedRequest,
        _ engine: borrowing DecisionEngine
    ) -> Bool {
        let value = word == 0 ? handle : rows.value.rows.words[row &+ Int(word)]
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
