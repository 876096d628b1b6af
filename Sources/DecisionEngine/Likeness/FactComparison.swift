package import Facts
import PolicyProgram

/// Two states of the facts: who changes between them, and whom that can reach.
///
/// A decision reads its subject and its resource, their records, and what these refer to. So whoever is not led to
/// something that changed has the same access as before. What is found may be more than what really changes, never less.
package struct FactComparison: Sendable {
    /// The facts before.
    package let before: DecisionEngine
    /// The facts after.
    package let after: DecisionEngine
    /// The people whom it reaches; nil for everybody.
    package let people: Set<EntityNumber>?
    /// The resources that it reaches.
    package let resources: Set<EntityNumber>
    /// Whether a resource may be of another class than before, at some time.
    package let mayChangeClasses: Bool
    /// For each of these, a number that is the same where the same is read of them, before and after.
    let resourceKinds: [EntityNumber: Int64]

    /// Who has what in a column after.
    private let references: References
    private let navigation: Navigation
    /// The values that requests lead to, before and after.
    private let brought: [[ValueSource: Set<Snapshot.Cell>]]

    /// - Parameters:
    ///   - before: the facts before.
    ///   - after: the same with the change.
    ///   - change: what has become of whom.
    ///   - partition: the resources before.
    /// - Complexity: linear in the number of those whom the change reaches.
    package init(
        before: DecisionEngine, after: DecisionEngine, change: FactChange,
        _ partition: ResourcePartition
    ) {
        self.before = before
        self.after = after
        let (old, new) = (before.snapshot.columns.value, after.snapshot.columns.value)
        let changed = Set(change.histories.keys.compactMap { after.snapshot[$0] }).filter {
            !new.saysTheSame(of: $0, as: old)
        }
        let references = partition.references.adding(changed, in: new)
        self.references = references
        navigation = partition.navigation
        let sources = partition.reads.sources.values.joined()
        brought = [
            ValueSearch.brought(sources, before, partition.references),
            ValueSearch.brought(sources, after, references),
        ]
        let found = Self.reach(of: changed, old, new, references, navigation)
        let isForEverybody =
            (change.readings != nil
                && before.program.vocabulary.sources.contains { $0.fresh != nil })
            || !found.isDisjoint(with: after.namedByPolicy)
            || found.contains { handle in
                [before, after].contains { $0.canBeBrought(handle, partition.navigation) }
            }
            || changed.contains { Int($0) >= old.count && after.canBeBrought($0, nil) }
        people = isForEverybody ? nil : found.filter { before.isPerson($0) || after.isPerson($0) }
        resources = found.filter { before.isResource($0) || after.isResource($0) }
        mayChangeClasses = !resources.isEmpty || change.readings != nil
        var writers = [before, after].map { engine in
            SignatureWriter(
                partition.reads.wholly, engine.program, engine.snapshot.columns.value,
                since: partition.since)
        }
        var kinds: [Snapshot.Handle: Int64] = [:]
        var numbers: [[Int64]: Int64] = [:]
        for handle in resources {
            var signature = Int(handle) < old.count ? writers[0].signature(of: handle) : []
            signature += [.max] + writers[1].signature(of: handle)
            let number = numbers[signature] ?? Int64(numbers.count)
            numbers[signature] = number
            kinds[handle] = number
        }
        resourceKinds = kinds
    }

    /// Whom some of those who have changed reach.
    ///
    /// - Parameter ids: those who have changed.
    /// - Returns: people, resources and others, those given among them.
    /// - Complexity: linear in their number.
    package func reach(of ids: some Sequence<EntityID>) -> Set<EntityNumber> {
        Self.reach(
            of: Set(ids.compactMap { after.snapshot[$0] }), before.snapshot.columns.value,
            after.snapshot.columns.value, references, navigation)
    }

    /// Everybody who is led to one of some.
    private static func reach(
        of changed: Set<Snapshot.Handle>, _ old: Snapshot.Columns, _ new: Snapshot.Columns,
        _ references: References, _ navigation: Navigation
    ) -> Set<Snapshot.Handle> {
        var found = changed
        var open = Array(found)
        func reach(_ handle: Snapshot.Handle) {
            if found.insert(handle).inserted { open.append(handle) }
        }
        while let next = open.popLast() {
            if Int(next) < old.count, let owner = old.owner(of: next) { reach(owner) }
            if let owner = new.owner(of: next) { reach(owner) }
            for column in navigation.columns {
                references.forEach(having: next, in: column, reach)
            }
        }
        return found
    }

    /// Everybody there is, before or after.
    package var everybody: [EntityNumber] {
        let new = Set(after.people.handles)
        return Array(after.people.handles) + before.people.handles.filter { !new.contains($0) }
    }

    /// What finds the values that somebody's facts lead to, before and after.
    func searches(for person: Snapshot.Handle, _ partition: ResourcePartition) -> [ValueSearch] {
        let search = ValueSearch(
            snapshot: after.snapshot.columns.value, references: references, subject: person,
            known: brought[1])
        guard Int(person) < before.snapshot.count else { return [search] }
        let earlier = ValueSearch(
            snapshot: before.snapshot.columns.value, references: partition.references,
            subject: person, known: brought[0])
        return [earlier, search]
    }
}

