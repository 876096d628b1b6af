import ArgumentParser
import DecisionEngine
import DiagnosticText
import Facts
import PolicyProgram

struct LimitsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "limits",
        abstract: "Says how many people have the access that the policy limits, and who.",
        discussion: """
            Exits with 1 where a limit is exceeded. Examples:
              ntk limits
              ntk limits --at 2026-04-15 --json
            """)

    @OptionGroup var asked: TimeOptions

    private struct Finding: Encodable {
        let limit: String
        let group: String?
        let people: [String]
        let most: Int
        let exceeded: Bool
    }

    func run() throws {
        let session = try asked.session()
        let time = try session.time(asked.at, option: "--at")
        let engine = session.engine(at: time)
        var findings: [LimitFinding] = []
        for limit in session.policy.program.limits {
            guard let found = engine.findings(of: limit, at: time) else {
                throw CommandFailure(
                    .badInput,
                    "the policy tells too many circumstances apart to count for \(limit.name)",
                    "ポリシーが区別する状況が多すぎて \(limit.name) を数えられません")
            }
            findings += found
        }
        if asked.common.json {
            let list = findings.map { finding in
                Finding(
                    limit: finding.limit, group: finding.group?.name,
                    people: finding.people.map(\.name), most: finding.most,
                    exceeded: finding.isExceeded)
            }
            try session.console.result(try JSONText.text(list))
        } else {
            let text = session.answerText()
            for finding in findings { try session.console.result(text.text(finding) + "\n") }
        }
        guard !findings.contains(where: \.isExceeded) else { throw CommandEnd(exit: .no) }
    }
}
