/// A half-open stretch of time `[from, until)`: it holds `from` and does not hold `until`.
public struct Interval: Hashable, Sendable, BitwiseCopyable {
    /// The first instant inside.
    public let from: Instant
    /// The first instant after it.
    public let until: Instant

    /// Creates `[from, until)`.
    ///
    /// One whose end is not after its start is empty.
    public init(from: Instant, until: Instant) {
        self.from = from
        self.until = until
    }

    /// All of time.
    public static let always = Interval(from: .distantPast, until: .distantFuture)

    /// Whether no instant lies inside.
    public var isEmpty: Bool { from >= until }

    /// Whether `instant` lies inside.
    public func contains(_ instant: Instant) -> Bool { from <= instant && instant < until }

    /// The same interval, ending no later than `instant`.
    public func ending(noLaterThan instant: Instant) -> Interval {
        Interval(from: from, until: min(until, instant))
    }

    /// What both intervals hold; empty where they don't meet.
    public func intersection(_ other: Interval) -> Interval {
        Interval(from: max(from, other.from), until: min(until, other.until))
    }

    /// The first boundary of this interval after `instant`, or the distant future.
    public func nextBoundary(after instant: Instant) -> Instant {
        if from > instant { return from }
        return until > instant ? until : .distantFuture
    }
}
