import DecisionEngine
import Enforcement
import Facts
import Foundation
import Ledger
import Lifecycle
import TestSupport
import Testing

@Suite("A plan that is read back")
struct PlanFileTests {
    private let group = "cn=g,dc=example"

    private func bytes(_ groups: [Plan.GroupChange]) throws -> [UInt8] {
        let document = PlanDocument(
            Plan(rows: [], from: Instant(secondsSinceEpoch: 0), groups: groups), rules: [],
            events: ["e1"],
            program: ProgramDigest(hexadecimal: String(repeating: "ab", count: 32)), sequence: 7,
            zone: Fixtures.tokyo)
        return Array(try JSONEncoder().encode(document))
    }

    private func change(
        _ change: Plan.GroupChange.Change, _ member: String, from: Int64, until: Int64? = nil
    ) -> Plan.GroupChange {
        Plan.GroupChange(
            change: change, group: group, action: "view",
            member: EntityID(kind: "person", name: member),
            interval: Interval(
                from: Instant(secondsSinceEpoch: from),
                until: until.map(Instant.init(secondsSinceEpoch:)) ?? .distantFuture), cites: [])
    }

    @Test("says what was planned")
    func roundTrip() throws {
        let changes = [
            change(.leave, "sato", from: 100), change(.join, "kato", from: 50, until: 200),
        ]
        let file = try PlanFile(bytes(changes), zone: .utc)
        #expect(file.sequence == 7 && file.events == ["e1"])
        #expect(file.program.description == String(repeating: "ab", count: 32))
        #expect(file.groups.map(\.member) == ["sato", "kato"])
        #expect(file.groups.map(\.isLeaving) == [true, false])
        #expect(file.groups.map(\.interval) == changes.map(\.interval))
    }

    @Test("is refused, with the place, where it is no plan")
    func refused() throws {
        let text = String(decoding: try bytes([change(.leave, "sato", from: 100)]), as: UTF8.self)
        let cases: [(String, String, String)] = [
            ("\"leave\"", "\"shove\"", "groups[0]"),
            ("1970-01-01T09:01:40+09:00", "yesterday", "groups[0]"),
            ("\"member\"", "\"number\"", "groups[0]"),
            ("\"sequence\":7", "\"sequence\":\"7\"", "sequence"),
            ("abab", "ab", "program"), ("{", "[", ""),
        ]
        for (old, new, place) in cases {
            let changed = text.replacing(old, with: new, maxReplacements: 1)
            #expect(changed != text, "\(old)")
            let error = #expect(throws: PlanFileError.self) {
                try PlanFile(Array(changed.utf8), zone: .utc)
            }
            #expect(error?.place == place, "\(old): \(error?.description ?? "")")
        }
        #expect(throws: PlanFileError.self) { try PlanFile([], zone: .utc) }
    }

    @Test("is due where it holds now and policy and facts say the same")
    func due() throws {
        let file = try PlanFile(
            bytes([
                change(.leave, "sato", from: 100), change(.join, "kato", from: 50, until: 200),
                change(.leave, "kato", from: 300), change(.join, "ito", from: 0, until: 90),
                change(.join, "abe", from: 0), change(.leave, "mori", from: 100),
            ]), zone: .utc)
        let members = ["kato", "mori"]
        let due = DueChanges(file, at: Instant(secondsSinceEpoch: 100)) { id, group in
            group == self.group ? members.contains(id) : nil
        }
        #expect(
            due.changes == [
                MembershipChange(group: group, joins: ["kato"], leaves: ["ito", "sato"])
            ])
        #expect(due.later.map(\.member) == ["kato"])
        #expect(due.contradicted.map(\.member) == ["abe", "mori"])
        // What was planned for a while is over: what holds now is due.
        let over = DueChanges(file, at: Instant(secondsSinceEpoch: 250)) { id, _ in id == "mori" }
        #expect(over.changes.map(\.leaves) == [["ito", "kato", "sato"]])
        #expect(due.ending.map(\.member) == ["kato"])
        let elsewhere = DueChanges(file, at: Instant(secondsSinceEpoch: 100)) { _, _ in nil }
        #expect(elsewhere.changes.isEmpty && elsewhere.contradicted.count == 5)
    }

    @Test("is about one group, however its name is written")
    func spellings() throws {
        let text = String(
            decoding: try bytes([change(.leave, "sato", from: 0), change(.join, "kato", from: 0)]),
            as: UTF8.self
        ).replacing("cn=g,dc=example", with: "CN=G, dc=Example", maxReplacements: 1)
        let due = DueChanges(
            try PlanFile(Array(text.utf8), zone: .utc), at: Instant(secondsSinceEpoch: 1)
        ) { id, _ in id == "kato" }
        #expect(due.changes.count == 1)
        #expect(due.changes.first?.joins == ["kato"] && due.changes.first?.leaves == ["sato"])
    }

    @Test("becomes a list of changes for other systems, who leaves first")
    func list() {
        let document = ChangeDocument(
            [
                MembershipChange(group: "=g", joins: ["-b"], leaves: ["c", "a"]),
                MembershipChange(group: "h", joins: [], leaves: ["d"]),
            ], sequence: 7)
        #expect(
            document.csv == """
                change,group,member\r
                leave,=g,a\r
                leave,=g,c\r
                leave,h,d\r
                join,=g,-b\r

                """)
    }
}
