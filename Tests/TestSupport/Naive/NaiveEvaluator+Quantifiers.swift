import Facts
import PolicyLanguage

/// §3: quantifiers, by trying everything they look through.
extension NaiveEvaluator {
    func truth(
        of quantifier: Quantifier, _ variable: Int, over domain: Domain, _ inner: Condition,
        in scope: Scope
    ) -> Bool? {
        guard let (members, mayHaveMore) = members(of: domain, in: scope) else { return nil }
        // For each: whether it belongs to what is looked through, and whether it meets the condition.
        let found = members.map { member -> (belongs: Bool?, meets: Bool?) in
            var scope = scope
            scope.variables[variable] = member.value
            return (member.belongs, truth(of: inner, in: scope))
        }
        let others: [Bool?] = mayHaveMore ? [nil] : []
        switch quantifier {
        case .some: return disjunction(found.map { conjunction([$0.belongs, $0.meets]) } + others)
        case .every:
            let each = found.map { disjunction([$0.belongs.map { !$0 }, $0.meets]) }
            if each.contains(false) { return false }
            // Nothing proves nothing: there must be one that meets it for sure.
            let hasOne = each.contains(true)
            return hasOne ? conjunction(each + others) : nil
        case .atLeast(let count):
            let met = found.map { conjunction([$0.belongs, $0.meets]) }
            if met.filter({ $0 == true }).count >= count { return true }
            return mayHaveMore || met.filter({ $0 != false }).count >= count ? nil : false
        }
    }

    /// What a quantifier looks through, and whether there may be more of it; nil where that is unknown.
    private func members(
        of domain: Domain, in scope: Scope
    ) -> (members: [(value: Value, belongs: Bool?)], mayHaveMore: Bool)? {
        switch domain {
        case .records(let kind, let owner):
            guard let owner = value(of: owner, in: scope)?.reference else { return nil }
            let records = records(of: kind, holding: scope.time, owner).map { record in
                (
                    value: Value.entity(record.id),
                    belongs: isStale(record.id, at: scope.time) ? nil : true as Bool?
                )
            }
            let sources = policy.vocabulary.kinds[kind]?.sources ?? []
            return (records, isAnyStale(sources, at: scope.time))
        case .members(let set):
            guard let members = members(of: set, in: scope) else { return nil }
            return (members.map { ($0, true) }, false)
        case .chain(let lowest, _, let attribute):
            guard let lowest = value(of: lowest, in: scope)?.reference else { return nil }
            let (reached, isKnown) = chain(from: lowest, over: attribute, at: scope.time)
            return (reached.sorted().map { (.entity($0), true) }, !isKnown)
        }
    }

    /// An entity and all above it, and whether all ways up are known to their ends.
    func chain(
        from lowest: EntityID, over attribute: String, at time: Instant
    ) -> (reached: Set<EntityID>, isKnown: Bool) {
        var reached: Set<EntityID> = [lowest]
        while true {
            let above = reached.flatMap { read(attribute, of: $0, at: time)?.references ?? [] }
            let wider = reached.union(above)
            if wider == reached {
                return (reached, reached.allSatisfy { read(attribute, of: $0, at: time) != nil })
            }
            reached = wider
        }
    }

    // MARK: §2.5, freshness

    static func freshness(of facts: FactBase, policy: CheckedPolicy) -> [String: [Interval]] {
        var fresh: [String: [Interval]] = [:]
        for source in policy.vocabulary.sources {
            guard let age = source.fresh else { continue }
            fresh[source.name] = (facts.readings[source.name] ?? []).map {
                Interval(from: $0, until: age.end(from: $0, in: policy.zone))
            }
        }
        return fresh
    }

    /// Whether what a source says no longer counts.
    func isStale(_ source: String, at time: Instant) -> Bool {
        guard let intervals = fresh[source] else { return false }
        return !intervals.contains { $0.contains(time) }
    }

    func isAnyStale(_ sources: [String], at time: Instant) -> Bool {
        sources.contains { isStale($0, at: time) }
    }

    /// Whether only a stale source says that a record holds.
    func isStale(_ record: EntityID, at time: Instant) -> Bool {
        facts[record].map { isStale($0.origin.source, at: time) } ?? false
    }
}
