import Facts
import TestSupport
import Testing

/// `Fixtures.midnight` skips 00:00–01:00 on 5 April 2026 and has 00:00–01:00 on 25 October twice.
@Suite("A zone with summer time")
struct ZoneTests {
    private let zone = Fixtures.midnight

    private func utc(_ text: String) throws -> Instant {
        try #require(TimeText.instant(text, in: .utc))
    }

    private func local(_ text: String) throws -> Instant {
        try #require(TimeText.instant(text, in: zone))
    }

    private func start(_ month: Int, _ day: Int) throws -> Instant {
        zone.start(of: try #require(CivilDate(year: 2026, month: month, day: day)))
    }

    @Test("has the offset of the last change before an instant, from that instant on")
    func offsets() throws {
        #expect(zone.offsetSeconds(at: try utc("2026-04-05T02:59:59Z")) == -3 * 3_600)
        #expect(zone.offsetSeconds(at: try utc("2026-04-05T03:00:00Z")) == -2 * 3_600)
        #expect(zone.offsetSeconds(at: try utc("2026-10-25T02:59:59Z")) == -2 * 3_600)
        #expect(zone.offsetSeconds(at: try utc("2026-10-25T03:00:00Z")) == -3 * 3_600)
    }

    @Test("begins a day whose midnight is skipped with the skip")
    func skipped() throws {
        #expect(try start(4, 5) == utc("2026-04-05T03:00:00Z"))
        #expect(try start(4, 4) == utc("2026-04-04T03:00:00Z"))
        #expect(try start(4, 6) == utc("2026-04-06T02:00:00Z"))
    }

    @Test(
        "has a day and an hour even at the ends of time",
        arguments: [Instant.distantPast, .distantFuture])
    func ends(of time: Instant) {
        let day = zone.date(at: time)
        #expect(
            day < CivilDate(daysSinceEpoch: -1 << 40) || day > CivilDate(daysSinceEpoch: 1 << 40))
        let inside = [DailyHours(from: 0, until: 720), DailyHours(from: 720, until: 0)]
            .filter { $0.contains(time, in: zone) }
        #expect(inside.count == 1)
    }

    @Test("begins a day that has midnight twice with the first")
    func repeated() throws {
        #expect(try start(10, 25) == utc("2026-10-25T02:00:00Z"))
        #expect(try start(10, 26) == utc("2026-10-26T03:00:00Z"))
    }

    @Test("gives every instant the day whose first instant is not after it")
    func days() throws {
        #expect(zone.date(at: try utc("2026-04-05T02:59:59Z")).day == 4)
        #expect(zone.date(at: try utc("2026-04-05T03:00:00Z")).day == 5)
        #expect(zone.date(at: try utc("2026-10-25T01:59:59Z")).day == 24)
        #expect(zone.date(at: try utc("2026-10-25T03:30:00Z")).day == 25)
    }

    @Test("reads a skipped time as the skip, and a repeated one as the first")
    func readings() throws {
        #expect(try local("2026-04-05T00:30") == utc("2026-04-05T03:00:00Z"))
        #expect(try local("2026-04-05T01:00") == utc("2026-04-05T03:00:00Z"))
        #expect(try local("2026-10-25T00:30") == utc("2026-10-25T02:30:00Z"))
        #expect(try local("2026-10-25T01:00") == utc("2026-10-25T04:00:00Z"))
    }

    @Test("takes its changes in any order")
    func unsorted() {
        let other = ZoneTable(
            name: "Test/Midnight", initialOffsetSeconds: -3 * 3_600,
            transitions: [
                .init(instant: Instant(secondsSinceEpoch: 200), offsetSeconds: 0),
                .init(instant: Instant(secondsSinceEpoch: 100), offsetSeconds: 60),
            ])
        #expect(other.offsetSeconds(at: Instant(secondsSinceEpoch: 150)) == 60)
        #expect(other.offsetSeconds(at: Instant(secondsSinceEpoch: 250)) == 0)
    }

