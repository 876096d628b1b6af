import LDAPClient
import Ledger

/// Brings a directory's groups to what entitlements say, and tells how they differ from it.
///
/// Nothing rests on what was done before: each change follows from what the directory says at that moment, so one that was
/// interrupted anywhere is simply begun anew. What is done stands in the ledger.
package struct GroupEnforcer: Sendable {
    /// The most people who enter or leave a group in one request.
    private static let mostPeoplePerRequest = 500
    /// How often a change is tried while others change the group too.
    private static let mostTries = 4

    let groups: DirectoryGroups
    private let journal: Journal

    /// Prepares to keep a directory's groups.
    ///
    /// - Parameters:
    ///   - target: the directory.
    ///   - journal: keeps what is done.
    package init(_ target: GroupTarget, journal: Journal) {
        groups = DirectoryGroups(target)
        self.journal = journal
    }

    /// Looks what would be done.
    ///
    /// - Throws: `LDAPError`; `EnforcementError` where a guard refuses it.
    package func preview(_ order: Order) async throws -> Outcome {
        try await withLDAPConnection(to: groups.target.server, as: groups.target.credential) {
            [groups] connection in
            let steps = try GroupSteps(order.changes, in: groups, over: connection)
            try check(steps, order)
            var outcome = Outcome()
            outcome.done = steps.steps.map(\.change)
            outcome.undone = steps.undone
            outcome.already = steps.already
            outcome.modifications = steps.steps.map { step in
                let changes = groups.modifications(
                    Array(step.joins.values), Array(step.leaves.values), in: step.state)
                return (step.group, changes)
            }
            return outcome
        }
    }

    /// Does it, and records what was done.
    ///
    /// - Throws: `LDAPError`, `LedgerError`; `EnforcementError` where a guard refuses it. Of what is thrown after changes
    ///   were made, the ledger tells which.
    package func carryOut(_ order: Order) async throws -> Outcome {
        try await withLDAPConnection(to: groups.target.server, as: groups.target.credential) {
            [groups] connection in
            let steps = try GroupSteps(order.changes, in: groups, over: connection)
            try check(steps, order)
            var outcome = Outcome()
            outcome.undone = steps.undone
            outcome.already = steps.already
            outcome.interrupted = try endInterrupted(over: connection)
            guard !steps.steps.isEmpty else { return outcome }
            let run = try journal.begin(
                EnforcementRun(
                    target: groups.target.server.url, basis: order.basis, program: order.program,
                    changes: steps.steps.map(\.change)))
            outcome.run = run
            try perform(steps.steps, order, run, &outcome, over: connection)
            try journal.end(run, undone: outcome.undone.map(\.change))
            return outcome
        }
    }

    /// Records of runs that were interrupted what of them is still not done, as the directory shows it.
    private func endInterrupted(
        over connection: borrowing LDAPConnection
    ) throws -> [Int64] {
        let open = try journal.interrupted(on: groups.target.server.url)
        for (run, begun) in open {
            let left = try GroupSteps(begun.changes, in: groups, over: connection)
            let undone = left.steps.map(\.change) + left.undone.map(\.change)
            try journal.end(run, undone: undone)
        }
        return open.map(\.run)
    }

    private func check(_ steps: GroupSteps, _ order: Order) throws(EnforcementError) {
        for step in steps.steps
        where groups.target.administrators.contains(step.group) && step.leavesNobody {
            throw .locksOut(group: step.text)
        }
        try order.check(steps.steps.map(\.change))
    }

    private func perform(
        _ steps: [GroupStep], _ order: Order, _ run: Int64, _ outcome: inout Outcome,
        over connection: borrowing LDAPConnection
    ) throws(LedgerError) {
        for step in steps {
            for part in step.parts(of: Self.mostPeoplePerRequest) {
                do throws(GroupProblem) {
                    // A plan that no longer holds is not carried on with.
                    guard !journal.hasMovedOn(since: order.basis) else { throw .movedOn }
                    try perform(part, over: connection)
                } catch {
                    outcome.undone.append(Undone(change: part.change, problem: error))
                    continue
                }
                try journal.done(part.change, in: run)
                outcome.done.append(part.change)
            }
        }
    }

    /// Makes a change in one request, whatever others do to the group meanwhile.
    private func perform(
        _ step: GroupStep, over connection: borrowing LDAPConnection
    ) throws(GroupProblem) {
        for _ in 1...Self.mostTries {
            let changes = groups.modifications(
                Array(step.joins.values), Array(step.leaves.values),
                in: try groups.state(of: step.group, over: connection))
            guard !changes.isEmpty else { return }
            do {
                try connection.modify(
                    step.group, changes, onlyIf: groups.assertion(of: changes))
                return
            } catch {
                guard case .refused(let code) = error.kind else { throw .server(error) }
                switch code {
                case .assertionFailed, .noSuchAttribute, .attributeOrValueExists: continue
                case .objectClassViolation:
                    guard groups.target.placeholder != nil else { throw .mayNotBeEmpty }
                default: throw .server(error)
                }
            }
        }
        throw .changedMeanwhile
    }
}
