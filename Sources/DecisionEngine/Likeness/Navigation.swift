import PolicyProgram

/// The columns by which evaluation goes on from one entity to another, to read something of it.
///
/// Where an entity is only compared with another, nothing that happens to it can change a decision.
struct Navigation: Sendable {
    private(set) var columns: Set<UInt32> = []
    /// What a request brings, from which evaluation goes on in the same way.
    private(set) var contexts: Set<UInt32> = []

    /// - Complexity: linear in the size of the program.
    init(_ program: Program) {
        let tables = program.tables
        func follow(_ operand: UInt32) {
            switch tables.operands[Int(operand)] {
            case .column(let column, _): columns.insert(column)
            case .context(let context): contexts.insert(context)
            case .subject, .resource, .slot, .constant, .list, .lookup, .began, .ends: return
            }
        }
        for operand in tables.operands {
            switch operand {
            case .column(_, let base), .began(let base), .ends(let base): follow(base)
            case .subject, .resource, .slot, .constant, .context, .list, .lookup: continue
            }
        }
        for node in tables.nodes {
            switch node {
            case .below(let lower, _, let column):
                follow(lower)
                columns.insert(column)
            case .inForce(let operand), .isKind(let operand, _): follow(operand)
            default: continue
            }
        }
        for quantifier in tables.quantifiers {
            follow(quantifier.domain.operand)
            if case .chain(_, let column) = quantifier.domain { columns.insert(column) }
        }
        for moment in tables.moments {
            follow(moment.owner)
            columns.formUnion([moment.column, moment.hierarchyColumn])
        }
        columns = columns.filter { program.refersToEntities($0) }
    }
}
