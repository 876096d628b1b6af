import DecisionEngine
package import Facts
import PolicyProgram

/// A stretch of time over which access differs, or rests on other grounds, in one way.
package struct Segment {
    package var change: Plan.Change
    package var interval: Interval
    package let before: [String]
    package let after: [String]
    package let inTheWay: [String]
    package let lacking: [String]
    let remaining: [[String: Value]]

    func isContinued(by next: Segment) -> Bool {
        interval.until == next.interval.from && change == next.change && before == next.before
            && after == next.after && inTheWay == next.inTheWay && lacking == next.lacking
            && remaining == next.remaining
    }
}

/// The rules that segments name.
struct Grounds {
    private let rules: [ProgramRule]
    /// The requirements on the person alone.
    let onPeople: Set<Int>

    init(_ engine: DecisionEngine) {
        rules = engine.program.rules
        onPeople = engine.requirementsOnPeople
    }

    func names(_ numbers: Set<Int>) -> [String] { numbers.sorted().map { rules[$0].name } }
}

/// Compares access with and without the events, stretch by stretch, for one person, action and resource.
///
/// `docs/semantics.md`, section 6, says what each change is.
struct AccessTimeline {
    private let worlds: ContextWorlds
    private let grounds: Grounds
    private(set) var segments: [Segment] = []
    /// What was lost and has not come back: the access there was, and which segment says so.
    private var loss: (access: Access, segment: Int)?

    /// - Parameters:
    ///   - worlds: the circumstances that matter.
    ///   - grounds: the rules.
    init(worlds: ContextWorlds, grounds: Grounds) {
        self.worlds = worlds
        self.grounds = grounds
    }

    /// Adds the next stretch; stretches follow each other without a gap.
    mutating func add(old: Access, new: Access, over interval: Interval) {
        if new.isEmpty {
            if loss == nil, !old.isEmpty {
                // For good, until access is found to come back. What happens meanwhile to the access there
                // would have been makes no difference to whoever has none.
                loss = (old, segments.count)
                append(
                    .revoke, old, new,
                    over: Interval(from: interval.from, until: .distantFuture))
            }
            return
        }
        endLoss(at: interval.from, new: new)
        if old.isEmpty {
            append(.grant, old, new, over: interval)
            return
        }
        switch (new.covers(old), old.covers(new)) {
        case (true, true): if old.reasons != new.reasons { append(.keep, old, new, over: interval) }
        case (true, false): append(.grant, old, new, over: interval)
        case (false, true): append(.restrict, old, new, over: interval)
        case (false, false):
            append(.restrict, old, new, over: interval)
            append(.grant, old, new, over: interval)
        }
    }

    private mutating func endLoss(at instant: Instant, new: Access) {
        guard let (access, index) = loss else { return }
        loss = nil
        let lost = segments[index].interval
        segments[index].interval = Interval(from: lost.from, until: instant)
        if new.covers(access) { segments[index].change = .suspend }
    }

    private mutating func append(
        _ change: Plan.Change, _ old: Access, _ new: Access, over interval: Interval
    ) {
        let isPartial = !new.isEmpty && new.permitted.contains(false)
        let segment = Segment(
            change: change, interval: interval, before: old.reasons, after: new.reasons,
            inTheWay: grounds.names(change.lessens ? new.inTheWay(of: old) : new.inTheWay),
            lacking: change.lessens
                ? grounds.names(new.lacking(of: old, among: grounds.onPeople)) : [],
            remaining: isPartial ? zip(worlds.worlds, new.permitted).filter(\.1).map(\.0) : [])
        // Of two that begin together the other may stand between.
        if let place = segments.indices.suffix(2).last(where: {
            segments[$0].isContinued(by: segment)
        }) {
            segments[place].interval = Interval(
                from: segments[place].interval.from, until: interval.until)
        } else {
            segments.append(segment)
        }
    }
}
