import Facts

/// Looks through many for one question, and remembers what it has asked of each class and each value.
struct Sieve {
    /// What is known of a class: the place of its needs, or one of these.
    enum Verdict {
        static let unknown = UInt32.max
        static let permitted = UInt32.max - 1
        static let denied = UInt32.max - 2
        /// Each has to be asked in full.
        static let asked = UInt32.max - 3
    }

    let request: ResolvedRequest
    let start: Probe.Path.Start
    let prepared: Borrowed<Preparation.Layout>
    /// The row of the one who stays the same, and whether they are there.
    let fixedRow: Rows.Row
    let isFixedThere: Bool
    var verdicts: [UInt32]
    var tables: [NeedTable] = []
    /// For each list of needs, the tables of which one must hold.
    var needs: [[Int]] = []
    var needPlaces: [[Int]: UInt32] = [:]
    var tablePlaces: [Residuals.Need: Int] = [:]
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
        isFixedThere = fixedRow.isThere && fixedRow.hasClass
        let width =
            isOverPeople
            ? prepared.value.subjects.kinds.count : prepared.value.resources.kinds.count
        verdicts = [UInt32](repeating: Verdict.unknown, count: width)
        // Whoever is looked through has no row of their own here: conditions are asked of values given.
        probing = Probing(
            prepared, engine.snapshot.columns, subject: request.subject, subjectRow: fixedRow,
            resource: request.resource, resourceRow: fixedRow, at: request.time)
    }
}

extension Sieve {
    /// Whether one of a list of needs is met by whoever has this row.
    mutating func isMet(
        _ place: UInt32, _ handle: Snapshot.Handle, row: Rows.Row,
        _ engine: borrowing DecisionEngine
    ) -> Bool {
        let count = needs[Int(place)].count
        var index = 0
        while index < count {
            let table = needs[Int(place)][index]
            if tables[table].holds(handle, row: row, &probing, request, engine) {
                return true
            }
            index += 1
        }
        return false
    }

    /// The place of a list of needs.
    mutating func place(of found: [Residuals.Need], _ residuals: borrowing Residuals) -> UInt32 {
        let list = found.map { need in
            if let known = tablePlaces[need] { return known }
            tablePlaces[need] = tables.count
            tables.append(
                NeedTable(need, residuals.probe(need.probe), varying: start, &probing, request))
            return tables.count - 1
        }
        if let known = needPlaces[list] { return known }
        let place = UInt32(needs.count)
        needs.append(list)
        needPlaces[list] = place
        return place
    }
}

extension Evaluator {
    /// Whether one of those looked through is permitted.
    mutating func isPermitted(_ handle: Snapshot.Handle, _ sieve: inout Sieve) -> Bool {
        var horizon = Instant.distantFuture
        let row = sieve.prepared.value.rows.row(
            of: handle, at: sieve.request.time, horizon: &horizon)
        guard sieve.isFixedThere, row.isThere, row.hasClass else { return false }
        let place = row.classPlace
        if sieve.verdicts[place] == Sieve.Verdict.unknown {
            sieve.verdicts[place] = verdict(row, &sieve)
        }
        switch sieve.verdicts[place] {
        case Sieve.Verdict.permitted: return true
        case Sieve.Verdict.denied: return false
        case Sieve.Verdict.asked: break
        case let needs: guard sieve.isMet(needs, handle, row: row, engine) else { return false }
        }
        let request = sieve.request.asking(sieve.start, handle)
        return isPermittedByRows(request, sieve.prepared) ?? isPermittedByIntervals(request)
    }

    /// What is known of the class of whoever has this row.
    private mutating func verdict(_ row: Rows.Row, _ sieve: inout Sieve) -> UInt32 {
        let isOverPeople = sieve.start == .subject
        let place = residuals.place(
            action: sieve.request.action,
            subject: (isOverPeople ? row : sieve.fixedRow).classPlace,
            resource: (isOverPeople ? sieve.fixedRow : row).classPlace, sieve.prepared,
            engine, &outcomes)
        switch residuals[place] {
        case .nothing(let outcome):
            return outcomes.entries[Int(outcome)].basis == .permitted
                ? Sieve.Verdict.permitted : Sieve.Verdict.denied
        case .noAction: return Sieve.Verdict.denied
        case .tooMuch: return Sieve.Verdict.asked
        case .rules:
            guard let needs = residuals.needs(of: place, varying: sieve.start, engine) else {
                return Sieve.Verdict.asked
            }
            return needs.isEmpty ? Sieve.Verdict.denied : sieve.place(of: needs, residuals)
        }
    }
}
