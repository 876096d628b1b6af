import Facts
import PolicyProgram

/// A program's conditions as evaluation reads them: the same tables, without reference counts.
final class ConditionTables: Sendable {
    /// What deciding asks of a rule.
    struct Rule: Sendable {
        let kind: ProgramRule.Kind
        let outcome: NodeIndex
    }

    /// The tables.
    struct Layout: Sendable {
        let nodes: Flat<Node>
        let lists: Flat<NodeIndex>
        let operands: Flat<OperandNode>
        let quantifiers: Flat<QuantifierNode>
        let moments: Flat<MomentNode>
        let elapses: Flat<ElapsedNode>
        let periods: Flat<Period>
        let rules: Flat<Rule>
        /// For each action, the rules about it.
        let rulesByAction: Flat<Flat<UInt32>>
    }

    /// The program, without a reference count either.
    let program: Borrowed<Program>
    let layout: Borrowed<Layout>
    /// The places of actions by their names.
    let actions: HandleTable
    private let arena = Arena()

    /// - Complexity: linear in the size of the program.
    init(_ program: Program) {
        let tables = program.tables
        self.program = arena.keep(program)
        var byAction: [Flat<UInt32>] = []
        for rules in program.rulesByAction { byAction.append(arena.keep(rules.map(UInt32.init))) }
        var actions = HandleTableBuilder(startingAt: 0, roots: [:], digest: 0)
        for action in tables.actions { _ = actions.place(EntityID(kind: "", name: action)) }
        self.actions = HandleTable(actions, in: arena)
        layout = arena.keep(
            Layout(
                nodes: arena.keep(tables.nodes), lists: arena.keep(tables.lists),
                operands: arena.keep(tables.operands), quantifiers: arena.keep(tables.quantifiers),
                moments: arena.keep(tables.moments), elapses: arena.keep(tables.elapses),
                periods: arena.keep(tables.periods),
                rules: arena.keep(tables.rules.map { Rule(kind: $0.kind, outcome: $0.outcome) }),
                rulesByAction: arena.keep(byAction)))
    }
}
