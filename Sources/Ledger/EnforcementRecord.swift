package import DecisionEngine

/// People who enter and leave one group of another system.
package struct MembershipChange: Hashable, Sendable {
    /// The group's name in that system.
    package let group: String
    /// The ids of those who enter it, in order.
    package let joins: [String]
    /// The ids of those who leave it, in order.
    package let leaves: [String]

    /// Creates a change.
    package init(group: String, joins: [String], leaves: [String]) {
        self.group = group
        self.joins = joins.sorted()
        self.leaves = leaves.sorted()
    }

    /// Whether nobody enters or leaves.
    package var isEmpty: Bool { joins.isEmpty && leaves.isEmpty }
}

/// What the ledger keeps of changes that were carried out in another system.
///
/// A run begins, says what it did, change by change, and ends. One that begins and doesn't end was interrupted: of changes that
/// it didn't say are done nobody knows, until the system is asked.
package enum EnforcementRecord: Hashable, Sendable {
    /// What a run is about to do.
    case begun(EnforcementRun)
    /// A change that is done, in the run that began with the entry of this sequence.
    case done(MembershipChange, run: Int64)
    /// The run is over; of the changes it began with, these are not done.
    case ended(run: Int64, undone: [MembershipChange])
}

/// A run that carries changes out.
package struct EnforcementRun: Hashable, Sendable {
    /// The system that is changed, as a person would name it: a server's URL, a file's name.
    package let target: String
    /// The sequence of the facts that the changes follow from.
    package let basis: Int64
    /// The program that they follow from.
    package let program: ProgramDigest
    /// The changes.
    package let changes: [MembershipChange]
    /// Whether somebody has looked, and said that it may be many.
    package let isLookedAt: Bool
    /// Who approved them, where the policy asks for it.
    package let approvals: [Approval]

    /// Somebody's approval of what a run does.
    package struct Approval: Hashable, Sendable {
        /// Who, by id.
        package let approver: String
        /// Their signature over the plan, in Base64.
        package let signature: String

        /// Creates an approval.
        package init(approver: String, signature: String) {
            self.approver = approver
            self.signature = signature
        }
    }

    /// Creates a run.
    package init(
        target: String, basis: Int64, program: ProgramDigest, changes: [MembershipChange],
        isLookedAt: Bool = false, approvals: [Approval] = []
    ) {
        self.approvals = approvals
        self.isLookedAt = isLookedAt
        self.target = target
        self.basis = basis
        self.program = program
        self.changes = changes
    }
}
