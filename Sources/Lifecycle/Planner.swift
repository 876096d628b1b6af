public import DecisionEngine
public import Facts
public import PolicyProgram

/// Computes plans: the difference between two evaluations of the same policy.
///
/// There is no second logic here that knows what a leaver loses; the engine is asked with the events and
/// without them. `docs/semantics.md`, section 6, is the definition.
///
///     let planner = try Planner(program: program, facts: live.facts, digest: digest, since: now)
///     let change = live.change(by: [entry])
///     let plan = try planner.plan(of: change, for: [event])
public struct Planner: Sendable {
    private let engine: DecisionEngine
    private let worlds: [ActionWorlds]
    /// Resources by what rules read of them, from when on plans are mostly about; nil to find that for each plan.
    private let partition: ResourcePartition?
    private let extents: [EntitlementExtent]

    /// Prepares to compare a state of the facts with others.
    ///
    /// - Parameters:
    ///   - program: the policy.
    ///   - facts: the facts without the events.
    ///   - digest: names the program.
    ///   - now: the time at which plans are made: sources that are fresh then are taken to go on being read.
    ///   - since: from when on most plans are about: what rules read of resources is then looked at once for all of
    ///     them. Nil for one that makes a single plan.
    /// - Throws: where the policy tells too many circumstances apart.
    /// - Complexity: O(*n* log *n*) in the number of facts.
    public init(
        program: Program, facts: FactBase, digest: ProgramDigest, now: Instant? = nil,
        since: Instant? = nil
    ) throws(PlanError) {
        try self.init(
            DecisionEngine(
                program: program, facts: facts, digest: digest, assumingReadingsFrom: now),
            since: since)
    }

    /// Prepares to compare the facts of an engine with others.
    ///
    /// - Parameters:
    ///   - engine: the policy, and the facts without the events.
    ///   - since: from when on most plans are about; nil for one that makes a single plan.
    /// - Throws: where the policy tells too many circumstances apart.
    /// - Complexity: O(*n* log *n*) in the number of facts.
    public init(_ engine: DecisionEngine, since: Instant? = nil) throws(PlanError) {
        self.engine = engine
        worlds = try ActionWorlds.all(of: engine)
        partition = since.map { ResourcePartition(engine, since: $0) }
        extents =
            since.map { since in
                engine.program.entitlements.map { engine.extent(of: $0, at: since) }
            } ?? []
    }

    // MARK: Events

    /// All that a change of the facts changes of access, from the first instant at which the facts differ; what remains on
    /// other grounds; and what the events ask to be done.
    ///
    /// - Parameters:
    ///   - change: what the events change of the facts, as `LiveFacts` tells, or two states of them compared.
    ///   - events: the events, for their duties.
    /// - Returns: the plan.
    /// - Throws: where the policy tells too many circumstances apart.
    /// - Complexity: for each person that the change can reach, linear in the resources that rules tell apart for them
    ///   by their own facts, and one evaluation for each of the classes of those, and each change of the facts about them.
    public func plan(of change: FactChange, for events: [Event] = []) throws(PlanError) -> Plan {
        let after = engine.comparing(change)
        let duties = events.flatMap { after.duties(of: $0) }
        let ids = change.histories.keys
        guard let from = FirstDifference.instant(between: engine, and: after, of: ids) else {
            return Plan(rows: [], from: .distantFuture, duties: duties)
        }
        let partition = partition(since: from)
        let comparison = FactComparison(
            before: engine, after: after, change: change, partition)
        let sides = try AccessComparison(comparison, worlds)
        var collector = RowCollector(after)
        func collect(
            _ person: EntityNumber, _ view: ResourcePartition.View,
            _ profiles: inout AccessProfiles?
        ) {
            let id = after.id(of: person)
            sides.forEachGroup(person, view, partition, &profiles, &known) {
                sides.segments(person, $0, $1, from: from)
            } add: {
                collector.add($0, subject: id, action: $1, resources: $2)
            }
        }
        var known: [[Int]: [Segment]] = [:]
        var profiles = AccessProfiles(comparison, partition, from: from)
        for person in comparison.people ?? Set(comparison.everybody) {
            collect(person, partition.view(for: person, of: comparison), &profiles)
        }
        if !comparison.resources.isEmpty {
            // Of whom nothing changes, only what is of resources to which something happens.
            var none: AccessProfiles?
            for person in comparison.everybody {
                collect(person, partition.changedView(for: person, of: comparison), &none)
            }
        }
        let causes = RowEvents(events, change, comparison)
        let rows = collector.rows.map { row in
            var row = row
            row.events = causes.ids(for: row)
            return row
        }
        return Plan(
            rows: rows, from: from, duties: duties, groups: groups(of: comparison, from: from))
    }

