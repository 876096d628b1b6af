import DecisionEngine
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
        let lacking: [String]
        let remaining: [[String: Value]]
    }

    private var resourcesByAction: [Key: [String: [EntityNumber]]] = [:]
    private let engine: DecisionEngine

    /// - Parameter engine: what numbers resources.
    init(_ engine: DecisionEngine) { self.engine = engine }

    /// Adds what becomes of an action with resources that none of those added for the same segment is among.
    mutating func add(
        _ segment: Segment, subject: EntityID, action: String, resources: [EntityNumber]
    ) {
        let key = Key(
            change: segment.change, subject: subject, interval: segment.interval,
            before: segment.before, after: segment.after, inTheWay: segment.inTheWay,
            lacking: segment.lacking, remaining: segment.remaining)
        resourcesByAction[key, default: [:]][action, default: []] += resources
    }

    /// The rows in reading order.
    var rows: [Plan.Row] {
        var rows: [Plan.Row] = []
        var lists = ResourceLists(engine)
        for (key, byAction) in resourcesByAction {
            // Actions with the same resources share a row.
            let actionsByList = Dictionary(grouping: byAction.keys) {
                lists.place(of: byAction[$0] ?? [])
            }
            for (list, actions) in actionsByList {
                rows.append(
                    Plan.Row(
                        change: key.change, subject: key.subject, actions: actions.sorted(),
                        resources: lists.ids[list], interval: key.interval, before: key.before,
                        after: key.after, inTheWay: key.inTheWay, lacking: key.lacking,
                        remaining: key.remaining))
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

/// Lists of resources, each once: many rows are about the same ones, for several actions, for some days and then for good.
private struct ResourceLists {
    /// By the list's place, in order of id.
    private(set) var ids: [[EntityID]] = []
    private let engine: DecisionEngine
    private var places: [[EntityNumber]: Int] = [:]
    /// The same in whatever order they were found.
    private var placesAsFound: [[EntityNumber]: Int] = [:]

    init(_ engine: DecisionEngine) { self.engine = engine }

    /// The place of a list; the same for all that hold the same resources.
    mutating func place(of found: [EntityNumber]) -> Int {
        if let known = placesAsFound[found] { return known }
        let sorted = found.sorted()
        let place = places[sorted] ?? ids.count
        if place == ids.count {
            places[sorted] = place
            ids.append(sorted.map { engine.id(of: $0) }.sorted())
        }
        placesAsFound[found] = place
        return place
    }
}
