import ArgumentParser
import DecisionEngine
import DiagnosticText
import Facts
import PolicyProgram

struct EntitlementsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "entitlements",
        abstract: "Lists the groups that the policy defines, and who belongs to each.",
        discussion: """
            Examples:
              ntk entitlements
              ntk entitlements --at 2026-04-15 --json
            """)

    @Option(help: ArgumentHelp("At this time; without it, now.", valueName: "time"))
    var at: String?

    @Option(
        name: .customLong("known-at"),
        help: ArgumentHelp("As known at this sequence of the ledger.", valueName: "sequence"))
    var knownAt: Int64?

    @OptionGroup var store: LedgerOptions
    @OptionGroup var common: CommonOptions

    private struct Group: Encodable {
        let group: String
        let members: [String]
        let cites: [String]
    }

    func run() throws {
        let session = try Session.open(store, knownAt: knownAt, console: common.console)
        let time = try session.time(at, option: "--at")
        let engine = session.engine(at: time)
        let groups = session.policy.program.entitlements.map { entitlement in
            (entitlement, engine.members(of: entitlement, at: time))
        }
        guard !common.json else {
            let list = groups.map { entitlement, members in
                Group(
                    group: entitlement.group, members: members.map(\.name),
                    cites: entitlement.why.cites)
            }
            try session.console.result(try JSONText.text(list))
            return
        }
        let text = session.answerText()
        for (entitlement, members) in groups {
            try session.console.result(
                text.text(group: entitlement.group, members: members) + "\n")
        }
    }
}
