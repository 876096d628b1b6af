import Facts
import Foundation
import SystemTime
import TestSupport
import Testing

@Suite("The system's zones")
struct SystemZonesTests {
    private func instant(_ text: String) throws -> Instant {
        try #require(TimeText.instant(text, in: .utc))
    }

    @Test("Tokyo has been nine hours ahead since 1951")
    func tokyo() throws {
        let tokyo = try #require(SystemZones.table(named: "Asia/Tokyo"))
        #expect(tokyo.name == "Asia/Tokyo")
        for year in [1952, 1970, 2026, 2050, 2099, 2101] {
            for month in ["01", "07"] {
                let time = try instant("\(year)-\(month)-01T00:00:00Z")
                #expect(tokyo.offsetSeconds(at: time) == 9 * 3_600)
            }
        }
        #expect(tokyo.transitions.allSatisfy { $0.instant.secondsSinceEpoch < -568_000_000 })
        #expect(tokyo.offsetSeconds(at: try instant("1949-07-01T00:00:00Z")) == 10 * 3_600)
        #expect(tokyo.offsetSeconds(at: try instant("1880-01-01T00:00:00Z")) == 33_539)
    }

    @Test(
        "summer time changes to the second, as recorded and as the rule goes on",
        arguments: [
            ("America/New_York", "2026-03-08T07:00:00Z", -18_000, -14_400),
            ("America/New_York", "2026-11-01T06:00:00Z", -14_400, -18_000),
            ("America/New_York", "2050-03-13T07:00:00Z", -18_000, -14_400),
            ("America/New_York", "2050-11-06T06:00:00Z", -14_400, -18_000),
            ("America/New_York", "2100-03-14T07:00:00Z", -18_000, -14_400),
            ("Europe/London", "2026-03-29T01:00:00Z", 0, 3_600),
            ("Europe/London", "2026-10-25T01:00:00Z", 3_600, 0),
            ("Europe/London", "2050-03-27T01:00:00Z", 0, 3_600),
            ("Europe/London", "2050-10-30T01:00:00Z", 3_600, 0),
            // Winter time is the exception there: the rule's summer lies in winter.
            ("Europe/Dublin", "2050-03-27T01:00:00Z", 0, 3_600),
            ("Europe/Dublin", "2050-10-30T01:00:00Z", 3_600, 0),
            // The southern half: the year begins in summer.
            ("Australia/Lord_Howe", "2050-04-02T15:00:00Z", 39_600, 37_800),
            ("Australia/Lord_Howe", "2050-10-01T15:30:00Z", 37_800, 39_600),
        ])
    func summerTime(name: String, text: String, before: Int, after: Int) throws {
        let zone = try #require(SystemZones.table(named: name))
        let time = try instant(text)
        #expect(zone.offsetSeconds(at: time.advanced(bySeconds: -1)) == Int64(before))
        #expect(zone.offsetSeconds(at: time) == Int64(after))
    }

    @Test("UTC has no changes")
    func utc() throws {
        for name in ["UTC", "Etc/UTC"] {
            let zone = try #require(SystemZones.table(named: name))
            #expect(zone.transitions.isEmpty)
            #expect(zone.initialOffsetSeconds == 0)
        }
    }

    @Test(
        "what is no zone has no table",
        arguments: [
            "", "Asia/Nowhere", "Asia", "/usr/share/zoneinfo/UTC", "../zoneinfo/UTC", "Asia/../UTC",
            "Asia//Tokyo", "Asia/Tokyo/", "./UTC", "zone.tab", "UTC\0", "東京", "Asia/Tōkyō",
            "right/Asia/Tokyo",
        ])
    func unknown(name: String) {
        #expect(SystemZones.table(named: name) == nil)
    }

    @Test("the clock shows the present")
    func clock() {
        let before = Int64(Date().timeIntervalSince1970.rounded(.down))
        let now = SystemClock.now().secondsSinceEpoch
        #expect(now >= before && now <= before + 60)
    }
}
