import DirectorySync
import Facts
import PolicyLanguage
import TestSupport
import Testing

@Suite("What directories write of times and flags")
struct DirectoryTimeTests {
    private static let policy = """
        policy times version "1" zone "Asia/Tokyo"
        use standard
        scale tier { open < secret }
        category core
        enumeration role { member }
        define company = organisation "x"
        entity account "口座" {
          since    instant
          expires  date
          last     last-day
          off      boolean
        }
        """

    /// What an attribute comes to from one value; nil where it is left out, and the entry's problems.
    private func value(
        _ attribute: String, _ form: String, _ written: String
    ) async throws -> (value: Value?, problems: Int) {
        let read = Fixtures.read(Self.policy)
        let vocabulary = try #require(read.policy, "\(read.diagnostics)").vocabulary
        let yaml = """
            source: directory
            entities:
              - kind: account
                base: ou=people,dc=x
                filter: (objectClass=account)
                id: uid
                attributes: { \(attribute): { attribute: validTo, \(form) } }
            """
        let ldif = """
            dn: ou=people,dc=x
            objectClass: organizationalUnit

            dn: uid=a,ou=people,dc=x
            objectClass: account
            uid: a
            validTo: \(written)
            """
        let mapping = try Sample.mapping(yaml).checked(against: vocabulary)
        let found = try await DirectorySource.ldif(Array(ldif.utf8)).entries(for: mapping)
        let reading = DirectoryReader.reading(
            of: found, mapping: mapping, zone: Fixtures.tokyo, effective: Sample.now)
        return (reading.observations.first?.attributes?[attribute], reading.problems.count)
    }

    private func instant(_ text: String) throws -> Value {
        .instant(try #require(TimeText.instant(text, in: .utc)))
    }

    @Test(
        "generalised time is read with its zone",
        arguments: [
            ("20261201132211Z", "2026-12-01T13:22:11Z"),
            ("20261201132211.9Z", "2026-12-01T13:22:11Z"),
            ("202612012222+0900", "2026-12-01T13:22:00Z"),
            ("2026120113.5Z", "2026-12-01T13:30:00Z"),
            ("20261201132211-0530", "2026-12-01T18:52:11Z"),
            ("20240229000000Z", "2024-02-29T00:00:00Z"),
        ])
    func generalized(written: String, meant: String) async throws {
        let read = try await value("since", "as: time", written)
        #expect(read.value == (try instant(meant)))
        #expect(read.problems == 0)
    }

    @Test(
        "what only looks like one is refused",
        arguments: [
            "20261201132211", "2026-12-01", "20260229000000Z", "20261301000000Z", "2026120124Z",
            "202612011360Z", "20261201132211.Z", "20261201132211Zx", "20261201132211+9",
            "２０２６1201132211Z",
        ])
    func malformed(written: String) async throws {
        let read = try await value("since", "as: time", written)
        #expect(read.value == nil)
        #expect(read.problems == 1)
    }

    @Test("a day is that of the policy's zone")
    func days() async throws {
        // In Tokyo it is the next day.
        #expect(
            try await value("expires", "as: time", "20261201200000Z").value
                == instant("2026-12-02T00:00:00+09:00"))
        #expect(
            try await value("last", "as: time", "20261201200000Z").value
                == instant("2026-12-03T00:00:00+09:00"))
    }

    @Test("Windows counts from 1601, and has two numbers for never")
    func fileTimes() async throws {
        #expect(
            try await value("since", "as: filetime", "134091013310000000").value
                == instant("2025-12-01T22:22:11Z"))
        for never in ["0", "9223372036854775807"] {
            let read = try await value("since", "as: filetime", never)
            #expect(read.value == nil)
            #expect(read.problems == 0)
        }
        #expect(try await value("since", "as: filetime", "-1").problems == 1)
    }

    @Test("a bit of a number is true or false")
    func bits() async throws {
        #expect(try await value("off", "bit: 2", "514").value == .boolean(true))
        #expect(try await value("off", "bit: 2", "512").value == .boolean(false))
        #expect(try await value("off", "bit: 2", "x").problems == 1)
        #expect(try await value("off", "as: text", "TRUE").value == .boolean(true))
    }
}
