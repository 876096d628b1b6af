import DecisionEngine
import DiagnosticText
import Enforcement
import Facts
import Foundation
import Ledger
import PolicyProgram
import SystemTime

extension Session {
    /// The present, as other systems are changed by it.
    ///
    /// A clock that was set back must not bring access back: the present is no earlier than the last entry of the ledger.
    func present(_ path: String) throws -> Instant {
        let last = try LedgerAccess.run(path) { try ledger.journal(limit: 1) }.first?.recordedAt
        let now = SystemClock.now()
        guard let last, last > now else { return now }
        console.note(
            "the clock is behind the ledger, which was written at \(TimeText.text(last, in: zone)); that time is taken",
            "時計が台帳の最後の記録（\(TimeText.text(last, in: zone))）より遅れているため、記録の時刻を使います")
        return last
    }

    /// Who should be in the entitlements' groups at a time, or in some of them; and until when at least that stays so.
    func expectedGroups(
        at time: Instant, named names: Set<String>? = nil
    ) -> (groups: [ExpectedGroup], unchangedUntil: Instant) {
        let engine = engine(at: time)
        var members: [String: Set<String>] = [:]
        var unchangedUntil = Instant.distantFuture
        for entitlement in policy.program.entitlements
        where names?.contains(entitlement.group) != false {
            let found = engine.membership(of: entitlement, at: time)
            members[entitlement.group, default: []].formUnion(found.members.map(\.name))
            unchangedUntil = min(unchangedUntil, found.unchangedUntil)
        }
        let groups = members.sorted { $0.key < $1.key }
            .map { ExpectedGroup(group: $0.key, members: $0.value.sorted()) }
        return (groups, unchangedUntil)
    }

    /// How many people the facts have.
    var peopleCount: Int {
        let kind = vocabulary.rootKind(of: Vocabulary.subjectKind)
        return facts.histories.count { $0.id.kind == kind }
    }

    /// What keeps the journal of changes in other systems.
    func journal() -> Journal {
        Journal(ledger, source: NSUserName(), now: SystemClock.now)
    }

    /// An order to carry out changes that follow from these facts.
    func order(_ changes: [MembershipChange], guards: Guards) -> Order {
        Order(
            changes: changes, basis: basis, program: policy.digest,
            knownPeople: peopleCount, guards: guards)
    }
}
