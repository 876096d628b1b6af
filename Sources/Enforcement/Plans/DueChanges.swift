package import Facts
package import Ledger

/// What of a plan is to be carried out at an instant.
package struct DueChanges: Sendable {
    /// What is due, each group once.
    package let changes: [MembershipChange]
    /// Changes that begin later.
    package let later: [PlanFile.GroupChange]
    /// Entries that are due and end again some day.
    package let ending: [PlanFile.GroupChange]
    /// Changes that policy and facts say otherwise of: the file is not the plan that was made.
    package let contradicted: [PlanFile.GroupChange]

    /// Sorts a plan's changes by what they are at an instant.
    ///
    /// Of somebody for whom all that was planned is over, what holds now is due: who entered for a time has to leave.
    ///
    /// - Parameters:
    ///   - plan: the plan.
    ///   - now: the instant.
    ///   - isMember: whether somebody belongs to a group then, as policy and facts say; nil where they don't know either.
    package init(
        _ plan: PlanFile, at now: Instant, isMember: (_ id: String, _ group: String) -> Bool?
    ) {
        var due = Due()
        var later: [PlanFile.GroupChange] = []
        var ending: [PlanFile.GroupChange] = []
        var contradicted: [PlanFile.GroupChange] = []
        let byPlace = Dictionary(grouping: plan.groups) { change in
            [GroupName.key(change.group), change.member]
        }
        for (_, changes) in byPlace.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
            later += changes.filter { $0.interval.from > now }
            guard let last = changes.last(where: { $0.interval.from <= now }) else { continue }
            let present = changes.first { $0.interval.contains(now) }
            let truth = isMember(last.member, last.group)
            guard let truth, present.map({ $0.isLeaving != truth }) ?? true else {
                contradicted.append(present ?? last)
                continue
            }
            if let present, !present.isLeaving, present.interval.until < .distantFuture {
                ending.append(present)
            }
            due.add(last, isLeaving: !truth)
        }
        changes = due.changes
        self.later = later
        self.ending = ending
        self.contradicted = contradicted
    }

    /// Who enters and leaves, group by group, whatever the spelling.
    private struct Due {
        private var names: [String: String] = [:]
        private var joins: [String: Set<String>] = [:]
        private var leaves: [String: Set<String>] = [:]

        mutating func add(_ change: PlanFile.GroupChange, isLeaving: Bool) {
            let key = GroupName.key(change.group)
            if names[key] == nil { names[key] = change.group }
            if isLeaving {
                leaves[key, default: []].insert(change.member)
            } else {
                joins[key, default: []].insert(change.member)
            }
        }

        var changes: [MembershipChange] {
            names.sorted { $0.key < $1.key }.map { key, name in
                MembershipChange(
                    group: name, joins: Array(joins[key] ?? []), leaves: Array(leaves[key] ?? []))
            }
        }
    }
}
