package import Facts

extension ProgramTables {
    /// The conditions directly inside a condition of verified tables.
    package func children(of node: Node) -> [NodeIndex] {
        switch node {
        case .not(let child), .passed(_, let child), .at(_, let child), .held(let child, _):
            [child]
        case .quantified(let place): [quantifiers[Int(place)].condition]
        case .and(let start, let count), .or(let start, let count):
            Array(lists[Int(start)..<Int(start + count)])
        case .constant, .compare, .member, .overlap, .superset, .below, .flag, .has, .inForce,
            .isKind, .moment, .may, .reached, .elapsed, .during:
            []
        }
    }

    /// The context value that an operand is, or is read from.
    package func context(under operand: UInt32) -> UInt32? {
        switch operands[Int(operand)] {
        case .context(let place): place
        case .column(_, let base), .lookup(_, let base), .began(let base), .ends(let base):
            context(under: base)
        case .subject, .resource, .slot, .constant, .list: nil
        }
    }
}

extension Vocabulary {
    /// The attribute that a column has the values of.
    package func attribute(of column: ColumnKey) -> AttributeDeclaration? {
        kinds[column.kind]?.attributes[column.attribute]
    }
}

extension Node {
    /// The operands directly inside a condition.
    package func operands(in tables: ProgramTables) -> [UInt32] {
        switch self {
        case .compare(_, let left, let right), .member(let left, of: let right),
            .overlap(let left, let right), .superset(let left, let right),
            .below(let left, let right, _):
            [left, right]
        case .flag(let operand), .has(let operand), .inForce(let operand), .isKind(let operand, _),
            .reached(let operand), .at(let operand, _):
            [operand]
        case .quantified(let place): [tables.quantifiers[Int(place)].domain.operand]
        case .elapsed(let place):
            [tables.elapses[Int(place)].instant, tables.elapses[Int(place)].beginning]
                .compactMap(\.self)
        case .moment(let place):
            [tables.moments[Int(place)].owner, tables.moments[Int(place)].argument]
        case .constant, .not, .and, .or, .may, .passed, .during, .held: []
        }
    }
}
