import Facts
import PolicyProgram

/// Where the values come from that a condition compares something of a resource with: the person, and what leads on
/// from them.
indirect enum ValueSource: Hashable, Sendable {
    /// The person.
    case subject
    /// A constant of the program.
    case constant(UInt32)
    /// Whoever a request can bring.
    case brought(UInt32)
    /// What a column of them has, at whatever time.
    case column(UInt32, of: ValueSource)
    /// The members of these sets.
    case members(of: ValueSource)
    /// Their records of a kind.
    case records(kind: UInt16, of: ValueSource)
    /// They, and all above them over a column.
    case above(UInt32, ValueSource)
    /// They, and all below them over a column.
    case below(UInt32, ValueSource)
    /// Whatever has one of them in a column.
    case referring(UInt32, to: ValueSource)

    /// The columns that it follows backwards.
    var followedBack: Set<UInt32> {
        switch self {
        case .subject, .constant, .brought: []
        case .column(_, let inner), .members(let inner), .records(_, let inner),
            .above(_, let inner):
            inner.followedBack
        case .below(let column, let inner), .referring(let column, let inner):
            inner.followedBack.union([column])
        }
    }
}

extension ValueSource {
    var members: ValueSource { .members(of: self) }

    /// The constant that it is, or whose members.
    var constant: UInt32? {
        switch self {
        case .constant(let place), .members(of: .constant(let place)): place
        default: nil
        }
    }

    /// What a request brings, where it starts from that.
    var brought: UInt32? {
        switch self {
        case .brought(let place): place
        case .subject, .constant: nil
        case .column(_, let inner), .members(let inner), .records(_, let inner),
            .above(_, let inner), .below(_, let inner), .referring(_, let inner):
            inner.brought
        }
    }

    /// Whether it starts from the person.
    var isOfSubject: Bool {
        switch self {
        case .subject: true
        case .constant, .brought: false
        case .column(_, let inner), .members(let inner), .records(_, let inner),
            .above(_, let inner), .below(_, let inner), .referring(_, let inner):
            inner.isOfSubject
        }
    }
}

/// Finds all values that sources have had, have, or are known to come to have.
struct ValueSearch {
    let snapshot: Snapshot.Columns
    let references: References
    let subject: Snapshot.Handle
    /// The values of sources that are the same for everybody.
    let known: [ValueSource: Set<Snapshot.Cell>]

    /// - Complexity: linear in what is known of those on the way.
    func values(of source: ValueSource) -> Set<Snapshot.Cell> {
        if let found = known[source] { return found }
        switch source {
        case .subject: return [Snapshot.Cell(subject)]
        // Those that start from it are known.
        case .brought: return []
        case .constant(let place):
            return snapshot.constants.values[Int(place)].map { [$0] } ?? []
        case .column(let column, let inner):
            var found = Set(snapshot.constants.defaults[Int(column)].map { [$0] } ?? [])
            for handle in handles(of: inner) {
                let cells = snapshot.cells(of: handle)
                for cell in cells where cell.column == column {
                    found.insert(cells.value(of: cell))
                }
            }
            return found
        case .members(let inner):
            var found: Set<Snapshot.Cell> = []
            for set in values(of: inner) { found.formUnion(snapshot.members(of: set)) }
            return found
        case .records(let kind, let inner):
            var found: Set<Snapshot.Cell> = []
            for handle in handles(of: inner) {
                for record in snapshot.records(of: handle) where record.kind == kind {
                    found.insert(Snapshot.Cell(record.handle))
                }
            }
            return found
        case .above(let column, let inner):
            // Who has no value at some time has the default then.
            let top = snapshot.constants.defaults[Int(column)].map { snapshot.members(of: $0) }
            return closure(of: handles(of: inner)) { handle, found in
                if let top { for parent in top { found(parent) } }
                let cells = snapshot.cells(of: handle)
                for cell in cells where cell.column == column {
                    for parent in snapshot.members(of: cells.value(of: cell)) { found(parent) }
                }
            }
        case .below(let column, let inner):
            return closure(of: handles(of: inner)) { handle, found in
                references.forEach(having: handle, in: column) { found(Snapshot.Cell($0)) }
            }
        case .referring(let column, let inner):
            var found: Set<Snapshot.Cell> = []
            for handle in handles(of: inner) {
                references.forEach(having: handle, in: column) { found.insert(Snapshot.Cell($0)) }
            }
            return found
        }
    }

    /// The entities among the values.
    private func handles(of source: ValueSource) -> [Snapshot.Handle] {
        values(of: source).compactMap { value in
            Snapshot.Handle(exactly: value).flatMap { Int($0) < snapshot.count ? $0 : nil }
        }
    }

    private func closure(
        of first: [Snapshot.Handle],
        next: (Snapshot.Handle, (Snapshot.Cell) -> Void) -> Void
    ) -> Set<Snapshot.Cell> {
        var found = Set(first.map { Snapshot.Cell($0) })
        var open = first
        while let handle = open.popLast() {
            next(handle) { value in
                guard found.insert(value).inserted, let other = Snapshot.Handle(exactly: value),
                    Int(other) < snapshot.count
                else { return }
                open.append(other)
            }
        }
        return found
    }
}

extension ValueSearch {
    /// The values of sources that start from what a request brings: the same for everybody.
    ///
    /// - Parameters:
    ///   - sources: the sources.
    ///   - engine: the facts.
    ///   - references: who has what in columns that sources follow backwards.
    /// - Returns: the values, by source.
    /// - Complexity: linear in the number of entities, where there is such a source.
    static func brought(
        _ sources: some Sequence<ValueSource>, _ engine: DecisionEngine, _ references: References
    ) -> [ValueSource: Set<Snapshot.Cell>] {
        let columns = engine.snapshot.columns.value
        let vocabulary = engine.program.vocabulary
        var known: [ValueSource: Set<Snapshot.Cell>] = [:]
        for source in Set(sources) {
            guard let place = source.brought else { continue }
            guard case .entity(let kind) = vocabulary.contexts[Int(place)].type else { continue }
            let root = vocabulary.rootKind(of: kind)
            let kinds = Set(
                vocabulary.kinds.indices.filter {
                    vocabulary.rootKind(of: vocabulary.kinds[$0].name) == root
                })
            let all = (0..<Snapshot.Handle(columns.count)).filter {
                kinds.contains(Int(columns.kind(of: $0)))
            }
            let search = ValueSearch(
                snapshot: columns, references: references, subject: 0,
                known: [.brought(place): Set(all.map { Snapshot.Cell($0) })])
            known[source] = search.values(of: source)
        }
        return known
    }
}
