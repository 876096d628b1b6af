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
    private let worlds: [String: ContextWorlds]

    /// Prepares to compare two states of the facts.
    ///
    /// - Parameters:
    ///   - program: the policy.
    ///   - before: the facts without the events.
    ///   - after: the facts with them.
    ///   - digest: names the program.
    /// - Throws: where the policy tells too many circumstances apart.
    public init(
        program: Program, before: FactBase, after: FactBase, digest: ProgramDigest
    ) throws(PlanError) {
        self.before = DecisionEngine(program: program, facts: before, digest: digest)
        self.after = DecisionEngine(program: program, facts: after, digest: digest)
        factsBefore = before
        factsAfter = after
        var worlds: [String: ContextWorlds] = [:]
        for action in program.vocabulary.actionNames {
            guard let found = self.after.contextWorlds(action: action) else {
                throw .tooManyCircumstances(action: action)
            }
            worlds[action] = found
        }
        self.worlds = worlds
    }

    /// All that changes from `from` on, and what remains on other grounds.
    ///
    /// - Complexity: for each person and class of resources that the events can reach, one evaluation
    ///   for each change of the facts about them.
    public func plan(from: Instant) -> Plan {
        let reach = Reach(before: factsBefore, after: factsAfter)
        let classes = ResourceClasses(
            before: factsBefore, after: factsAfter, program: after.program)
        var collector = RowCollector()
        for person in reach.people {
            let isReached = reach.affected.contains(person)
            for members in classes.classes {
                let members = isReached ? members : members.filter(reach.affected.contains)
                guard let first = members.first, let kind = classes.kinds[first] else { continue }
                for action in after.program.vocabulary.actionNames(on: kind) {
                    for segment in segments(person, action, first, from: from) {
                        collector.add(segment, subject: person, action: action, resources: members)
                    }
                }
            }
        }
        return Plan(rows: collector.rows, from: from)
    }

    // MARK: Segments

    /// A stretch of time over which access differs, or rests on other grounds, in one way.
    struct Segment {
        let change: Plan.Change
        var interval: Interval
        let before: [String]
        let after: [String]
        let inTheWay: [String]
        let remaining: [[String: Value]]

        func isContinued(by next: Segment) -> Bool {
            interval.until == next.interval.from && change == next.change && before == next.before
                && after == next.after && inTheWay == next.inTheWay && remaining == next.remaining
        }
    }

    private func segments(
        _ person: EntityID, _ action: String, _ resource: EntityID, from: Instant
    ) -> [Segment] {
        guard let worlds = worlds[action] else { return [] }
        var segments: [Segment] = []
        var time = from
        while time < .distantFuture {
            let old = before.access(of: person, action, resource, at: time, in: worlds) ?? .never
            let new = after.access(of: person, action, resource, at: time, in: worlds) ?? .never
            let until = min(old.unchangedUntil, new.unchangedUntil)
            let interval = Interval(from: time, until: until)
            let found = changes(from: old, to: new, in: worlds, over: interval)
            if let last = segments.last, let next = found.first, found.count == 1,
                last.isContinued(by: next)
            {
                segments[segments.count - 1].interval = Interval(
                    from: last.interval.from, until: until)
            } else {
                segments += found
            }
            time = until
        }
        return withSuspensions(segments, person, action, resource, worlds)
    }

    private func changes(
        from old: Access, to new: Access, in worlds: ContextWorlds, over interval: Interval
    ) -> [Segment] {
        func segment(_ change: Plan.Change) -> Segment {
            let isPartial = !new.isEmpty && new.permitted.contains(false)
            let remaining = isPartial ? zip(worlds.worlds, new.permitted).filter(\.1).map(\.0) : []
            return Segment(
                change: change, interval: interval, before: old.reasons, after: new.reasons,
                inTheWay: new.permitted.contains(false) || new.isEmpty ? new.inTheWay : [],
                remaining: remaining)
        }
        if old.isEmpty && new.isEmpty { return [] }
        if new.isEmpty { return [segment(.revoke)] }
        if old.isEmpty { return [segment(.grant)] }
        switch (new.covers(old), old.covers(new)) {
        case (true, true): return old.reasons == new.reasons ? [] : [segment(.keep)]
        case (true, false): return [segment(.grant)]
        case (false, true): return [segment(.restrict)]
        case (false, false): return [segment(.restrict), segment(.grant)]
        }
    }

    /// A revoke is a suspension where, as it ends, all that there was before is there again.
    private func withSuspensions(
        _ segments: [Segment], _ person: EntityID, _ action: String, _ resource: EntityID,
        _ worlds: ContextWorlds
    ) -> [Segment] {
        segments.map { segment in
            guard segment.change == .revoke, segment.interval.until < .distantFuture,
                let old = before.access(
                    of: person, action, resource, at: segment.interval.until, in: worlds),
                let new = after.access(
                    of: person, action, resource, at: segment.interval.until, in: worlds),
                !old.isEmpty, new.covers(old)
            else { return segment }
            return Segment(
                change: .suspend, interval: segment.interval, before: segment.before,
                after: segment.after, inTheWay: segment.inTheWay, remaining: segment.remaining)
        }
    }
}
