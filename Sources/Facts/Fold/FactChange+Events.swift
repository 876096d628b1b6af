extension FactChange {
    /// Which of those who have changed each of some events bears on: those it speaks of, their records, and, where it ends records
    /// whoever owns them, all records of that kind.
    ///
    /// It may be more than what the event changed by itself, never less.
    ///
    /// - Parameters:
    ///   - events: the events.
    ///   - vocabulary: what they mean.
    /// - Returns: for each event, in the same order, those who have changed.
    /// - Complexity: linear in what the events speak of and in those who have changed; for each event that ends records
    ///   whoever owns them, linear in those who have changed.
    package func changed(by events: [Event], _ vocabulary: Vocabulary) -> [Set<EntityID>] {
        var records: [EntityID: [EntityID]] = [:]
        for (id, history) in histories {
            if let owner = history?.owner { records[owner, default: []].append(id) }
        }
        // Whose records they were isn't known any more.
        let gone = Set(histories.filter { $0.value == nil }.keys)
        return events.map { event in
            let entry = LedgerEntry(sequence: 0, source: "", content: .event(event))
            var found = gone
            for id in entry.touched(vocabulary) {
                if histories[id] != nil { found.insert(id) }
                found.formUnion(records[id] ?? [])
            }
            for sweep in entry.sweeps(vocabulary) {
                guard case .end(let kind, _, _) = sweep.operation else { continue }
                found.formUnion(histories.filter { $0.value?.kind == kind }.keys)
            }
            return found
        }
    }
}
