import Foundation

/// The instant by which something must be over, on a clock that nobody sets.
struct Deadline {
    private let instant: ContinuousClock.Instant

    /// That long from now.
    init(after duration: Duration) { instant = ContinuousClock.now + duration }

    /// What is left; zero or less when it has passed.
    var remaining: Duration { ContinuousClock.now.duration(to: instant) }
}

extension Duration {
    /// As C's calls want it: whole microseconds, not negative, and not zero, which would mean
    /// "don't wait" to some of them.
    var timeval: timeval {
        let (seconds, attoseconds) = Swift.max(self, .microseconds(1)).components
        let micros = Int(attoseconds / 1_000_000_000_000)
        return Foundation.timeval(tv_sec: Int(seconds), tv_usec: .init(micros))
    }
}
