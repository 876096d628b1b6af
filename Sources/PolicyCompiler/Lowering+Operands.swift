import Facts
import PolicyLanguage
import PolicyProgram

/// Operands to their places in the tables.
extension Lowering {
    mutating func lower(_ operand: Operand, slots: [Int: Int]) -> UInt32 {
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
        case .list(let name):
            let lists = tables.vocabulary.lists
            node = .list(UInt32(lists.index(of: name) ?? lists.count))
        case .lookup(let name, let key):
            let known = tables.vocabulary.tables
            node = .lookup(
                table: UInt32(known.index(of: name) ?? known.count), of: lower(key, slots: slots))
        case .began(let base): node = .began(lower(base, slots: slots))
        case .ends(let base): node = .ends(lower(base, slots: slots))
        }
        return operands.place(of: node)
    }

    /// The column of an attribute, named by the topmost kind that has it.
    mutating func column(_ attribute: String, of kind: String) -> UInt32 {
        var owner = kind
        while let parent = tables.vocabulary.kinds[owner]?.parent,
            tables.vocabulary.kinds[parent]?.attributes[attribute] != nil
        {
            owner = parent
        }
        return columns.place(of: ColumnKey(kind: owner, attribute: attribute))
    }

    mutating func place(_ node: Node) -> NodeIndex { nodes.place(of: node) }
}
