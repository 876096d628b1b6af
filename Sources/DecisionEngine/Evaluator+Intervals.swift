public import Facts

/// Somebody or something, and when they have the access that was asked about.
public struct TimedAnswer<Element: Sendable>: Sendable {
    /// Who, or what.
    public let element: Element
    /// When: in order, not touching each other, and within the range that was asked about.
    public let intervals: [Interval]
}

/// Access over a range of time.
extension Evaluator {
    /// When a request is permitted, from its own time until `end`, with the facts as known.
    ///
    /// - Returns: intervals in order that don't touch.
    /// - Complexity: a decision for each change in between.
    public mutating func intervals(of request: ResolvedRequest, until end: Instant) -> [Interval] {
        var intervals: [Interval] = []
        var step = request
        while step.time < end {
            let verdict = decide(step, isLeased: false)
            let next = min(verdict.validUntil ?? .distantFuture, end)
            if verdict.isPermitted {
                if let last = intervals.last, last.until == step.time {
                    intervals[intervals.count - 1] = Interval(from: last.from, until: next)
                } else {
                    intervals.append(Interval(from: step.time, until: next))
                }
            }
            step.time = next
        }
        return intervals
    }

    /// Everybody who may do `action` with `resource` at some instant of `range`, and when, in order of id.
    ///
    /// - Parameters:
    ///   - action: what.
    ///   - resource: with what.
    ///   - circumstances: in what circumstances.
    ///   - range: in what time.
    ///   - last: the id of whoever the page before ended with; nil for the first page.
    ///   - most: how many a page holds.
    /// - Returns: who, and when within the range; nil where another engine resolved what is asked about.
    /// - Complexity: for each person, a decision for each change within the range.
    public mutating func whoCan(
        _ action: ActionHandle, _ resource: ResourceHandle, circumstances: Circumstances = .none,
        during range: Interval, after last: EntityID? = nil, most: Int = .max
    ) -> AnswerPage<TimedAnswer<SubjectHandle>>? {
        var answers: [TimedAnswer<SubjectHandle>] = []
        let lineage = engine.lineage
        guard action.lineage == lineage, engine.isOwn(resource), engine.isOwn(circumstances)
        else { return nil }
        for number in engine.people.handles(after: last, in: engine.snapshot) {
            let subject = engine.subjectHandle(number)
            let request = ResolvedRequest(
                subject: subject, action: action, resource: resource,
                circumstances: circumstances, at: range.from)
            guard let request else { break }
            let intervals = intervals(of: request, until: range.until)
            guard !intervals.isEmpty else { continue }
            if answers.count == most { return AnswerPage(elements: answers, isLast: false) }
            answers.append(TimedAnswer(element: subject, intervals: intervals))
        }
        return AnswerPage(elements: answers, isLast: true)
    }
}
