import Foundation
import SlapdSupport
import TestSupport
import Testing

/// A directory of people that changes between two runs of `ntk sync`.
@Suite("Keeping in step with a directory")
struct SyncChangesTests {
    // Its own: a server names what is deleted in any part of its tree, and here nothing is to be named.
    private let server: PrivateSlapd
    private let slapd: Slapd
    private let ntk: NTK
    private let base: String
    private let mapping: String
    private let password: String

    init() throws {
        server = try PrivateSlapd(sessionLog: 100)
        slapd = server.slapd
        ntk = try NTK()
        base = try slapd.load((1...20).map { Self.person("p\($0)") }.joined(separator: "\n"))
        mapping = try ntk.file(
            "directory.yaml",
            """
            source: directory
            entities:
              - kind: person
                base: \(base)
                filter: (objectClass=inetOrgPerson)
                id: uid
                attributes: { name: cn }
                records:
                  - kind: engagement
                    attributes: { kind: employeeType }
            """)
        password = try ntk.file("password", slapd.password)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: password)
    }

    private static func person(_ id: String) -> String {
        """
        dn: uid=\(id),BASE
        objectClass: inetOrgPerson
        uid: \(id)
        cn: \(id)
        sn: \(id)
        employeeType: employee

        """
    }

    private func sync(_ more: String...) async throws -> NTK.Output {
        try await ntk.run(
            [
                "sync", "--server", slapd.url, "--bind-dn", slapd.admin, "--password-file",
                password, "--mapping", mapping,
            ] + more)
    }

    private func begun() async throws {
        try await ntk.run("adopt", "policies/aoba.ntk")
        try await ntk.run("import", "examples/aoba/organisations.csv", "--as-of", "2025-12-01")
        let first = try await sync()
        #expect(first.status == 0, "\(first.stderr)")
        #expect(first.stdout.hasPrefix("recorded 40,"))
        #expect(first.stderr.contains("everything, 20 entries, 20 changed, 0 gone"))
    }

    private func delete(_ ids: ClosedRange<Int>) throws {
        try slapd.change(
            ids.map { "dn: uid=p\($0),\(base)\nchangetype: delete\n" }.joined(separator: "\n"))
    }

    @Test("asks for what has changed, and records that")
    func changes() async throws {
        try await begun()
        for _ in 0..<3 {
            let unchanged = try await sync()
            #expect(unchanged.stderr.contains("nothing has changed since the last time"))
            #expect(unchanged.stdout.hasPrefix("recorded 0,"))
        }
        try slapd.change(
            """
            dn: uid=p1,\(base)
            changetype: modify
            replace: employeeType
            employeeType: student

            dn: uid=p2,\(base)
            changetype: delete


            """)
        let changed = try await sync()
        // A record is other than it was; a person and a record are gone.
        #expect(changed.stdout.hasPrefix("recorded 3,"), "\(changed.stderr)")
        #expect(changed.stderr.contains("gone: uid=p2,\(base): deleted, or hidden from us"))
        try slapd.change("dn: uid=p3,\(base)\nchangetype: modify\nreplace: sn\nsn: other\n")
        let japanese = try await sync("--lang", "ja")
        #expect(japanese.stderr.contains("差分、19 件、変更 0 件、消失 0 件"))
        // With another mapping the same entries may say something else.
        let text = try String(contentsOfFile: mapping, encoding: .utf8)
        _ = try ntk.file("directory.yaml", text.replacing("name: cn", with: "name: sn"))
        let other = try await sync()
        #expect(other.stderr.contains("everything, 19 entries"))
        #expect(other.stdout.hasPrefix("recorded 19,") || other.stdout.hasPrefix("recorded 1,"))
    }

    @Test(
        "keeps what would be taken from too many, until somebody accepts it or it is no longer so")
    func pending() async throws {
        try await begun()
        #expect(try await sync("--pending").stdout == "nothing waits\n")
        try delete(1...6)
        for _ in 0..<2 {
            let refused = try await sync()
            #expect(refused.status == 3)
            #expect(refused.stderr.contains("6 of 20 of kind"))
            #expect(refused.stderr.contains("--accept"))
        }
        let shown = try await ntk.run("sync", "--mapping", mapping, "--pending")
        #expect(shown.status == 1)
        #expect(shown.stdout.contains("  person 6\n    p1\n    p2\n"))
        #expect(shown.stdout.contains("  engagement 6\n"))
        let json = try await ntk.run("sync", "--mapping", mapping, "--pending", "--json")
        #expect(json.stdout.contains("\"id\" : \"p6\""))
        // More than was looked at is not accepted with it.
        try delete(7...12)
        let more = try await sync("--accept")
        #expect(more.status == 3, "\(more.stderr)")
        let accepted = try await sync("--accept")
        #expect(accepted.status == 0, "\(accepted.stderr)")
        #expect(accepted.stdout.hasPrefix("recorded 24,"))
        #expect(try await sync("--pending").stdout == "nothing waits\n")
        #expect(try await sync("--accept").status == 2)
    }

    @Test("forgets what waits when it is told to, and takes it up again while it is so")
    func discarded() async throws {
        try await begun()
        try delete(1...6)
        #expect(try await sync().status == 3)
        #expect(try await sync("--discard").status == 0)
        #expect(try await sync("--discard").status == 2)
        #expect(try await sync("--pending").stdout == "nothing waits\n")
        #expect(try await sync().status == 3)
        try slapd.change(
            (1...6).map { Self.person("p\($0)") }.joined(separator: "\n")
                .replacing("BASE", with: base))
        // The same ids, and others behind them: nobody is taken for who had the id before.
        let others = try await sync()
        #expect(others.status == 3)
        #expect(others.stderr.contains("`p1` is known as another entry"))
        let same = try await sync("--rebuilt")
        #expect(same.status == 0, "\(same.stderr)")
        #expect(same.stdout.hasPrefix("recorded 0,"))
    }

    @Test("shows an entry's way to its facts, and records nothing")
    func explained() async throws {
        try await begun()
        try slapd.change(
            "dn: uid=p1,\(base)\nchangetype: modify\nreplace: employeeType\nemployeeType: student\n"
        )
        let shown = try await sync("--explain", "uid=p1")
        #expect(shown.status == 0, "\(shown.stderr)")
        let lines = shown.stdout.split(separator: "\n").map(String.init)
        try #require(lines.count == 5, "\(shown.stdout)")
        #expect(lines[0].hasPrefix("uid=p1,\(base)  "))
        #expect(lines[1] == "  entities[0]  person p1  (recorded so)")
        #expect(lines[2] == "    name = p1  ← cn: `p1`")
        #expect(
            lines[3]
                == "  entities[0]  engagement directory/p1/engagement ← p1  (something else is recorded)"
        )
        #expect(lines[4] == "    kind = student  ← employeeType: `student`")
        let json = try await sync("--explain", "(uid=p1)", "--json")
        #expect(json.stdout.contains("\"state\" : \"changed\""))
        #expect(try await sync("--explain", "uid=nobody").status == 3)
        #expect(try await sync("--explain", "((").status == 2)
        #expect(try await sync().stdout.hasPrefix("recorded 1,"))
        try slapd.change(
            "dn: uid=p2,\(base)\nchangetype: modify\nreplace: employeeType\nemployeeType: king\n")
        let broken = try await sync("--explain", "uid=p2")
        #expect(broken.stdout.contains("person p2  (says nothing)"))
        #expect(
            broken.stdout.contains("  problem: uid=p2,\(base): `employeeType`: `king` does not fit")
        )
    }

    @Test("keeps somebody who is renamed, and says so of nobody else")
    func renamed() async throws {
        try await begun()
        try slapd.change(
            "dn: uid=p1,\(base)\nchangetype: modrdn\nnewrdn: uid=married\ndeleteoldrdn: 1\n")
        let renamed = try await sync()
        #expect(renamed.status == 0, "\(renamed.stderr)")
        #expect(renamed.stdout.hasPrefix("recorded 0,"))
        #expect(renamed.stderr.contains("1 changed, 0 gone"))
    }
}