    // MARK: Time

    /// What falls due: access as it is at an instant against access as it comes to be without any event.
    ///
    /// - Parameters:
    ///   - start: the instant whose access is compared with.
    ///   - end: changes that begin at it or later are left out.
    ///   - people: whom it is about; nil for everybody.
    /// - Returns: the plan.
    /// - Throws: where the policy tells too many circumstances apart.
    /// - Complexity: for each person, as for `plan(of:for:)`.
    public func due(
        from start: Instant, until end: Instant, for people: [EntityID]? = nil
    ) throws(PlanError) -> Plan {
        let partition = partition(since: start)
        let change = FactChange(sequence: engine.sequence, histories: [:])
        let comparison = FactComparison(
            before: engine, after: engine, change: change, partition)
        let sides = try AccessComparison(comparison, worlds)
        var collector = RowCollector(engine)
        var known: [[Int]: [Segment]] = [:]
        var profiles = AccessProfiles(comparison, partition, from: start)
        var first = Instant.distantFuture
        let people = people.map { $0.compactMap { engine.number(of: $0) } } ?? comparison.everybody
        for person in people {
            let view = partition.view(for: person, of: comparison)
            let id = engine.id(of: person)
            sides.forEachGroup(person, view, partition, &profiles, &known) {
                sides.dueSegments(person, $0, $1, from: start, until: end)
            } add: { segment, action, resources in
                first = min(first, segment.interval.from)
                collector.add(segment, subject: id, action: action, resources: resources)
            }
        }
        let groups = groups(
            people, of: comparison, from: start, until: end, fixedAt: start)
        return Plan(
            rows: collector.rows, from: min(first, groups.map(\.interval.from).min() ?? first),
            groups: groups)
    }

    /// Resources by what rules read of them from an instant on.
    private func partition(since instant: Instant) -> ResourcePartition {
        if let partition, partition.since <= instant { return partition }
        return ResourcePartition(engine, since: instant)
    }

    // MARK: Groups

    private func groups(of comparison: FactComparison, from: Instant) -> [Plan.GroupChange] {
        // What becomes of a resource can change who belongs to a group that is about every one of its class.
        let people =
            comparison.resources.isEmpty
            ? comparison.people.map { Array($0) } ?? comparison.everybody : comparison.everybody
        return groups(
            people, of: comparison, from: from, until: .distantFuture, fixedAt: nil)
    }

    private func groups(
        _ people: [EntityNumber], of comparison: FactComparison, from start: Instant,
        until end: Instant, fixedAt instant: Instant?
    ) -> [Plan.GroupChange] {
        var changes: [Plan.GroupChange] = []
        for (place, entitlement) in engine.program.entitlements.enumerated() {
            let extent = extents.isEmpty ? nil : extents[place]
            var groups = GroupComparison(
                before: GroupTimeline(comparison.before, entitlement, knownExtent: extent),
                // What no change reaches is of the class as long as before.
                after: GroupTimeline(
                    comparison.after, entitlement,
                    knownExtent: comparison.mayChangeClasses ? nil : extent))
            for person in people {
                changes += groups.changes(
                    for: comparison.after.id(of: person), from: start, until: end,
                    fixedAt: instant)
            }
        }
        return changes.sorted {
            ($0.group, $0.interval.from, $0.member) < ($1.group, $1.interval.from, $1.member)
        }
    }
}
