/// A time zone as a value: which offset from UTC holds from which instant on.
///
/// The core knows no zone by name; `SystemTime` makes these tables from the system's data.
public struct ZoneTable: Hashable, Sendable {
    /// The zone's name in the IANA database, such as `Asia/Tokyo`.
    public let name: String
    package let initialOffsetSeconds: Int64
    package let transitions: [Transition]

    /// From `instant` on, local time is `offsetSeconds` ahead of UTC.
    public struct Transition: Hashable, Sendable {
        /// When the offset begins to hold.
        public let instant: Instant
        /// Seconds by which local time is ahead of UTC.
        public let offsetSeconds: Int64

        /// Creates a change of offset.
        public init(instant: Instant, offsetSeconds: Int64) {
            self.instant = instant
            self.offsetSeconds = offsetSeconds
        }
    }

    /// Creates a zone from its offset before the first transition and its transitions in any order.
    public init(name: String, initialOffsetSeconds: Int64, transitions: [Transition] = []) {
        self.name = name
        self.initialOffsetSeconds = initialOffsetSeconds
        self.transitions = transitions.sorted { $0.instant < $1.instant }
    }

    /// Coordinated universal time.
    public static let utc = ZoneTable(name: "UTC", initialOffsetSeconds: 0)

    /// Seconds by which local time is ahead of UTC at `instant`.
    ///
    /// - Complexity: logarithmic in the number of transitions.
    public func offsetSeconds(at instant: Instant) -> Int64 {
        var low = 0
        var high = transitions.count
        while low < high {
            let middle = (low + high) / 2
            if transitions[middle].instant <= instant { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? initialOffsetSeconds : transitions[low - 1].offsetSeconds
    }

    /// The local day that `instant` falls on.
    public func date(at instant: Instant) -> CivilDate {
        CivilDate(daysSinceEpoch: Int(localSeconds(at: instant).quotient(flooredBy: 86_400)))
    }

    /// What a local clock shows at `instant`, in seconds since 1970-01-01T00:00.
    ///
    /// The ends of time have no reading: one that can be counted stands for each, early or late enough.
    func localSeconds(at instant: Instant) -> Int64 {
        min(max(instant.secondsSinceEpoch, -1 << 60), 1 << 60) + offsetSeconds(at: instant)
    }

    /// The first instant of a local day: midnight, or where the zone skips midnight, what follows the gap.
    public func start(of date: CivilDate) -> Instant {
        instant(localSeconds: Int64(date.daysSinceEpoch) * 86_400)
    }

    /// The first instant at which a local clock shows `localSeconds` since 1970-01-01T00:00 or, where
    /// the zone skips that reading, the instant of the skip.
    package func instant(localSeconds: Int64) -> Instant {
        let guess = Instant(secondsSinceEpoch: localSeconds)
        // Offsets stay within a day of UTC, so only the transitions near the guess can matter.
        let early = offsetSeconds(at: guess.advanced(bySeconds: -172_800))
        let nearby = transitions.filter {
            abs($0.instant.secondsSinceEpoch - localSeconds) <= 172_800
        }
        let candidates = ([early] + nearby.map(\.offsetSeconds))
            .map { (Instant(secondsSinceEpoch: localSeconds - $0), $0) }
            .filter { offsetSeconds(at: $0.0) == $0.1 }
            .map(\.0)
        if let first = candidates.min() { return first }
        let skip = nearby.first { transition in
            transition.instant.secondsSinceEpoch + transition.offsetSeconds > localSeconds
        }
        return skip?.instant ?? guess.advanced(bySeconds: -early)
    }
}

extension Int64 {
    /// The quotient rounded towards negative infinity.
    package func quotient(flooredBy divisor: Int64) -> Int64 {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}