    @Test("counts periods in local days, also over a change")
    func periods() throws {
        let week = try #require(Period(count: 7, unit: .days))
        #expect(week.end(from: try start(4, 1), in: zone) == (try start(4, 8)))
        // The skip is the first instant of its day, so that day counts.
        let day = try #require(Period(count: 1, unit: .days))
        #expect(day.end(from: try start(4, 5), in: zone) == (try start(4, 6)))
        // The second midnight is not: counting begins with the day after.
        #expect(day.end(from: try utc("2026-10-25T03:00:00Z"), in: zone) == (try start(10, 27)))
        #expect(day.end(from: try start(10, 25), in: zone) == (try start(10, 26)))
    }
}

@Suite("A period, by articles 140 and 143 of the Civil Code,")
struct PeriodTests {
    struct Example: CustomTestStringConvertible, Sendable {
        let begun: String
        let count: Int
        let unit: Period.Unit
        let over: String

        var testDescription: String { "\(count) \(unit.rawValue) from \(begun)" }

        init(_ begun: String, _ count: Int, _ unit: Period.Unit, _ over: String) {
            self.begun = begun
            self.count = count
            self.unit = unit
            self.over = over
        }
    }

    /// The worked examples of `docs/semantics.md`, 1.1, and what lies beside them.
    static let examples = [
        Example("2026-04-01T00:00", 14, .days, "2026-04-15T00:00"),
        Example("2026-04-01T09:30", 14, .days, "2026-04-16T00:00"),
        Example("2024-02-29T00:00", 2, .years, "2026-03-01T00:00"),
        Example("2026-01-31T00:00", 1, .months, "2026-03-01T00:00"),
        Example("2025-12-31T12:00", 1, .months, "2026-02-01T00:00"),
        Example("2026-01-30T12:00", 1, .months, "2026-03-01T00:00"),
        Example("2024-01-31T00:00", 1, .months, "2024-03-01T00:00"),
        Example("2026-03-31T00:00", 1, .months, "2026-05-01T00:00"),
        Example("2026-03-30T00:00", 1, .months, "2026-04-30T00:00"),
        Example("2024-02-29T00:00", 4, .years, "2028-02-29T00:00"),
        Example("2026-02-28T00:00", 1, .years, "2027-02-28T00:00"),
        Example("2026-11-15T00:00", 14, .months, "2028-01-15T00:00"),
        Example("2026-12-01T00:00", 12, .months, "2027-12-01T00:00"),
        Example("2026-04-01T00:00", 2, .weeks, "2026-04-15T00:00"),
        Example("2026-04-01T23:59:59", 1, .days, "2026-04-03T00:00"),
        Example("2026-04-01T23:30", 90, .minutes, "2026-04-02T01:00"),
        Example("2026-04-01T09:30", 36, .hours, "2026-04-02T21:30"),
    ]

    @Test("is over when the page says", arguments: examples)
    func over(example: Example) throws {
        let period = try #require(Period(count: example.count, unit: example.unit))
        let begun = try #require(TimeText.instant(example.begun, in: Fixtures.tokyo))
        let over = try #require(TimeText.instant(example.over, in: Fixtures.tokyo))
        #expect(period.end(from: begun, in: Fixtures.tokyo) == over)
    }

    @Test("has a count from one to a million")
    func counts() {
        #expect(Period(count: 0, unit: .days) == nil)
        #expect(Period(count: 1, unit: .days) != nil)
        #expect(Period(count: Period.greatestCount, unit: .years) != nil)
        #expect(Period(count: Period.greatestCount + 1, unit: .minutes) == nil)
    }

    @Test("from the ends of time goes nowhere")
    func distant() throws {
        let year = try #require(Period(count: 1, unit: .years))
        #expect(year.end(from: .distantFuture, in: .utc) == .distantFuture)
        #expect(year.end(from: .distantPast, in: .utc) == .distantPast)
    }
}
