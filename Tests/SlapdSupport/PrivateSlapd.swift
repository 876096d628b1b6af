import Foundation

/// A server that one test has for itself, to stop, kill and start again.
///
/// It lies on a disk it waits for, so that what it has acknowledged survives being killed.
package final class PrivateSlapd {
    /// How it is spoken to.
    package let slapd: Slapd
    private let folder: URL
    private let port: UInt16

    /// Starts a server with nothing but its base in it.
    ///
    /// - Parameters:
    ///   - sessionLog: how many changes it can name after they were made; 0 for none.
    ///   - offersSync: whether it can tell what has changed.
    ///   - more: lines for its configuration, after those of its database.
    /// - Throws: why it doesn't start.
    package init(
        sessionLog: Int = 0, offersSync: Bool = true, more: [String] = []
    ) throws {
        port = try Listener().port
        folder = FileManager.default.temporaryDirectory.appending(
            component: "slapd-\(UUID().uuidString)")
        slapd = Slapd(
            url: "ldap://127.0.0.1:\(port)", base: "dc=own,dc=example",
            admin: "cn=admin,dc=own,dc=example", password: UUID().uuidString)
        try FileManager.default.createDirectory(
            at: folder.appending(component: "db"), withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
        var lines = ["core", "cosine", "inetorgperson"].map {
            "include /etc/ldap/schema/\($0).schema"
        }
        lines += [
            "modulepath /usr/lib/ldap", "moduleload back_mdb", "moduleload syncprov",
            "pidfile \(folder.path)/pid", "database mdb", "suffix \(slapd.base)",
            "directory \(folder.path)/db", "maxsize 268435456", "rootdn \(slapd.admin)",
            "rootpw \(slapd.password)", "index entryUUID,entryCSN eq",
        ]
        lines += more
        if offersSync { lines.append("overlay syncprov") }
        if sessionLog > 0 { lines.append("syncprov-sessionlog \(sessionLog)") }
        let file = folder.appending(component: "conf")
        _ = FileManager.default.createFile(
            atPath: file.path, contents: Data((lines.joined(separator: "\n") + "\n").utf8),
            attributes: [.posixPermissions: 0o600])
        try start()
        try slapd.change(
            """
            dn: \(slapd.base)
            objectClass: dcObject
            objectClass: organization
            dc: own
            o: Own

            """)
    }

    deinit {
        signal(SIGKILL)
        try? FileManager.default.removeItem(at: folder)
    }

    /// Starts it, after it was stopped; returns once it answers.
    package func start() throws {
        let server = Process()
        // Ends by itself where a test is killed that would have ended it.
        server.executableURL = URL(filePath: "/usr/bin/timeout")
        server.arguments = [
            "-s", "KILL", "900", "/usr/sbin/slapd", "-d", "none", "-h", "\(slapd.url) \(socketURL)",
            "-f",
            folder.appending(component: "conf").path,
        ]
        server.standardError = FileHandle.nullDevice
        try server.run()
        for _ in 0..<300 {
            if try answers() { return }
            Thread.sleep(forTimeInterval: 0.1)
        }
        throw SetupError(description: "slapd doesn't start")
    }

    /// Sends it a signal that nobody can keep from it: to end at once, to stop for a while, to go on.
    ///
    /// What is started from a task's thread doesn't see others, since that thread blocks them.
    package func signal(_ signal: Int32) {
        guard let pid else { return }
        kill(pid, signal)
        guard signal == SIGKILL else { return }
        for _ in 0..<300 where kill(pid, 0) == 0 { Thread.sleep(forTimeInterval: 0.1) }
        try? FileManager.default.removeItem(at: folder.appending(component: "pid"))
    }

    /// The address of its socket on this machine.
    package var socketURL: String {
        "ldapi://" + folder.appending(component: "ldapi").path.replacing("/", with: "%2F")
    }

    private var pid: pid_t? {
        (try? String(contentsOf: folder.appending(component: "pid"), encoding: .utf8))
            .flatMap { pid_t($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
    }

    private func answers() throws -> Bool {
        guard pid != nil else { return false }
        let tool = Process()
        tool.executableURL = URL(filePath: "/usr/bin/ldapwhoami")
        tool.arguments = ["-x", "-H", slapd.url]
        tool.standardOutput = FileHandle.nullDevice
        tool.standardError = FileHandle.nullDevice
        try tool.run()
        tool.waitUntilExit()
        return tool.terminationStatus == 0
    }
}
