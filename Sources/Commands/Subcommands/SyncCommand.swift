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

    @OptionGroup var address: ServerOption
    @OptionGroup var directory: DirectoryOptions

    @Option(help: ArgumentHelp("How entries become facts, in YAML.", valueName: "file"))
    var mapping: String

    @Option(
        help: ArgumentHelp(
            "From when on what the directory says holds; without it, from now on.",
            valueName: "time"))
    var asOf: String?

    @OptionGroup var store: LedgerOptions
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let session = try Session.open(store, console: common.console)
        let mapping = try MappingFiles.read(mapping, vocabulary: session.vocabulary)
        let effective = try session.time(asOf, option: "--as-of")
        let source = DirectorySource.server(
            try directory.server(at: address.server), try directory.credential())
        let reading: DirectoryReading
        let changes: [Observation]
        let stated = try LedgerAccess.run(store.path) {
            try session.ledger.statements(of: mapping.source)
        }
        do throws(DirectoryError) {
            let entries = try await source.entries(
                for: mapping, within: .seconds(directory.timeout))
            reading = DirectoryReader.reading(
                of: entries, mapping: mapping, zone: session.zone, effective: effective)
            changes = try reading.changes(since: stated)
        } catch {
            throw DirectoryFailure.failure(error, of: address.server)
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
}
