import DecisionEngine
import Facts
import PolicyCompiler
import PolicyLanguage
import PolicyProgram
import TestSupport
import Testing

/// What explanations tell of facts that serve one purpose: nothing, to those without a right to know.
@Suite("An explanation for everybody")
struct DisclosureTests {
    /// How much was compared, and how much of it says anything.
    private struct Count {
        var compared = 0
        /// Those of which somebody with the right to know is told something else.
        var telling = 0
        var withheld = 0
        var ends = 0
    }

    @Test("is the same whatever the facts say that it may not tell, where the same rules decide")
    func tellsNothing() throws {
        var count = Count()
        for seed in 0..<(60 * Run.multiple) {
            var random = SplitMix64(seed: 60_000 + seed)
            guard let example = RandomCase(&random), let policy = example.checked else { continue }
            let entries = example.ledger(&random)
            let others =
                entries.dropLast().compactMap { altered($0, policy.vocabulary, &random) }
                + entries.suffix(1)
            let program = try PolicyCompiler.compile(policy)
            let sides = [entries, others].map { entries in
                Fold.facts(from: entries, vocabulary: policy.vocabulary, zone: policy.zone).facts
            }.map { facts in
                DecisionEngine(
                    program: program, facts: facts, digest: ProgramDigest(hexadecimal: "test"))
            }
            let naive = NaiveEvaluator(
                policy: policy,
                facts: Fold.facts(
                    from: entries, vocabulary: policy.vocabulary, zone: policy.zone
                ).facts)
            for _ in 0..<40 {
                for request in example.requests(at: naive.boundaries, count: 4, &random) {
                    compare(sides[0], sides[1], request, seed, &count)
                }
            }
        }
        #expect(count.compared > 5_000, "\(count)")
        #expect(count.telling > 15, "\(count)")
        #expect(count.withheld > 300 && count.ends > 500, "\(count)")
    }

    private func compare(
        _ engine: DecisionEngine, _ other: DecisionEngine, _ request: Request, _ seed: UInt64,
        _ count: inout Count
    ) {
        guard reasons(engine, request) == reasons(other, request) else { return }
        let told = engine.explain(request)
        #expect(told == other.explain(request), "seed \(seed): \(request)")
        count.compared += 1
        count.withheld += told.isEndWithheld ? 1 : 0
        count.ends += told.decision.validUntil == nil ? 0 : 1
        let entitled = Audience.entitled(under: engine.program.vocabulary)
        let all = engine.explain(request, for: entitled)
        count.telling += all == other.explain(request, for: entitled) ? 0 : 1
        #expect(
            engine.remedies(for: request) == other.remedies(for: request),
            "seed \(seed): \(request)")
        #expect(all.decision == engine.decide(request))
        #expect(!all.isEndWithheld)
        if let end = told.decision.validUntil, let known = all.decision.validUntil {
            #expect(end <= known)
        }
    }

    /// The rules that give a reason, and those that stand in the way.
    private func reasons(_ engine: DecisionEngine, _ request: Request) -> [[String]] {
        let rules = engine.ruleTruths(request).map { (engine.program.rules[$0.rule], $0.outcome) }
        return [
            rules.filter { $0.0.kind == .permit && $0.1 == .true }.map(\.0.name),
            rules.filter { $0.0.kind == .require && $0.1 != .true }.map(\.0.name),
            rules.filter { $0.0.kind == .forbid && $0.1 != .false }.map(\.0.name),
        ]
    }

    /// An entry that says something else of what serves one purpose; nil for nothing at all.
    private func altered(
        _ entry: LedgerEntry, _ vocabulary: Vocabulary, _ random: inout SplitMix64
    ) -> LedgerEntry? {
        func saying(_ content: LedgerEntry.Content) -> LedgerEntry {
            LedgerEntry(sequence: entry.sequence, source: entry.source, content: content)
        }
        switch entry.content {
        case .observation(let observation):
            if vocabulary.kinds[observation.kind]?.limitedTo != nil {
                return random.chance(50) ? nil : entry
            }
            guard var attributes = observation.attributes else { return entry }
            for attribute in Array(vocabulary.kinds[observation.kind]?.attributes ?? [])
            where attribute.limitedTo != nil && random.chance(70) {
                attributes[attribute.name] =
                    attribute.type == .integer && random.chance(60)
                    ? .integer(Int64(random.below(4))) : nil
            }
            return saying(
                .observation(
                    Observation(
                        entity: observation.entity, kind: observation.kind,
                        owner: observation.owner, attributes: attributes,
                        effective: observation.effective)))
        case .event(let event):
            // What checks come to: passed, failed, or not made at all.
            guard event.name.hasPrefix("check-") else { return entry }
            guard random.chance(70) else { return nil }
            let name = random.pick(["check-passed", "check-not-cleared", "check-consented"])
            return saying(
                .event(
                    Event(
                        id: event.id, name: name, effective: event.effective,
                        fields: event.fields)))
        case .correction, .reading: return entry
        }
    }
}
