import ArgumentParser
import Artifacts
import DiagnosticText
import Enforcement
import Facts
import Foundation
import LDAPClient
import Ledger

struct ApplyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply", abstract: "Carries a plan out in the groups of other systems.",
        discussion: """
            Takes a plan that `ntk plan --json` wrote, and makes people enter and leave groups as it says for now; what
            begins later is left for later. A plan is refused when facts or the policy have moved on since. With --drift,
            instead of a plan, what `ntk drift` shows is put right; members that are no known person stay. What is about
            to be done, and what is done, stands in the ledger (`ntk log`). Interrupted, it is simply run again.
            With --to, a plan's changes are written for another system to take: LDIF, CSV or JSON by the file's ending.
            Examples:
              ntk plan --recorded e17 --json > plan.json
              ntk apply plan.json --server ldaps://directory.example --bind-dn cn=ntk,dc=aoba,dc=example \\
                --password-file ntk.password --mapping directory.yaml --dry-run
              ntk apply --drift --server ldaps://directory.example --bind-dn cn=ntk,dc=aoba,dc=example \\
                --password-file ntk.password --mapping directory.yaml
              ntk apply plan.json --to changes.csv
            """)

    @Argument(help: "The plan's file.")
    var plan: String?

    @Flag(help: "Put right what `ntk drift` shows, instead of carrying out a plan.")
    var drift = false

    @Option(help: ArgumentHelp("ldap://HOST:PORT or ldaps://HOST:PORT.", valueName: "url"))
    var server: String?

    @Option(
        help: ArgumentHelp(
            "Write the changes here, and change nothing: .ldif (which needs --server), .csv or .json.",
            valueName: "file"))
    var to: String?

    @Option(
        help: ArgumentHelp(
            "Somebody's approval of the plan, which `ntk approve` printed. May be given several times.",
            valueName: "file"))
    var approval: [String] = []

    @Flag(help: "Show what would be done, and do nothing.")
    var dryRun = false

    @OptionGroup var target: TargetOptions
    @OptionGroup var limits: GuardOptions
    @OptionGroup var store: LedgerOptions
    @OptionGroup var common: CommonOptions

    private enum Format: String { case ldif, csv, json }

    private var format: Format? {
        to.flatMap { Format(rawValue: URL(filePath: $0).pathExtension.lowercased()) }
    }

    func validate() throws {
        guard (plan == nil) == drift else { throw ValidationError("give a plan, or --drift") }
        guard server != nil || to != nil else {
            throw ValidationError("give --server URL, or --to FILE")
        }
        guard !drift || to == nil && approval.isEmpty else {
            throw ValidationError("--to and --approval take a plan")
        }
        if let to {
            guard let format else { throw ValidationError("\(to): end it in .ldif, .csv or .json") }
            guard (format == .ldif) == (server != nil) else {
                throw ValidationError("--to takes --server for .ldif, and for nothing else")
            }
        }
    }

    func run() async throws {
        let session = try Session.open(store, console: common.console)
        let outcome = try await EnforcementFailure.run(store.path) {
            let (order, leftovers) = try await order(in: session)
            var outcome = try await carryOut(order, in: session)
            outcome.undone += leftovers
            return outcome
        }
        try EnforcementReport(outcome: outcome, isDone: !dryRun).show(
            isJSON: common.json, console: common.console)
    }

    /// What is to be done, and what of the groups' drift is not.
    private func order(in session: Session) async throws -> (order: Order, leftovers: [Undone]) {
        if let plan {
            let due = try due(plan, in: session)
            return (
                session.order(due.changes, guards: limits.guards, approvals: due.approvals), []
            )
        }
        let present = try session.present(store.path, trustsClock: target.trustClock)
        return try await session.correction(
            by: try session.enforcer(for: target, at: server ?? ""),
            to: session.expectedGroups(at: present).groups, guards: limits.guards)
    }

    // MARK: The plan

    /// What of the plan is to be done now, where it is still the plan of these facts.
    private func due(
        _ plan: String, in session: Session
    ) throws -> (changes: [MembershipChange], approvals: [EnforcementRun.Approval]) {
        let file = try PlanFiles.read(plan, zone: session.zone)
        try PresentPlan.check(file, in: session, at: store.path)
        let present = try session.present(store.path, trustsClock: target.trustClock)
        let due = DueChanges(
            file, at: present.now, isMember: session.membershipTest(at: present))
        if let change = due.contradicted.first {
            let (member, group) = (Visible.text(change.member), Visible.text(change.group))
            throw CommandFailure(
                .badInput,
                "\(plan) says of `\(member)` and `\(group)` what policy and facts don't; plan again. Nothing was done",
                "\(plan) の `\(member)` と `\(group)` の内容がポリシーと事実に合いません。計画を作り直してください。何も行っていません"
            )
        }
        if let first = due.later.map(\.interval.from).min() {
            session.console.note(
                "\(due.later.count) changes begin later, the first at \(TimeText.text(first, in: session.zone))",
                "後から始まる変更が \(due.later.count) 件あります。最初は \(TimeText.text(first, in: session.zone)) です"
            )
        }
        if let first = due.ending.map(\.interval.until).min() {
            session.console.note(
                "\(due.ending.count) entries end again, the first at \(TimeText.text(first, in: session.zone)): apply again then, or let `ntk run` do it",
                "期限のある加入が \(due.ending.count) 件あります。最初の期限は \(TimeText.text(first, in: session.zone)) です。その時に再び apply するか、`ntk run` に任せてください"
            )
        }
        let approvals = Approvals(session: session, plan: file, present: present)
        return (due.changes, try approvals.check(due.changes, files: approval))
    }

    // MARK: Carrying out

    private func carryOut(
        _ order: Order, in session: Session
    ) async throws -> Outcome {
        guard let server else {
            return try await toFile(order, in: session) {
                let document = ChangeDocument(order.changes, sequence: order.basis)
                return format == .csv ? document.csv : try JSONText.text(document)
            }
        }
        let enforcer = try session.enforcer(for: target, at: server)
        if format == .ldif {
            let preview = try await enforcer.preview(order)
            let changed = Order(
                changes: preview.done, basis: order.basis, program: order.program,
                knownPeople: order.knownPeople, guards: order.guards)
            var outcome = try await toFile(changed, in: session) {
                LDIF.text(of: preview.modifications)
            }
            outcome.undone = preview.undone
            outcome.already = preview.already
            return outcome
        }
        return dryRun ? try await enforcer.preview(order) : try await enforcer.carryOut(order)
    }

    private func toFile(
        _ order: Order, in session: Session, _ text: () throws -> String
    ) async throws -> Outcome {
        let path = URL(filePath: to ?? "").standardizedFileURL.path(percentEncoded: false)
        var outcome = Outcome()
        outcome.done = order.changes
        guard !dryRun else { return outcome }
        outcome.run = try await FileEnforcer(file: path, journal: session.journal).carryOut(order) {
            let text = try text()
            do throws(WholeFile.Failure) {
                try WholeFile.write(Array(text.utf8), to: path, permissions: 0o600)
            } catch {
                throw CommandFailure(
                    .systemFailed, "\(path) can't be written: \(error.message); nothing was done",
                    "\(path) に書き込めません: \(error.message)。何も行っていません")
            }
        }
        return outcome
    }
}
