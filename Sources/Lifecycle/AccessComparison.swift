package import DecisionEngine
package import Facts
import PolicyProgram

/// The circumstances that rules about one action tell apart, as an engine numbers their values.
package struct ActionWorlds {
    let worlds: ContextWorlds
    let circumstances: [Circumstances]

    /// Those of each action, in the program's order.
    package static func all(of engine: DecisionEngine) throws(PlanError) -> [ActionWorlds] {
        var all: [ActionWorlds] = []
        for action in engine.program.actions {
            guard let found = engine.contextWorlds(action: action) else {
                throw .tooManyCircumstances(action: action)
            }
            all.append(ActionWorlds(worlds: found, circumstances: engine.circumstances(of: found)))
        }
        return all
    }
}

/// Access before and after, side by side.
package struct AccessComparison {
    private let before: DecisionEngine
    private let after: DecisionEngine
    private let grounds: Grounds
    /// For each action, what of the circumstances matters, and how either engine numbers it.
    private let worlds: [(worlds: ContextWorlds, before: [Circumstances], after: [Circumstances])]

    package init(_ comparison: FactComparison, _ known: [ActionWorlds]) throws(PlanError) {
        before = comparison.before
        after = comparison.after
        grounds = Grounds(after)
        guard after.program.vocabulary.contexts.contains(where: \.isEntity) else {
            worlds = known.map { ($0.worlds, $0.circumstances, $0.circumstances) }
            return
        }
        // Whoever has come with the change is among what can be brought.
        let (before, after) = (before, after)
        worlds = try ActionWorlds.all(of: after).map { found in
            (found.worlds, before.circumstances(of: found.worlds), found.circumstances)
        }
    }

    /// Goes through how access to each group of resources differs.
    ///
    /// - Parameters:
    ///   - person: whose.
    ///   - view: the groups.
    ///   - partition: what they are made of.
    ///   - profiles: which of them are the same to them; nil where that isn't known.
    ///   - known: what has been found before, by profile and action.
    ///   - segments: what finds it.
    ///   - add: takes what was found, the action and the resources.
    func forEachGroup(
        _ person: EntityNumber, _ view: ResourcePartition.View, _ partition: ResourcePartition,
        _ profiles: inout AccessProfiles?, _ known: inout [[Int]: [Segment]],
        segments: (Int, EntityNumber) -> [Segment],
        add: (Segment, String, [EntityNumber]) -> Void
    ) {
        var alike: [[Int]: [ResourcePartition.Group]] = [:]
        for (place, group) in view.groups.enumerated() {
            let profile = profiles?.profile(of: person, group) ?? [place]
            alike[profile, default: []].append(group)
        }
        for (profile, groups) in alike {
            guard let first = groups.first?.first else { continue }
            // Of what kind it is can change, and what can be done with it.
            let actions = Set(before.actions(on: first)).union(after.actions(on: first))
            var resources: [EntityNumber]?
            for action in actions.sorted() {
                let key = profile + [action]
                let found = (profiles == nil ? nil : known[key]) ?? segments(action, first)
                if profiles != nil { known[key] = found }
                guard !found.isEmpty else { continue }
                let handles = resources ?? groups.flatMap { partition.handles(of: $0, in: view) }
                resources = handles
                for segment in found { add(segment, after.program.actions[action], handles) }
            }
        }
    }

    /// How access with the events differs from access without them.
    package func segments(
        _ person: EntityNumber, _ action: Int, _ resource: EntityNumber, from: Instant
    ) -> [Segment] {
        let worlds = worlds[action]
        var timeline = AccessTimeline(worlds: worlds.worlds, grounds: grounds)
        var time = from
        while time < .distantFuture {
            let old = before.access(of: person, action, resource, at: time, in: worlds.before)
            let new = after.access(of: person, action, resource, at: time, in: worlds.after)
            let until = min(old.unchangedUntil, new.unchangedUntil)
            timeline.add(old: old, new: new, over: Interval(from: time, until: until))
            time = until
        }
        return timeline.segments
    }

    /// How access comes to differ from what it is at `start`, by time alone.
    func dueSegments(
        _ person: EntityNumber, _ action: Int, _ resource: EntityNumber, from start: Instant,
        until end: Instant
    ) -> [Segment] {
        let worlds = worlds[action]
        let old = before.access(of: person, action, resource, at: start, in: worlds.before)
        var timeline = AccessTimeline(worlds: worlds.worlds, grounds: grounds)
        var time = old.unchangedUntil
        guard time < end else { return [] }
        // To the end of time: whether what ends comes back is known only then.
        while time < .distantFuture {
            let new = after.access(of: person, action, resource, at: time, in: worlds.after)
            timeline.add(
                old: old, new: new, over: Interval(from: time, until: new.unchangedUntil))
            time = new.unchangedUntil
        }
        return timeline.segments.filter { $0.interval.from < end }
    }
}

extension Vocabulary.ContextDeclaration {
    fileprivate var isEntity: Bool {
        guard case .entity = type else { return false }
        return true
    }
}
