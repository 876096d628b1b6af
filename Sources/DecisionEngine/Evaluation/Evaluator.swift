import Facts
import PolicyProgram

/// Evaluates a program's conditions for one subject and resource, at one instant.
///
/// While it reads facts it keeps `horizon`, an instant before which none of what it has read changes.
struct Evaluator<Trace: EvaluationTrace> {
    let tables: ProgramTables
    let rulesByAction: [[Int]]
    let snapshot: Snapshot
    let subject: Snapshot.Handle
    let resource: Snapshot.Handle
    let context: [Snapshot.Cell?]
    var time: Instant
    var horizon = Instant.distantFuture
    /// Whether what the request says of its circumstances was asked for.
    private(set) var hasReadContext = false
    var trace: Trace
    private var slots = InlineArray<16, Snapshot.Handle>(repeating: 0)

    init(
        program: Program, snapshot: Snapshot, subject: Snapshot.Handle, resource: Snapshot.Handle,
        context: [Snapshot.Cell?], time: Instant, trace: Trace
    ) {
        tables = program.tables
        rulesByAction = program.rulesByAction
        self.snapshot = snapshot
        self.subject = subject
        self.resource = resource
        self.context = context
        self.time = time
        self.trace = trace
    }

    mutating func truth(of index: NodeIndex) -> Truth {
        switch tables.nodes[Int(index)] {
        case .constant(let boolean): return Truth(boolean)
        case .not(let inner): return !truth(of: inner)
        case .and(let start, let count): return conjunction(start, count)
        case .or(let start, let count): return disjunction(start, count)
        case .compare(let comparison, let left, let right):
            guard let first = value(of: left), let second = value(of: right) else {
                return .unknown
            }
            return Truth(comparison.holds(first, second))
        case .member(let element, let set):
            guard let cell = value(of: element), let other = value(of: set) else { return .unknown }
            return Truth(snapshot.members(of: other).contains(cell))
        case .overlap(let left, let right):
            guard let first = value(of: left), let second = value(of: right) else {
                return .unknown
            }
            let others = snapshot.members(of: second)
            return Truth(snapshot.members(of: first).contains { others.contains($0) })
        case .superset(let left, let right):
            guard let first = value(of: left), let second = value(of: right) else {
                return .unknown
            }
            let members = snapshot.members(of: first)
            return Truth(snapshot.members(of: second).allSatisfy { members.contains($0) })
        case .below(let left, let right, let column):
            guard let lower = entity(left), let upper = entity(right) else { return .unknown }
            return isBelow(lower, upper, column: column)
        case .flag(let operand):
            return value(of: operand).map { Truth($0 == 1) } ?? .unknown
        case .some(let kind, let slot, let owner, let condition):
            guard let handle = entity(owner) else { return .unknown }
            return some(kind, of: handle, slot: Int(slot), condition)
        case .every(let kind, let slot, let owner, let condition):
            guard let handle = entity(owner) else { return .unknown }
            return every(kind, of: handle, slot: Int(slot), condition)
        case .has(let operand): return Truth(value(of: operand) != nil)
        case .inForce(let operand):
            return entity(operand).map { Truth(exists($0)) } ?? .unknown
        case .isKind(let operand, let kind):
            return entity(operand).map { isKind($0, Int(kind)) } ?? .unknown
        case .moment(let moment): return truth(of: tables.moments[Int(moment)])
        case .may(let action): return Truth(isPermitted(action: Int(action)))
        case .passed(_, let inner):
            trace.hide()
            defer { trace.reveal() }
            return truth(of: inner)
        }
    }

    /// Whether the decision on another action is to permit it.
    ///
    /// An action that the resource's kind doesn't have is denied, and so is whoever doesn't exist.
    mutating func isPermitted(action: Int) -> Bool {
        guard exists(subject), exists(resource),
            snapshot.applies(action: action, to: resource, in: tables)
        else { return false }
        // The other action's quantifiers use the same slots as those around this question.
        let outer = slots
        defer { slots = outer }
        var isReason = false
        for index in rulesByAction[action] {
            let rule = tables.rules[index]
            let outcome = truth(of: rule.outcome)
            switch rule.kind {
            case .permit: isReason = isReason || outcome == .true
            case .require: if outcome != .true { return false }
            case .forbid: if outcome != .false { return false }
            case .oblige: continue
            }
        }
        return isReason
    }

    private mutating func conjunction(_ start: UInt32, _ count: UInt32) -> Truth {
        var result = Truth.true
        for place in start..<start + count {
            result = min(result, truth(of: tables.lists[Int(place)]))
            if result == .false { return .false }
        }
        return result
    }

