import DecisionEngine
import Facts
import PolicyProgram

/// Who belongs to an entitlement's group over time, as one state of the facts has it.
struct GroupTimeline {
    let engine: DecisionEngine
    let entitlement: ProgramEntitlement
    private var extents: [EntitlementExtent] = []

    /// - Parameters:
    ///   - engine: the facts.
    ///   - entitlement: the group.
    ///   - known: what it is about for a time, where that is known.
    init(
        _ engine: DecisionEngine, _ entitlement: ProgramEntitlement,
        knownExtent known: EntitlementExtent?
    ) {
        self.engine = engine
        self.entitlement = entitlement
        if let known { extents.append(known) }
    }

    /// Whether somebody belongs to it at an instant, and one before which that doesn't change.
    mutating func membership(
        of person: EntityID, at time: Instant
    ) -> (isMember: Bool, unchangedUntil: Instant) {
        let extent = extents.first { $0.interval.contains(time) } ?? look(at: time)
        return engine.membership(of: person, in: entitlement, over: extent, at: time)
    }

    private mutating func look(at time: Instant) -> EntitlementExtent {
        let extent = engine.extent(of: entitlement, at: time)
        extents.append(extent)
        return extent
    }
}

/// Two of them compared, person by person.
struct GroupComparison {
    private var before: GroupTimeline
    private var after: GroupTimeline

    init(before: GroupTimeline, after: GroupTimeline) {
        self.before = before
        self.after = after
    }

    /// How somebody's belonging to the group differs from an instant on.
    ///
    /// Who leaves has left until they come to belong to it again, whatever would have become of their membership without
    /// the events: the plan of an event does not tell when a check or a pledge would have run out.
    ///
    /// - Parameters:
    ///   - person: who.
    ///   - start: from when on.
    ///   - end: what begins later is left out.
    ///   - instant: the only instant at which the side before is asked; nil to ask it at each.
    /// - Returns: the changes, in order of time.
    mutating func changes(
        for person: EntityID, from start: Instant, until end: Instant, fixedAt instant: Instant?
    ) -> [Plan.GroupChange] {
        var changes: [Plan.GroupChange] = []
        var time = start
        let fixed = instant.map { before.membership(of: person, at: $0) }
        // On to when somebody who has left comes back, however late.
        while time < end || changes.last?.interval.until == .distantFuture {
            let old = fixed ?? before.membership(of: person, at: time)
            let new = after.membership(of: person, at: time)
            let until =
                instant == nil
                ? min(old.unchangedUntil, new.unchangedUntil) : new.unchangedUntil
            add(old.isMember, new.isMember, person, Interval(from: time, until: until), &changes)
            time = until
            guard time < .distantFuture else { break }
        }
        return changes.filter { $0.interval.from < end }
    }

    /// Adds the next stretch.
    private func add(
        _ old: Bool, _ new: Bool, _ person: EntityID, _ interval: Interval,
        _ changes: inout [Plan.GroupChange]
    ) {
        let last = changes.last
        let hasLeft = last?.change == .leave && last?.interval.until == .distantFuture
        switch (old, new) {
        case (_, false):
            guard old, !hasLeft else { return }
            let rest = Interval(from: interval.from, until: .distantFuture)
            changes.append(change(.leave, person, over: rest))
        case (_, true):
            if hasLeft, let last {
                let past = Interval(from: last.interval.from, until: interval.from)
                changes[changes.count - 1] = change(.leave, person, over: past)
            }
            guard !old else { return }
            if let last, last.change == .join, last.interval.until == interval.from {
                let whole = Interval(from: last.interval.from, until: interval.until)
                changes[changes.count - 1] = change(.join, person, over: whole)
            } else {
                changes.append(change(.join, person, over: interval))
            }
        }
    }

    private func change(
        _ change: Plan.GroupChange.Change, _ person: EntityID, over interval: Interval
    ) -> Plan.GroupChange {
        Plan.GroupChange(
            change: change, group: after.entitlement.group,
            action: after.engine.program.tables.actions[Int(after.entitlement.extent.action)],
            member: person, interval: interval, cites: after.entitlement.why.cites)
    }
}
