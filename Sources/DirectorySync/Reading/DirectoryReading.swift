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
        let current = stated.values.filter { $0.attributes != nil }
        let gone = withdrawn(from: stated)
        try limits.check(gone, of: current, unclear: problems.count(where: \.isUnclear))
        return changed
            + gone.sorted { Observation.entitiesFirst($1, $0) }.map { observation in
                Observation(
                    entity: observation.entity, kind: observation.kind, owner: observation.owner,
                    attributes: nil, effective: effective)
            }
    }

    /// What the source stated, and states no longer.
    package func withdrawn(from stated: [EntityID: Observation]) -> [Observation] {
        let present = Set(observations.map(\.entity))
        let setAside = Set(problems.compactMap(\.entity))
        return stated.values.filter { observation in
            observation.attributes != nil && !present.contains(observation.entity)
                && !setAside.contains(observation.owner ?? observation.entity)
                && !setAside.contains(observation.entity)
                && !(RecordName.entry(of: observation.entity).map(setAside.contains) ?? false)
        }
    }
}

extension Observation {
    /// Whether both say the same, from whenever on.
    fileprivate func states(thatOf other: Observation) -> Bool {
        kind == other.kind && owner == other.owner && attributes == other.attributes
    }
}
