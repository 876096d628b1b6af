import Foundation
package import LDAPClient

/// The server that `scripts/slapd` runs for the tests.
package struct Slapd {
    package let url: String
    package let ldapsURL: String
    package let authority: String
    /// The key of the certificate that is the authority, too.
    package let key: String
    package let base: String
    package let admin: String
    package let password: String

    package init() throws {
        url = try Self.variable("NTK_SLAPD_URL")
        ldapsURL = try Self.variable("NTK_SLAPD_LDAPS_URL")
        authority = try Self.variable("NTK_SLAPD_CA")
        key = try Self.variable("NTK_SLAPD_KEY")
        base = try Self.variable("NTK_SLAPD_BASE")
        admin = try Self.variable("NTK_SLAPD_ADMIN")
        password = try Self.variable("NTK_SLAPD_PASSWORD")
    }

    /// A server of the tests' own.
    init(url: String, base: String, admin: String, password: String) {
        self.url = url
        ldapsURL = ""
        authority = ""
        key = ""
        self.base = base
        self.admin = admin
        self.password = password
    }

    package var server: LDAPServer {
        get throws { try LDAPServer(url: url, operationTimeout: .seconds(30)) }
    }

    package var credential: LDAPCredential { .simple(dn: admin, password: LDAPSecret(password)) }

    /// Adds a subtree of its own, with these LDIF records below, and returns its name.
    ///
    /// `BASE` in the records stands for that name.
    package func load(_ entries: String) throws -> String {
        let name = "test-\(UUID().uuidString.lowercased())"
        let base = "ou=\(name),\(self.base)"
        let root = "dn: \(base)\nobjectClass: organizationalUnit\nou: \(name)\n\n"
        try change(root + entries.replacing("BASE", with: base))
        return base
    }

    /// Carries out LDIF records; those without a `changetype` are entries to add.
    package func change(_ records: String) throws {
        let folder = FileManager.default.temporaryDirectory.appending(
            component: "ldif-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let secret = folder.appending(component: "password")
        let file = folder.appending(component: "records.ldif")
        _ = FileManager.default.createFile(
            atPath: secret.path, contents: Data(password.utf8),
            attributes: [.posixPermissions: 0o600])
        try Data(records.utf8).write(to: file)
        let tool = Process()
        tool.executableURL = URL(filePath: "/usr/bin/ldapmodify")
        tool.arguments = ["-a", "-x", "-H", url, "-D", admin, "-y", secret.path, "-f", file.path]
        tool.standardOutput = FileHandle.nullDevice
        try tool.run()
        tool.waitUntilExit()
        guard tool.terminationStatus == 0 else {
            throw SetupError(description: "ldapmodify ended with \(tool.terminationStatus)")
        }
    }

    /// LDIF of that many people.
    package static func people(_ count: Int) -> String {
        (1...count).map { number in
            """
            dn: uid=p\(number),BASE
            objectClass: inetOrgPerson
            uid: p\(number)
            cn: Person \(number)
            sn: Person
            description: \(String(repeating: "d", count: 100))
            """
        }.joined(separator: "\n\n")
    }

    private static func variable(_ name: String) throws -> String {
        guard let value = ProcessInfo.processInfo.environment[name], !value.isEmpty else {
            throw SetupError(description: "\(name) is not set; run the tests with scripts/test")
        }
        return value
    }
}

/// Why a test can't begin.
package struct SetupError: Error, CustomStringConvertible {
    package let description: String

    package init(description: String) { self.description = description }
}
