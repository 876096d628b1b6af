import Facts
import PolicyLanguage

/// §5.1: until when a decision holds, found by trying every instant at which anything could change.
extension NaiveEvaluator {
    func validUntil(_ question: Question, at time: Instant) -> Instant? {
        let now = outcomes(of: question, at: time)
        let change = boundaries.first { boundary in
            boundary > time && outcomes(of: question, at: boundary) != now
        }
        let scope = Scope(question: question, time: time)
        let leases = policy.leases.filter { truth(of: $0.head, in: scope) != false }
            .map { $0.period.end(from: time, in: policy.zone) }
        let windows = windows(readBy: question.action).map { window in
            switch window {
            case .clock(let hours): hours.nextBoundary(after: time, in: policy.zone)
            case .calendar:
                policy.zone.start(of: policy.zone.date(at: time).advanced(byDays: 1))
            }
        }
        return (leases + windows + [change].compactMap(\.self)).min()
    }

    /// The windows that the rules about an action ask about, and those of actions they ask for.
    private func windows(readBy action: String) -> Set<Window> {
        var windows: Set<Window> = []
        for rule in policy.rules where rule.actions.contains(action) {
            windows.formUnion(rule.outcome.windows)
            for asked in rule.outcome.actionsAsked {
                windows.formUnion(self.windows(readBy: asked))
            }
        }
        return windows
    }

    /// Where an interval of anything begins or ends, what any instant names, and where a period from one of these is
    /// over.
    static func boundaries(of facts: FactBase, policy: CheckedPolicy) -> [Instant] {
        let conditions = policy.rules.flatMap { $0.outcome.subconditions }
        let periods = Set(conditions.compactMap(\.period))
        var instants: Set<Instant> = []
        for source in policy.vocabulary.sources {
            for reading in facts.readings[source.name] ?? [] {
                instants.insert(reading)
                if let age = source.fresh {
                    instants.insert(age.end(from: reading, in: policy.zone))
                }
            }
        }
        for list in policy.vocabulary.lists {
            for member in list.members {
                instants.formUnion([member.interval.from, member.interval.until])
            }
        }
        // Any instant that somebody names may be compared with the time.
        let named = conditions.flatMap(\.operands).flatMap(\.parts).flatMap(\.instants)
        let stated = facts.histories.flatMap { $0.attributes.values.flatMap { $0.map(\.value) } }
        let defaults = policy.vocabulary.kinds.flatMap { $0.attributes.compactMap(\.defaultValue) }
        instants.formUnion(named)
        instants.formUnion((stated + defaults).flatMap(\.instants))
        for history in facts.histories {
            let values = history.attributes.values.flatMap { $0.map(\.interval) }
            for interval in history.existence + values {
                instants.insert(interval.from)
                instants.insert(interval.until)
            }
        }
        // A period runs from any of these.
        // What has held for a period may itself rest on one.
        let isNested = conditions.contains {
            if case .held = $0 { true } else { false }
        }
        for _ in 0..<(isNested ? 2 : 1) {
            for instant in instants {
                for period in periods {
                    instants.insert(period.end(from: instant, in: policy.zone))
                }
            }
        }
        return instants.subtracting([.distantPast, .distantFuture]).sorted()
    }
}

extension Condition {
    fileprivate var period: Period? {
        switch self {
        case .moment(let moment): moment.period
        case .elapsed(_, let period, _, _), .held(_, let period): period
        default: nil
        }
    }
}

extension Operand {
    fileprivate var instants: [Instant] {
        guard case .constant(let value, _) = self else { return [] }
        return value.instants
    }
}

extension Value {
    fileprivate var instants: [Instant] {
        switch self {
        case .instant(let instant): [instant]
        case .set(let members): members.flatMap(\.instants)
        default: []
        }
    }
}
