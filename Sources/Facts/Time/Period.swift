/// A length of calendar or clock time, as regulations write it: 14 days, 2 years, 5 minutes.
public struct Period: Hashable, Sendable, BitwiseCopyable {
    /// What a period is counted in.
    public enum Unit: String, Hashable, Sendable, CaseIterable, BitwiseCopyable {
        /// Clock time.
        case minutes, hours
        /// Calendar time, in the policy's zone.
        case days, weeks, months, years
    }

    /// How many units.
    public let count: Int
    /// The unit.
    public let unit: Unit

    /// The greatest count a policy may use; enough for any calendar, small enough never to overflow.
    public static let greatestCount = 1_000_000

    /// Creates a period, or nil where the count lies outside `1...greatestCount`.
    public init?(count: Int, unit: Unit) {
        guard (1...Period.greatestCount).contains(count) else { return nil }
        self.count = count
        self.unit = unit
    }

    /// When a period that begins at `start` is over.
    ///
    /// Calendar units follow the Japanese Civil Code, articles 140 and 143: the first day does not
    /// count unless the period begins with it; months and years are over with the day before the
    /// corresponding one or, where there is none, with the last day of the month.
    public func end(from start: Instant, in zone: ZoneTable) -> Instant {
        guard start != .distantPast, start != .distantFuture else { return start }
        switch unit {
        case .minutes: return start.advanced(bySeconds: Int64(count) * 60)
        case .hours: return start.advanced(bySeconds: Int64(count) * 3_600)
        case .days, .weeks, .months, .years:
            let day = zone.date(at: start)
            let first = zone.start(of: day) == start ? day : day.advanced(byDays: 1)
            return zone.start(of: dayAfter(countingFrom: first))
        }
    }

    private func dayAfter(countingFrom first: CivilDate) -> CivilDate {
        switch unit {
        case .days: return first.advanced(byDays: count)
        case .weeks: return first.advanced(byDays: count * 7)
        case .minutes, .hours: return first
        case .months, .years:
            let months = (first.month - 1) + (unit == .years ? count * 12 : count)
            let year = first.year + months / 12
            let month = months % 12 + 1
            if let corresponding = CivilDate(year: year, month: month, day: first.day) {
                return corresponding
            }
            let last = CivilDate.days(inMonth: month, of: year)
            return CivilDate(year: year, month: month, day: last)?.advanced(byDays: 1) ?? first
        }
    }
}
