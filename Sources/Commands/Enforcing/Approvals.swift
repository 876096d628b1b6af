import Artifacts
import DecisionEngine
import Diagnostics
import DiagnosticText
import Enforcement
import Facts
import Ledger
import PolicyProgram

/// The approvals of a plan, held against what the policy asks for.
///
/// Whoever leaves a group leaves it without anybody's approval: what has to end ends at once.
struct Approvals {
    /// The person's attribute that holds the public key of their approvals.
    static let keyAttribute = "approval-key"

    let session: Session
    let plan: PlanFile
    let present: Present

    // MARK: What is asked for

    /// The entitlements whose approval it takes that somebody joins a group, by the group's key.
    static func demands(of program: Program) -> [String: [ProgramEntitlement]] {
        Dictionary(
            grouping: program.entitlements.filter { $0.approval != nil },
            by: { GroupName.key($0.group) })
    }

    /// How many must approve that somebody joins a group; nil where nobody must.
    static func count(for group: String, in program: Program) -> Int? {
        demands(of: program)[GroupName.key(group)]?.compactMap(\.approval?.count).max()
    }

    /// The groups that the plan has somebody join and that take approval, which somebody may approve.
    func groups(approvableBy approver: String) -> (asked: [String], approvable: [String]) {
        let demands = Self.demands(of: session.policy.program)
        let joined = Set(plan.groups.filter { !$0.isLeaving }.map(\.group)).sorted()
        let asked = joined.filter { demands[GroupName.key($0)] != nil }
        let approvable = asked.filter { group in
            (demands[GroupName.key(group)] ?? []).allSatisfy { mayApprove(approver, $0) }
        }
        return (asked, approvable)
    }

    /// Whether somebody has the standing to approve, at each of the instants that count.
    private func mayApprove(_ approver: String, _ entitlement: ProgramEntitlement) -> Bool {
        guard let approvers = entitlement.approvers else { return false }
        let engine = session.strictEngine()
        return present.instants.allSatisfy { instant in
            engine.membership(
                of: session.vocabulary.subject(approver), in: approvers,
                over: engine.extent(of: approvers, at: instant), at: instant
            ).isMember
        }
    }

    /// The public key that the facts have of somebody; nil where they have none.
    func publicKey(of approver: String) -> String? {
        let history = session.facts[session.vocabulary.subject(approver)]
        guard case .text(let key)? = history?.value(of: Self.keyAttribute, at: present.now)?.value
        else { return nil }
        return key
    }

    // MARK: What was given

    /// Refuses changes that too few have approved.
    ///
    /// - Parameters:
    ///   - changes: what is to be done.
    ///   - files: the files that hold approvals.
    /// - Returns: the approvals that count for one of the changes.
    /// - Throws: where one isn't of this plan, or there are too few.
    func check(_ changes: [MembershipChange], files: [String]) throws -> [EnforcementRun.Approval] {
        var given: [String: PlanApproval] = [:]
        for file in files {
            let approval = try read(file)
            given[approval.approver] = approval
        }
        let demands = Self.demands(of: session.policy.program)
        var counting: Set<String> = []
        for change in changes where !change.joins.isEmpty {
            for entitlement in demands[GroupName.key(change.group)] ?? [] {
                // Nobody lets themselves in.
                let approvers = given.keys.filter {
                    !change.joins.contains($0) && mayApprove($0, entitlement)
                }
                try check(approvers.sorted(), for: entitlement)
                counting.formUnion(approvers)
            }
        }
        return counting.sorted().compactMap { given[$0]?.record }
    }

    private func check(_ approvers: [String], for entitlement: ProgramEntitlement) throws {
        guard let approval = entitlement.approval, approvers.count < approval.count else { return }
        let action = session.policy.program.tables.actions[Int(approval.action)]
        let group = Visible.text(entitlement.group)
        let names =
            approvers.isEmpty ? "-" : approvers.map { Visible.text($0) }.joined(separator: ", ")
        throw CommandFailure(
            .no,
            "to join `\(group)` takes the approval of \(approval.count) who may \(action) what it is about and don't join it themselves; there are \(approvers.count): \(names). Nothing was done; `ntk approve` approves a plan",
            "`\(group)` への加入には、対象を \(action) できる本人以外 \(approval.count) 名の承認が必要です。現在 \(approvers.count) 名です: \(names)。何も行っていません。承認は `ntk approve` で行います"
        )
    }

    private func read(_ file: String) throws -> PlanApproval {
        let bytes = try FileReading.source(at: file).bytes
        let approval: PlanApproval
        do throws(PlanFileError) {
            approval = try PlanApproval(bytes)
        } catch {
            throw CommandFailure(
                .badInput,
                "\(file) is no approval that `ntk approve` wrote: \(Visible.text("\(error)"))",
                "\(file) は `ntk approve` の承認として読めません: \(Visible.text("\(error)"))")
        }
        let name = Visible.text(approval.approver)
        guard let key = publicKey(of: approval.approver) else {
            throw CommandFailure(
                .no, "\(file): no `\(Self.keyAttribute)` is known of `\(name)`. Nothing was done",
                "\(file): `\(name)` の `\(Self.keyAttribute)` が登録されていません。何も行っていません")
        }
        guard
            SigningKey.isValid(
                approval.signature, of: try plan.approved(by: approval.approver), publicKey: key)
        else {
            throw CommandFailure(
                .no, "\(file): not signed by `\(name)` for this plan. Nothing was done",
                "\(file): この計画に対する `\(name)` の署名ではありません。何も行っていません")
        }
        return approval
    }
}
