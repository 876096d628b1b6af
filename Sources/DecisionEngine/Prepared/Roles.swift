import Facts
import PolicyProgram

/// What a condition is to a decision that was prepared for.
enum Role: Sendable {
    /// Nothing that a rule's outcome is directly made of.
    case none
    /// It is made of others.
    case joined
    /// It is known from the subject alone: its place among such conditions.
    case subject(UInt32)
    /// It is known from the resource alone, or from neither: likewise.
    case resource(UInt32)
    /// It takes the whole request.
    case open
}

/// The rules' conditions taken apart: into what subjects and resources say by themselves, and what is left.
struct Roles {
    private(set) var roles: [Role]
    /// The conditions that are known from the subject alone.
    private(set) var subjectNodes: [NodeIndex] = []
    /// Those that are known from the resource alone.
    private(set) var resourceNodes: [NodeIndex] = []
    /// Those that take the whole request.
    private(set) var openNodes: [NodeIndex] = []

    /// - Complexity: linear in the size of the program.
    init(_ program: Program) {
        let tables = program.tables
        let reads = ReadsOfTables(tables)
        roles = [Role](repeating: .none, count: tables.nodes.count)
        var pending = tables.rules.map(\.outcome) + tables.leases.map(\.head)
        while let index = pending.popLast() {
            guard case .none = roles[Int(index)] else { continue }
            let node = tables.nodes[Int(index)]
            switch reads.nodes[Int(index)] {
            case .subject:
                roles[Int(index)] = .subject(UInt32(subjectNodes.count))
                subjectNodes.append(index)
            case .resource, []:
                roles[Int(index)] = .resource(UInt32(resourceNodes.count))
                resourceNodes.append(index)
            default:
                switch node {
                case .and, .or, .not:
                    roles[Int(index)] = .joined
                    pending += tables.children(of: node)
                default:
                    roles[Int(index)] = .open
                    openNodes.append(index)
                }
            }
        }
    }
}
