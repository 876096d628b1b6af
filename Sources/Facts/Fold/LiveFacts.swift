/// The facts while the ledger grows: each new entry changes those it touches, and costs what they cost.
///
/// An entity's history follows from the entries that speak of it, of its records, or of somebody whom one of these entries
/// speaks of too; when one is added, these are folded again, and nothing else is.
///
///     var facts = LiveFacts(entries, vocabulary: vocabulary, zone: zone)
///     let change = facts.append([entry])
///     engine = engine.applying(change)
public struct LiveFacts: Sendable {
    private let vocabulary: Vocabulary
    private let zone: ZoneTable
    private var index: EntryIndex
    private var histories: [EntityID: EntityHistory]
    private var readings: [String: [Instant]]
    private var disagreements: [EntityID: [Disagreement]] = [:]
    private var problems: Set<FactProblem>
    /// The entities of kinds that have a hierarchy.
    private var placed: Set<EntityID> = []
    /// The sequence of the last entry; 0 where there is none.
    public private(set) var sequence: Int64

    /// Folds the entries of a ledger.
    ///
    /// - Parameters:
    ///   - entries: the entries as known.
    ///   - vocabulary: what the events mean.
    ///   - zone: the zone that calendar periods are counted in.
    /// - Complexity: that of `Fold.facts`.
    public init(_ entries: [LedgerEntry], vocabulary: Vocabulary, zone: ZoneTable) {
        let (facts, problems) = Fold.facts(from: entries, vocabulary: vocabulary, zone: zone)
        self.init(entries, facts: facts, problems: problems, vocabulary: vocabulary, zone: zone)
    }

    /// Goes on from entries that were folded before.
    ///
    /// - Parameters:
    ///   - entries: the entries as known.
    ///   - facts: what `Fold.facts` made of them.
    ///   - problems: what it found wrong with them.
    ///   - vocabulary: what the events mean.
    ///   - zone: the zone that calendar periods are counted in.
    /// - Complexity: linear in what the entries say.
    package init(
        _ entries: [LedgerEntry], facts: FactBase, problems: [FactProblem],
        vocabulary: Vocabulary, zone: ZoneTable
    ) {
        self.vocabulary = vocabulary
        self.zone = zone
        index = EntryIndex(entries, vocabulary)
        histories = [:]
        readings = facts.readings
        sequence = facts.sequence
        self.problems = Set(problems)
        for history in facts.histories { keep(history) }
        for disagreement in facts.disagreements {
            disagreements[disagreement.entity, default: []].append(disagreement)
        }
    }

    /// The facts now.
    ///
    /// - Complexity: O(*n* log *n*) in the number of entities.
    public var facts: FactBase {
        FactBase(
            sequence: sequence, histories: histories.values, readings: readings,
            disagreements: disagreements.sorted { $0.key < $1.key }.flatMap(\.value))
    }

    /// What is known of an entity; nil where nobody has spoken of it.
    public subscript(id: EntityID) -> EntityHistory? { histories[id] }

    /// Adds entries, and tells what they have changed.
    ///
    /// Entries with a problem have no effect, as with `Fold.facts`; whoever records entries asks for `change(by:)` first,
    /// and refuses those.
    ///
    /// - Parameter new: entries, with sequences after those there are.
    /// - Returns: what has changed.
    /// - Complexity: as `change(by:)`.
    @discardableResult
    public mutating func append(_ new: [LedgerEntry]) -> FactChange {
        let change = change(by: new)
        index.add(new, vocabulary)
        sequence = change.sequence
        if let readings = change.readings { self.readings = readings }
        problems = problems.filter { problem in
            // Circles are found for all at once, so that those there are now are among the change's.
            !problem.isCircle && problem.sequence.map { !change.folded.contains($0) } ?? false
        }
        problems.formUnion(change.allProblems)
        for (id, history) in change.histories {
            if let history { keep(history) } else { histories[id] = nil }
        }
        for (id, found) in change.disagreements { disagreements[id] = found }
        return change
    }

    private mutating func keep(_ history: EntityHistory) {
        histories[history.id] = history
        if vocabulary.kinds[history.kind]?.hierarchy != nil { placed.insert(history.id) }
    }

    // MARK: What changes

