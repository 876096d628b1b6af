import Facts
public import PolicyLanguage
public import PolicyProgram

/// Turns a checked policy into a program.
public enum PolicyCompiler {
    /// The program of a checked policy.
    ///
    /// Never fails for what `PolicyReader` gives: it reports what an evaluation has no room for. The same
    /// policy always gives the same program.
    public static func compile(_ policy: CheckedPolicy) throws(ProgramFormatError) -> Program {
        var lowering = Lowering(policy)
        lowering.lower(policy)
        return try lowering.tables.verified()
    }
}

/// The tables while they are being filled.
///
/// Equal operands and conditions share one place.
struct Lowering {
    var tables = ProgramTables()
    private var columns = Interned<ColumnKey>()
    private var constants = Interned<ProgramConstant>()
    private var operands = Interned<OperandNode>()
    private var nodes = Interned<Node>()
    private var moments = Interned<MomentNode>()
    private var listPlaces: [[NodeIndex]: UInt32] = [:]
    private let actionPlaces: [String: UInt32]

    init(_ policy: CheckedPolicy) {
        tables.name = policy.name
        tables.version = policy.version
        tables.zone = policy.zone
        tables.vocabulary = policy.vocabulary
        tables.actions = policy.vocabulary.actionNames
        actionPlaces = Dictionary(
            uniqueKeysWithValues: zip(tables.actions, UInt32(0)...))
    }

    mutating func lower(_ policy: CheckedPolicy) {
        for rule in policy.rules { tables.rules.append(lower(rule)) }
        for lease in policy.leases {
            tables.leases.append(
                ProgramLease(head: lower(lease.head, slots: [:]), period: lease.period))
        }
        tables.columns = columns.elements
        tables.constants = constants.elements
        tables.operands = operands.elements
        tables.nodes = nodes.elements
        tables.moments = moments.elements
    }

    private mutating func lower(_ rule: CheckedRule) -> ProgramRule {
        ProgramRule(
            name: rule.name, kind: kind(rule.kind), obligations: rule.obligations,
            actions: rule.actions.map(action), outcome: lower(rule.outcome, slots: [:]),
            head: rule.head.map { lower($0) }, when: rule.when.map { lower($0) },
            onlyIf: rule.onlyIf.map { lower($0) }, because: rule.because, cites: rule.cites,
            text: rule.text)
    }

    private mutating func lower(_ clause: Clause) -> ProgramClause {
        ProgramClause(node: lower(clause.condition, slots: [:]), text: clause.text)
    }

    private func kind(_ kind: CheckedRule.Kind) -> ProgramRule.Kind {
        switch kind {
        case .permit: .permit
        case .require: .require
        case .forbid: .forbid
        case .oblige: .oblige
        }
    }

    private func action(_ name: String) -> UInt32 {
        actionPlaces[name] ?? UInt32(tables.actions.count)
    }

    private func kindPlace(_ name: String) -> Int {
        tables.vocabulary.kinds.index(of: name) ?? tables.vocabulary.kinds.count
    }

    // MARK: Conditions

