import Facts
import PolicyProgram

/// Reading values: the only place where facts are looked at.
extension ConditionEvaluator {
    mutating func value(of operand: UInt32) -> Snapshot.Cell? {
        switch tables.operands[Int(operand)] {
        case .subject: return Snapshot.Cell(subject)
        case .resource: return Snapshot.Cell(resource)
        case .slot(let slot): return slots[Int(slot)]
        case .constant(let constant): return snapshot.constants.values[Int(constant)]
        case .context(let place):
            hasReadContext = true
            return circumstances.cell(place)
        case .column(let column, let base):
            guard let handle = entity(base) else { return nil }
            return cell(column, of: handle)
        case .list(let place):
            for timed in snapshot.constants.lists[Int(place)] where timed.interval.contains(time) {
                limit(to: timed.interval)
                return timed.cell
            }
            return nil
        case .lookup(let place, let key):
            guard let key = value(of: key) else { return nil }
            let table = snapshot.constants.tables[Int(place)]
            return table.rows.value(for: key) ?? table.otherwise
        case .began(let base): return lifetime(of: base).flatMap { Self.cell($0.from) }
        case .ends(let base): return lifetime(of: base).flatMap { Self.cell($0.until) }
        }
    }

    mutating func entity(_ operand: UInt32) -> Snapshot.Handle? {
        value(of: operand).flatMap { Snapshot.Handle(exactly: $0) }
    }

    /// The interval of an entity's existence that holds now.
    private mutating func lifetime(of operand: UInt32) -> Interval? {
        guard let handle = entity(operand), exists(handle) else { return nil }
        return snapshot.existence(of: handle).first { $0.contains(time) }
    }

    /// The distant ends of time are no instants that anybody knows.
    private static func cell(_ instant: Instant) -> Snapshot.Cell? {
        instant == .distantPast || instant == .distantFuture ? nil : instant.secondsSinceEpoch
    }

    /// Reads a column: nothing of what doesn't exist, then what a fact says, then the default; nothing that rests
    /// on a source gone stale.
    mutating func cell(_ column: UInt32, of handle: Snapshot.Handle) -> Snapshot.Cell? {
        trace.looked(at: handle)
        if let row = preparedRow(of: handle), let wordOfColumn {
            let word = wordOfColumn[Int(column)]
            if word != 0 {
                let value = row[Int(word)]
                return value == Rows.unknown ? nil : Snapshot.Cell(value)
            }
        }
        guard exists(handle) else { return nil }
        let cells = snapshot.cells(of: handle)
        var found: Chunk.Cell?
        for cell in cells where cell.column == column {
            let span = cells.span(of: cell)
            limit(to: span.interval)
            if span.from <= time, time < span.until { found = cell }
        }
        guard let found else {
            guard !isAnyStale(snapshot.freshness.byColumn[Int(column)]) else { return nil }
            return snapshot.constants.defaults[Int(column)]
        }
        trace.read(found, among: cells, of: handle)
        return isStale(source: cells.span(of: found).source) ? nil : cells.value(of: found)
    }

    mutating func exists(_ handle: Snapshot.Handle) -> Bool {
        trace.looked(at: handle)
        if let row = preparedRow(of: handle) { return row.isThere }
        var exists = false
        for interval in snapshot.existence(of: handle) {
            limit(to: interval)
            exists = exists || interval.contains(time)
        }
        return exists
    }

    /// Whether a record holds; unknown where only a stale source says so.
    mutating func holds(_ record: Snapshot.Handle) -> Truth {
        trace.looked(at: record)
        if let row = preparedRow(of: record) { return row.holds }
        guard exists(record) else { return .false }
        return isStale(record: record) ? .unknown : .true
    }

    /// All records of an entity, past and future ones too.
    mutating func records(of owner: Snapshot.Handle) -> Flat<Snapshot.Record> {
        trace.looked(at: owner)
        return snapshot.records(of: owner)
    }

    // MARK: Freshness

    /// Whether what a source says has gone stale.
    private mutating func isStale(source: UInt32) -> Bool {
        let source = snapshot.freshness.bySource[Int(source)]
        return source != Snapshot.Freshness.lasting && isStale(source)
    }

    /// Whether what says that a record is or was there has.
    mutating func isStale(record: Snapshot.Handle) -> Bool {
        snapshot.lastSpan(of: record).map { isStale(source: $0.source) } ?? false
    }

    mutating func isAnyStale(_ sources: Flat<UInt32>) -> Bool {
        var isAnyStale = false
        for source in sources where isStale(source) { isAnyStale = true }
        return isAnyStale
    }

    private mutating func isStale(_ source: UInt32) -> Bool {
        var isFresh = false
        for interval in snapshot.freshness.intervals[Int(source)] {
            limit(to: interval)
            isFresh = isFresh || interval.contains(time)
        }
        return !isFresh
    }

    // MARK: The stretch in which nothing changes

    mutating func limit(to interval: Interval) {
        limit(at: interval.from)
        limit(at: interval.until)
    }

    /// Notes an instant at which something changes.
    mutating func limit(at instant: Instant) {
        if instant > time {
            horizon = min(horizon, instant)
        } else {
            floor = max(floor, instant)
        }
    }
}