    /// What new entries would change, were they added.
    ///
    /// - Parameter new: entries, with sequences after those there are.
    /// - Returns: what would change, and what is wrong with the entries, or with older ones because of them.
    /// - Complexity: that of folding the entries that speak of those whom the new ones speak of, and of those they lead to;
    ///   besides, linear in the events that end records whoever owns them.
    public func change(by new: [LedgerEntry]) -> FactChange {
        let more = EntryIndex(new, vocabulary)
        let (ids, entries) = group(around: new, more)
        let folded = Set(entries.map(\.sequence))
        let voided = index.voided.union(more.voided)
        var builder = FactBuilder(vocabulary: vocabulary, zone: zone)
        builder.fold(
            entries, voided: voided, sweeps: sweeps(more, besides: folded, voided: voided))

        var changed: [EntityID: EntityHistory?] = [:]
        for id in ids where builder.histories[id] != histories[id] {
            changed.updateValue(builder.histories[id], forKey: id)
        }
        let cycles = cycles(after: changed)
        let found = builder.problems + (cycles ?? standingCycles) + unmatched(more)
        var contradictions = Dictionary(grouping: builder.disagreements, by: \.entity)
        for id in ids where contradictions[id] == nil && disagreements[id] != nil {
            contradictions[id] = []
        }
        return FactChange(
            sequence: max(sequence, new.map(\.sequence).max() ?? 0), histories: changed,
            readings: readings(with: new),
            problems: found.filter { !problems.contains($0) }, disagreements: contradictions,
            allProblems: found, folded: folded)
    }

    /// Everybody whom entries touch or lead to, and all entries about them.
    private func group(
        around new: [LedgerEntry], _ more: EntryIndex
    ) -> (ids: Set<EntityID>, entries: [LedgerEntry]) {
        guard !index.tiesEverything, !more.tiesEverything else {
            let all = index.entries + new
            return (
                all.reduce(into: Set(histories.keys)) { $0.formUnion($1.touched(vocabulary)) }, all
            )
        }
        var ids: Set<EntityID> = []
        var pending = new.flatMap { roots(of: $0, more) }
        // The new ones are numbered on after those there are.
        let indices = [(index, 0), (more, index.entries.count)]
        var seen: Set<Int> = []
        var entries: [LedgerEntry] = []
        while let next = pending.popLast() {
            guard ids.insert(next).inserted else { continue }
            for (some, first) in indices {
                for place in some.places(of: next) where seen.insert(first + place).inserted {
                    entries.append(some.entries[place])
                    pending += some.entries[place].touched(vocabulary)
                }
            }
        }
        // An entry may speak of nobody and be wrong all the same.
        return (ids, entries + new.filter { $0.touched(vocabulary).isEmpty })
    }

    /// Whom a new entry may change, leaving aside to whom they lead.
    private func roots(of entry: LedgerEntry, _ more: EntryIndex) -> Set<EntityID> {
        let concerned =
            entry.voidedID.map { index.events(withID: $0) + more.events(withID: $0) } ?? [entry]
        var roots: Set<EntityID> = []
        for entry in concerned {
            roots.formUnion(entry.touched(vocabulary))
            for sweep in entry.sweeps(vocabulary) {
                guard case .end(let kind, _, _) = sweep.operation else { continue }
                roots.formUnion(index.owners(of: kind).union(more.owners(of: kind)))
            }
        }
        return roots
    }

    /// What events do to records whoever owns them, leaving aside events that are folded whole.
    private func sweeps(
        _ more: EntryIndex, besides whole: Set<Int64>, voided: Set<String>
    ) -> [Fold.Step] {
        let entries =
            index.sweeping.map { index.entries[$0] } + more.sweeping.map { more.entries[$0] }
        return entries.flatMap { entry -> [Fold.Step] in
            guard !whole.contains(entry.sequence), case .event(let event) = entry.content,
                !voided.contains(event.id), let declaration = vocabulary.events[event.name]
            else { return [] }
            return Fold.sweeps(of: event, declaration, entry: entry)
        }
    }

    /// The hierarchies that go round in a circle already.
    private var standingCycles: [FactProblem] {
        problems.filter(\.isCircle)
    }

    /// The hierarchies that would go round in a circle; nil where nobody has moved in one.
    private func cycles(after changed: [EntityID: EntityHistory?]) -> [FactProblem]? {
        let isMoved = changed.contains { id, history in
            let kind = (history ?? histories[id])?.kind
            guard let attribute = kind.flatMap({ vocabulary.kinds[$0]?.hierarchy?.attribute })
            else { return false }
            return history?.attributes[attribute] != histories[id]?.attributes[attribute]
        }
        guard isMoved else { return nil }
        var builder = FactBuilder(vocabulary: vocabulary, zone: zone)
        for id in placed.union(changed.keys) {
            builder.histories[id] = changed[id] ?? histories[id]
        }
        builder.findHierarchyCycles()
        return builder.problems
    }

    private func readings(with new: [LedgerEntry]) -> [String: [Instant]]? {
        let more = Fold.readings(in: new)
        guard !more.isEmpty else { return nil }
        return readings.merging(more) { ($0 + $1) }.mapValues { $0.sorted() }
    }

    private func unmatched(_ more: EntryIndex) -> [FactProblem] {
        more.entries.compactMap { entry in
            guard let id = entry.voidedID, index.events(withID: id).isEmpty,
                more.events(withID: id).isEmpty
            else { return nil }
            return FactProblem(.unknownEventID(id), sequence: entry.sequence)
        }
    }
}

extension FactProblem {
    fileprivate var isCircle: Bool {
        guard case .hierarchyCycle = reason else { return false }
        return true
    }
}
