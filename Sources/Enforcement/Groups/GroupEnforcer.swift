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

    /// The directory's address, as the journal has it.
    package var serverURL: String { groups.target.server.url }

    /// Looks what would be done.
    ///
    /// - Throws: `LDAPError`; `EnforcementError` where a guard refuses it.
    package func preview(_ order: Order) async throws -> Outcome {
        try await withLDAPConnection(to: groups.target.server, as: groups.target.credential) {
            [groups] connection in
            let steps = try self.steps(order, over: connection)
            var outcome = Outcome()
            outcome.done = steps.steps.map(\.change)
            outcome.undone = steps.undone
            outcome.already = steps.already
            outcome.modifications = steps.steps.map { step in
                (step.group, groups.modifications(step.joining, step.leaving, in: step.state))
            }
            return outcome
        }
    }

    /// Does it, and records what was done.
    ///
    /// Nobody else carries anything out by the same ledger meanwhile.
    ///
    /// - Throws: `LDAPError`, `LedgerError`; `EnforcementError` where a guard refuses it, or somebody else is at it. Of what
    ///   is thrown after changes were made, the ledger tells which.
    package func carryOut(_ order: Order) async throws -> Outcome {
        let turn = try await journal.turn()
        defer { turn.end() }
        return try await withLDAPConnection(
            to: groups.target.server, as: groups.target.credential
        ) { connection in
            let steps = try self.steps(order, over: connection)
            var outcome = Outcome()
            outcome.undone = steps.undone
            outcome.already = steps.already
            outcome.interrupted = try endInterrupted(over: connection)
            guard !steps.steps.isEmpty else { return outcome }
            let run = try journal.begin(
                EnforcementRun(
                    target: serverURL, basis: order.basis, program: order.program,
                    changes: steps.steps.map(\.change), isLookedAt: order.guards.isOverridden,
                    approvals: order.approvals))
            outcome.run = run
            try perform(steps.steps, order, run, &outcome, over: connection)
            // Of what may have been done nobody says that it wasn't: the run stays open, and the next one looks.
            if !outcome.undone.contains(where: \.problem.isOutcomeUnknown) {
                try journal.end(run, undone: outcome.undone.map(\.change))
            }
            return outcome
        }
    }

    /// Records of runs that were interrupted what of them is still not done, as the directory shows it.
    private func endInterrupted(
        over connection: borrowing LDAPConnection
    ) throws -> [Int64] {
        let open = try journal.interrupted(on: serverURL)
        for (run, begun) in open {
            let left = try GroupSteps(begun.changes, in: groups, over: connection)
            let undone = left.steps.map(\.change) + left.undone.map(\.change)
            try journal.end(run, undone: undone)
        }
        return open.map(\.run)
    }

    // MARK: Guards

    /// What is to be done and may be.
    private func steps(
        _ order: Order, over connection: borrowing LDAPConnection
    ) throws -> GroupSteps {
        if let placeholder = groups.target.placeholder,
            try groups.isPerson(placeholder, over: connection)
        {
            throw EnforcementError.placeholderIsAPerson(placeholder.description)
        }
        var steps = try GroupSteps(order.changes, in: groups, over: connection)
        var held: [GroupStep] = []
        for step in steps.steps where try locksOut(step, over: connection) {
            guard order.isPartial else { throw EnforcementError.locksOut(group: step.text) }
            held.append(step)
        }
        guard order.isPartial else {
            try order.check(steps.steps.map(\.change))
            return steps
        }
        let lockedOut = Set(held.map(\.group))
        steps.goOn(
            with: steps.steps.filter { !lockedOut.contains($0.group) }, without: held, .locksOut)
        // Who leaves comes first, and doesn't wait because many enter; then the smallest changes first, as far as the guards let.
        // What nobody looked at adds up, so that many don't pass a few at a time.
        let lately = try journal.touchedLately(on: serverURL)
        var passed: (leaving: [GroupStep], entering: [GroupStep]) = ([], [])
        var tooMany: [GroupStep] = []
        for step in steps.steps.flatMap(\.halves).sorted(by: {
            ($0.size, $0.text) < ($1.size, $1.text)
        }) {
            let before = step.joins.isEmpty ? passed.leaving : passed.entering
            do throws(EnforcementError) {
                try order.check((before + [step]).map(\.change), besides: lately)
                if step.joins.isEmpty {
                    passed.leaving.append(step)
                } else {
                    passed.entering.append(step)
                }
            } catch {
                tooMany.append(step)
            }
        }
        steps.goOn(with: passed.leaving + passed.entering, without: tooMany, .tooMany)
        return steps
    }

    /// Whether nobody who is a person would be left in a group of administrators.
    private func locksOut(
        _ step: GroupStep, over connection: borrowing LDAPConnection
    ) throws(LDAPError) -> Bool {
        guard groups.target.administrators.contains(step.group), !step.leaves.isEmpty else {
            return false
        }
        return try groups.survivor(
            of: step.leaving, joins: step.joining, in: step.state, over: connection) == nil
    }

    // MARK: Changing

    private func perform(
        _ steps: [GroupStep], _ order: Order, _ run: Int64, _ outcome: inout Outcome,
        over connection: borrowing LDAPConnection
    ) throws(LedgerError) {
        for step in steps {
            for part in step.parts(of: Self.mostPeoplePerRequest) {
                do throws(GroupProblem) {
                    // A plan that no longer holds is not carried on with.
                    guard !journal.hasMovedOn(since: order.basis) else { throw .movedOn }
                    guard try perform(part, over: connection) else {
                        outcome.already += part.joins.count + part.leaves.count
                        continue
                    }
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
    ///
    /// - Returns: whether there was anything left to change.
    private func perform(
        _ step: GroupStep, over connection: borrowing LDAPConnection
    ) throws(GroupProblem) -> Bool {
        for _ in 1...Self.mostTries {
            let state = try groups.state(of: step.group, over: connection)
            let changes = groups.modifications(step.joining, step.leaving, in: state)
            guard !changes.isEmpty else { return false }
            do {
                // Of a group that shows nobody nothing can be asserted; the changes themselves fail where they don't fit.
                var assertion = state.isBlank ? nil : groups.assertion(of: changes)
                if groups.target.administrators.contains(step.group), !step.leaves.isEmpty {
                    guard
                        let survivor = try groups.survivor(
                            of: step.leaving, joins: step.joining, in: state, over: connection)
                    else { throw GroupProblem.locksOut }
                    if !step.joining.contains(survivor) {
                        assertion = .and([assertion ?? .and([]), groups.isMember(survivor)])
                    }
                }
                try connection.modify(step.group, changes, onlyIf: assertion)
                return true
            } catch let error as LDAPError {
                guard case .refused(let code) = error.kind else { throw .server(error) }
                switch code {
                // What was hidden wasn't there either.
                case .noSuchAttribute where state.isBlank && step.joins.isEmpty: return false
                case .assertionFailed, .noSuchAttribute, .attributeOrValueExists: continue
                case .objectClassViolation where !step.leaves.isEmpty:
                    guard groups.target.placeholder != nil else { throw .mayNotBeEmpty }
                default: throw .server(error)
                }
            } catch let problem as GroupProblem {
                throw problem
            } catch {
                throw .changedMeanwhile
            }
        }
        throw .changedMeanwhile
    }
}
