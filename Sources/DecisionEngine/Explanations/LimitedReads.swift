import Facts
import PolicyProgram

/// What an audience is not told, and which conditions rest on it.
struct LimitedReads {
    private(set) var columns: Set<UInt32> = []
    private(set) var kinds: Set<UInt16> = []
    let hidesChecks: Bool
    /// For each condition, whether it reads something of that itself.
    private(set) var isLimited: [Bool] = []
    /// For each condition, the actions on which it asks for a decision.
    private(set) var asked: [Set<UInt32>] = []

    /// - Complexity: linear in the size of the program.
    init(_ program: Program, for audience: Audience) {
        let vocabulary = program.vocabulary
        func isHidden(_ purpose: String?) -> Bool {
            purpose.map { !audience.purposes.contains($0) } ?? false
        }
        hidesChecks = isHidden(Vocabulary.checkPurpose)
        for (place, kind) in vocabulary.kinds.enumerated() where isHidden(kind.limitedTo) {
            kinds.insert(UInt16(place))
        }
        for (place, key) in program.tables.columns.enumerated() {
            let kind = vocabulary.kinds[key.kind]
            let attribute = vocabulary.attribute(of: key)
            // What leads to such a record tells of it, too.
            let type = attribute.map { $0.type.memberType ?? $0.type }
            let target = type?.entityKind.flatMap { vocabulary.kinds[$0]?.limitedTo }
            if isHidden(kind?.limitedTo) || isHidden(attribute?.limitedTo) || isHidden(target) {
                columns.insert(UInt32(place))
            }
        }
        markConditions(program.tables)
    }

    /// INVARIANT: conditions and operands refer to earlier ones only.
    private mutating func markConditions(_ tables: ProgramTables) {
        var operands: [Bool] = []
        for operand in tables.operands {
            switch operand {
            case .column(let column, let base):
                operands.append(columns.contains(column) || operands[Int(base)])
            case .lookup(_, let base), .began(let base), .ends(let base):
                operands.append(operands[Int(base)])
            case .subject, .resource, .slot, .constant, .context, .list: operands.append(false)
            }
        }
        for node in tables.nodes {
            let children = tables.children(of: node)
            let isLimited =
                children.contains { self.isLimited[Int($0)] }
                || node.operands(in: tables).contains { operands[Int($0)] }
                || isLimited(node, tables)
            var asked = Set(children.flatMap { self.asked[Int($0)] })
            if case .may(let action) = node { asked.insert(action) }
            self.isLimited.append(isLimited)
            self.asked.append(asked)
        }
    }

    /// Whether a condition reads such a thing besides its operands and parts.
    private func isLimited(_ node: Node, _ tables: ProgramTables) -> Bool {
        switch node {
        case .below(_, _, let column): columns.contains(column)
        case .passed: hidesChecks
        case .moment(let place):
            !kinds.isDisjoint(
                with: [tables.moments[Int(place)].kind, tables.moments[Int(place)].whileKind])
                || columns.contains(tables.moments[Int(place)].column)
                || columns.contains(tables.moments[Int(place)].hierarchyColumn)
        case .quantified(let place):
            switch tables.quantifiers[Int(place)].domain {
            case .records(let kind, _): kinds.contains(kind)
            case .chain(_, let column): columns.contains(column)
            case .members: false
            }
        default: false
        }
    }
}