extension DecisionEngine {
    /// The engine, were this so: for comparing, so that nothing is worked out beforehand.
    package func comparing(_ change: FactChange) -> DecisionEngine {
        DecisionEngine(self, change, isPrepared: false)
    }

    /// Those whom the policy names, or a default does.
    fileprivate var namedByPolicy: Set<Snapshot.Handle> {
        let defaults = program.vocabulary.kinds.flatMap(\.attributes).compactMap(\.defaultValue)
        let lists = program.vocabulary.lists.flatMap(\.members).map(\.value)
        let tables = program.vocabulary.tables.flatMap { table in
            table.rows.map(\.value) + [table.otherwise].compactMap(\.self)
        }
        let values = program.tables.constants.map(\.value) + defaults + lists + tables
        return Set(values.flatMap(\.references).compactMap { snapshot[$0] })
    }

    /// Whether a request can bring somebody or something as what evaluation goes on from; or at all.
    fileprivate func canBeBrought(_ handle: Snapshot.Handle, _ navigation: Navigation?) -> Bool {
        guard Int(handle) < snapshot.count else { return false }
        let root = snapshot.id(of: handle).kind
        let vocabulary = program.vocabulary
        return vocabulary.contexts.enumerated().contains { place, context in
            guard case .entity(let kind) = context.type,
                navigation?.contexts.contains(UInt32(place)) ?? true
            else { return false }
            return vocabulary.rootKind(of: kind) == root
        }
    }

    fileprivate func isPerson(_ handle: Snapshot.Handle) -> Bool {
        Int(handle) < snapshot.count && people.lists(handle, in: snapshot)
    }

    fileprivate func isResource(_ handle: Snapshot.Handle) -> Bool {
        Int(handle) < snapshot.count && resources.lists(handle, in: snapshot)
    }
}

extension Snapshot.Columns {
    /// Whether all that can be read of an entity is the same in two snapshots.
    fileprivate func saysTheSame(of handle: Snapshot.Handle, as other: Self) -> Bool {
        guard Int(handle) < other.count else { return false }
        let (head, otherHead) = (head(of: handle), other.head(of: handle))
        guard head.kind == otherHead.kind, head.owner == otherHead.owner,
            head.endedBy == otherHead.endedBy
        else { return false }
        let (existence, otherExistence) = (existence(of: handle), other.existence(of: handle))
        let (cells, otherCells) = (cells(of: handle), other.cells(of: handle))
        return existence.count == otherExistence.count && cells.count == otherCells.count
            && existence.indices.allSatisfy {
                existence.span($0).isLike(otherExistence.span($0), freshness, other.freshness)
            }
            && zip(cells, otherCells).allSatisfy { cell, otherCell in
                cell.column == otherCell.column
                    && cells.value(of: cell) == otherCells.value(of: otherCell)
                    && cells.span(of: cell).isLike(
                        otherCells.span(of: otherCell), freshness, other.freshness)
            }
    }
}

extension Chunk.Span {
    /// Whether something holds as long as something else, and goes stale as it does.
    fileprivate func isLike(
        _ other: Chunk.Span, _ freshness: Snapshot.Freshness, _ otherFreshness: Snapshot.Freshness
    ) -> Bool {
        from == other.from && until == other.until
            && freshness.bySource[Int(source)] == otherFreshness.bySource[Int(other.source)]
    }
}
