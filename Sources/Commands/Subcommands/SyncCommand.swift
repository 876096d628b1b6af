import ArgumentParser
import DiagnosticText
import DirectorySync
import Foundation
import PolicyLanguage
import SystemTime

struct SyncCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sync", abstract: "Records what a directory server says of people now.",
        discussion: """
            Asks for what has changed since the last time, where the server can tell (RFC 4533), else for everything, and
            records what differs from what it said before. If it can't be read whole, nothing is recorded. If too many
            people seem gone, nothing is recorded either: what would be taken away is kept, for somebody to look at. Examples:
              ntk sync --server ldaps://directory.example --bind-dn cn=reader,dc=aoba,dc=example \\
                --password-file reader.password --mapping directory.yaml
              ntk sync --mapping directory.yaml --pending
              ntk sync --mapping directory.yaml --server … --accept
              ntk sync --mapping directory.yaml --server … --watch
              ntk sync --mapping directory.yaml --server … --explain uid=tanaka
            """)

    @Option(
        help: ArgumentHelp(
            "ldap://HOST:PORT, ldaps://HOST:PORT, or ldapi://%2FPATH for a socket. Given several times, they are tried in order.",
            valueName: "url"))
    var server: [String] = []

    @OptionGroup var directory: DirectoryOptions

    @Option(help: ArgumentHelp("How entries become facts, in YAML.", valueName: "file"))
    var mapping: String

    @Option(
        help: ArgumentHelp(
            "From when on what the directory says holds; without it, from now on.",
            valueName: "time"))
    var asOf: String?

    @Flag(help: "Show what waits for somebody to look at it, and record nothing.")
    var pending = false

    @Flag(help: "Forget what waits, and record nothing.")
    var discard = false

    @Flag(help: "Read again, and let be gone what waits, where it still is.")
    var accept = false

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "Whoever has one of these ids now is who had it before, though the entry was made anew.",
            valueName: "id"))
    var same: [String] = []

    @Flag(help: "The directory was made anew: whoever has an id now is who had it before.")
    var rebuilt = false

    @Option(
        help: ArgumentHelp(
            "Show the way of an entry to its facts, such as uid=tanaka, and record nothing.",
            valueName: "filter"))
    var explain: String?

    @Flag(help: "Ask for everything, also where the server can tell what has changed.")
    var anew = false

    @Flag(
        help:
            "Stay up, and record each change as the server tells of it; where it can't tell, ask every --every seconds."
    )
    var watch = false

    @Option(
        help: ArgumentHelp(
            "With --watch: ask at least this often, so that the directory is known to be no older.",
            valueName: "seconds"))
    var every = 60

    @OptionGroup var store: LedgerOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
        if [pending, discard, accept, explain != nil].count(where: \.self) > 1 {
            throw ValidationError("--pending, --discard, --accept and --explain exclude each other")
        }
        if server.isEmpty, !pending, !discard {
            throw ValidationError("--server says where the directory is")
        }
        if watch,
            explain != nil || pending || discard || accept || rebuilt || anew || !same.isEmpty
                || asOf != nil
        {
            throw ValidationError(
                "--watch stands alone; what waits is looked at by another command")
        }
        guard (1...86_400).contains(every) else {
            throw ValidationError("--every takes 1 to 86400 seconds")
        }
        if rebuilt, !same.isEmpty { throw ValidationError("--rebuilt means --same of everybody") }
    }

    func run() async throws {
        let ledger = try Session.openLedger(store.path, create: false)
        let policy = try Session.policy(of: ledger, at: store.path, console: common.console)
        let checked = try MappingFiles.read(mapping, vocabulary: policy.checked.vocabulary)
        let waiting = Waiting(
            ledger: ledger, path: store.path, source: checked.source, zone: policy.checked.zone,
            console: common.console)
        if pending { return try waiting.show(isJSON: common.json) }
        if discard { return try waiting.discard() }
        let servers = try server.map { try directory.server(at: $0) }
        let credential = try directory.credential()
        if watch {
            var follower = DirectoryFollower(
                ledger: ledger, path: store.path, mappingFile: mapping, servers: servers,
                credential: credential, limit: .seconds(directory.timeout), every: .seconds(every),
                console: common.console, isJSON: common.json)
            return try await follower.follow()
        }
        var sync = DirectoryRun(
            ledger: ledger, path: store.path, policy: policy, mapping: checked,
            basis: try MappingFiles.basis(of: mapping, policy: policy), console: common.console)
        if let explain {
            let filter = try ExplanationReport.filter(explain)
            let ways = try await sync.explanations(
                of: filter, servers: servers, as: credential, within: .seconds(directory.timeout))
            guard !ways.isEmpty else {
                throw CommandFailure(
                    .badInput, "no entry that the mapping finds matches `\(Visible.text(explain))`",
                    "対応づけの設定で見つかるエントリに `\(Visible.text(explain))` に合うものがありません")
            }
            let report = ExplanationReport(
                zone: policy.checked.zone, language: common.console.language)
            return try common.console.result(common.json ? report.json(ways) : report.text(ways))
        }
        sync.identities = rebuilt ? .all : .names(Set(same))
        if anew { sync.extent = .everything }
        if accept { sync.accepted = try waiting.accepted() }
        var resident = ResidentDirectory()
        let result = try await sync.run(
            servers: servers, as: credential,
            effective: try asOf.map {
                try Session.time($0, option: "--as-of", zone: policy.checked.zone)
            } ?? SystemClock.now(),
            within: .seconds(directory.timeout), going: &resident)
        if result.isUnchanged {
            common.console.note("nothing has changed since the last time", "前回から変更はありません")
        }
        try SyncResult.show(result, console: common.console, isJSON: common.json)
    }
}
