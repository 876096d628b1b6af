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
        for record in records(of: owner) {
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
                trace.found(record)
                let isStale = isStale(record: record.handle)
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
        guard snapshot.event(thatEnded: record) == moment.event,
            let end = snapshot.lastSpan(of: record)?.until, end <= time
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
        guard let end = snapshot.lastSpan(of: record)?.until else { return nil }
        let cells = snapshot.cells(of: record)
        var last: Chunk.Cell?
        for cell in cells where cell.column == column && cells.span(of: cell).until == end {
            last = cell
        }
        guard let last else { return snapshot.constants.defaults[Int(column)] }
        trace.read(last, among: cells, of: record)
        return cells.value(of: last)
    }
}
