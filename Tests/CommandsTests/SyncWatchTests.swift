import Foundation
import SlapdSupport
import TestSupport
import Testing

/// A directory that is followed while it changes.
@Suite("Following a directory")
struct SyncWatchTests {
    private let server: PrivateSlapd
    private let slapd: Slapd
    private let ntk: NTK
    private let base: String
    private let options: [String]

    init() async throws {
        server = try PrivateSlapd(sessionLog: 100)
        slapd = server.slapd
        ntk = try NTK()
        base = try slapd.load((1...3).map { Self.person("p\($0)") }.joined(separator: "\n"))
        let mapping = try ntk.file(
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
        let password = try ntk.file("password", slapd.password)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: password)
        options = [
            "sync", "--server", slapd.url, "--bind-dn", slapd.admin, "--password-file", password,
            "--mapping", mapping,
        ]
        try await ntk.run("adopt", "policies/aoba.ntk")
        try await ntk.run("import", "examples/aoba/organisations.csv", "--as-of", "2025-12-01")
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

    /// Waits until the output holds something; what takes longer than this hangs.
    private func eventually(_ running: NTK.Running, _ text: String) async throws -> Bool {
        for _ in 0..<600 {
            if try running.written.contains(text) { return true }
            try await Task.sleep(for: .milliseconds(50))
        }
        Issue.record("`\(text)` never came after:\n\(try running.written)")
        return false
    }

    private func retype(_ id: String, _ type: String) throws {
        try slapd.change(
            "dn: uid=\(id),\(base)\nchangetype: modify\nreplace: employeeType\nemployeeType: \(type)\n"
        )
    }

    @Test("records each change as it comes, and stops when asked to")
    func changes() async throws {
        let running = try ntk.start(options + ["--watch"])
        #expect(try await eventually(running, "recorded 6, known already 0, ledger sequence"))
        #expect(try await eventually(running, "following ldap://"))
        try retype("p1", "student")
        #expect(try await eventually(running, "1 changed, 0 gone"))
        #expect(try await eventually(running, "ms after the server's last change"))
        try slapd.change("dn: uid=p2,\(base)\nchangetype: delete\n")
        #expect(try await eventually(running, "gone: uid=p2,\(base): deleted, or hidden from us"))
        // What isn't of these searches wakes nobody.
        try slapd.change("dn: ou=else,\(slapd.base)\nobjectClass: organizationalUnit\nou: else\n")
        running.terminate()
        let output = try await running.output()
        #expect(output.status == 0, "\(output.stderr)")
        #expect(output.stderr.hasSuffix("stopped\n"))
        let once = try await ntk.run(options)
        #expect(once.stdout.hasPrefix("recorded 0,"))
        #expect(once.stderr.contains("nothing has changed since the last time"))
    }

    @Test("comes back after the server was gone, and misses nothing")
    func reconnects() async throws {
        let running = try ntk.start(options + ["--watch"])
        #expect(try await eventually(running, "recorded 6,"))
        server.signal(SIGKILL)
        #expect(try await eventually(running, "nothing was recorded"))
        try server.start()
        try retype("p3", "student")
        #expect(try await eventually(running, "in step again"))
        #expect(try await eventually(running, "recorded 1,"))
        running.terminate()
        #expect(try await running.output().status == 0)
        #expect(try await ntk.run(options).stdout.hasPrefix("recorded 0,"))
    }

    @Test("stops at a change set that somebody has to look at, and goes on once they have")
    func pending() async throws {
        try slapd.change(
            (4...20).map { Self.person("p\($0)") }.joined(separator: "\n")
                .replacing("BASE", with: base))
        let running = try ntk.start(options + ["--watch"])
        #expect(try await eventually(running, "recorded 40,"))
        try slapd.change(
            (1...6).map { "dn: uid=p\($0),\(base)\nchangetype: delete\n" }.joined(separator: "\n"))
        // Also where they came one by one, each few enough.
        #expect(try await eventually(running, "6 of 20 of kind"))
        #expect(try await eventually(running, "--accept"))
        let accepted = try await ntk.run(options + ["--accept"])
        #expect(accepted.status == 0, "\(accepted.stderr)")
        let shown = try await ntk.run(["sync", "--mapping", options[8], "--pending"])
        #expect(shown.stdout == "nothing waits\n")
        try retype("p9", "student")
        #expect(try await eventually(running, "recorded 1,"))
        running.terminate()
        #expect(try await running.output().status == 0)
    }

    @Test("asks again and again where the server can't tell of changes")
    func polls() async throws {
        let plain = try PrivateSlapd(offersSync: false)
        let base = try plain.slapd.load(Self.person("p1"))
        let mapping = try ntk.file(
            "plain.yaml",
            """
            source: directory
            entities:
              - kind: person
                base: \(base)
                filter: (objectClass=inetOrgPerson)
                id: uid
                attributes: { name: cn }
            """)
        let password = try ntk.file("plain-password", plain.slapd.password)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: password)
        let running = try ntk.start([
            "sync", "--server", plain.slapd.url, "--bind-dn", plain.slapd.admin,
            "--password-file", password, "--mapping", mapping, "--watch", "--every", "1",
        ])
        #expect(try await eventually(running, "recorded 1,"))
        try plain.slapd.change(
            "dn: uid=p1,\(base)\nchangetype: modify\nreplace: cn\ncn: other\n")
        #expect(try await eventually(running, "1 changed, 0 gone"))
        running.terminate()
        #expect(try await running.output().status == 0)
    }

    @Test("says at once what can't get better by waiting")
    func mistakes() async throws {
        let mapping = try ntk.file("broken.yaml", "source: directory\n")
        let broken = try await ntk.run(
            options.map { $0.hasSuffix("directory.yaml") ? mapping : $0 } + ["--watch"])
        #expect(broken.status == 3)
        #expect(try await ntk.run(options + ["--watch", "--accept"]).status == 2)
    }
}
