package import Facts

/// What a directory states at one time.
package struct DirectoryReading: Hashable, Sendable {
    /// What it states: entities, then records, each sorted by id.
    package let observations: [Observation]
    /// Why nothing was taken from some entries.
    package let problems: [EntryProblem]
    /// What somebody should know of besides, sorted.
    package let notices: [DirectoryNotice]
    /// Attributes the mapping names that not one of many entries has: misspelt, or hidden from us.
    package let absentAttributes: [String]
    /// From when on it holds.
    package let effective: Instant

    /// Whether every entry that was asked for has been understood.
    package var isComplete: Bool { problems.isEmpty }

    /// What to append to the ledger so that it says what the directory says now.
    ///
    /// New and changed statements, then withdrawals of what is gone, records before their owners. What
    /// was stated of an entry that has a problem now stays as it was: a mistake in an entry does not
    /// look like somebody leaving.
    ///
    /// - Parameters:
    ///   - stated: the source's last observation of each entity and record, withdrawals included or not.
    ///   - limits: how much may be withdrawn at once.
    /// - Returns: the observations; none where nothing has changed.
    /// - Throws: why the reading can't be believed.
    package func changes(
        since stated: [EntityID: Observation], guardedBy limits: WithdrawalGuard = WithdrawalGuard()
    ) throws(DirectoryError) -> [Observation] {
        guard observations.contains(where: { $0.owner == nil }) else { throw .nothingRead }
        guard absentAttributes.isEmpty else { throw .attributesNowhere(absentAttributes) }
        // The fold goes by instants first: an older statement would be without effect later on.
        if let latest = stated.values.map(\.effective).max(), latest > effective {
            throw .olderThanStated(latest)
        }
        let changed = observations.filter { observation in
            stated[observation.entity].map { !$0.states(thatOf: observation) } ?? true
        }
        var totals: [String: Int] = [:]
        for observation in stated.values where observation.attributes != nil {
            totals[observation.kind, default: 0] += 1
        }
        let gone = withdrawn(from: stated)
        try limits.check(gone, of: totals, unclear: problems.count(where: \.isUnclear))
        return changed + Self.withdrawals(of: gone, effective: effective)
    }

    /// The withdrawals of what is gone, records before their owners.
    static func withdrawals(of gone: [Observation], effective: Instant) -> [Observation] {
        gone.sorted { Observation.entitiesFirst($1, $0) }.map { observation in
            Observation(
                entity: observation.entity, kind: observation.kind, owner: observation.owner,
                attributes: nil, effective: effective)
        }
    }

    /// What the source stated, and states no longer.
    package func withdrawn(from stated: [EntityID: Observation]) -> [Observation] {
        let present = Set(observations.map(\.entity))
        let setAside = SetAside(problems)
        return stated.values.filter { observation in
            observation.attributes != nil && !present.contains(observation.entity)
                && !setAside.covers(observation)
        }
    }
}

/// Of whom nothing is taken, because an entry has a problem: what was stated of them stays as it was.
struct SetAside {
    private let entities: Set<EntityID>

    init(_ problems: [EntryProblem]) { entities = Set(problems.compactMap(\.entity)) }

    func covers(_ observation: Observation) -> Bool {
        guard !entities.isEmpty else { return false }
        return entities.contains(observation.owner ?? observation.entity)
            || entities.contains(observation.entity)
            || (RecordName.entry(of: observation.entity).map(entities.contains) ?? false)
    }
}

extension Observation {
    /// Whether both say the same, from whenever on.
    func states(thatOf other: Observation) -> Bool {
        kind == other.kind && owner == other.owner && attributes == other.attributes
    }
}
