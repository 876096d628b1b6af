import DecisionEngine
import Facts
import PolicyCompiler
import PolicyLanguage
import PolicyProgram
import TestSupport
import Testing

/// Entitlements, limits and duties, as the engine answers and as the page says.
@Suite("What is asked besides requests")
struct QuestionComparisonTests {
    /// How much was compared, and how much of it says anything.
    private struct Count {
        var entitlements = 0
        var members = 0
        var findings = 0
        var people = 0
        var duties = 0
    }

    @Test("is answered as the page says")
    func agree() throws {
        var count = Count()
        for seed in 0..<(120 * Run.multiple) {
            var random = SplitMix64(seed: 40_000 + seed)
            guard let example = RandomCase(&random), let policy = example.checked else { continue }
            let entries = example.ledger(&random)
            let facts = Fold.facts(
                from: entries, vocabulary: policy.vocabulary, zone: policy.zone
            ).facts
            let program = try PolicyCompiler.compile(policy)
            let engine = DecisionEngine(
                program: program, facts: facts, digest: ProgramDigest(hexadecimal: "test"))
            let naive = NaiveEvaluator(policy: policy, facts: facts)
            for _ in 0..<3 where !naive.boundaries.isEmpty {
                let time = random.pick(naive.boundaries)
                compareExtents(policy, program, engine, naive, at: time, seed, &count)
            }
            compareDuties(entries, engine, naive, seed, &count)
        }
        // A policy that reads the hour, or a circumstance not assumed, has no entitlement: few have one.
        #expect(count.entitlements > 0, "\(count)")
        #expect(count.findings > 100 && count.people > 50)
        #expect(count.duties > 30)
    }

    private func compareExtents(
        _ policy: CheckedPolicy, _ program: Program, _ engine: DecisionEngine,
        _ naive: NaiveEvaluator, at time: Instant, _ seed: UInt64, _ count: inout Count
    ) {
        for (checked, compiled) in zip(policy.entitlements, program.entitlements) {
            let members = engine.members(of: compiled, at: time)
            #expect(members == naive.members(of: checked, at: time), "seed \(seed) at \(time)")
            count.entitlements += 1
            count.members += members.count
        }
        for (checked, compiled) in zip(policy.limits, program.limits) {
            guard let worlds = engine.contextWorlds(action: checked.extent.action)?.worlds,
                let findings = engine.findings(of: compiled, at: time)
            else { continue }
            let expected = naive.findings(of: checked, at: time, worlds: worlds)
            #expect(Set(findings.map(\.group)) == Set(expected.keys), "seed \(seed) at \(time)")
            for finding in findings {
                #expect(expected[finding.group] == finding.people, "seed \(seed) at \(time)")
                count.people += finding.people.count
            }
            count.findings += findings.count
        }
    }

    private func compareDuties(
        _ entries: [LedgerEntry], _ engine: DecisionEngine, _ naive: NaiveEvaluator,
        _ seed: UInt64, _ count: inout Count
    ) {
        for case .event(let event) in entries.map(\.content) {
            let duties = engine.duties(of: event)
            let expected = naive.duties(of: event)
            #expect(duties.map(\.verb) == expected.map(\.verb), "seed \(seed), \(event)")
            #expect(duties.map(\.object) == expected.map(\.object), "seed \(seed), \(event)")
            count.duties += duties.count
        }
    }
}
