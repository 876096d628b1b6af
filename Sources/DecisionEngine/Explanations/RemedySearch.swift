import Facts
import PolicyProgram

/// Looks for changes that would make conditions what they should be.
///
/// Goes down a rule's conditions to the comparisons at their ends, and solves each by itself. What it finds is tried
/// afterwards, so it may be wrong; it is bounded, so it may miss some.
struct RemedySearch {
    /// A change in numbers.
    enum Step: Hashable {
        case context(UInt32, Snapshot.Cell)
        case attribute(UInt32, of: Snapshot.Handle, Snapshot.Cell)
        case record(kind: UInt16, owner: Snapshot.Handle, [UInt32: Snapshot.Cell])
        /// Of the record that is being made up.
        case value(UInt32, Snapshot.Cell)
    }

    typealias Way = [Step]

    private static let mostWays = 16
    private static let mostSteps = 5
    private static let mostActions = 4

    private let engine: DecisionEngine
    private let question: ResolvedRequest
    private let tables: ConditionTables.Layout
    private var evaluator: ConditionEvaluator<NoTrace>
    /// Where the record that is being made up would be put.
    private var slot: UInt32?
    private var depth = 0

    init(_ engine: DecisionEngine, _ question: ResolvedRequest) {
        self.engine = engine
        self.question = question
        tables = engine.tables.layout.value
        evaluator = ConditionEvaluator(
            engine.tables, engine.snapshot, question: question, time: question.time,
            trace: NoTrace())
    }

    /// What may be worth trying, the smallest first.
    mutating func candidates() -> [Remedy] {
        waysToPermit(action: question.action).filter { !$0.isEmpty }
            .sorted { $0.count < $1.count }
            .compactMap { way in
                let changes = way.compactMap(change)
                return changes.count == way.count ? Remedy(changes: changes) : nil
            }
    }

    private mutating func waysToPermit(action: Int) -> [Way] {
        guard depth < RemedySearch.mostActions else { return [] }
        depth += 1
        defer { depth -= 1 }
        var reasons: [Way] = []
        var cleared: [Way] = [[]]
        for index in tables.rulesByAction[action] {
            let rule = tables.rules[Int(index)]
            switch rule.kind {
            case .permit: reasons += ways(rule.outcome, toBe: true)
            case .require: cleared = product(cleared, ways(rule.outcome, toBe: true))
            case .forbid: cleared = product(cleared, ways(rule.outcome, toBe: false))
            case .oblige: continue
            }
        }
        return product(reasons.sorted { $0.count < $1.count }, cleared)
    }

    // MARK: Conditions

    private mutating func ways(_ index: NodeIndex, toBe wanted: Bool) -> [Way] {
        let isOpen = mentionsSlot(index)
        if !isOpen, evaluator.truth(of: index) == Truth(wanted) { return [[]] }
        let node = tables.nodes[Int(index)]
        switch node {
        case .not(let inner): return ways(inner, toBe: !wanted)
        case .and(let start, let count): return join(start, count, isAll: wanted, wanted)
        case .or(let start, let count): return join(start, count, isAll: !wanted, wanted)
        case .compare(let comparison, let left, let right):
            return ways(wanted ? comparison : comparison.negated, left, right)
        case .flag(let operand): return set(operand, to: wanted ? 1 : 0)
        case .may(let action): return wanted ? waysToPermit(action: Int(action)) : []
        case .passed(_, let inner): return ways(inner, toBe: wanted)
        default: return wanted ? waysToHold(node) : []
        }
    }

    private mutating func waysToHold(_ node: Node) -> [Way] {
        switch node {
        case .member(let element, let set):
            if let members = members(of: set) {
                return members.prefix(3).flatMap { self.set(element, to: $0) }
            }
            return []
        case .overlap(let left, let right), .superset(let left, let right):
            if let cell = value(right) { return set(left, to: cell) }
            return []
        case .below(let lower, let upper, _):
            return value(upper).map { set(lower, to: $0) } ?? []
        case .inForce(let operand): return recordsInForce(for: operand)
        case .quantified(let place): return waysToHold(tables.quantifiers[Int(place)])
        default: return []
        }
    }

