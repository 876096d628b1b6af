import Facts
import TestSupport
import Testing

@Suite("A civil date")
struct CivilDateTests {
    @Test("is none where the calendar has no such day")
    func none() {
        #expect(CivilDate(year: 2025, month: 2, day: 29) == nil)
        #expect(CivilDate(year: 2024, month: 2, day: 29) != nil)
        #expect(CivilDate(year: 1900, month: 2, day: 29) == nil)
        #expect(CivilDate(year: 2000, month: 2, day: 29) != nil)
        #expect(CivilDate(year: 2026, month: 4, day: 31) == nil)
        #expect(CivilDate(year: 2026, month: 13, day: 1) == nil)
        #expect(CivilDate(year: 2026, month: 1, day: 0) == nil)
    }

    @Test("counts days from 1970 and back again, leap days and centuries too")
    func roundTrip() throws {
        #expect(CivilDate(year: 1970, month: 1, day: 1)?.daysSinceEpoch == 0)
        #expect(CivilDate(year: 2000, month: 3, day: 1)?.daysSinceEpoch == 11_017)
        #expect(CivilDate(year: 1969, month: 12, day: 31)?.daysSinceEpoch == -1)
        var expected = CivilDate(daysSinceEpoch: -800_000)
        for days in -800_000...800_000 where days % 37 == 0 || abs(days) < 1_000 {
            let date = CivilDate(daysSinceEpoch: days)
            #expect(date.daysSinceEpoch == days)
            #expect(CivilDate(year: date.year, month: date.month, day: date.day) == date)
            #expect(expected <= date)
            expected = date
        }
    }

    @Test("moves over the ends of months and years")
    func advances() throws {
        let date = try #require(CivilDate(year: 2026, month: 12, day: 31))
        #expect(date.advanced(byDays: 1) == CivilDate(year: 2027, month: 1, day: 1))
        #expect(date.advanced(byDays: -365) == CivilDate(year: 2025, month: 12, day: 31))
    }
}

@Suite("Time as text")
struct TimeTextTests {
    @Test("a date is its first instant in the zone")
    func date() {
        #expect(
            TimeText.instant("2026-04-01", in: Fixtures.tokyo)?.secondsSinceEpoch == 1_774_969_200)
        #expect(TimeText.instant("1970-01-01", in: .utc)?.secondsSinceEpoch == 0)
    }

    @Test(
        "seconds and offset may be left out, and T may be a space",
        arguments: [
            "2026-04-01T09:00", "2026-04-01T09:00:00", "2026-04-01 09:00",
            "2026-04-01t09:00:00+09:00",
            "2026-04-01T00:00:00Z", "2026-03-31T19:00-05:00",
        ])
    func forms(text: String) {
        #expect(TimeText.instant(text, in: Fixtures.tokyo)?.secondsSinceEpoch == 1_775_001_600)
    }

    @Test(
        "anything else is no time",
        arguments: [
            "", "2026-4-1", "2026-02-30", "2026-04-01T", "2026-04-01T24:00", "2026-04-01T09:60",
            "2026-04-01T09:00:60", "2026-04-01T09:00+0900", "2026-04-01T09:00Zx", "2026-04-01 ",
            "0000-01-01", "２０２６-04-01", "2026-04-01T09", "-2026-04-01",
        ])
    func malformed(text: String) {
        #expect(TimeText.instant(text, in: .utc) == nil)
    }

    @Test("an instant is written as its date where it is the day's first, and reads back")
    func written() throws {
        for text in ["2026-04-01", "2026-04-01T09:00:00+09:00", "2026-03-31T23:59:59+09:00"] {
            let instant = try #require(TimeText.instant(text, in: Fixtures.tokyo))
            #expect(TimeText.text(instant, in: Fixtures.tokyo) == text)
        }
        #expect(
            TimeText.rfc3339(Instant(secondsSinceEpoch: -1), in: .utc) == "1969-12-31T23:59:59Z")
        #expect(TimeText.text(.distantFuture, in: .utc) == "")
    }
}

@Suite("An interval")
struct IntervalTests {
    private func instant(_ seconds: Int64) -> Instant { Instant(secondsSinceEpoch: seconds) }
    private func interval(_ from: Int64, _ until: Int64) -> Interval {
        Interval(from: instant(from), until: instant(until))
    }

    @Test("holds its first instant and not its end")
    func halfOpen() {
        let interval = interval(10, 20)
        #expect(!interval.contains(instant(9)))
        #expect(interval.contains(instant(10)))
        #expect(interval.contains(instant(19)))
        #expect(!interval.contains(instant(20)))
    }

    @Test("is empty where its end is not after its start")
    func empty() {
        #expect(interval(10, 10).isEmpty)
        #expect(interval(11, 10).isEmpty)
        #expect(!interval(10, 11).isEmpty)
        #expect(!Interval.always.isEmpty)
    }

    @Test("can be cut, and crossed with another")
    func cut() {
        #expect(interval(10, 20).ending(noLaterThan: instant(15)) == interval(10, 15))
        #expect(interval(10, 20).ending(noLaterThan: instant(25)) == interval(10, 20))
        #expect(interval(10, 20).intersection(interval(15, 30)) == interval(15, 20))
        #expect(interval(10, 20).intersection(interval(20, 30)).isEmpty)
    }

    @Test("has its next boundary strictly after the instant asked about")
    func boundaries() {
        #expect(interval(10, 20).nextBoundary(after: instant(9)) == instant(10))
        #expect(interval(10, 20).nextBoundary(after: instant(10)) == instant(20))
        #expect(interval(10, 20).nextBoundary(after: instant(20)) == .distantFuture)
    }

    @Test("the distant ends of time stay where they are")
    func distant() {
        #expect(Instant.distantFuture.advanced(bySeconds: -5) == .distantFuture)
        #expect(Instant.distantPast.advanced(bySeconds: 5) == .distantPast)
        #expect(instant(.max - 1).advanced(bySeconds: 5) == .distantFuture)
        #expect(instant(.min + 1).advanced(bySeconds: -5) == .distantPast)
    }
}

@Suite("The name somebody probably meant")
struct SimilarityTests {
    @Test("is the nearest one; swapped neighbours are one edit")
    func nearest() {
        let names = ["transferred", "travelled", "departed"]
        #expect(Similarity.nearest(to: "transfered", in: names) == "transferred")
        #expect(Similarity.nearest(to: "opne", in: ["open", "close"]) == "open")
        #expect(Similarity.nearest(to: "departde", in: names) == "departed")
        #expect(Similarity.nearest(to: "travlled", in: names.reversed()) == "travelled")
    }

    @Test("is none where too much differs, and never the name itself")
    func none() {
        #expect(Similarity.nearest(to: "joined", in: ["travelled"]) == nil)
        #expect(Similarity.nearest(to: "tier", in: ["tier"]) == nil)
        #expect(Similarity.nearest(to: "a", in: ["b"]) == nil)
    }

    @Test("is the first in the alphabet of those equally near")
    func ties() {
        #expect(Similarity.nearest(to: "cars", in: ["cart", "card"]) == "card")
        #expect(Similarity.nearest(to: "cars", in: ["card", "cart"]) == "card")
    }
}
