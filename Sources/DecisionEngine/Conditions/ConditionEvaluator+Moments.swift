import Facts
import PolicyProgram

/// Moments such as `moved-from`: `docs/semantics.md`, 4.1.
extension ConditionEvaluator {
    mutating func truth(of moment: MomentNode) -> Truth {
        guard let owner = entity(moment.owner), let argument = entity(moment.argument) else {
            return .unknown
        }
        var left = Truth.false
        var held = Truth.false
        var kept = Truth.false
        // While a source that states such records is stale, there may be others.
        if isAnyStale(snapshot.freshness.byKind[Int(moment.kind)]) {
            (left, held) = (.unknown, .unknown)
        }
        if isAnyStale(snapshot.freshness.byKind[Int(moment.whileKind)]) { kept = .unknown }
        for record in snapshot.records(of: owner) {
            if record.kind == moment.whileKind { kept = max(kept, holds(record.handle)) }
            guard record.kind == moment.kind else { continue }
            let holds = holds(record.handle)
            if holds != .false {
                let found = isAt(
                    record.handle, argument, moment,
                    value: cell(moment.column, of: record.handle))
                held = max(held, min(holds, found))
            } else if wasEnded(record.handle, moment) {
                let mark = trace.mark
                if !snapshot.isKindLimited[Int(record.kind)] { trace.found(record.handle) }
                let isStale = isStale(origin: snapshot.recordOrigins[Int(record.handle)])
                let last = isAt(
                    record.handle, argument, moment,
                    value: lastValue(of: moment.column, in: record.handle))
                let found = min(isStale ? .unknown : .true, last)
                if found == .false { trace.forget(since: mark) }
                left = max(left, found)
            }
        }
        return min(left, min(!held, kept))
    }

    /// Whether the record was ended by the moment's event, not longer ago than its period.
    private mutating func wasEnded(_ record: Snapshot.Handle, _ moment: MomentNode) -> Bool {
        guard snapshot.endedBy[Int(record)] == moment.event,
            let end = snapshot.existence(of: record).last?.until, end <= time
        else { return false }
        let over = moment.period.end(from: end, in: zone)
        limit(to: Interval(from: end, until: over))
        return time < over
    }

    private mutating func isAt(
        _ record: Snapshot.Handle, _ argument: Snapshot.Handle, _ moment: MomentNode,
        value: Snapshot.Cell?
    ) -> Truth {
        guard let value else { return .unknown }
        return isBelow(
            Snapshot.Handle(value), argument, column: moment.hierarchyColumn)
    }

    /// The value a record that has ended had last, or the default.
    private mutating func lastValue(
        of column: UInt32, in record: Snapshot.Handle
    ) -> Snapshot.Cell? {
        guard let end = snapshot.existence(of: record).last?.until else { return nil }
        var last: Snapshot.TimedCell?
        for timed in snapshot.cells(of: record) where timed.column == column && timed.until == end {
            last = timed
        }
        guard let last else { return snapshot.defaults[Int(column)] }
        if !snapshot.isColumnLimited[Int(column)] { trace.read(last, of: record) }
        return last.cell
    }
}
