import DecisionEngine
import Facts
import PolicyProgram

/// Which of a plan's events bear on which of its rows.
struct RowEvents {
    private let events: [Event]
    /// For people and resources that events reach, these events by place; nil where there is one event, which bears on all.
    private let places: [EntityID: [Int]]?
    /// The resources that events reach, in order of id.
    private let resources: [EntityID]

    /// - Parameters:
    ///   - events: the plan's.
    ///   - change: what they change.
    ///   - comparison: the facts before and after.
    init(_ events: [Event], _ change: FactChange, _ comparison: FactComparison) {
        self.events = events
        guard events.count > 1 else {
            places = nil
            resources = []
            return
        }
        let engine = comparison.after
        var places: [EntityID: [Int]] = [:]
        let changed = change.changed(by: events, engine.program.vocabulary)
        for (place, ids) in changed.enumerated() {
            for number in comparison.reach(of: ids) {
                let id = engine.id(of: number)
                guard [Vocabulary.subjectKind, Vocabulary.resourceKind].contains(id.kind) else {
                    continue
                }
                places[id, default: []].append(place)
            }
        }
        self.places = places
        resources = places.keys.filter { $0.kind == Vocabulary.resourceKind }.sorted()
    }

    /// The ids of the events that reach a row's person or one of its resources, and have taken effect as it begins.
    func ids(for row: Plan.Row) -> [String] {
        let found: [Int]
        if let places {
            var all = Set(places[row.subject] ?? [])
            for resource in those(among: row.resources) { all.formUnion(places[resource] ?? []) }
            found = all.sorted()
        } else {
            found = Array(events.indices)
        }
        return found.map { events[$0] }.filter { $0.effective <= row.interval.from }.map(\.id)
    }

    /// The resources that events reach among some, in order of id.
    private func those(among others: [EntityID]) -> [EntityID] {
        let (fewer, more) =
            resources.count < others.count ? (resources, others) : (others, resources)
        return fewer.filter { id in
            var (low, high) = (0, more.count)
            while low < high {
                let middle = (low + high) / 2
                if more[middle] < id { low = middle + 1 } else { high = middle }
            }
            return low < more.count && more[low] == id
        }
    }
}
