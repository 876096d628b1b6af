import DecisionEngine

/// What the body of an entry holds that tells of changes in other systems; canonical and strict as other bodies are.
struct MembershipChangeBody: Codable {
    let group: String
    let joins: [String]
    let leaves: [String]

    init(_ change: MembershipChange) {
        group = change.group.inNFC
        joins = change.joins.map(\.inNFC)
        leaves = change.leaves.map(\.inNFC)
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.strictContainer(required: ["group", "joins", "leaves"])
        group = try container.decode(String.self, forKey: "group")
        joins = try container.decode([String].self, forKey: "joins")
        leaves = try container.decode([String].self, forKey: "leaves")
    }

    var change: MembershipChange {
        MembershipChange(group: group, joins: joins, leaves: leaves)
    }
}

/// Somebody's approval, in the body of a run's beginning.
struct ApprovalBody: Codable {
    let approver: String
    let signature: String

    init(_ approval: EnforcementRun.Approval) {
        approver = approval.approver.inNFC
        signature = approval.signature
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.strictContainer(required: ["approver", "signature"])
        approver = try container.decode(String.self, forKey: "approver")
        signature = try container.decode(String.self, forKey: "signature")
    }

    var approval: EnforcementRun.Approval {
        EnforcementRun.Approval(approver: approver, signature: signature)
    }
}

/// The body of a run's beginning.
struct RunBegunBody: Codable {
    let target: String
    let basis: Int64
    let program: String
    let changes: [MembershipChangeBody]
    let lookedAt: Bool
    /// Not there where nobody's approval was asked for.
    let approvals: [ApprovalBody]?

    init(_ run: EnforcementRun) {
        lookedAt = run.isLookedAt
        target = run.target.inNFC
        basis = run.basis
        program = run.program.description
        changes = run.changes.map(MembershipChangeBody.init)
        approvals = run.approvals.isEmpty ? nil : run.approvals.map(ApprovalBody.init)
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.strictContainer(
            required: ["target", "basis", "program", "changes", "lookedAt"],
            optional: ["approvals"])
        lookedAt = try container.decode(Bool.self, forKey: "lookedAt")
        target = try container.decode(String.self, forKey: "target")
        basis = try container.decode(Int64.self, forKey: "basis")
        program = try container.decode(String.self, forKey: "program")
        changes = try container.decode([MembershipChangeBody].self, forKey: "changes")
        approvals = try container.decodeIfPresent([ApprovalBody].self, forKey: "approvals")
    }

    var record: EnforcementRecord {
        .begun(
            EnforcementRun(
                target: target, basis: basis, program: ProgramDigest(hexadecimal: program),
                changes: changes.map(\.change), isLookedAt: lookedAt,
                approvals: (approvals ?? []).map(\.approval)))
    }
}

/// The body of a change that is done.
struct ChangeDoneBody: Codable {
    let run: Int64
    let change: MembershipChangeBody

    init(_ change: MembershipChange, run: Int64) {
        self.run = run
        self.change = MembershipChangeBody(change)
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.strictContainer(required: ["run", "change"])
        run = try container.decode(Int64.self, forKey: "run")
        change = try container.decode(MembershipChangeBody.self, forKey: "change")
    }

    var record: EnforcementRecord { .done(change.change, run: run) }
}

/// The body of a run's end.
struct RunEndedBody: Codable {
    let run: Int64
    let undone: [MembershipChangeBody]

    init(_ undone: [MembershipChange], run: Int64) {
        self.run = run
        self.undone = undone.map(MembershipChangeBody.init)
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.strictContainer(required: ["run", "undone"])
        run = try container.decode(Int64.self, forKey: "run")
        undone = try container.decode([MembershipChangeBody].self, forKey: "undone")
    }

    var record: EnforcementRecord { .ended(run: run, undone: undone.map(\.change)) }
}
