import Facts

/// Gathers segments into rows: one row for all actions and resources that change alike.
struct RowCollector {
    private struct Key: Hashable {
        let change: Plan.Change
        let subject: EntityID
        let interval: Interval
        let before: [String]
        let after: [String]
        let inTheWay: [String]
        let remaining: [[String: Value]]
    }

    private var resourcesByAction: [Key: [String: Set<EntityID>]] = [:]

    mutating func add(
        _ segment: Segment, subject: EntityID, action: String, resources: [EntityID]
    ) {
        let key = Key(
            change: segment.change, subject: subject, interval: segment.interval,
            before: segment.before, after: segment.after, inTheWay: segment.inTheWay,
            remaining: segment.remaining)
        resourcesByAction[key, default: [:]][action, default: []].formUnion(resources)
    }

    /// The rows in reading order.
    var rows: [Plan.Row] {
        var rows: [Plan.Row] = []
        for (key, byAction) in resourcesByAction {
            // Actions with the same resources share a row.
            let actionsByResources = Dictionary(grouping: byAction.keys) { byAction[$0] ?? [] }
            for (resources, actions) in actionsByResources {
                rows.append(
                    Plan.Row(
                        change: key.change, subject: key.subject, actions: actions.sorted(),
                        resources: resources.sorted(), interval: key.interval, before: key.before,
                        after: key.after, inTheWay: key.inTheWay, remaining: key.remaining))
            }
        }
        return rows.sorted(by: isInReadingOrder)
    }

    private func isInReadingOrder(_ left: Plan.Row, _ right: Plan.Row) -> Bool {
        if left.subject != right.subject { return left.subject < right.subject }
        if left.interval.from != right.interval.from {
            return left.interval.from < right.interval.from
        }
        if left.change != right.change { return left.change.rank < right.change.rank }
        if left.interval.until != right.interval.until {
            return left.interval.until < right.interval.until
        }
        if left.actions != right.actions {
            return left.actions.lexicographicallyPrecedes(right.actions)
        }
        if left.resources != right.resources {
            return left.resources.lexicographicallyPrecedes(right.resources)
        }
        return (left.before + [""] + left.after).lexicographicallyPrecedes(
            right.before + [""] + right.after)
    }
}

extension Plan.Change {
    fileprivate var rank: Int { Plan.Change.allCases.firstIndex(of: self) ?? 0 }
}