    /// A record of which the condition holds.
    private mutating func waysToHold(_ quantifier: QuantifierNode) -> [Way] {
        guard slot == nil, case .records(let kind, let owner) = quantifier.domain,
            let owner = value(owner).flatMap({ Snapshot.Handle(exactly: $0) }),
            owner == question.subject
        else { return [] }
        switch quantifier.quantifier {
        case .some, .atLeast(1): break
        case .every, .atLeast: return []
        }
        slot = UInt32(quantifier.slot)
        defer { slot = nil }
        return ways(quantifier.condition, toBe: true).compactMap { way in
            var values: [UInt32: Snapshot.Cell] = [:]
            var others: Way = []
            for step in way {
                guard case .value(let column, let cell) = step else {
                    others.append(step)
                    continue
                }
                // One attribute can't have two values.
                guard values[column] == nil || values[column] == cell else { return nil }
                values[column] = cell
            }
            return others + [.record(kind: kind, owner: owner, values)]
        }
    }

    private mutating func join(
        _ start: UInt32, _ count: UInt32, isAll: Bool, _ wanted: Bool
    ) -> [Way] {
        var found: [Way] = isAll ? [[]] : []
        for place in start..<start + count {
            let part = ways(tables.lists[Int(place)], toBe: wanted)
            if isAll {
                found = product(found, part)
                if found.isEmpty { return [] }
            } else {
                found = Array((found + part).prefix(RemedySearch.mostWays))
            }
        }
        return found
    }

    private func product(_ first: [Way], _ second: [Way]) -> [Way] {
        var found: [Way] = []
        for left in first {
            for right in second {
                let way = left + right.filter { !left.contains($0) }
                if way.count <= RemedySearch.mostSteps { found.append(way) }
                if found.count == RemedySearch.mostWays { return found }
            }
        }
        return found
    }

    // MARK: Comparisons

    private mutating func ways(
        _ comparison: Node.Comparison, _ left: UInt32, _ right: UInt32
    ) -> [Way] {
        if let cell = value(right) {
            let found = comparison.cells(besides: cell).flatMap { set(left, to: $0, besides: cell) }
            if !found.isEmpty { return found }
        }
        guard let cell = value(left) else { return [] }
        return comparison.mirrored.cells(besides: cell).flatMap {
            set(right, to: $0, besides: cell)
        }
    }

    /// The step that gives an operand a value; none where it is not one that may be changed.
    ///
    /// The number beside that of a text or an entity is that of anybody or anything else: none of these is proposed.
    private mutating func set(
        _ operand: UInt32, to cell: Snapshot.Cell, besides other: Snapshot.Cell? = nil
    ) -> [Way] {
        if let other, other != cell, !hasOrder(operand) { return [] }
        switch tables.operands[Int(operand)] {
        case .context(let place): return [[.context(place, cell)]]
        case .column(let column, let base):
            switch tables.operands[Int(base)] {
            case .subject: return [[.attribute(column, of: question.subject, cell)]]
            case .slot(let other) where other == slot: return [[.value(column, cell)]]
            default: return []
            }
        default: return []
        }
    }

    private func hasOrder(_ operand: UInt32) -> Bool {
        let vocabulary = engine.program.vocabulary
        let type: ValueType?
        switch tables.operands[Int(operand)] {
        case .context(let place): type = vocabulary.contexts[Int(place)].type
        case .column(let column, _): type = attribute(of: column)?.type
        default: type = nil
        }
        switch type {
        case .boolean, .integer, .enumeration, .instant, .date, .lastDay: return true
        case .text, .entity, .set, nil: return false
        }
    }

    private mutating func members(of set: UInt32) -> [Snapshot.Cell]? {
        value(set).map { Array(evaluator.snapshot.members(of: $0)) }
    }

    /// Records that hold and that a reference might lead to: of the person's own.
    private mutating func recordsInForce(for operand: UInt32) -> [Way] {
        guard case .column(let column, _) = tables.operands[Int(operand)],
            let target = attribute(of: column)?.type.entityKind,
            let kind = engine.program.vocabulary.kinds.index(of: target)
        else { return [] }
        var found: [Way] = []
        for record in evaluator.records(of: question.subject)
        where Int(record.kind) == kind && evaluator.holds(record.handle) == .true {
            found += set(operand, to: Snapshot.Cell(record.handle))
            if found.count == 2 { break }
        }
        return found
    }

