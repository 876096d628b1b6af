import Facts

/// Looks through many for one question, and remembers what it has asked of each class and each value.
struct Sieve {
    /// What is known of a class.
    enum Verdict {
        case unknown
        case permitted
        case denied
        /// Each has to be asked, unless none of these conditions holds; nil where there are none to ask first.
        case asked([Int]?)
    }

    let request: ResolvedRequest
    let start: Probe.Path.Start
    let prepared: Borrowed<Preparation.Layout>
    /// The row of the one who stays the same, and whether they are there.
    let fixedRow: Int
    let isFixedThere: Bool
    var verdicts: [Verdict]
    var tables: [NeedTable] = []
    var places: [Residuals.Need: Int] = [:]
    var probing: Probing

    init(
        _ request: ResolvedRequest, over start: Probe.Path.Start,
        _ prepared: Borrowed<Preparation.Layout>, _ engine: DecisionEngine
    ) {
        self.request = request
        self.start = start
        self.prepared = prepared
        let isOverPeople = start == .subject
        let fixed = isOverPeople ? request.resource : request.subject
        var horizon = Instant.distantFuture
        fixedRow = prepared.value.rows.row(of: fixed, at: request.time, horizon: &horizon)
        isFixedThere = prepared.value.rows.isThere(row: fixedRow)
        let width =
            isOverPeople
            ? prepared.value.subjectClasses : prepared.value.resourceKinds.count
        verdicts = [Verdict](repeating: .unknown, count: width)
        // Whoever is looked through has no row of their own here: conditions are asked of values given.
        probing = Probing(
            prepared, engine.snapshot.columns, subject: request.subject, subjectRow: fixedRow,
            resource: request.resource, resourceRow: fixedRow, at: request.time)
    }
}

extension Evaluator {
    /// Whether one of those looked through is permitted.
    mutating func isPermitted(_ handle: Snapshot.Handle, _ sieve: inout Sieve) -> Bool {
        var horizon = Instant.distantFuture
        let rows = sieve.prepared.value.rows
        let row = rows.row(of: handle, at: sieve.request.time, horizon: &horizon)
        guard rows.isThere(row: row), sieve.isFixedThere else { return false }
        let place = rows.classPlace(row: row)
        if case .unknown = sieve.verdicts[place] { sieve.verdicts[place] = verdict(row, &sieve) }
        switch sieve.verdicts[place] {
        case .permitted: return true
        case .denied, .unknown: return false
        case .asked(let needs):
            if let needs {
                var isNeedMet = false
                for need in needs where !isNeedMet {
                    isNeedMet = sieve.tables[need].holds(
                        handle, row: row, sieve.prepared, &sieve.probing, sieve.request, engine)
                }
                guard isNeedMet else { return false }
            }
            let request = sieve.request.asking(sieve.start, handle)
            return isPermittedByRows(request, sieve.prepared)
                ?? isPermittedByIntervals(request)
        }
    }

    /// What is known of the class of whoever has this row.
    private mutating func verdict(_ row: Int, _ sieve: inout Sieve) -> Sieve.Verdict {
        let rows = sieve.prepared.value.rows
        let isOverPeople = sieve.start == .subject
        let place = residuals.place(
            action: sieve.request.action,
            subject: rows.classPlace(row: isOverPeople ? row : sieve.fixedRow),
            resource: rows.classPlace(row: isOverPeople ? sieve.fixedRow : row), sieve.prepared,
            engine, &outcomes)
        switch residuals[place].rest {
        case .nothing(let outcome):
            return outcomes.entries[Int(outcome)].basis == .permitted ? .permitted : .denied
        case .noAction: return .denied
        case .tooMuch: return .asked(nil)
        case .rules:
            guard let needs = residuals.needs(of: place, varying: sieve.start, engine) else {
                return .asked(nil)
            }
            guard !needs.isEmpty else { return .denied }
            return .asked(
                needs.map { need in
                    if let known = sieve.places[need] { return known }
                    sieve.places[need] = sieve.tables.count
                    sieve.tables.append(
                        NeedTable(
                            residuals.probe(need.probe), varying: sieve.start, word: need.word))
                    return sieve.tables.count - 1
                })
        }
    }
}
