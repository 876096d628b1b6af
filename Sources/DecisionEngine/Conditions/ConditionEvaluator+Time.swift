import Facts
import PolicyProgram

/// Conditions about time: `docs/semantics.md`, 4.3.
extension ConditionEvaluator {
    mutating func temporalTruth(of node: Node) -> Truth {
        switch node {
        case .reached(let operand):
            guard let instant = instant(operand) else { return .unknown }
            limit(at: instant)
            return Truth(time >= instant)
        case .elapsed(let place): return truth(of: tables.elapses[Int(place)])
        case .during(let place): return truth(ofWindow: Int(place))
        case .at(let operand, let inner):
            guard let instant = instant(operand) else { return .unknown }
            return truth(of: inner, at: instant)
        case .held(let inner, let period):
            return truth(of: inner, heldFor: tables.periods[Int(period)])
        default: return .unknown
        }
    }

    private mutating func instant(_ operand: UInt32) -> Instant? {
        value(of: operand).map { Instant(secondsSinceEpoch: $0) }
    }

    private mutating func truth(of elapsed: ElapsedNode) -> Truth {
        guard let beginning = instant(elapsed.beginning) else { return .unknown }
        let end = elapsed.period.end(from: beginning, in: zone)
        let instant: Instant
        if let operand = elapsed.instant {
            guard let found = self.instant(operand) else { return .unknown }
            instant = found
        } else {
            limit(to: Interval(from: beginning, until: end))
            instant = time
        }
        return Truth(elapsed.isOver ? instant >= end : beginning <= instant && instant < end)
    }

    private mutating func truth(ofWindow place: Int) -> Truth {
        if let isIn = circumstances.isIn(window: place) {
            hasReadContext = true
            return Truth(isIn)
        }
        switch program.value.tables.windows[place] {
        case .clock(let hours): return Truth(hours.contains(time, in: zone))
        case .calendar(let calendar):
            let name = program.value.vocabulary.calendars[Int(calendar)].name
            return program.value.vocabulary.isDay(of: name, at: time, in: zone).map { Truth($0) }
                ?? .unknown
        }
    }

    /// What held at another time; that changes no more.
    private mutating func truth(of inner: NodeIndex, at instant: Instant) -> Truth {
        let (now, laterChange, earlierChange, couldRead) = (time, horizon, floor, readsRows)
        defer { (time, horizon, floor, readsRows) = (now, laterChange, earlierChange, couldRead) }
        // Rows don't reach back, and say nothing of what was before.
        readsRows = false
        time = instant
        return truth(of: inner)
    }

    /// Whether a condition has held for a period without a break: goes back from one change to the one before.
    private mutating func truth(of inner: NodeIndex, heldFor period: Period) -> Truth {
        let (now, earlierChange, couldRead) = (time, floor, readsRows)
        readsRows = false
        floor = .distantPast
        var result = truth(of: inner)
        var laterChange = horizon
        while floor > .distantPast {
            // What lies before this change counts until the period from it is over.
            let over = period.end(from: floor, in: zone)
            guard over > now else { break }
            laterChange = min(laterChange, over)
            if result == .false { break }
            time = floor.advanced(bySeconds: -1)
            (floor, horizon) = (.distantPast, .distantFuture)
            result = min(result, truth(of: inner))
        }
        (time, horizon, floor, readsRows) = (now, laterChange, earlierChange, couldRead)
        return result
    }
}