    /// `slots` says at which depth each variable's quantifier stands.
    mutating func lower(_ condition: Condition, slots: [Int: Int]) -> NodeIndex {
        switch condition {
        case .constant(let boolean): return place(.constant(boolean))
        case .not(let inner): return place(.not(lower(inner, slots: slots)))
        case .and(let inner):
            let list = list(of: inner, slots: slots)
            return place(.and(start: list, count: UInt32(inner.count)))
        case .or(let inner):
            let list = list(of: inner, slots: slots)
            return place(.or(start: list, count: UInt32(inner.count)))
        case .compare(let comparison, let left, let right):
            return place(
                .compare(lower(comparison), lower(left, slots: slots), lower(right, slots: slots)))
        case .member(let element, let set):
            return place(.member(lower(element, slots: slots), of: lower(set, slots: slots)))
        case .overlap(let left, let right):
            return place(.overlap(lower(left, slots: slots), lower(right, slots: slots)))
        case .superset(let left, let right):
            return place(.superset(lower(left, slots: slots), lower(right, slots: slots)))
        case .below(let left, let right, let kind, let attribute):
            return place(
                .below(
                    lower(left, slots: slots), lower(right, slots: slots),
                    column: column(attribute, of: kind)))
        case .flag(let operand): return place(.flag(lower(operand, slots: slots)))
        case .has(let operand): return place(.has(lower(operand, slots: slots)))
        case .inForce(let operand): return place(.inForce(lower(operand, slots: slots)))
        case .isKind(let operand, let kind):
            return place(.isKind(lower(operand, slots: slots), UInt32(kindPlace(kind))))
        case .some(let variable, let kind, let owner, let inner):
            let (slot, body) = quantified(variable, inner, slots: slots)
            return place(
                .some(
                    kind: UInt16(kindPlace(kind)), slot: slot, owner: lower(owner, slots: slots),
                    condition: body))
        case .every(let variable, let kind, let owner, let inner):
            let (slot, body) = quantified(variable, inner, slots: slots)
            return place(
                .every(
                    kind: UInt16(kindPlace(kind)), slot: slot, owner: lower(owner, slots: slots),
                    condition: body))
        case .moment(let moment): return place(.moment(lower(moment, slots: slots)))
        case .may(let name): return place(.may(action(name)))
        case .passed(let check, let inner):
            let index = tables.vocabulary.checks.index(of: check) ?? tables.vocabulary.checks.count
            return place(.passed(check: UInt32(index), lower(inner, slots: slots)))
        }
    }

    private mutating func quantified(
        _ variable: Int, _ inner: Condition, slots: [Int: Int]
    ) -> (slot: UInt16, body: NodeIndex) {
        let slot = min((slots.values.max() ?? -1) + 1, ProgramLimits.slots)
        var innerSlots = slots
        innerSlots[variable] = slot
        return (UInt16(slot), lower(inner, slots: innerSlots))
    }

    private mutating func list(of conditions: [Condition], slots: [Int: Int]) -> UInt32 {
        let nodes = conditions.map { lower($0, slots: slots) }
        if let known = listPlaces[nodes] { return known }
        let start = UInt32(tables.lists.count)
        tables.lists += nodes
        listPlaces[nodes] = start
        return start
    }

    private mutating func lower(_ moment: Condition.Moment, slots: [Int: Int]) -> UInt32 {
        let events = tables.vocabulary.events
        let node = MomentNode(
            owner: lower(moment.owner, slots: slots), kind: UInt16(kindPlace(moment.kind)),
            column: column(moment.attribute, of: moment.kind),
            argument: lower(moment.argument, slots: slots),
            hierarchyColumn: column(moment.hierarchyAttribute, of: moment.hierarchyKind),
            event: UInt32(events.index(of: moment.event) ?? events.count),
            whileKind: UInt16(kindPlace(moment.whileKind)), period: moment.period)
        return moments.place(of: node)
    }

    private func lower(_ comparison: Condition.Comparison) -> Node.Comparison {
        switch comparison {
        case .equal: .equal
        case .notEqual: .notEqual
        case .less: .less
        case .lessOrEqual: .lessOrEqual
        case .greater: .greater
        case .greaterOrEqual: .greaterOrEqual
        }
    }

    // MARK: Operands

    private mutating func lower(_ operand: Operand, slots: [Int: Int]) -> UInt32 {
        let node: OperandNode
        switch operand {
        case .subject: node = .subject
        case .resource: node = .resource
        case .variable(let id): node = .slot(UInt32(slots[id] ?? ProgramLimits.slots))
        case .constant(let value, let type):
            node = .constant(constants.place(of: ProgramConstant(value: value, type: type)))
        case .attribute(let base, let name, let kind):
            node = .column(column(name, of: kind), of: lower(base, slots: slots))
        case .context(let name):
            let contexts = tables.vocabulary.contexts
            node = .context(UInt32(contexts.index(of: name) ?? contexts.count))
        }
        return operands.place(of: node)
    }

    /// The column of an attribute, named by the topmost kind that has it.
    private mutating func column(_ attribute: String, of kind: String) -> UInt32 {
        var owner = kind
        while let parent = tables.vocabulary.kinds[owner]?.parent,
            tables.vocabulary.kinds[parent]?.attributes[attribute] != nil
        {
            owner = parent
        }
        return columns.place(of: ColumnKey(kind: owner, attribute: attribute))
    }

    private mutating func place(_ node: Node) -> NodeIndex { nodes.place(of: node) }
}
