import Foundation
import LDAPClient
import SlapdSupport
import TestSupport
import Testing

/// Against the directory server that `scripts/test` starts with Aoba's people in it.
@Suite("Reading a directory server")
struct SyncTests {
    private func prepared() async throws -> NTK {
        let ntk = try NTK()
        let imported = try await ntk.importAoba()
        #expect(imported.status == 0)
        return ntk
    }

    private func sync(
        _ ntk: NTK, server: String, password: String, more: [String] = []
    ) async throws -> NTK.Output {
        let file = try ntk.file("password", password)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
        return try await ntk.run(
            [
                "sync", "--server", server, "--bind-dn", try Slapd().admin,
                "--password-file", file, "--mapping", "examples/aoba/directory.yaml", "--as-of",
                "2025-12-01",
            ] + more)
    }

    @Test("gives the same facts as the LDIF did")
    func sameFacts() async throws {
        let ntk = try await prepared()
        let slapd = try Slapd()
        let output = try await sync(ntk, server: slapd.url, password: slapd.password)
        #expect(output.status == 0, "\(output.stderr)")
        #expect(output.stdout == "recorded 0, known already 0, ledger sequence 4848\n")
    }

    @Test("alone answers as the LDIF does")
    func alone() async throws {
        let ntk = try NTK()
        try await ntk.run("adopt", "policies/aoba.ntk")
        try await ntk.run("import", "examples/aoba/organisations.csv", "--as-of", "2025-12-01")
        let slapd = try Slapd()
        let output = try await sync(ntk, server: slapd.url, password: slapd.password)
        #expect(output.stdout.hasPrefix("recorded 902,"), "\(output.stderr)")
    }

    @Test("fails with exit code 4 where the password is refused, and says no secret")
    func wrongPassword() async throws {
        let ntk = try await prepared()
        let output = try await sync(ntk, server: try Slapd().url, password: "wrong-secret")
        #expect(output.status == 4)
        #expect(!output.stderr.contains("wrong-secret"))
        #expect(output.stderr.contains("nothing was recorded"))
        #expect(try await ntk.importAoba().stdout.contains("ledger sequence 4848"))
    }

    @Test("fails with exit code 4 where nobody listens, within the time limit")
    func down() async throws {
        let ntk = try await prepared()
        let output = try await sync(ntk, server: "ldap://127.0.0.1:1", password: "x")
        #expect(output.status == 4)
        #expect(output.stderr.contains("ldap://127.0.0.1:1"))
    }

    @Test("tries servers in order, and says which it passes over")
    func several() async throws {
        let ntk = try await prepared()
        let slapd = try Slapd()
        let output = try await sync(
            ntk, server: "ldap://127.0.0.1:1", password: slapd.password,
            more: ["--server", slapd.url])
        #expect(output.status == 0, "\(output.stderr)")
        #expect(output.stderr.contains("trying \(slapd.url)"))
        // Who is refused by one is not let in by another.
        let refused = try await sync(
            ntk, server: slapd.url, password: "wrong", more: ["--server", slapd.ldapsURL])
        #expect(refused.status == 4)
        #expect(!refused.stderr.contains("trying"))
    }

    @Test("takes the password from a variable that it is told of, and from no other")
    func variable() async throws {
        let ntk = try await prepared()
        let slapd = try Slapd()
        func run(_ name: String) async throws -> NTK.Output {
            try await ntk.run(
                [
                    "sync", "--server", slapd.url, "--bind-dn", slapd.admin, "--password-env",
                    name, "--mapping", "examples/aoba/directory.yaml", "--as-of", "2025-12-01",
                ], environment: ["DIRECTORY_PASSWORD": slapd.password])
        }
        #expect(try await run("DIRECTORY_PASSWORD").status == 0)
        let empty = try await run("OTHER_PASSWORD")
        #expect(empty.status == 3)
        #expect(empty.stderr.contains("OTHER_PASSWORD"))
    }

    @Test("fails with exit code 4 where the connection drops midway, and the ledger is as it was")
    func dropped() async throws {
        let slapd = try Slapd()
        let proxy = try Listener.proxy(to: try slapd.server.port, bytes: 20_000)
        let ntk = try NTK()
        try await ntk.run("adopt", "policies/aoba.ntk")
        try await ntk.run("import", "examples/aoba/organisations.csv", "--as-of", "2025-12-01")
        let output = try await sync(
            ntk, server: proxy.url, password: slapd.password)
        #expect(output.status == 4, "\(output.stderr)")
        #expect(output.stderr.contains("nothing was recorded"))
        #expect(
            try await ntk.run("import", "examples/aoba/organisations.csv", "--as-of", "2025-12-01")
                .stdout
                == "recorded 0, known already 0, ledger sequence 7\n")
    }

    @Test("refuses a password file that others can read")
    func openPasswordFile() async throws {
        let ntk = try await prepared()
        let file = try ntk.file("open", "x")
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file)
        let output = try await ntk.run(
            "sync", "--server", "ldap://127.0.0.1:1", "--bind-dn", "cn=a", "--password-file", file,
            "--mapping", "examples/aoba/directory.yaml")
        #expect(output.status == 3)
        #expect(output.stderr.contains("chmod 600"))
    }
}
