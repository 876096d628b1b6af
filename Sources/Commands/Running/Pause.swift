import Facts

/// When to look at the directory again.
///
/// How long a look is good for is told by a clock that nobody sets; what falls due falls due by the calendar's. So one that is
/// set forward brings the next look forward, and one that is set back puts it off by no more than the time between looks.
struct Pause {
    /// How long at most without looking: others may change the directory too.
    private let every: Duration
    private var end = ContinuousClock.now
    private var due = Instant.distantPast
    private var backOff = BackOff()

    init(every: Duration) { self.every = every }

    /// Whether it is time.
    func isOver(at now: Instant) -> Bool { now >= due || ContinuousClock.now >= end }

    /// After a look that went well.
    ///
    /// - Parameter due: when what should be in the directory changes next.
    mutating func succeeded(nextDue due: Instant) {
        backOff.reset()
        self.due = due
        end = ContinuousClock.now + every
    }

    /// After a look that failed; each failure in a row doubles the wait.
    ///
    /// - Parameter due: when what should be in the directory changes next, where that is known.
    mutating func failed(nextDue due: Instant = .distantFuture) {
        end = ContinuousClock.now + backOff.next()
        self.due = due
    }

    /// After facts or the policy changed.
    mutating func cut() { end = ContinuousClock.now }
}
