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
        return (leases + [change].compactMap(\.self)).min()
    }

    /// Where an interval of anything begins or ends, and where a period that began with the end of a
    /// record is over.
    static func boundaries(of facts: FactBase, policy: CheckedPolicy) -> [Instant] {
        let periods = Set(
            policy.rules.flatMap { $0.outcome.subconditions.compactMap(\.momentPeriod) })
        var instants: Set<Instant> = []
        for history in facts.histories {
            let values = history.attributes.values.flatMap { $0.map(\.interval) }
            for interval in history.existence + values {
                instants.insert(interval.from)
                instants.insert(interval.until)
            }
            guard history.owner != nil else { continue }
            for interval in history.existence {
                for period in periods {
                    instants.insert(period.end(from: interval.until, in: policy.zone))
                }
            }
        }
        return instants.subtracting([.distantPast, .distantFuture]).sorted()
    }
}

extension Condition {
    fileprivate var momentPeriod: Period? {
        guard case .moment(let moment) = self else { return nil }
        return moment.period
    }
}
