import Facts
import PolicyLanguage
import PolicyProgram

/// The tables while they are being filled.
///
/// Equal operands and conditions share one place.
struct Lowering {
    var tables = ProgramTables()
    var columns = Interned<ColumnKey>()
    var constants = Interned<ProgramConstant>()
    var operands = Interned<OperandNode>()
    var nodes = Interned<Node>()
    var moments = Interned<MomentNode>()
    var quantifiers = Interned<QuantifierNode>()
    var elapses = Interned<ElapsedNode>()
    var windows = Interned<WindowNode>()
    var periods = Interned<Period>()
    var listPlaces: [[NodeIndex]: UInt32] = [:]
    private let actionPlaces: [String: UInt32]

    init(_ policy: CheckedPolicy) {
        tables.name = policy.name
        tables.version = policy.version
        tables.zone = policy.zone
        tables.vocabulary = policy.vocabulary
        tables.actions = policy.vocabulary.actionNames
        actionPlaces = Dictionary(
            tables.actions.enumerated().map { ($1, UInt32($0)) },
            uniquingKeysWith: { first, _ in first })
    }

    mutating func lower(_ policy: CheckedPolicy) {
        for rule in policy.rules { tables.rules.append(lower(rule)) }
        for lease in policy.leases {
            tables.leases.append(
                ProgramLease(head: lower(lease.head, slots: [:]), period: lease.period))
        }
        lowerQuestions(of: policy)
        tables.columns = columns.elements
        tables.constants = constants.elements
        tables.operands = operands.elements
        tables.nodes = nodes.elements
        tables.moments = moments.elements
        tables.quantifiers = quantifiers.elements
        tables.elapses = elapses.elements
        tables.windows = windows.elements
        tables.periods = periods.elements
    }

    private mutating func lower(_ rule: CheckedRule) -> ProgramRule {
        ProgramRule(
            name: rule.name, kind: kind(rule.kind), obligations: rule.obligations.map { lower($0) },
            actions: rule.actions.map(action), outcome: lower(rule.outcome, slots: [:]),
            head: rule.head.map { lower($0) }, when: rule.when.map { lower($0) },
            onlyIf: rule.onlyIf.map { lower($0) }, because: rule.because, cites: rule.cites,
            text: rule.text)
    }

    private mutating func lower(_ obligation: CheckedObligation) -> ProgramObligation {
        ProgramObligation(
            name: obligation.name,
            parameters: obligation.parameters.map { parameter in
                ProgramObligation.Parameter(
                    name: parameter.name, value: lower(parameter.value, slots: [:]),
                    type: parameter.type)
            })
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

    func action(_ name: String) -> UInt32 { actionPlaces[name] ?? UInt32(tables.actions.count) }

    func kindPlace(_ name: String) -> Int {
        tables.vocabulary.kinds.index(of: name) ?? tables.vocabulary.kinds.count
    }
}
