import Facts
import Foundation
import SystemTime
import TestSupport
import Testing

@Suite("Zone files")
struct ZoneFileTests {
    /// A file of one offset, nine hours, and this footer.
    private static func file(
        version: Character = "2", offset: Int32 = 32_400, times: [(Int64, UInt8)] = [],
        footer: String
    ) -> [UInt8] {
        func number(_ integer: some FixedWidthInteger) -> [UInt8] {
            let bits = integer.bitWidth
            return stride(from: bits - 8, through: 0, by: -8).map {
                UInt8(truncatingIfNeeded: integer >> $0)
            }
        }
        func header(times: Int, types: Int) -> [UInt8] {
            Array("TZif\(version)".utf8) + [UInt8](repeating: 0, count: 15)
                + [0, 0, 0, times, types, 4].flatMap { number(Int32($0)) }
        }
        return header(times: 0, types: 1) + number(offset) + [0, 0] + Array("ABC\0".utf8)
            + header(times: times.count, types: 2)
            + times.flatMap { number($0.0) } + times.map(\.1)
            + number(offset) + [0, 0] + number(offset + 3_600) + [1, 0]
            + Array("ABC\0".utf8) + Array("\n\(footer)\n".utf8)
    }

    private func table(_ bytes: [UInt8]) throws -> ZoneTable? {
        let folder = try TemporaryFolder()
        _ = try folder.write(bytes, to: "Test")
        return SystemZones.table(named: "Test", in: folder.path(""))
    }

    @Test("a sound file is read, whatever its footer says")
    func sound() throws {
        #expect(try table(Self.file(footer: "JST-9"))?.initialOffsetSeconds == 32_400)
        #expect(try table(Self.file(footer: "<+09>-9:00:00"))?.initialOffsetSeconds == 32_400)
        #expect(try table(Self.file(footer: ""))?.transitions.isEmpty == true)
        let summer = try table(Self.file(footer: "JST-9JDT,J60/0,J300/26"))
        let year2028 = try #require(CivilDate(year: 2028, month: 3, day: 1)).daysSinceEpoch
        let begins = Instant(secondsSinceEpoch: Int64(year2028) * 86_400 - 32_400)
        #expect(summer?.offsetSeconds(at: begins) == 36_000)
        #expect(summer?.offsetSeconds(at: begins.advanced(bySeconds: -1)) == 32_400)
    }

    @Test("summer time all year is one offset")
    func summerAllYear() throws {
        let bytes = Self.file(
            times: [(0, 1)], footer: "ABC-9DEF-10,0/0,J365/25")
        let zone = try #require(try table(bytes))
        #expect(zone.transitions.map(\.offsetSeconds).first == 36_000)
        #expect(zone.offsetSeconds(at: Instant(secondsSinceEpoch: 1_800_000_000)) == 36_000)
        #expect(zone.offsetSeconds(at: Instant(secondsSinceEpoch: 1_767_193_200)) == 36_000)
        #expect(zone.offsetSeconds(at: Instant(secondsSinceEpoch: -1)) == 32_400)
    }

    @Test(
        "a footer that is no rule refuses the file",
        arguments: [
            "J-9", "JST", "JST-9x", "JST-25", "JST-9JDT", "JST-9JDT,M3.2.0", "JST-9JDT,M13.2.0,J1",
            "JST-9JDT,M3.6.0,J1", "JST-9JDT,M3.2.7,J1", "JST-9JDT,J0,J1", "JST-9JDT,366,J1",
            "JST-9JDT,J1/168,J9", "JST-9JDT,J1/2:60,J9", "<+09-9", "<>-9", "JST-8", "\n", "JST-9\n",
        ])
    func malformedFooter(footer: String) throws {
        #expect(try table(Self.file(footer: footer)) == nil)
    }

    @Test("damage is refused")
    func damage() throws {
        #expect(try table(Self.file(version: "\0", footer: "JST-9")) == nil)
        #expect(try table(Self.file(offset: 90_000, footer: "")) == nil)
        #expect(try table(Self.file(times: [(5, 1), (5, 0)], footer: "JST-9")) == nil)
        #expect(try table(Self.file(times: [(5, 1), (4, 0)], footer: "JST-9")) == nil)
        #expect(try table(Self.file(times: [(.min, 1), (4, 0)], footer: "JST-9")) == nil)
        #expect(try table(Self.file(times: [(4, 2)], footer: "")) == nil)
        #expect(try table(Self.file(times: [(4, 0)], footer: "JST-9")) != nil)
        #expect(try table([]) == nil)
        #expect(try table(Array("hello, world, this is not a zone file at all".utf8)) == nil)
    }

    @Test(
        "a file cut off anywhere is refused", arguments: ["Asia/Tokyo", "America/New_York", "UTC"])
    func truncated(name: String) throws {
        let url = URL(filePath: SystemZones.folder).appending(path: name)
        let bytes = Array(try Data(contentsOf: url))
        for length in 0..<bytes.count {
            let cut = Array(bytes[..<length])
            #expect(SystemZones.table(named: "Cut", reading: cut) == nil, "\(length)")
        }
        #expect(SystemZones.table(named: "Whole", reading: bytes) != nil)
    }

    @Test("a byte changed anywhere never traps")
    func changed() throws {
        let bytes = Array(
            try Data(contentsOf: URL(filePath: "\(SystemZones.folder)/Europe/London")))
        var refused = 0
        for position in bytes.indices {
            var changed = bytes
            changed[position] ^= 0xFF
            let zone = SystemZones.table(named: "Changed", reading: changed)
            if let zone {
                _ = zone.start(of: CivilDate(daysSinceEpoch: 20_000))
            } else {
                refused += 1
            }
        }
        #expect(refused > 100)
    }
}
