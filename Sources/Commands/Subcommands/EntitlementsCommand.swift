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

    @OptionGroup var asked: TimeOptions

    private struct Group: Encodable {
        let group: String
        let members: [String]
        let cites: [String]
    }

    func run() throws {
        let session = try asked.session()
        let time = try session.time(asked.at, option: "--at")
        let engine = session.engine(at: time)
        let groups = session.policy.program.entitlements.map { entitlement in
            (entitlement, engine.members(of: entitlement, at: time))
        }
        guard !asked.common.json else {
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
