import Facts
import PolicyProgram

/// How a condition that takes the whole request is asked for.
enum Probe: Sendable, BitwiseCopyable {
    /// Two values compared.
    case compare(Node.Comparison, Path, Path)
    /// A value in a set.
    case member(Path, of: Path)
    /// Two sets with a member in common.
    case overlap(Path, Path)
    /// The first set holds the second.
    case superset(Path, Path)
    /// A boolean value.
    case flag(Path)
    /// Anything else: by the evaluator of conditions.
    case condition(NodeIndex)

    /// Where a value is found: where it begins, and the words of rows that lead on from there.
    struct Path: Sendable, BitwiseCopyable {
        enum Start: Equatable, Sendable, BitwiseCopyable {
            case subject
            case resource
            case constant(Snapshot.Cell?)
            case context(UInt32)
        }

        let start: Start
        let first: UInt32
        let second: UInt32
        let third: UInt32
    }
}

extension Probe {
    /// The quickest way to ask for a condition.
    init(
        _ index: NodeIndex, _ tables: ConditionTables.Layout, _ columns: Snapshot.Columns,
        wordOfColumn: Flat<UInt32>
    ) {
        func path(_ operand: UInt32) -> Path? {
            Path(operand, tables, columns, wordOfColumn: wordOfColumn)
        }
        self = .condition(index)
        switch tables.nodes[Int(index)] {
        case .compare(let comparison, let left, let right):
            if let left = path(left), let right = path(right) {
                self = .compare(comparison, left, right)
            }
        case .member(let element, let set):
            if let element = path(element), let set = path(set) {
                self = .member(element, of: set)
            }
        case .overlap(let left, let right):
            if let left = path(left), let right = path(right) { self = .overlap(left, right) }
        case .superset(let left, let right):
            if let left = path(left), let right = path(right) { self = .superset(left, right) }
        case .flag(let operand):
            if let operand = path(operand) { self = .flag(operand) }
        default: return
        }
    }
}

extension Probe.Path {
    private static let most = 3

    /// The path to an operand's value; nil where it is none of few steps, or rows don't have it.
    init?(
        _ operand: UInt32, _ tables: ConditionTables.Layout, _ columns: Snapshot.Columns,
        wordOfColumn: Flat<UInt32>
    ) {
        var words: [UInt32] = []
        var next = operand
        var start: Start?
        while start == nil {
            switch tables.operands[Int(next)] {
            case .subject: start = .subject
            case .resource: start = .resource
            case .constant(let place): start = .constant(columns.constants.values[Int(place)])
            case .context(let place): start = .context(place)
            case .column(let column, let base):
                guard wordOfColumn[Int(column)] != 0, words.count < Probe.Path.most else {
                    return nil
                }
                words.insert(wordOfColumn[Int(column)], at: 0)
                next = base
            case .slot, .list, .lookup, .began, .ends: return nil
            }
        }
        guard let start else { return nil }
        // What a constant or a circumstance leads to is looked up where its entity may not be one.
        switch start {
        case .constant where !words.isEmpty, .context where !words.isEmpty: return nil
        default: break
        }
        self.start = start
        words += [0, 0, 0]
        (first, second, third) = (words[0], words[1], words[2])
    }
}

extension Probe {
    /// The paths to the values that it compares; none where more than values is asked for.
    var paths: [Path] {
        switch self {
        case .compare(_, let left, let right), .member(let left, of: let right),
            .overlap(let left, let right), .superset(let left, let right):
            [left, right]
        case .flag(let path): [path]
        case .condition: []
        }
    }
}
