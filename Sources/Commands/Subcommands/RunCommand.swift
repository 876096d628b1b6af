import ArgumentParser
import Foundation

struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Stays up and keeps a directory's groups as the policy says, as time goes by.",
        discussion: """
            What falls due is applied when it does: deadlines, ends of posts and checks, events for the future. So is what
            comes into the ledger, from other commands, from files put into --feed, or from --stdin; a file is recorded
            whole, and moved to `done` below the folder, or to `refused` with the reason; a line that is refused is added to --set-aside. Every --every seconds the directory is compared as a
            whole. More changes at once than the guards let wait for somebody to look. Stop it at any moment, and start it
            again. Examples:
              ntk run --server ldaps://directory.example --bind-dn cn=ntk,dc=aoba,dc=example \\
                --password-file ntk.password --mapping directory.yaml --feed /var/spool/ntk
              ntk run --once --server ldaps://directory.example --bind-dn cn=ntk,dc=aoba,dc=example \\
                --password-file ntk.password --mapping directory.yaml
            """)

    /// How long it waits before it looks at the ledger and the clock again.
    private static let tick = Duration.milliseconds(250)

    @Option(
        help: ArgumentHelp(
            "Take files of events and entities from this folder.", valueName: "folder"))
    var feed: String?

    @Flag(help: "Take events from standard input, one in a line.")
    var stdin = false

    @Option(help: ArgumentHelp("Add lines that are refused to this file.", valueName: "file"))
    var setAside = "ntk-run.set-aside"

    @Option(
        help: ArgumentHelp(
            "Compare the whole directory at least this often.", valueName: "seconds"))
    var every = 300

    @Flag(help: "Do what is due, and end: with 1 where something could not be done.")
    var once = false

    @OptionGroup var address: ServerOption
    @OptionGroup var target: TargetOptions
    @OptionGroup var limits: GuardOptions
    @OptionGroup var store: LedgerOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard (1...86_400).contains(every) else {
            throw ValidationError("--every takes 1 to 86400 seconds")
        }
    }

    func run() async throws {
        var keeper = Keeper(
            store: store, server: address.server, target: target, guards: limits.guards,
            inbox: Inbox(
                store: store, folder: feed.map { FeedFolder(path: $0) },
                lines: stdin ? LineFeed() : nil, setAside: setAside, console: common.console),
            every: .seconds(every), console: common.console, isJSON: common.json)
        guard !once else {
            guard try await keeper.step(isOnly: true) else { throw CommandEnd(exit: .no) }
            return
        }
        StopSignals.listen()
        common.console.note("keeping \(address.server)", "\(address.server) を管理しています")
        while !StopSignals.isRequested {
            _ = try await keeper.step(isOnly: false)
            try await Task.sleep(for: Self.tick)
        }
        let isAllRecorded = keeper.finish()
        common.console.note("stopped", "終了しました")
        if !isAllRecorded { throw CommandEnd(exit: .no) }
    }
}
