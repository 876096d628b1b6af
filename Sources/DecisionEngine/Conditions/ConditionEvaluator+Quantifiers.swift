import Facts
import PolicyProgram

/// `some`, `every` and counts over records, sets and chains: `docs/semantics.md`, 3.
extension ConditionEvaluator {
    mutating func truth(of quantifier: QuantifierNode) -> Truth {
        switch quantifier.domain {
        case .records(let kind, let owner):
            guard let handle = entity(owner) else { return .unknown }
            return overRecords(kind, of: handle, quantifier)
        case .members(let set):
            guard let cell = value(of: set) else { return .unknown }
            var tally = Tally(quantifier.quantifier)
            for member in snapshot.members(of: cell) {
                if tally.isSettled { break }
                let mark = trace.mark
                note(member, held: .true, quantifier, in: &tally, mark: mark)
            }
            return tally.result
        case .chain(let lowest, let column):
            guard let handle = entity(lowest) else { return .unknown }
            return overChain(from: handle, column: column, quantifier)
        }
    }

    private mutating func overRecords(
        _ kind: UInt16, of owner: Snapshot.Handle, _ quantifier: QuantifierNode
    ) -> Truth {
        var tally = Tally(quantifier.quantifier)
        // While a source that states such records is stale, there may be others.
        if isAnyStale(snapshot.freshness.byKind[Int(kind)]) { tally.mayHaveMore = true }
        let start = trace.mark
        for record in records(of: owner) where record.kind == kind {
            let held = holds(record.handle)
            guard held != .false else { continue }
            let mark = trace.mark
            trace.found(record)
            let found = note(
                Snapshot.Cell(record.handle), held: held, quantifier, in: &tally, mark: mark)
            if quantifier.quantifier == .some, found == .true {
                // Only the record that made it true is a reason; those looked at before it are not.
                trace.forget(start..<mark)
            }
            if tally.isSettled { break }
        }
        return tally.result
    }

    /// Everything that a quantifier would look through, unless it is unknown.
    mutating func cells(of domain: DomainNode) -> [Snapshot.Cell] {
        switch domain {
        case .records(let kind, let owner):
            guard let handle = entity(owner) else { return [] }
            return records(of: handle)
                .filter { $0.kind == kind && holds($0.handle) != .false }
                .map { Snapshot.Cell($0.handle) }
        case .members(let set): return value(of: set).map { Array(snapshot.members(of: $0)) } ?? []
        case .chain(let lowest, let column):
            guard let handle = entity(lowest) else { return [] }
            let reached = chain(from: handle, column: column).reached
            return (0..<reached.count).map { Snapshot.Cell(reached[$0]) }
        }
    }

    /// Puts one of what is looked through to the condition, and counts what comes of it.
    @discardableResult
    private mutating func note(
        _ cell: Snapshot.Cell, held: Truth, _ quantifier: QuantifierNode, in tally: inout Tally,
        mark: Int
    ) -> Truth {
        slots[Int(quantifier.slot)] = cell
        let found = truth(of: quantifier.condition)
        tally.count(found, held: held)
        return min(held, found)
    }

    /// An entity and all above it; where a way up is not known to its end, there may be others.
    private mutating func overChain(
        from lowest: Snapshot.Handle, column: UInt32, _ quantifier: QuantifierNode
    ) -> Truth {
        var tally = Tally(quantifier.quantifier)
        let (reached, isKnown) = chain(from: lowest, column: column)
        tally.mayHaveMore = !isKnown
        for index in 0..<reached.count where !tally.isSettled {
            note(
                Snapshot.Cell(reached[index]), held: .true, quantifier, in: &tally,
                mark: trace.mark)
        }
        return tally.result
    }

    /// An entity and all above it, and whether all ways up are known to their ends.
    private mutating func chain(
        from lowest: Snapshot.Handle, column: UInt32
    ) -> (reached: Ascent, isKnown: Bool) {
        var ascent = Ascent(from: lowest)
        var isKnown = true
        while let next = ascent.next() {
            guard let parents = cell(column, of: next) else {
                isKnown = false
                continue
            }
            for parent in snapshot.members(of: parents) { ascent.add(Snapshot.Handle(parent)) }
        }
        return (ascent, isKnown)
    }

    /// Whether `upper` is reached from `lower`; looks at each entity on the way once, however many ways
    /// lead to it.
    ///
    /// Unknown where it isn't, and a way ends where nobody knows how it goes on.
    mutating func isBelow(
        _ lower: Snapshot.Handle, _ upper: Snapshot.Handle, column: UInt32
    ) -> Truth {
        if lower == upper { return .true }
        var isWholeWayKnown = true
        var ascent = Ascent(from: lower)
        while let next = ascent.next() {
            guard let parents = cell(column, of: next) else {
                isWholeWayKnown = false
                continue
            }
            for parent in snapshot.members(of: parents) {
                let handle = Snapshot.Handle(parent)
                if handle == upper { return .true }
                ascent.add(handle)
            }
        }
        return isWholeWayKnown ? .false : .unknown
    }
}

/// What a quantifier has met so far.
private struct Tally {
    private let quantifier: QuantifierNode.Quantifier
    /// How many meet the condition, how many may, and how many don't.
    private var met = 0
    private var open = 0
    private var failed = 0
    /// Whether there may be others that nobody knows of.
    var mayHaveMore = false

    init(_ quantifier: QuantifierNode.Quantifier) { self.quantifier = quantifier }

    /// Counts one; `held` is whether it belongs to what is looked through at all.
    mutating func count(_ found: Truth, held: Truth) {
        if quantifier == .every {
            // Who may not belong can't spoil it for sure.
            switch max(found, !held) {
            case .true: met += 1
            case .unknown: open += 1
            case .false: failed += 1
            }
        } else {
            switch min(found, held) {
            case .true: met += 1
            case .unknown: open += 1
            case .false: failed += 1
            }
        }
    }

    /// Whether nothing more can change the result.
    var isSettled: Bool {
        switch quantifier {
        case .some: met > 0
        case .every: failed > 0
        case .atLeast(let count): met >= count
        }
    }

    var result: Truth {
        switch quantifier {
        case .some: result(atLeast: 1)
        case .atLeast(let count): result(atLeast: Int(count))
        case .every:
            if failed > 0 {
                .false
            } else if open > 0 || met == 0 || mayHaveMore {
                .unknown
            } else {
                .true
            }
        }
    }

    private func result(atLeast count: Int) -> Truth {
        if met >= count { return .true }
        return met + open >= count || mayHaveMore ? .unknown : .false
    }
}
