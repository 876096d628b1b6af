import DecisionEngine
import DiagnosticText
import Enforcement
import Facts
import Foundation
import Ledger
import PolicyProgram
import SystemTime

extension Session {
    /// The engine for what other systems are changed by: no source that has gone stale counts as read.
    func strictEngine() -> DecisionEngine {
        DecisionEngine(program: policy.program, facts: facts, digest: policy.digest)
    }

    /// Who should be in the entitlements' groups; and until when at least that stays so.
    ///
    /// - Parameters:
    ///   - present: the present.
    ///   - names: which groups, by their keys; nil for all.
    /// - Returns: the groups, each once however often and in whatever spelling entitlements name it.
    func expectedGroups(
        at present: Present, named names: Set<String>? = nil
    ) -> (groups: [ExpectedGroup], unchangedUntil: Instant) {
        let engine = strictEngine()
        var groups: [String: (name: String, members: Set<String>)] = [:]
        var unchangedUntil = Instant.distantFuture
        for entitlement in policy.program.entitlements {
            let key = GroupName.key(entitlement.group)
            guard names?.contains(key) != false else { continue }
            var entitled: Set<String>?
            for instant in present.instants {
                let found = engine.membership(of: entitlement, at: instant)
                let members = Set(found.members.map(\.name))
                entitled = entitled?.intersection(members) ?? members
                unchangedUntil = min(unchangedUntil, found.unchangedUntil)
            }
            groups[key, default: (entitlement.group, [])].members.formUnion(entitled ?? [])
        }
        let expected = groups.sorted { $0.key < $1.key }
            .map { ExpectedGroup(group: $0.value.name, members: $0.value.members.sorted()) }
        return (expected, unchangedUntil)
    }

    /// Whether somebody should be in a group; nil where no entitlement is about it.
    func membershipTest(at present: Present) -> (_ id: String, _ group: String) -> Bool? {
        let engine = strictEngine()
        let entitlements = Dictionary(grouping: policy.program.entitlements) { entitlement in
            GroupName.key(entitlement.group)
        }.mapValues { entitlements in
            entitlements.map { entitlement in
                (entitlement, present.instants.map { engine.extent(of: entitlement, at: $0) })
            }
        }
        let vocabulary = vocabulary
        return { id, group in
            entitlements[GroupName.key(group)]?.contains { entitlement, extents in
                zip(present.instants, extents).allSatisfy { instant, extent in
                    engine.membership(
                        of: vocabulary.subject(id), in: entitlement, over: extent, at: instant
                    ).isMember
                }
            }
        }
    }

    /// What keeps the groups of a directory.
    func enforcer(for target: TargetOptions, at url: String) throws -> GroupEnforcer {
        GroupEnforcer(
            try target.target(at: url, vocabulary: vocabulary), journal: journal)
    }

    /// What keeps the journal of changes in other systems.
    var journal: Journal { Journal(ledger, source: NSUserName(), now: SystemClock.now) }

    /// How groups differ from what they should be; also those that were kept once and that no entitlement is about any more.
    func drift(
        by enforcer: GroupEnforcer, from expected: [ExpectedGroup]
    ) async throws -> [GroupDrift] {
        let entitled = Set(policy.program.entitlements.map { GroupName.key($0.group) })
        let abandoned = try ledger.groupsKept(on: enforcer.serverURL)
            .filter { !entitled.contains(GroupName.key($0)) }
        return try await enforcer.drift(from: expected) + enforcer.abandoned(abandoned)
    }

    /// What puts groups right, and what of their drift it leaves as it is.
    func correction(
        by enforcer: GroupEnforcer, to expected: [ExpectedGroup], guards: Guards
    ) async throws -> (order: Order, leftovers: [Undone]) {
        let drift = try await drift(by: enforcer, from: expected)
        var waiting: [Undone] = []
        let changes = drift.map(\.correction).map { change in
            guard !change.joins.isEmpty,
                let count = Approvals.count(for: change.group, in: policy.program)
            else { return change }
            // Nobody was asked; whoever has to leave leaves.
            waiting.append(
                Undone(
                    change: MembershipChange(group: change.group, joins: change.joins, leaves: []),
                    problem: .needsApproval(count: count)))
            return MembershipChange(group: change.group, joins: [], leaves: change.leaves)
        }.filter { !$0.isEmpty }
        return (
            order(changes, guards: guards, isPartial: true), drift.flatMap(\.leftovers) + waiting
        )
    }

    /// How many people the facts have.
    var peopleCount: Int {
        let kind = vocabulary.rootKind(of: Vocabulary.subjectKind)
        return facts.histories.count { $0.id.kind == kind }
    }

    /// An order to carry out changes that follow from these facts.
    func order(
        _ changes: [MembershipChange], guards: Guards, isPartial: Bool = false,
        approvals: [EnforcementRun.Approval] = []
    ) -> Order {
        Order(
            changes: changes, basis: basis, program: policy.digest,
            knownPeople: peopleCount, guards: guards, isPartial: isPartial, approvals: approvals)
    }
}
