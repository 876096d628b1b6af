import ArgumentParser
import DiagnosticText
import Diagnostics
import DirectorySync
import Facts
import Foundation
import LDAPClient
import Ledger

struct SyncCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sync", abstract: "Records what a directory server says of people now.",
        discussion: """
            Reads the whole directory, and records what differs from what it said before. If it can't be
            read whole, or too many people seem gone, nothing is recorded. Example:
              ntk sync --server ldaps://directory.example --bind-dn cn=reader,dc=aoba,dc=example \\
                --password-file reader.password --mapping directory.yaml
            """)

    @Option(help: ArgumentHelp("ldap://HOST:PORT or ldaps://HOST:PORT.", valueName: "url"))
    var server: String

    @Option(help: ArgumentHelp("As whom to speak to it; without it, anonymously.", valueName: "dn"))
    var bindDn: String?

    @Option(
        help: ArgumentHelp(
            "The file that holds the password, which only its owner may read.", valueName: "file"))
    var passwordFile: String?

    @Flag(help: "Turn on TLS on an ldap:// connection before anything is said.")
    var startTls = false

    @Option(help: ArgumentHelp("Trust the authorities in this PEM file.", valueName: "file"))
    var caFile: String?

    @Option(help: ArgumentHelp("How long all of it may take, in seconds.", valueName: "seconds"))
    var timeout = 600

    @Option(help: ArgumentHelp("How entries become facts, in YAML.", valueName: "file"))
    var mapping: String

    @Option(
        help: ArgumentHelp(
            "From when on what the directory says holds; without it, from now on.",
            valueName: "time"))
    var asOf: String?

    @OptionGroup var store: LedgerOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard (bindDn == nil) == (passwordFile == nil) else {
            throw ValidationError("--bind-dn and --password-file go together")
        }
        guard (1...86_400).contains(timeout) else {
            throw ValidationError("--timeout takes 1 to 86400 seconds")
        }
    }

    func run() async throws {
        let session = try Session.open(store, console: common.console)
        let mapping = try MappingFiles.read(mapping, vocabulary: session.vocabulary)
        let effective = try session.time(asOf, option: "--as-of")
        let source = DirectorySource.server(try ldapServer(), try credential())
        let reading: DirectoryReading
        let changes: [Observation]
        let stated = try LedgerAccess.run(store.path) {
            try session.ledger.statements(of: mapping.source)
        }
        do throws(DirectoryError) {
            let entries = try await source.entries(for: mapping, within: .seconds(timeout))
            reading = DirectoryReader.reading(
                of: entries, mapping: mapping, zone: session.zone, effective: effective)
            changes = try reading.changes(since: stated)
        } catch {
            throw DirectoryFailure.failure(error, of: server)
        }
        try reportProblems(reading)
        session.console.note(
            "read \(reading.observations.count) entities and records, \(changes.count) of them changed",
            "\(reading.observations.count) 件を読み取りました。うち変更は \(changes.count) 件です")
        var gathered = Gathered()
        gathered.items = changes.map { observation in
            Gathered.Item(
                content: .observation(observation), source: mapping.source,
                place: .beginning)
        }
        if reading.problems.isEmpty { gathered.readings[mapping.source] = effective }
        let recorder = Recorder(session, at: store.path)
        try ImportReport.finish(
            try recorder.record(gathered), session: session, keepsGoing: false,
            isJSON: common.json)
    }

    /// Entries that can't be understood are named; what was stated of them before stays.
    private func reportProblems(_ reading: DirectoryReading) throws {
        for problem in reading.problems {
            let text = Visible.text("\(problem)")
            common.console.note("left as it was: \(text)", "以前のままにしました: \(text)")
        }
    }

    private func ldapServer() throws -> LDAPServer {
        do throws(LDAPURLError) {
            return try LDAPServer(
                url: server, startTLS: startTls, authorityFile: caFile,
                operationTimeout: .seconds(timeout))
        } catch {
            throw CommandFailure(
                .usage, "--server: \(error)", "--server: \(error)")
        }
    }

    private func credential() throws -> LDAPCredential {
        guard let bindDn, let passwordFile else { return .anonymous }
        let attributes = try? FileManager.default.attributesOfItem(atPath: passwordFile)
        if let mode = attributes?[.posixPermissions] as? Int, mode & 0o077 != 0 {
            throw CommandFailure(
                .badInput, "\(passwordFile) can be read by others; run: chmod 600 \(passwordFile)",
                "\(passwordFile) が他の利用者から読めます。chmod 600 \(passwordFile) を実行してください")
        }
        var bytes = try FileReading.source(at: passwordFile).bytes
        while let last = bytes.last, last == UInt8(ascii: "\n") || last == UInt8(ascii: "\r") {
            bytes.removeLast()
        }
        return .simple(dn: bindDn, password: LDAPSecret(bytes: bytes))
    }
}
