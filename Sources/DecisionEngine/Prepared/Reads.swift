import Facts
import PolicyProgram

/// What a condition's value can depend on, besides facts and time.
struct Reads: OptionSet, Sendable {
    let rawValue: UInt32

    /// The person the request is about.
    static let subject = Reads(rawValue: 1 << 0)
    /// What it wants to reach.
    static let resource = Reads(rawValue: 1 << 1)
    /// What else it says: its circumstances, the hour, or what a decision on another action comes to.
    static let request = Reads(rawValue: 1 << 2)

    /// What a quantifier around the condition stands at.
    static func slot(_ slot: Int) -> Reads { Reads(rawValue: 1 << (16 + UInt32(slot))) }
}

/// What each operand and condition of a program reads.
struct ReadsOfTables {
    private(set) var operands: [Reads] = []
    private(set) var nodes: [Reads] = []

    /// - Complexity: linear in the size of the tables, since whatever they refer to comes before.
    init(_ tables: ProgramTables) {
        for operand in tables.operands { operands.append(reads(of: operand)) }
        for node in tables.nodes { nodes.append(reads(of: node, in: tables)) }
    }

    private func reads(of operand: OperandNode) -> Reads {
        switch operand {
        case .subject: .subject
        case .resource: .resource
        case .slot(let slot): .slot(Int(slot))
        case .constant, .list: []
        case .context: .request
        case .column(_, let base), .lookup(_, let base), .began(let base), .ends(let base):
            operands[Int(base)]
        }
    }

    private func reads(of node: Node, in tables: ProgramTables) -> Reads {
        var reads: Reads = []
        for operand in node.operands(in: tables) { reads.formUnion(operands[Int(operand)]) }
        for child in tables.children(of: node) { reads.formUnion(nodes[Int(child)]) }
        switch node {
        case .quantified(let place):
            let quantifier = tables.quantifiers[Int(place)]
            reads = nodes[Int(quantifier.condition)]
            reads.remove(.slot(Int(quantifier.slot)))
            reads.formUnion(operands[Int(quantifier.domain.operand)])
        case .may: reads.formUnion([.subject, .resource, .request])
        case .during: reads.formUnion(.request)
        default: break
        }
        return reads
    }
}
