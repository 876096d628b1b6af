package import Facts
package import Ledger

/// What of a plan is to be carried out at an instant.
package struct DueChanges: Sendable {
    /// What is due, each group once.
    package let changes: [MembershipChange]
    /// Changes that begin later.
    package let later: [PlanFile.GroupChange]
    /// Changes that policy and facts say otherwise of: the file is not the plan that was made.
    package let contradicted: [PlanFile.GroupChange]

    /// Sorts a plan's changes by what they are at an instant.
    ///
    /// - Parameters:
    ///   - plan: the plan.
    ///   - now: the instant.
    ///   - isMember: whether somebody belongs to a group then, as policy and facts say; nil where they don't know either.
    package init(
        _ plan: PlanFile, at now: Instant, isMember: (_ id: String, _ group: String) -> Bool?
    ) {
        var joins: [String: Set<String>] = [:]
        var leaves: [String: Set<String>] = [:]
        var later: [PlanFile.GroupChange] = []
        var contradicted: [PlanFile.GroupChange] = []
        for change in plan.groups {
            if change.interval.from > now {
                later.append(change)
            } else if change.interval.contains(now) {
                guard isMember(change.member, change.group) == !change.isLeaving else {
                    contradicted.append(change)
                    continue
                }
                if change.isLeaving {
                    leaves[change.group, default: []].insert(change.member)
                } else {
                    joins[change.group, default: []].insert(change.member)
                }
            }
        }
        changes = Set(joins.keys).union(leaves.keys).sorted().map { group in
            MembershipChange(
                group: group, joins: Array(joins[group] ?? []), leaves: Array(leaves[group] ?? []))
        }
        self.later = later
        self.contradicted = contradicted
    }
}
