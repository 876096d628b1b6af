import DecisionEngine
import Facts
import Lifecycle
import PolicyCompiler
import PolicyLanguage
import PolicyProgram
import TestSupport
import Testing

/// What falls due, and what changes in groups, as the naive evaluator has it, which knows nothing of plans.
@Suite("What falls due and groups, and the page")
struct DuePlanComparisonTests {
    /// A policy over a ledger, and over the same ledger without one event.
    private struct Company {
        let policy: CheckedPolicy
        let program: Program
        let facts: FactBase
        let factsBefore: FactBase
        let naive: NaiveEvaluator
        let naiveBefore: NaiveEvaluator
        private let worlds: [String: [[String: Value]]]

        /// Nil where chance has made no policy, or, where groups are asked for, one without any.
        init?(_ random: inout SplitMix64, withGroups: Bool = false) throws {
            guard let example = RandomCase(&random), let policy = example.checked,
                !withGroups || !policy.entitlements.isEmpty
            else { return nil }
            let entries = example.ledger(&random)
            let left = entries.filter { entry in
                if case .event = entry.content { true } else { false }
            }.randomElement(using: &random)
            func facts(_ entries: [LedgerEntry]) -> FactBase {
                Fold.facts(from: entries, vocabulary: policy.vocabulary, zone: policy.zone).facts
            }
            self.policy = policy
            self.facts = facts(entries)
            factsBefore = facts(entries.filter { $0 != left })
            naive = NaiveEvaluator(policy: policy, facts: self.facts)
            naiveBefore = NaiveEvaluator(policy: policy, facts: factsBefore)
            program = try PolicyCompiler.compile(policy)
            let engine = DecisionEngine(
                program: program, facts: self.facts, digest: ProgramDigest(hexadecimal: "00"))
            var worlds: [String: [[String: Value]]] = [:]
            for action in policy.vocabulary.actionNames {
                worlds[action] = engine.contextWorlds(action: action)?.worlds ?? []
            }
            self.worlds = worlds
        }

        func planner(_ facts: FactBase) throws(PlanError) -> Planner {
            try Planner(program: program, facts: facts, digest: ProgramDigest(hexadecimal: "00"))
        }

        func permitted(
            _ subject: EntityID, _ action: String, _ resource: EntityID, at time: Instant
        ) -> [Bool] {
            (worlds[action] ?? []).map { world in
                naive.decide(
                    Request(
                        subject: subject.name, action: action, resource: resource.name,
                        context: world, at: time)
                ).basis == .permitted
            }
        }
    }

    @Test("agree on what falls due")
    func dueAgrees() throws {
        var differing = 0
        var rows = 0
        for seed in 0..<(60 * Run.multiple) {
            var random = SplitMix64(seed: 70_000 + seed)
            guard let company = try Company(&random) else { continue }
            let times = company.naive.boundaries
            guard times.count > 2 else { continue }
            let (start, end) = (times[times.count / 4], times[times.count * 3 / 4])
            let plan: Plan
            do throws(PlanError) {
                plan = try company.planner(company.facts).due(from: start, until: end)
            } catch {
                continue
            }
            rows += plan.rows.count
            #expect(plan.rows.allSatisfy { start < $0.interval.from && $0.interval.from < end })
            let inside = times.filter { start <= $0 && $0 < end }
            for _ in 0..<24 {
                guard
                    let subject = company.facts.histories.map(\.id)
                        .filter({ $0.kind == "person" }).randomElement(using: &random),
                    let resource = company.facts.histories.map(\.id)
                        .filter({ $0.kind == "resource" }).randomElement(using: &random),
                    let action = company.policy.vocabulary.actionNames.randomElement(
                        using: &random),
                    let time = inside.randomElement(using: &random)
                else { continue }
                let old = company.permitted(subject, action, resource, at: start)
                let new = company.permitted(subject, action, resource, at: time)
                let changes = Set(
                    plan.rows.filter { row in
                        row.subject == subject && row.actions.contains(action)
                            && row.resources.contains(resource) && row.interval.contains(time)
                    }.map(\.change))
                let isLost = !changes.isDisjoint(with: [.revoke, .suspend])
                let place = "seed \(70_000 + seed), \(subject) \(action) \(resource) at \(time)"
                #expect(isLost == (old.contains(true) && !new.contains(true)), "\(place)")
                guard new.contains(true) else { continue }
                #expect(
                    changes.contains(.restrict) == zip(old, new).contains { $0 && !$1 }, "\(place)")
                #expect(
                    changes.contains(.grant) == zip(old, new).contains { !$0 && $1 }, "\(place)")
                if old != new { differing += 1 }
            }
        }
        #expect(rows > 100)
        #expect(differing > 10, "times at which nothing is otherwise prove nothing")
    }

    @Test("agree on who leaves and joins groups")
    func groupsAgree() throws {
        var compared = 0
        var changes = 0
        for seed in 0..<(200 * Run.multiple) {
            var random = SplitMix64(seed: 80_000 + seed)
            guard let company = try Company(&random, withGroups: true) else { continue }
            let times = company.naive.boundaries
            guard times.count > 2 else { continue }
            do throws(PlanError) {
                let plan = try company.planner(company.factsBefore).plan(
                    of: FactChange(from: company.factsBefore, to: company.facts))
                let start = times[times.count / 3]
                let due = try company.planner(company.facts).due(
                    from: start, until: .distantFuture)
                changes += plan.groups.count + due.groups.count
                for _ in 0..<6 {
                    let time = random.pick(times)
                    for entitlement in company.policy.entitlements {
                        let new = company.naive.members(of: entitlement, at: time)
                        expect(
                            plan, entitlement, at: time,
                            old: company.naiveBefore.members(of: entitlement, at: time), new: new,
                            "events, seed \(80_000 + seed)")
                        guard time >= start else { continue }
                        expect(
                            due, entitlement, at: time,
                            old: company.naive.members(of: entitlement, at: start), new: new,
                            "due, seed \(80_000 + seed)")
                        compared += 1
                    }
                }
            } catch {
                continue
            }
        }
        #expect(compared > 20 && changes > 10, "\(compared) compared, \(changes) changes")
    }

    private func expect(
        _ plan: Plan, _ entitlement: CheckedEntitlement, at time: Instant, old: [EntityID],
        new: [EntityID], _ place: String
    ) {
        func who(_ change: Plan.GroupChange.Change) -> Set<EntityID> {
            Set(
                plan.groups.filter {
                    $0.group == entitlement.group && $0.change == change
                        && $0.interval.contains(time)
                }.map(\.member))
        }
        let (left, joined) = (who(.leave), who(.join))
        #expect(left.isDisjoint(with: new), "\(place) at \(time)")
        #expect(left.isSuperset(of: Set(old).subtracting(new)), "\(place) at \(time)")
        #expect(joined == Set(new).subtracting(old), "\(place) at \(time)")
    }
}
