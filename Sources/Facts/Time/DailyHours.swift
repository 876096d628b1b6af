/// A part of every day by the local clock: from one minute of the day to another, past midnight where the second is
/// not later.
public struct DailyHours: Hashable, Sendable, Comparable {
    /// The first minute of the day inside, from 0.
    public let from: Int
    /// The first minute of the day after it, up to 1,440.
    public let until: Int

    /// Creates the hours from `from` to `until`, in minutes of the day.
    public init(from: Int, until: Int) {
        self.from = from
        self.until = until
    }

    /// Orders by beginning, then by end.
    public static func < (left: DailyHours, right: DailyHours) -> Bool {
        (left.from, left.until) < (right.from, right.until)
    }

    /// Whether the local clock shows a time inside.
    public func contains(_ instant: Instant, in zone: ZoneTable) -> Bool {
        let local = zone.localSeconds(at: instant)
        let minute = Int((local - local.quotient(flooredBy: 86_400) * 86_400) / 60)
        return from < until
            ? from <= minute && minute < until : minute >= from || minute < until
    }

    /// An instant after `instant` up to which `contains` doesn't change: when the clock next shows one of the ends,
    /// or is next put forward or back.
    ///
    /// - Complexity: linear in the number of the zone's transitions.
    public func nextBoundary(after instant: Instant, in zone: ZoneTable) -> Instant {
        let today = Int64(zone.date(at: instant).daysSinceEpoch)
        let ends = [today, today + 1].flatMap { day in
            [from, until].map { zone.instant(localSeconds: day * 86_400 + Int64($0) * 60) }
        }
        let shift = zone.transitions.first { $0.instant > instant }?.instant
        return (ends + [shift].compactMap(\.self)).filter { $0 > instant }.min() ?? .distantFuture
    }

    /// The hours as policies write them: `09:00 to 18:00`.
    public var written: String { "\(Self.clock(from)) to \(Self.clock(until))" }

    private static func clock(_ minute: Int) -> String {
        let (hours, minutes) = minute.quotientAndRemainder(dividingBy: 60)
        return (hours < 10 ? "0" : "") + "\(hours):" + (minutes < 10 ? "0" : "") + "\(minutes)"
    }
}
