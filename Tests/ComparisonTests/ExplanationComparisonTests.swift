import DecisionEngine
import Facts
import PolicyCompiler
import PolicyLanguage
import PolicyProgram
import TestSupport
import Testing

/// That explanations are true: by the page, not by the engine that gave them.
@Suite("Explanations and the page")
struct ExplanationComparisonTests {
    /// How much was looked at.
    private struct Count {
        var facts = 0
        var proofs = 0
        var denied = 0
        var remedies = 0
        var records = 0
    }

    @Test("agree: the facts named are so, and suffice; what is proposed would permit")
    func agree() throws {
        var count = Count()
        for seed in 0..<(60 * Run.multiple) {
            var random = SplitMix64(seed: 70_000 + seed)
            guard let example = RandomCase(&random), let policy = example.checked else { continue }
            let facts = Fold.facts(
                from: example.ledger(&random), vocabulary: policy.vocabulary, zone: policy.zone
            ).facts
            let program = try PolicyCompiler.compile(policy)
            let engine = DecisionEngine(
                program: program, facts: facts, digest: ProgramDigest(hexadecimal: "test"))
            let naive = NaiveEvaluator(policy: policy, facts: facts)
            let entitled = Audience.entitled(under: policy.vocabulary)
            for _ in 0..<15 {
                for request in example.requests(at: naive.boundaries, count: 3, &random) {
                    let explanation = engine.explain(request, for: entitled)
                    check(explanation, of: request, facts, policy, seed, &count)
                    let remedies = engine.remedies(for: request, audience: entitled)
                    count.denied += explanation.decision.isPermitted ? 0 : 1
                    #expect(!explanation.decision.isPermitted || remedies.isEmpty)
                    for remedy in remedies {
                        check(remedy, of: request, facts, policy, seed, &count)
                    }
                }
            }
        }
        #expect(count.facts > 2_000 && count.proofs > 100, "\(count)")
        #expect(count.remedies * 40 > count.denied, "\(count)")
        #expect(count.records > 20, "\(count)")
    }

    // MARK: Facts

    /// Each fact that is named is one; and with nothing known but these, and what relates to them, each rule that held
    /// holds.
    private func check(
        _ explanation: Explanation, of request: Request, _ facts: FactBase,
        _ policy: CheckedPolicy, _ seed: UInt64, _ count: inout Count
    ) {
        let findings = explanation.determining + explanation.lacking
        for fact in findings.flatMap({ $0.head + $0.when + $0.onlyIf }).flatMap(\.facts) {
            count.facts += 1
            let history = facts[fact.entity]
            #expect(history?.owner == fact.owner, "seed \(seed): \(fact)")
            guard let attribute = fact.attribute else {
                #expect(history?.existence.contains(fact.interval) == true, "seed \(seed): \(fact)")
                continue
            }
            let isSo = (history?.attributes[attribute] ?? []).contains {
                $0.value == fact.value && $0.interval == fact.interval
                    && $0.origin == fact.origin
            }
            #expect(isSo, "seed \(seed): \(fact)")
        }
        guard explanation.decision.isPermitted, let reason = explanation.determining.first else {
            return
        }
        prove(reason, of: request, facts, policy, seed, &count)
    }

    /// A permit still gives its reason where the values of everything but what was named are taken away.
    private func prove(
        _ reason: Explanation.RuleFinding, of request: Request, _ facts: FactBase,
        _ policy: CheckedPolicy, _ seed: UInt64, _ count: inout Count
    ) {
        let named = (reason.head + reason.when).flatMap(\.facts)
        // Defaults are no facts, and neither is that there is nothing: a rule that rests on such proves nothing here.
        guard isAffirmative(reason, policy) else { return }
        var kept: [EntityID: Set<String>] = [:]
        for fact in named {
            kept[fact.entity, default: []].formUnion([fact.attribute].compactMap(\.self))
        }
        let histories = facts.histories.compactMap { history -> EntityHistory? in
            guard history.owner == nil || kept[history.id] != nil else { return nil }
            return EntityHistory(
                id: history.id, kind: history.kind, owner: history.owner,
                existence: history.existence, endedBy: history.endedBy, origin: history.origin,
                attributes: history.attributes.filter { name, _ in
                    kept[history.id]?.contains(name) ?? false
                })
        }
        let rest = FactBase(
            sequence: facts.sequence, histories: histories, readings: facts.readings)
        count.proofs += 1
        #expect(
            NaiveEvaluator(policy: policy, facts: rest).outcome(ofRule: reason.rule.name, request)
                == true,
            "seed \(seed): \(reason.rule.text) for \(request) rests on more than \(named)")
    }

    /// Whether a rule asks only for what facts say: neither for what is not so, nor for other decisions.
    private func isAffirmative(_ reason: Explanation.RuleFinding, _ policy: CheckedPolicy) -> Bool {
        let negative: Set<Substring> = [
            "not", "every", "no", "may", "most", "moved-from", "moved-out-of", "was", "has", "for",
        ]
        let words = reason.rule.text.split { !$0.isLetter && $0 != "-" }
        return negative.isDisjoint(with: words) && !reason.rule.text.contains("!=")
    }

    // MARK: Remedies

    private func check(
        _ remedy: Remedy, of request: Request, _ facts: FactBase, _ policy: CheckedPolicy,
        _ seed: UInt64, _ count: inout Count
    ) {
        var request = request
        var histories: [EntityID: EntityHistory] = [:]
        for history in facts.histories { histories[history.id] = history }
        let span = Interval(from: request.time, until: .distantFuture)
        let origin = Origin(source: "nobody", sequence: 0)
        for (number, change) in remedy.changes.enumerated() {
            switch change {
            case .context(let name, let value): request.context[name] = value
            case .attribute(let name, let id, let value):
                histories[id] = histories[id]?.setting(
                    name, to: TimedValue(value: value, interval: span, origin: origin))
            case .record(let kind, let owner, let attributes):
                count.records += 1
                let id = EntityID(kind: kind, name: "proposed-\(number)")
                histories[id] = EntityHistory(
                    id: id, kind: kind, owner: owner, existence: [span], origin: origin,
                    attributes: attributes.mapValues {
                        [TimedValue(value: $0, interval: span, origin: origin)]
                    })
            }
        }
        let changed = FactBase(
            sequence: facts.sequence, histories: histories.values, readings: facts.readings)
        count.remedies += 1
        #expect(
            NaiveEvaluator(policy: policy, facts: changed).decide(request).basis == .permitted,
            "seed \(seed): \(remedy) for \(request)")
    }
}
