/// How long to wait before trying again: each failure in a row doubles it.
struct BackOff {
    /// The longest wait.
    private static let longest = Duration.seconds(60)

    private var failures = 0

    /// After something went well.
    mutating func reset() { failures = 0 }

    /// After a failure.
    ///
    /// Somewhere between half of the time and all of it, so that those whom one server left don't all come back at once.
    mutating func next() -> Duration {
        let wait = min(Self.longest, .seconds(1 << min(failures, 6)))
        failures += 1
        return wait * Double.random(in: 0.5...1)
    }
}