    /// The value of an operand that has nothing to do with the record that is being made up.
    private mutating func value(_ operand: UInt32) -> Snapshot.Cell? {
        isMadeUp(operand) ? nil : evaluator.value(of: operand)
    }

    private func isMadeUp(_ operand: UInt32) -> Bool {
        switch tables.operands[Int(operand)] {
        case .slot(let other): other == slot
        case .column(_, let base), .lookup(_, let base), .began(let base), .ends(let base):
            isMadeUp(base)
        case .subject, .resource, .constant, .context, .list: false
        }
    }

    private func mentionsSlot(_ index: NodeIndex) -> Bool {
        guard slot != nil else { return false }
        let node = tables.nodes[Int(index)]
        let program = engine.program.tables
        return node.operands(in: program).contains { isMadeUp($0) }
            || program.children(of: node).contains { mentionsSlot($0) }
    }

    // MARK: In words

    private func change(_ step: Step) -> Remedy.Change? {
        let vocabulary = engine.program.vocabulary
        switch step {
        case .context(let place, let cell):
            let declaration = vocabulary.contexts[Int(place)]
            return value(cell, declaration.type).map { .context(name: declaration.name, value: $0) }
        case .attribute(let column, let handle, let cell):
            return value(cell, of: column).map { name, value in
                .attribute(name, of: engine.snapshot.id(of: handle), value: value)
            }
        case .record(let kind, let owner, let cells):
            var attributes: [String: Value] = [:]
            for (column, cell) in cells {
                guard let (name, value) = value(cell, of: column) else { return nil }
                attributes[name] = value
            }
            return .record(
                kind: vocabulary.kinds[Int(kind)].name, of: engine.snapshot.id(of: owner),
                attributes: attributes)
        case .value: return nil
        }
    }

    private func value(
        _ cell: Snapshot.Cell, of column: UInt32
    ) -> (name: String, value: Value)? {
        attribute(of: column).flatMap { attribute in
            value(cell, attribute.type).map { (attribute.name, $0) }
        }
    }

    private func attribute(of column: UInt32) -> AttributeDeclaration? {
        engine.program.vocabulary.attribute(of: engine.program.tables.columns[Int(column)])
    }

    /// The value of a cell that was made up; nil where there is none such.
    private func value(_ cell: Snapshot.Cell, _ type: ValueType) -> Value? {
        switch type {
        case .enumeration(let name):
            let count = engine.program.vocabulary.enumerations[name]?.cases.count ?? 0
            guard 0..<Snapshot.Cell(count) ~= cell else { return nil }
        case .entity: guard 0..<Snapshot.Cell(engine.snapshot.count) ~= cell else { return nil }
        case .text:
            guard 0..<Snapshot.Cell(engine.snapshot.numbers.texts.count) ~= cell else { return nil }
        case .set:
            guard 0..<Snapshot.Cell(engine.snapshot.numbers.sets.count) ~= cell else { return nil }
        case .boolean: guard 0...1 ~= cell else { return nil }
        case .integer, .instant, .date, .lastDay: break
        }
        return engine.value(of: cell, type: type)
    }
}

extension Node.Comparison {
    /// The comparison that holds exactly where this one doesn't.
    fileprivate var negated: Node.Comparison {
        switch self {
        case .equal: .notEqual
        case .notEqual: .equal
        case .less: .greaterOrEqual
        case .lessOrEqual: .greater
        case .greater: .lessOrEqual
        case .greaterOrEqual: .less
        }
    }

    /// The same with its sides exchanged.
    fileprivate var mirrored: Node.Comparison {
        switch self {
        case .equal, .notEqual: self
        case .less: .greater
        case .lessOrEqual: .greaterOrEqual
        case .greater: .less
        case .greaterOrEqual: .lessOrEqual
        }
    }

    /// Cells that compare so with another.
    fileprivate func cells(besides other: Snapshot.Cell) -> [Snapshot.Cell] {
        switch self {
        case .equal, .lessOrEqual, .greaterOrEqual: [other]
        case .notEqual: [other &+ 1, other &- 1]
        case .less: [other &- 1]
        case .greater: [other &+ 1]
        }
    }
}