    private mutating func disjunction(_ start: UInt32, _ count: UInt32) -> Truth {
        var result = Truth.false
        for place in start..<start + count {
            let mark = trace.mark
            let found = truth(of: tables.lists[Int(place)])
            if found == .false { trace.forget(since: mark) }
            result = max(result, found)
            if result == .true { return .true }
        }
        return result
    }

    // MARK: Operands

    mutating func value(of operand: UInt32) -> Snapshot.Cell? {
        switch tables.operands[Int(operand)] {
        case .subject: return Snapshot.Cell(subject)
        case .resource: return Snapshot.Cell(resource)
        case .slot(let slot): return Snapshot.Cell(slots[Int(slot)])
        case .constant(let constant): return snapshot.constants[Int(constant)]
        case .context(let place):
            hasReadContext = true
            return context[Int(place)]
        case .column(let column, let base):
            guard let handle = entity(base) else { return nil }
            return cell(column, of: handle)
        }
    }

    mutating func entity(_ operand: UInt32) -> Snapshot.Handle? {
        value(of: operand).map { Snapshot.Handle($0) }
    }

    /// Reads a column: nothing of what doesn't exist, then what a fact says, then the default.
    mutating func cell(_ column: UInt32, of handle: Snapshot.Handle) -> Snapshot.Cell? {
        guard exists(handle) else { return nil }
        var found: Snapshot.TimedCell?
        for timed in snapshot.cells(of: handle) where timed.column == column {
            limitHorizon(to: Interval(from: timed.from, until: timed.until))
            if timed.from <= time, time < timed.until { found = timed }
        }
        guard let found else { return snapshot.defaults[Int(column)] }
        trace.read(found, of: handle)
        return found.cell
    }

    mutating func exists(_ handle: Snapshot.Handle) -> Bool {
        var exists = false
        for interval in snapshot.existence(of: handle) {
            limitHorizon(to: interval)
            exists = exists || interval.contains(time)
        }
        return exists
    }

    mutating func limitHorizon(to interval: Interval) {
        horizon = min(horizon, interval.nextBoundary(after: time))
    }

    // MARK: Relations

    private mutating func some(
        _ kind: UInt16, of owner: Snapshot.Handle, slot: Int, _ condition: NodeIndex
    ) -> Truth {
        var result = Truth.false
        let start = trace.mark
        for record in snapshot.records(of: owner) where record.kind == kind {
            guard exists(record.handle) else { continue }
            let mark = trace.mark
            trace.found(record.handle)
            slots[slot] = record.handle
            let found = truth(of: condition)
            if found == .true {
                // Only the record that made it true is a reason; those looked at before it are not.
                trace.forget(start..<mark)
                return .true
            }
            result = max(result, found)
        }
        return result
    }

    private mutating func every(
        _ kind: UInt16, of owner: Snapshot.Handle, slot: Int, _ condition: NodeIndex
    ) -> Truth {
        var result: Truth?
        for record in snapshot.records(of: owner) where record.kind == kind {
            guard exists(record.handle) else { continue }
            trace.found(record.handle)
            slots[slot] = record.handle
            let found = truth(of: condition)
            result = min(result ?? .true, found)
            if result == .false { return .false }
        }
        return result ?? .unknown
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
        var reached: Set<Snapshot.Handle> = [lower]
        var open = [lower]
        while let next = open.popLast() {
            guard let parents = cell(column, of: next) else {
                isWholeWayKnown = false
                continue
            }
            for parent in snapshot.members(of: parents) {
                let handle = Snapshot.Handle(parent)
                guard reached.insert(handle).inserted else { continue }
                if handle == upper { return .true }
                open.append(handle)
            }
        }
        return isWholeWayKnown ? .false : .unknown
    }

    private mutating func isKind(_ handle: Snapshot.Handle, _ kind: Int) -> Truth {
        let vocabulary = tables.vocabulary
        guard let leaf = snapshot.kindName(of: handle, in: vocabulary) else { return .unknown }
        return Truth(vocabulary.isKind(leaf, vocabulary.kinds[kind].name))
    }
}

extension Node.Comparison {
    func holds(_ left: Snapshot.Cell, _ right: Snapshot.Cell) -> Bool {
        switch self {
        case .equal: left == right
        case .notEqual: left != right
        case .less: left < right
        case .lessOrEqual: left <= right
        case .greater: left > right
        case .greaterOrEqual: left >= right
        }
    }
}
