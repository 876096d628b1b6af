import Facts
import PolicyProgram

/// Finds the classes of people, or of resources.
///
/// Most conditions on one entity alone compare its own values: what has the same values has the same class, and is not
/// asked again, however many rules there are.
struct Classifier: Sendable {
    private(set) var classes: ClassTable
    private let nodes: [NodeIndex]
    /// Whether a condition reads nothing but values of the entity itself.
    private let isOfValues: [Bool]
    /// The columns that such conditions read.
    private let columns: [UInt32]
    private var truthsByValues = Layered<Values, [Truth]>()
    /// Room for what an entity's conditions come to.
    private var truths: [Truth] = []

    private struct Values: Hashable, Sendable {
        let kind: UInt16
        let cells: [Snapshot.Cell?]
    }

    /// - Parameters:
    ///   - nodes: the conditions.
    ///   - tables: where they are.
    ///   - known: classes that there are already.
    init(_ nodes: [NodeIndex], _ tables: ProgramTables, known: ClassTable? = nil) {
        self.nodes = nodes
        classes = known ?? ClassTable(width: nodes.count)
        var isOfValues: [Bool] = []
        var columns: Set<UInt32> = []
        for node in nodes {
            var read: Set<UInt32> = []
            let isSimple = tables.readsValuesOnly(node, &read)
            isOfValues.append(isSimple)
            if isSimple { columns.formUnion(read) }
        }
        self.isOfValues = isOfValues
        self.columns = columns.sorted()
        truths = [Truth](repeating: .false, count: nodes.count)
    }

    /// Makes copying cheap: what there is so far is shared by all copies.
    mutating func freeze() {
        classes.freeze()
        truthsByValues.freeze()
    }

    /// The class of an entity at the evaluator's time.
    mutating func place(
        of handle: Snapshot.Handle, kind: UInt16,
        _ evaluator: inout ConditionEvaluator<ForeignReads>
    ) -> UInt32 {
        var cells: [Snapshot.Cell?] = []
        cells.reserveCapacity(columns.count)
        for column in columns { cells.append(evaluator.cell(column, of: handle)) }
        let values = Values(kind: kind, cells: cells)
        let known = truthsByValues[values]
        for place in nodes.indices {
            truths[place] =
                (isOfValues[place] ? known?[place] : nil) ?? evaluator.truth(of: nodes[place])
        }
        if known == nil { truthsByValues.add(truths, for: values) }
        return classes.place(kind: kind, truths)
    }
}

extension ProgramTables {
    /// Whether a condition on one entity reads nothing but values of its own; adds the columns it reads.
    fileprivate func readsValuesOnly(_ index: NodeIndex, _ columns: inout Set<UInt32>) -> Bool {
        let node = nodes[Int(index)]
        switch node {
        case .constant: return true
        case .not, .and, .or:
            return children(of: node).allSatisfy { readsValuesOnly($0, &columns) }
        case .isKind(let operand, _):
            // Of what kind something else is, its own values don't say.
            switch operands[Int(operand)] {
            case .subject, .resource: return true
            default: return false
            }
        case .compare, .member, .overlap, .superset, .flag, .has:
            return node.operands(in: self).allSatisfy { readsValueOnly($0, &columns) }
        case .below, .quantified, .inForce, .moment, .may, .passed, .reached, .elapsed, .during,
            .at,
            .held:
            return false
        }
    }

    private func readsValueOnly(_ index: UInt32, _ columns: inout Set<UInt32>) -> Bool {
        switch operands[Int(index)] {
        case .subject, .resource, .constant: return true
        case .column(let column, let base):
            switch operands[Int(base)] {
            case .subject, .resource:
                columns.insert(column)
                return true
            default: return false
            }
        case .lookup(_, let key): return readsValueOnly(key, &columns)
        case .slot, .context, .list, .began, .ends: return false
        }
    }
}
