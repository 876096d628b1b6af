import ArgumentParser
import Artifacts
import DiagnosticText
import Enforcement
import Foundation

struct ApproveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "approve",
        abstract: "Approves that a plan has people join groups, where the policy asks for it.",
        discussion: """
            An entitlement that is `approved by 2 who may share` takes two people's word before anybody joins its group. Each
            signs the plan with a key of their own; the public key is an attribute of the person, `approval-key`. The approval is
            printed, and given to `ntk apply` with --approval. It is worth nothing for another plan, nor once facts or policy
            have moved on. Examples:
              ntk approve --new-key sato.key
              ntk approve plan.json --as sato --key sato.key > sato.approval
              ntk apply plan.json --approval sato.approval --approval kato.approval --to changes.csv
            """)

    @Argument(help: "The plan's file.")
    var plan: String?

    @Option(help: ArgumentHelp("Who approves.", valueName: "person"))
    var `as`: String?

    @Option(
        help: ArgumentHelp("The file of their key, which only they may read.", valueName: "file"))
    var key: String?

    @Option(
        help: ArgumentHelp(
            "Make a new key in this file, and print the public one.", valueName: "file"))
    var newKey: String?

    @OptionGroup var store: LedgerOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard (plan != nil) != (newKey != nil) else {
            throw ValidationError("give a plan, or --new-key FILE")
        }
        guard (plan != nil) == (`as` != nil), (plan != nil) == (key != nil) else {
            throw ValidationError("a plan takes --as PERSON and --key FILE")
        }
    }

    func run() throws {
        if let newKey {
            try makeKey(at: newKey)
        } else if let plan, let approver = `as`, let key {
            try approve(plan, as: approver, with: try SecretFile.key(at: key))
        }
    }

    private func makeKey(at path: String) throws {
        guard !FileManager.default.fileExists(atPath: path) else {
            throw CommandFailure(
                .badInput, "\(path) is there already, and is left as it is",
                "\(path) は既にあります。そのままにします")
        }
        let key = SigningKey()
        do throws(WholeFile.Failure) {
            try WholeFile.write(Array(key.text.utf8), to: path, permissions: 0o600)
        } catch {
            throw CommandFailure(
                .systemFailed, "\(path) can't be written: \(error.message)",
                "\(path) に書き込めません: \(error.message)")
        }
        try common.console.result(key.publicKey + "\n")
    }

    private func approve(_ path: String, as approver: String, with key: SigningKey) throws {
        let session = try Session.open(store, console: common.console)
        let plan = try PlanFiles.read(path, zone: session.zone)
        try PresentPlan.check(plan, in: session, at: store.path)
        let approvals = Approvals(
            session: session, plan: plan,
            present: try session.present(store.path, trustsClock: false))
        let groups = approvals.groups(approvableBy: approver)
        let name = Visible.text(approver)
        guard !groups.asked.isEmpty else {
            throw CommandFailure(
                .no, "nobody's approval is asked for what \(path) does",
                "\(path) には承認を要する変更がありません")
        }
        guard !groups.approvable.isEmpty else {
            let list = groups.asked.map { Visible.text($0) }.joined(separator: ", ")
            throw CommandFailure(
                .no, "`\(name)` may not approve that anybody joins \(list)",
                "`\(name)` は \(list) への加入を承認できません")
        }
        guard approvals.publicKey(of: approver) == key.publicKey else {
            throw CommandFailure(
                .no, "the facts have another `\(Approvals.keyAttribute)` of `\(name)`, or none",
                "`\(name)` の `\(Approvals.keyAttribute)` が登録されていないか、鍵と異なります")
        }
        let approval = PlanApproval(
            approver: approver, signature: try key.signature(of: try plan.approved(by: approver)))
        try common.console.result(try JSONText.text(approval))
        let list = groups.approvable.map { Visible.text($0) }.joined(separator: ", ")
        session.console.note("approved: \(list)", "承認: \(list)")
    }
}
