/// A point in time: whole seconds since 1970-01-01T00:00:00Z.
///
/// The core reads no clock; every instant it works with comes in as a value.
public struct Instant: Hashable, Sendable, Comparable, BitwiseCopyable {
    /// Seconds since 1970-01-01T00:00:00Z, leap seconds not counted.
    public let secondsSinceEpoch: Int64

    /// Creates the instant `secondsSinceEpoch` seconds after 1970-01-01T00:00:00Z.
    @inlinable
    public init(secondsSinceEpoch: Int64) {
        self.secondsSinceEpoch = secondsSinceEpoch
    }

    /// Before every instant that can be written down: where an interval that was always so begins.
    @inlinable
    public static var distantPast: Instant { Instant(secondsSinceEpoch: .min) }

    // Inlined, like its fellow: decisions compare with it all the time, and a stored one is a call each time.

    /// After every instant that can be written down: where an interval with no known end ends.
    @inlinable
    public static var distantFuture: Instant { Instant(secondsSinceEpoch: .max) }

    /// Whether the first instant comes before the second.
    public static func < (left: Instant, right: Instant) -> Bool {
        left.secondsSinceEpoch < right.secondsSinceEpoch
    }

    /// The instant `seconds` later; the distant ends of time stay where they are.
    public func advanced(bySeconds seconds: Int64) -> Instant {
        guard self != .distantPast, self != .distantFuture else { return self }
        let (sum, overflow) = secondsSinceEpoch.addingReportingOverflow(seconds)
        guard overflow else { return Instant(secondsSinceEpoch: sum) }
        return seconds > 0 ? .distantFuture : .distantPast
    }
}
