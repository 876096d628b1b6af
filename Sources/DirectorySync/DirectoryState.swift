package import Facts
import LDAPClient
package import Ledger

/// What is known of a directory from one reading to the next: what it gave, what that says, and what was stated of it.
///
/// It follows from what the ledger keeps, and can be made of that at any time; who holds on to it has a few changes cost
/// what they touch. After anything that went wrong it is thrown away.
package struct DirectoryState {
    private let mapping: CheckedMapping
    private let zone: ZoneTable
    /// What was kept of the directory, and has come to it since.
    package private(set) var copy: DirectoryCopy
    private var searches: [DirectorySearch]
    private var identities: Identities
    private var model: DirectoryModel?
    /// What the source states, as recorded.
    private var stated: [EntityID: Observation]
    private var totals: [String: Int] = [:]
    private var latest = Instant.distantPast
    /// What is stated and said no longer, and wasn't withdrawn: an entry has a problem.
    private var missing: Set<EntityID> = []
    private var news = News.everything(nil)

    /// What came with the last answer.
    private enum News {
        case everything(DirectoryReading?)
        case entities([EntityID: Observation?], effective: Instant)
    }

    /// Begins with what the ledger keeps.
    ///
    /// - Parameters:
    ///   - copy: what was kept of the directory.
    ///   - stated: what the source states.
    ///   - mapping: which entries mean what.
    ///   - zone: the zone of dates.
    ///   - rebinding: who is known though the entry was made anew.
    package init(
        _ copy: SourceCopy, stated: [EntityID: Observation], mapping: CheckedMapping,
        zone: ZoneTable, rebinding: Identities.Rebinding = .names([])
    ) {
        self.mapping = mapping
        self.zone = zone
        self.copy = DirectoryCopy(copy)
        self.stated = stated
        identities = Identities(copy.identities, rebinding: rebinding)
        searches = DirectorySearch.searches(of: mapping)
        for observation in stated.values { count(observation, 1) }
    }

    /// Holds a copy, of which nothing was stated.
    init(_ copy: DirectoryCopy, mapping: CheckedMapping) {
        self.mapping = mapping
        zone = .utc
        self.copy = copy
        stated = [:]
        identities = Identities()
        searches = DirectorySearch.searches(of: mapping)
    }

    private mutating func count(_ observation: Observation, _ step: Int) {
        latest = max(latest, observation.effective)
        if observation.attributes != nil { totals[observation.kind, default: 0] += step }
    }

    /// Makes it as if the server had never told how far it had come, so that everything is asked for.
    package mutating func forgetCookies() { copy.forgetCookies() }

    /// Notes that the ledger has kept an answer that said nothing new.
    package mutating func advance() { copy.advance() }

    // MARK: What a server says

    /// Takes what a server answered.
    ///
    /// - Parameters:
    ///   - answer: what it said.
    ///   - effective: from when on it holds.
    /// - Throws: why it can't be believed.
    package mutating func take(
        _ answer: ServerAnswer, effective: Instant
    ) throws(DirectoryError) {
        copy.apply(answer)
        guard model != nil else {
            try readEverything(effective: effective)
            return
        }
        var changed: [EntryKey: DirectoryModel.Found?] = [:]
        for (_, update) in answer.updates {
            for key in update.removed.union(update.put.keys) where changed[key] == nil {
                changed.updateValue(try found(key), forKey: key)
            }
        }
        switch model?.apply(changed, effective: effective) {
        case .entities(let said): news = .entities(said, effective: effective)
        default: news = .everything(model?.reading(effective: effective))
        }
    }

    private mutating func readEverything(effective: Instant) throws(DirectoryError) {
        let model = DirectoryModel(
            try everything(), mapping: mapping, zone: zone, identities: identities,
            effective: effective)
        self.model = model
        news = .everything(model.reading(effective: effective))
    }

    /// Reads what was kept, so that the next answer costs what has changed.
    ///
    /// - Parameter effective: from when on it holds.
    /// - Throws: `changedWhileRead`.
    package mutating func prepare(effective: Instant) throws(DirectoryError) {
        guard model == nil else { return }
        try readEverything(effective: effective)
        // What was kept says what is stated, besides what an entry with a problem says no longer.
        missing = unsaid
        news = .entities([:], effective: latest)
    }

    /// All entries, each once, in the order of their names.
    private func everything() throws(DirectoryError) -> [DirectoryModel.Found] {
        var found: [DirectoryModel.Found] = []
        var seen: Set<EntryKey> = []
        for search in searches {
            for key in (copy.parts[search.name] ?? DirectoryPart()).entries.keys
            where searches.count == 1 || seen.insert(key).inserted {
                if let one = try self.found(key) { found.append(one) }
            }
        }
        return found.sorted { $0.entry.entry.dn < $1.entry.entry.dn }
    }

    /// What searches found at a key; what they found of one entry must be the same.
    private func found(_ key: EntryKey) throws(DirectoryError) -> DirectoryModel.Found? {
        var found: DirectoryModel.Found?
        for search in searches {
            guard let entry = copy.parts[search.name]?.entries[key] else { continue }
            let uuid: EntryUUID? = if case .uuid(let id) = key { id } else { nil }
            let one = DirectoryEntry(entry, uuid: uuid)
            guard found == nil || found?.entry == one else {
                throw .changedWhileRead(dn: entry.dn)
            }
            found = DirectoryModel.Found(
                one, problems: (found?.problems ?? []) + search.disagreements(one))
        }
        return found
    }

    /// All entries, as they were given.
    ///
    /// - Throws: `changedWhileRead`.
    package func entries() throws(DirectoryError) -> DirectoryEntries {
        let found = try everything()
        return DirectoryEntries(found.map(\.entry), problems: found.flatMap(\.problems))
    }

    // MARK: What follows

    /// Why nothing was taken from some entries.
    package var problems: [EntryProblem] {
        (model?.problems ?? []).sorted(by: EntryProblem.inOrder)
    }

    /// What somebody should know of besides.
    package var notices: [DirectoryNotice] {
        guard let model else { return [] }
        var notices: Set<DirectoryNotice> = []
        for place in model.remarkable {
            notices.formUnion(model.slots[place]?.saying.notices ?? [])
        }
        return notices.sorted { $0.description < $1.description }
    }

    /// All that the directory states.
    ///
    /// - Parameter effective: from when on it holds.
    /// - Returns: the reading; nil before the first answer.
    package func reading(effective: Instant) -> DirectoryReading? {
        model?.reading(effective: effective)
    }

    /// The way of the entries to their facts that a filter matches.
    ///
    /// - Parameter filter: which entries, by the attributes that the mapping reads.
    /// - Returns: their ways, in the order of their names.
    package func explanations(of filter: FilterMatcher) -> [EntryExplanation] {
        model?.explanations(of: filter, stated: stated) ?? []
    }

    /// How many entities and records the directory states.
    package var count: Int { (model?.owners.count ?? 0) + (model?.shared.count ?? 0) }

    /// The ids that have become known.
    package var newIdentities: [String: [UInt8]] { model?.identities.kept ?? [:] }

    /// What to append to the ledger so that it says what the directory says now, as
    /// ``DirectoryReading/changes(since:guardedBy:)`` gives it.
    ///
    /// - Parameter limits: how much may be withdrawn at once.
    /// - Returns: the observations; none where nothing has changed.
    /// - Throws: why the answer can't be believed.
    package func changes(guardedBy limits: WithdrawalGuard) throws(DirectoryError) -> [Observation]
    {
        switch news {
        case .everything(let reading):
            return try reading?.changes(since: stated, guardedBy: limits) ?? []
        case .entities(let said, let effective):
            guard let model, model.saysEntities else { throw .nothingRead }
            let absent = model.counts.absent(by: mapping)
            guard absent.isEmpty else { throw .attributesNowhere(absent) }
            guard latest <= effective else { throw .olderThanStated(latest) }
            let changed = said.values.compactMap(\.self).filter { observation in
                stated[observation.entity].map { !$0.states(thatOf: observation) } ?? true
            }
            let gone = withdrawn
            try limits.check(
                gone, of: totals, unclear: model.problems.count(where: \.isUnclear))
            return changed.sorted(by: Observation.entitiesFirst)
                + DirectoryReading.withdrawals(of: gone, effective: effective)
        }
    }

    /// What the source stated, and states no longer.
    package var withdrawn: [Observation] {
        switch news {
        case .everything(let reading): return reading?.withdrawn(from: stated) ?? []
        case .entities:
            let setAside = SetAside(model?.problems ?? [])
            return unsaid.compactMap { stated[$0] }.filter { !setAside.covers($0) }
        }
    }

    /// What is stated, and not said now.
    private var unsaid: Set<EntityID> {
        switch news {
        case .everything(let reading):
            return Set(stated.filter { $0.value.attributes != nil }.keys)
                .subtracting(reading?.observations.map(\.entity) ?? [])
        case .entities(let said, _):
            let ids = missing.union(said.filter { $0.value == nil }.keys)
            return ids.filter { id in
                stated[id]?.attributes != nil && model?.observation(of: id) == nil
            }
        }
    }

    /// Notes that the ledger has recorded changes, and kept what the server said.
    package mutating func recorded(_ observations: [Observation]) {
        for observation in observations {
            if let before = stated[observation.entity] { count(before, -1) }
            stated[observation.entity] = observation.attributes == nil ? nil : observation
            count(observation, 1)
        }
        missing = unsaid
        news = .entities([:], effective: latest)
        copy.advance()
        model?.identities.forgetAdded()
    }
}
