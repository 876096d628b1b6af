package import DecisionEngine
package import Ledger

/// Changes of groups that are to be carried out, and what they follow from.
package struct Order: Sendable {
    /// What is wanted, each group once.
    package let changes: [MembershipChange]
    /// The sequence of the facts that it follows from.
    package let basis: Int64
    /// The program that it follows from.
    package let program: ProgramDigest
    /// How many people are known.
    package let knownPeople: Int
    /// How much may change at once.
    package let guards: Guards
    /// Who approved the changes, where the policy asks for it.
    package let approvals: [EnforcementRun.Approval]
    /// Whether what guards let pass is done where they hold other changes back; else nothing is.
    package let isPartial: Bool

    /// Creates an order.
    package init(
        changes: [MembershipChange], basis: Int64, program: ProgramDigest, knownPeople: Int,
        guards: Guards, isPartial: Bool = false, approvals: [EnforcementRun.Approval] = []
    ) {
        self.approvals = approvals
        self.isPartial = isPartial
        self.changes = changes
        self.basis = basis
        self.program = program
        self.knownPeople = knownPeople
        self.guards = guards
    }

    /// Refuses to touch more people than the guards let.
    ///
    /// - Parameters:
    ///   - changes: what is to be done.
    ///   - lately: people who were touched before, and count as well.
    /// - Throws: `.tooMany`.
    func check(
        _ changes: [MembershipChange], besides lately: Set<String> = []
    ) throws(EnforcementError) {
        let people = Set(changes.flatMap { $0.joins + $0.leaves }).union(lately)
        try guards.check(touched: people.count, of: knownPeople)
    }
}
