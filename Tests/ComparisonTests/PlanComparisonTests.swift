import DecisionEngine
import Facts
import Lifecycle
import PolicyCompiler
import PolicyLanguage
import TestSupport
import Testing

/// Plans say what the page says they say: at every instant, the difference between two evaluations, here by the
/// naive evaluator, which knows nothing of plans.
@Suite("Plans and the page")
struct PlanComparisonTests {
    @Test("agree at every instant that was tried")
    func agree() throws {
        var compared = 0
        var differing = 0
        for seed in 0..<(32 * Run.multiple) {
            var random = SplitMix64(seed: 7_000 + seed)
            guard let example = RandomCase(&random), let policy = example.checked else { continue }
            let entries = example.ledger(&random)
            let events = entries.filter { entry in
                if case .event = entry.content { true } else { false }
            }
            for event in events.shuffled(using: &random).prefix(6) {
                let sides: Sides
                do {
                    sides = try Sides(policy: policy, entries: entries, without: event)
                } catch is PlanError {
                    continue  // A policy that tells too many circumstances apart has no plan.
                }
                for trial in sides.trials(12, &random) {
                    let complaint = try sides.complaint(about: trial)
                    #expect(complaint == nil, "seed \(7_000 + seed), \(trial)")
                    compared += 1
                    if sides.differs(trial) { differing += 1 }
                }
            }
        }
        #expect(compared > 200)
        #expect(differing > 5, "events that change nothing prove nothing")
    }

    /// A person, an action, a resource and an instant.
    struct Trial {
        let subject: EntityID
        let action: String
        let resource: EntityID
        let time: Instant
    }

    /// Facts with and without an event, and the plan between them.
    struct Sides {
        let before: NaiveEvaluator
        let after: NaiveEvaluator
        let plan: Plan
        let factsBefore: FactBase
        let factsAfter: FactBase
        let policy: CheckedPolicy
        let worlds: [String: [[String: Value]]]

        init(policy: CheckedPolicy, entries: [LedgerEntry], without event: LedgerEntry) throws {
            func facts(_ entries: [LedgerEntry]) -> FactBase {
                Fold.facts(from: entries, vocabulary: policy.vocabulary, zone: policy.zone).facts
            }
            self.policy = policy
            factsBefore = facts(entries.filter { $0 != event })
            factsAfter = facts(entries)
            before = NaiveEvaluator(policy: policy, facts: factsBefore)
            after = NaiveEvaluator(policy: policy, facts: factsAfter)
            let program = try PolicyCompiler.compile(policy)
            let digest = ProgramDigest(hexadecimal: "test")
            plan = try Planner(program: program, facts: factsBefore, digest: digest)
                .plan(of: FactChange(from: factsBefore, to: factsAfter))
            let engine = DecisionEngine(program: program, facts: factsAfter, digest: digest)
            var worlds: [String: [[String: Value]]] = [:]
            for action in policy.vocabulary.actionNames {
                worlds[action] = engine.contextWorlds(action: action)?.worlds ?? []
            }
            self.worlds = worlds
        }

        /// Random questions at instants around those at which anything changes.
        func trials(_ count: Int, _ random: inout SplitMix64) -> [Trial] {
            let people = factsAfter.histories.map(\.id).filter { $0.kind == "person" }
            let resources = factsAfter.histories.map(\.id).filter { $0.kind == "resource" }
            let boundaries = Set(
                (factsBefore.histories + factsAfter.histories).flatMap { history in
                    history.existence.flatMap { [$0.from, $0.until] }
                }
            ).filter { $0 > .distantPast && $0 < .distantFuture }.sorted()
            return (0..<count).compactMap { number in
                let offset = Int64.random(in: -1...1, using: &random)
                // Half of them about what the plan says changes, half about anything.
                if number.isMultiple(of: 2), let row = plan.rows.randomElement(using: &random) {
                    let end = Bool.random(using: &random) ? row.interval.until : row.interval.from
                    guard let action = row.actions.randomElement(using: &random),
                        let resource = row.resources.randomElement(using: &random)
                    else { return nil }
                    return Trial(
                        subject: row.subject, action: action, resource: resource,
                        time: end.advanced(bySeconds: offset))
                }
                guard let subject = people.randomElement(using: &random),
                    let resource = resources.randomElement(using: &random),
                    let action = policy.vocabulary.actionNames.randomElement(using: &random),
                    let boundary = boundaries.randomElement(using: &random)
                else { return nil }
                return Trial(
                    subject: subject, action: action, resource: resource,
                    time: boundary.advanced(bySeconds: offset))
            }
        }

        private func permitted(_ evaluator: NaiveEvaluator, _ trial: Trial) -> [Bool] {
            (worlds[trial.action] ?? []).map { world in
                evaluator.decide(
                    Request(
                        subject: trial.subject.name, action: trial.action,
                        resource: trial.resource.name, context: world, at: trial.time)
                ).basis == .permitted
            }
        }

        func differs(_ trial: Trial) -> Bool {
            permitted(before, trial) != permitted(after, trial)
        }

        /// What the plan says wrongly of a trial; nil where it is right.
        func complaint(about trial: Trial) throws -> String? {
            let old = permitted(before, trial)
            let new = permitted(after, trial)
            let changes = Set(
                plan.rows.filter { row in
                    row.subject == trial.subject && row.actions.contains(trial.action)
                        && row.resources.contains(trial.resource)
                        && row.interval.contains(trial.time)
                }.map(\.change))
            let isLost = changes.contains(.revoke) || changes.contains(.suspend)
            let lessens = zip(old, new).contains { $0 && !$1 }
            let widens = zip(old, new).contains { !$0 && $1 }
            if !new.contains(true) {
                if old.contains(true), !isLost { return "lost, and no row says so" }
                let others = changes.subtracting([.revoke, .suspend])
                return others.isEmpty ? nil : "no access, and rows of \(others)"
            }
            if isLost { return "access, and a row says it is lost" }
            if changes.contains(.restrict) != (lessens) { return "restrict: \(changes)" }
            if changes.contains(.grant) != widens { return "grant: \(changes)" }
            if changes.contains(.keep), old != new { return "keep, and it is not the same" }
            return nil
        }
    }
}
