public import Facts
public import PolicyProgram

/// How many people have some access that the policy limits.
public struct LimitFinding: Hashable, Sendable {
    /// The limit's name.
    public let limit: String
    /// What the resources have in common; nil where the limit is about all of its class together.
    public let group: EntityID?
    /// Who has the access, in order of id.
    public let people: [EntityID]
    /// The most there may be.
    public let most: Int

    /// Whether there are more than there may be.
    public var isExceeded: Bool { people.count > most }
}

/// The resources that an entitlement is about.
package struct EntitlementExtent: Sendable {
    let resources: [Snapshot.Handle]
    /// How long at least these are they.
    package let interval: Interval
}

/// What is asked of a policy besides single requests: `docs/semantics.md`, 5.2 and 5.3.
extension DecisionEngine {
    /// Who belongs to the group of an entitlement, in order of id.
    ///
    /// In doubt somebody does not: it takes access in the circumstances that the target is said to enforce, to
    /// every resource that may be of the class, or to one that surely is.
    ///
    /// - Complexity: one decision for each person and resource of the class.
    public func members(of entitlement: ProgramEntitlement, at time: Instant) -> [EntityID] {
        membership(of: entitlement, at: time).members
    }

    /// Who belongs to the group of an entitlement, in order of id, and how long at least that stays so.
    ///
    /// - Complexity: one decision for each person and resource of the class.
    package func membership(
        of entitlement: ProgramEntitlement, at time: Instant
    ) -> (members: [EntityID], unchangedUntil: Instant) {
        let extent = extent(of: entitlement, at: time)
        var horizon = extent.interval.until
        let members = people.handles.filter {
            isMember($0, of: entitlement, over: extent, at: time, horizon: &horizon)
        }.map { snapshot.id(of: $0) }
        return (members, horizon)
    }

    /// The resources that an entitlement is about at an instant.
    ///
    /// - Complexity: one look at each resource.
    package func extent(
        of entitlement: ProgramEntitlement, at time: Instant
    ) -> EntitlementExtent {
        var horizon = Instant.distantFuture
        let found = resources(
            of: entitlement.extent, at: time, orMaybe: entitlement.extent.isEvery,
            horizon: &horizon)
        return EntitlementExtent(
            resources: found, interval: Interval(from: time, until: horizon))
    }

    /// Whether somebody belongs to the group of an entitlement, and how long at least that stays so.
    ///
    /// - Parameters:
    ///   - person: who.
    ///   - entitlement: the group.
    ///   - extent: the resources that it is about at the time.
    ///   - time: when.
    /// - Returns: whether they do, and an instant before which that doesn't change; nobody does who is not known.
    /// - Complexity: one decision for each resource.
    package func membership(
        of person: EntityID, in entitlement: ProgramEntitlement, over extent: EntitlementExtent,
        at time: Instant
    ) -> (isMember: Bool, unchangedUntil: Instant) {
        guard let handle = subject(person.name)?.number else { return (false, .distantFuture) }
        var horizon = extent.interval.until
        let isMember = isMember(
            handle, of: entitlement, over: extent, at: time, horizon: &horizon)
        return (isMember, horizon)
    }

    private func isMember(
        _ person: Snapshot.Handle, of entitlement: ProgramEntitlement,
        over extent: EntitlementExtent, at time: Instant, horizon: inout Instant
    ) -> Bool {
        guard !extent.resources.isEmpty else { return false }
        let circumstances = Circumstances(
            context: contextCells(entitlement.assuming), lineage: lineage)
        let isEvery = entitlement.extent.isEvery
        for resource in extent.resources {
            let isPermitted = isPermitted(
                person, entitlement.extent, resource, circumstances, at: time, horizon: &horizon)
            // One that may decides for some, one that may not for every.
            if isPermitted != isEvery { return isPermitted }
        }
        return isEvery
    }

    /// For each group of resources that a limit is about, who has the access.
    ///
    /// In doubt somebody counts: it takes access in any circumstances, to every resource that surely is of the
    /// class, or to one that may be. Nil where the policy tells too many circumstances apart.
    ///
    /// - Complexity: one decision for each person, resource of the class and set of circumstances.
    public func findings(of limit: ProgramLimit, at time: Instant) -> [LimitFinding]? {
        let extent = limit.extent
        let action = program.tables.actions[Int(extent.action)]
        guard let worlds = contextWorlds(action: action) else { return nil }
        let circumstances = circumstances(of: worlds)
        var groups: [EntityID?: [Snapshot.Handle]] = [:]
        var horizon = Instant.distantFuture
        for resource in resources(
            of: extent, at: time, orMaybe: !extent.isEvery, horizon: &horizon)
        {
            for group in groupsOf(resource, limit, at: time) {
                groups[group, default: []].append(resource)
            }
        }
        return groups.sorted { ($0.key?.name ?? "") < ($1.key?.name ?? "") }.map { group, members in
            let people = people.handles.filter { person in
                let isReached = { (resource: Snapshot.Handle) in
                    circumstances.contains {
                        self.isPermitted(
                            person, extent, resource, $0, at: time, horizon: &horizon)
                    }
                }
                return extent.isEvery
                    ? members.allSatisfy(isReached) : members.contains(where: isReached)
            }
            return LimitFinding(
                limit: limit.name, group: group, people: people.map { snapshot.id(of: $0) },
                most: limit.most)
        }
    }

    // MARK: Extents

    /// The resources that exist and are of the class, or, where wanted, may be.
    private func resources(
        of extent: ProgramExtent, at time: Instant, orMaybe: Bool, horizon: inout Instant
    ) -> [Snapshot.Handle] {
        resources.handles.filter { resource in
            guard snapshot.columns.value.applies(action: Int(extent.action), to: resource)
            else { return false }
            var evaluator = evaluator(about: resource, at: time)
            let exists = evaluator.exists(resource)
            let truth = exists ? evaluator.truth(of: extent.head) : .false
            horizon = min(horizon, evaluator.horizon)
            return truth == .true || (orMaybe && truth == .unknown)
        }
    }

    private func groupsOf(
        _ resource: Snapshot.Handle, _ limit: ProgramLimit, at time: Instant
    ) -> [EntityID?] {
        guard let operand = limit.group else { return [nil] }
        var evaluator = evaluator(about: resource, at: time)
        guard let cell = evaluator.value(of: operand),
            case .column(let column, _) = program.tables.operands[Int(operand)]
        else { return [] }
        let key = program.tables.columns[Int(column)]
        guard let type = program.vocabulary.attribute(of: key)?.type else { return [] }
        return value(of: cell, type: type).references.map { $0 }
    }

    private func evaluator(
        about resource: Snapshot.Handle, at time: Instant
    ) -> ConditionEvaluator<NoTrace> {
        let question = ResolvedRequest(
            subject: resource, action: 0, resource: resource,
            circumstances: Circumstances(context: contextCells([:]), lineage: lineage), time: time)
        return ConditionEvaluator(
            tables, snapshot, question: question, time: time, trace: NoTrace())
    }

    private func isPermitted(
        _ person: Snapshot.Handle, _ extent: ProgramExtent, _ resource: Snapshot.Handle,
        _ circumstances: Circumstances, at time: Instant, horizon: inout Instant
    ) -> Bool {
        let question = ResolvedRequest(
            subject: person, action: Int(extent.action), resource: resource,
            circumstances: circumstances, time: time)
        let outcomes = outcomes(of: question, at: time, horizon: &horizon)
        return outcomes.exists
            && verdict(outcomes.truths, action: question.action).basis == .permitted
    }
}
