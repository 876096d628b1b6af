public import DecisionEngine
public import Facts
public import PolicyProgram

/// Computes plans: the difference between two evaluations of the same policy.
///
/// There is no second logic here that knows what a leaver loses; the engine is asked with the events and
/// without them. `docs/semantics.md`, section 6, is the definition.
public struct Planner: Sendable {
    private let before: DecisionEngine
    private let after: DecisionEngine
    private let factsBefore: FactBase
    private let factsAfter: FactBase
    private let worlds: [String: Worlds]

    /// An action's worlds, and as each of the engines numbers their values.
    private struct Worlds {
        let worlds: ContextWorlds
        let before: [Circumstances]
        let after: [Circumstances]
    }

    /// Prepares to compare two states of the facts.
    ///
    /// - Parameters:
    ///   - program: the policy.
    ///   - before: the facts without the events.
    ///   - after: the facts with them.
    ///   - digest: names the program.
    ///   - now: the time at which the plan is made: sources that are fresh then are taken to go on being read.
    /// - Throws: where the policy tells too many circumstances apart.
    public init(
        program: Program, before: FactBase, after: FactBase, digest: ProgramDigest,
        now: Instant? = nil
    ) throws(PlanError) {
        self.before = DecisionEngine(
            program: program, facts: before, digest: digest, assumingReadingsFrom: now)
        self.after = DecisionEngine(
            program: program, facts: after, digest: digest, assumingReadingsFrom: now)
        factsBefore = before
        factsAfter = after
        var worlds: [String: Worlds] = [:]
        for action in program.vocabulary.actionNames {
            guard let found = self.after.contextWorlds(action: action) else {
                throw .tooManyCircumstances(action: action)
            }
            worlds[action] = Worlds(
                worlds: found, before: self.before.circumstances(of: found),
                after: self.after.circumstances(of: found))
        }
        self.worlds = worlds
    }

    /// All that changes, from the first instant at which the facts differ, what remains on other grounds, and what
    /// the events ask to be done.
    ///
    /// - Parameter events: the events that make the difference, for their duties.
    /// - Returns: the plan.
    /// - Complexity: for each person and class of resources that the events can reach, one evaluation
    ///   for each change of the facts about them.
    public func plan(for events: [Event] = []) -> Plan {
        let duties = events.flatMap { after.duties(of: $0) }
        guard let from = FirstDifference.instant(between: factsBefore, and: factsAfter) else {
            return Plan(rows: [], from: .distantFuture, duties: duties)
        }
        let reach = Reach(
            before: factsBefore, after: factsAfter, program: after.program)
        let classes = ResourceClasses(
            before: factsBefore, after: factsAfter, program: after.program)
        // Of whom nothing changes, only what is of resources to which something happens.
        let affected = classes.classes.map { $0.filter(reach.affected.contains) }
            .filter { !$0.isEmpty }
        var collector = RowCollector()
        for person in reach.people {
            let isReached = reach.affected.contains(person)
            for members in isReached ? classes.classes : affected {
                guard let first = members.first, let kind = classes.kinds[first] else { continue }
                for action in after.program.vocabulary.actionNames(on: kind) {
                    for segment in segments(person, action, first, from: from) {
                        collector.add(segment, subject: person, action: action, resources: members)
                    }
                }
            }
        }
        return Plan(
            rows: collector.rows, from: from, duties: duties,
            groups: groups(for: reach, from: from))
    }

    /// What falls due: access as it is at an instant against access as it comes to be without any event.
    ///
    /// Asked of a planner whose states of the facts are the same.
    ///
    /// - Parameters:
    ///   - start: the instant whose access is compared with.
    ///   - end: changes that begin at it or later are left out.
    ///   - people: whom it is about; nil for everybody.
    /// - Returns: the plan.
    /// - Complexity: for each person, class of resources and action, one evaluation for each change of the facts about
    ///   them; one for those of whom nothing changes before the end.
    public func due(
        from start: Instant, until end: Instant, for people: [EntityID]? = nil
    ) -> Plan {
        let people = people ?? Reach.people(factsBefore, factsAfter)
        let classes = ResourceClasses(
            before: factsBefore, after: factsAfter, program: after.program)
        var collector = RowCollector()
        var first = Instant.distantFuture
        for person in people {
            for members in classes.classes {
                guard let resource = members.first, let kind = classes.kinds[resource] else {
                    continue
                }
                for action in after.program.vocabulary.actionNames(on: kind) {
                    for segment in dueSegments(person, action, resource, from: start, until: end) {
                        first = min(first, segment.interval.from)
                        collector.add(segment, subject: person, action: action, resources: members)
                    }
                }
            }
        }
        let groups = groups(people, from: start, until: end, fixedAt: start)
        return Plan(
            rows: collector.rows, from: min(first, groups.map(\.interval.from).min() ?? first),
            groups: groups)
    }

    // MARK: Groups

    private func groups(for reach: Reach, from: Instant) -> [Plan.GroupChange] {
        // What becomes of a resource can change who belongs to a group that is about every one of its class.
        let resource = after.program.vocabulary.rootKind(of: Vocabulary.resourceKind)
        let isAboutResources = reach.affected.contains { $0.kind == resource }
        let people =
            isAboutResources ? reach.people : reach.people.filter(reach.affected.contains)
        return groups(people, from: from, until: .distantFuture, fixedAt: nil)
    }

    private func groups(
        _ people: [EntityID], from start: Instant, until end: Instant, fixedAt instant: Instant?
    ) -> [Plan.GroupChange] {
        var changes: [Plan.GroupChange] = []
        for entitlement in after.program.entitlements {
            var comparison = GroupComparison(entitlement, before: before, after: after)
            for person in people {
                changes += comparison.changes(
                    for: person, from: start, until: end, fixedAt: instant)
            }
        }
        return changes.sorted {
            ($0.group, $0.interval.from, $0.member) < ($1.group, $1.interval.from, $1.member)
        }
    }

    // MARK: Segments

    /// How access comes to differ from what it is at `start`, by time alone.
    private func dueSegments(
        _ person: EntityID, _ action: String, _ resource: EntityID, from start: Instant,
        until end: Instant
    ) -> [Segment] {
        guard let worlds = worlds[action] else { return [] }
        let old =
            before.access(of: person, action, resource, at: start, in: worlds.before) ?? .never
        var timeline = AccessTimeline(worlds: worlds.worlds)
        var time = old.unchangedUntil
        guard time < end else { return [] }
        // To the end of time: whether what ends comes back is known only then.
        while time < .distantFuture {
            let new =
                after.access(of: person, action, resource, at: time, in: worlds.after) ?? .never
            timeline.add(
                old: old, new: new, over: Interval(from: time, until: new.unchangedUntil))
            time = new.unchangedUntil
        }
        return timeline.segments.filter { $0.interval.from < end }
    }

    private func segments(
        _ person: EntityID, _ action: String, _ resource: EntityID, from: Instant
    ) -> [Segment] {
        guard let worlds = worlds[action] else { return [] }
        var timeline = AccessTimeline(worlds: worlds.worlds)
        var time = from
        while time < .distantFuture {
            let old =
                before.access(of: person, action, resource, at: time, in: worlds.before) ?? .never
            let new =
                after.access(of: person, action, resource, at: time, in: worlds.after) ?? .never
            let until = min(old.unchangedUntil, new.unchangedUntil)
            timeline.add(old: old, new: new, over: Interval(from: time, until: until))
            time = until
        }
        return timeline.segments
    }
}
