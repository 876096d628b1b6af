import Facts
import PolicyProgram

/// Evaluates a program's conditions for one subject and resource, at one instant.
///
/// While it reads facts it keeps the stretch of time around that instant in which none of what it has read changes.
struct ConditionEvaluator<Trace: EvaluationTrace> {
    // Not counted: the engine that made this one keeps them.
    private let layout: Borrowed<ConditionTables.Layout>
    private let columns: Borrowed<Snapshot.Columns>
    let program: Borrowed<Program>
    let subject: Snapshot.Handle
    let resource: Snapshot.Handle
    let circumstances: Circumstances
    /// What was prepared, where that may be read: at the time in question, and where no earlier change is asked for.
    private let preparation: Borrowed<Preparation.Layout>?
    var readsRows: Bool
    var time: Instant
    /// An instant after `time` before which nothing changes.
    var horizon = Instant.distantFuture
    /// An instant not after `time` since which nothing has changed.
    var floor = Instant.distantPast
    /// Whether what the request says of its circumstances was asked for.
    var hasReadContext = false
    var trace: Trace
    var slots = InlineArray<16, Snapshot.Cell>(repeating: 0)

    var tables: ConditionTables.Layout {
        @inline(__always) _read { yield layout.value }
    }
    var snapshot: Snapshot.Columns {
        @inline(__always) _read { yield columns.value }
    }
    var zone: ZoneTable { program.value.zone }

    init(
        _ tables: ConditionTables, _ snapshot: Snapshot, question: borrowing ResolvedRequest,
        time: Instant, trace: Trace, preparation: Borrowed<Preparation.Layout>? = nil
    ) {
        layout = tables.layout
        columns = snapshot.columns
        program = tables.program
        subject = question.subject
        resource = question.resource
        circumstances = question.circumstances
        self.preparation = preparation
        readsRows = preparation != nil
        self.time = time
        self.trace = trace
    }

    mutating func truth(of index: NodeIndex) -> Truth {
        if readsRows, let known = preparedTruth(of: index) { return known }
        return openTruth(of: index)
    }

    /// The same where nothing is known beforehand.
    mutating func openTruth(of index: NodeIndex) -> Truth {
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
            return Truth(snapshot.members(of: other).has(cell))
        case .overlap(let left, let right):
            guard let first = value(of: left), let second = value(of: right) else {
                return .unknown
            }
            let others = snapshot.members(of: second)
            return Truth(snapshot.members(of: first).contains { others.has($0) })
        case .superset(let left, let right):
            guard let first = value(of: left), let second = value(of: right) else {
                return .unknown
            }
            let members = snapshot.members(of: first)
            return Truth(snapshot.members(of: second).allSatisfy { members.has($0) })
        case .below(let left, let right, let column):
            guard let lower = entity(left), let upper = entity(right) else { return .unknown }
            return isBelow(lower, upper, column: column)
        case .flag(let operand):
            return value(of: operand).map { Truth($0 == 1) } ?? .unknown
        case .quantified(let place): return truth(of: tables.quantifiers[Int(place)])
        case .has(let operand): return Truth(value(of: operand) != nil)
        case .inForce(let operand):
            return entity(operand).map { holds($0) } ?? .unknown
        case .isKind(let operand, let kind):
            return entity(operand).map { isKind($0, Int(kind)) } ?? .unknown
        case .moment(let moment): return truth(of: tables.moments[Int(moment)])
        case .may(let action): return Truth(isPermitted(action: Int(action)))
        case .passed(_, let inner):
            trace.beginCheck()
            defer { trace.endCheck() }
            return truth(of: inner)
        case .reached, .elapsed, .during, .at, .held:
            return temporalTruth(of: tables.nodes[Int(index)])
        }
    }

    /// What is known beforehand of the subject alone, or the resource alone.
    private mutating func preparedTruth(of index: NodeIndex) -> Truth? {
        guard let prepared = preparation?.value else { return nil }
        switch prepared.roles[Int(index)] {
        case .subject(let condition):
            let row = prepared.rows.row(of: subject, at: time, horizon: &horizon)
            guard row.hasClass else { return nil }
            return prepared.subjectTruth(condition, of: row.classPlace)
        case .resource(let condition):
            let row = prepared.rows.row(of: resource, at: time, horizon: &horizon)
            guard row.hasClass else { return nil }
            return prepared.resourceTruth(condition, of: row.classPlace)
        case .none, .joined, .open: return nil
        }
    }

    /// Whether an entity exists and a record holds, and what a column of it has, as rows say; nil where they don't.
    @inline(__always)
    mutating func preparedRow(of handle: Snapshot.Handle) -> Rows.Row? {
        guard readsRows, let preparation else { return nil }
        return preparation.value.rows.row(of: handle, at: time, horizon: &horizon)
    }

    /// For each column, its word in a row.
    var wordOfColumn: Flat<UInt32>? { preparation?.value.rows.wordOfColumn }

    /// Whether the decision on another action is to permit it.
    ///
    /// An action that the resource's kind doesn't have is denied, and so is whoever doesn't exist.
    mutating func isPermitted(action: Int) -> Bool {
        guard exists(subject), exists(resource),
            snapshot.applies(action: action, to: resource)
        else { return false }
        // The other action's quantifiers use the same slots as those around this question.
        let outer = slots
        defer { slots = outer }
        var isReason = false
        for index in tables.rulesByAction[action] {
            let rule = tables.rules[Int(index)]
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

    private mutating func isKind(_ handle: Snapshot.Handle, _ kind: Int) -> Truth {
        trace.looked(at: handle)
        return snapshot.isKind(handle, kind).map { Truth($0) } ?? .unknown
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
