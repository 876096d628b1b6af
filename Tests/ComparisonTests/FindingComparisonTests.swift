import DecisionEngine
import Diagnostics
import Facts
import PolicyLanguage
import TestSupport
import Testing

/// What the check says of a policy's rules, as claims about every request.
struct Claims {
    private(set) var claims: [(code: DiagnosticCode, rule: String, other: String)] = []

    init(_ diagnostics: [Diagnostic]) {
        for diagnostic in diagnostics {
            let arguments = diagnostic.arguments
            switch diagnostic.code {
            case .permitNeverHolds, .ruleWithoutEffect, .requirementNeverMet, .tierNobodyReads:
                claims.append((diagnostic.code, arguments[0], ""))
            case .shadowedRule, .repeatedRule:
                claims.append((diagnostic.code, arguments[0], arguments[1]))
            default: continue
            }
        }
    }

    /// The claims that a request shows to be wrong.
    func refuted(by request: Request, of policy: CheckedPolicy, naive: NaiveEvaluator) -> [String] {
        let rules = policy.rules.filter { $0.actions.contains(request.action) }
        guard let outcomes = naive.truths(of: rules.map(\.outcome), for: request) else { return [] }
        var found: [String: (rule: CheckedRule, outcome: Bool?)] = [:]
        for (rule, outcome) in zip(rules, outcomes) { found[rule.name] = (rule, outcome) }
        return claims.filter { claim in
            switch claim.code {
            case .tierNobodyReads: return admits(claim.rule, found.values, request, naive)
            case .requirementNeverMet:
                guard let (rule, outcome) = found[claim.rule] else { return false }
                let applies = Condition.all((rule.head + rule.when).map(\.condition))
                return naive.truths(of: [applies], for: request) == [true] && outcome == true
            default:
                guard let (rule, outcome) = found[claim.rule], hasEffect(rule, outcome) else {
                    return false
                }
                guard let (other, its) = found[claim.other] else { return true }
                return !hasEffect(other, its)
            }
        }.map { "\($0)" }
    }

    private func hasEffect(_ rule: CheckedRule, _ outcome: Bool?) -> Bool {
        switch rule.kind {
        case .permit: outcome == true
        case .forbid, .oblige: outcome != false
        case .require: outcome != true
        }
    }

    private func admits(
        _ tier: String, _ rules: some Sequence<(rule: CheckedRule, outcome: Bool?)>,
        _ request: Request, _ naive: NaiveEvaluator
    ) -> Bool {
        let isTier = Condition.compare(
            .equal, .attribute(.resource, name: "tier", kind: "resource"),
            .constant(.symbol(tier), .enumeration("tier")))
        return naive.truths(of: [isTier], for: request) == [true]
            && rules.contains { $0.rule.kind == .permit && $0.outcome == true }
    }
}

@Suite("What the check finds in a policy")
struct FindingComparisonTests {
    static let seedsPerPart: UInt64 = 20

    @Test("is so for every request about random companies", arguments: 0..<4 as Range<UInt64>)
    func isSo(part: UInt64) throws {
        var counts: [DiagnosticCode: Int] = [:]
        var (requests, refused) = (0, 0 as UInt64)
        let seeds = Self.seedsPerPart * Run.multiple
        for seed in (1_000 + part * seeds)..<(1_000 + (part + 1) * seeds)
        where Run.onlySeed.map({ $0 == seed }) ?? true {
            var random = SplitMix64(seed: seed)
            guard let example = RandomCase(&random) else { continue }
            let policy = suspicious(example.policy, hasFreshness: seed % 2 == 0, &random)
            guard let checked = policy.read().policy else {
                // A policy whose own rules ask about each other may go round in a circle with those added.
                refused += 1
                continue
            }
            let claims = Claims(Fixtures.read(policy.text, findings: true).diagnostics)
            for claim in claims.claims { counts[claim.code, default: 0] += 1 }
            for _ in 0..<2 {
                let facts = Fold.facts(
                    from: example.ledger(&random), vocabulary: checked.vocabulary,
                    zone: checked.zone
                ).facts
                let naive = NaiveEvaluator(policy: checked, facts: facts)
                for _ in 0..<10 {
                    for request in example.requests(at: naive.boundaries, count: 6, &random) {
                        requests += 1
                        let refuted = claims.refuted(by: request, of: checked, naive: naive)
                        guard !refuted.isEmpty else { continue }
                        Issue.record("seed \(seed): \(refuted) by \(request) of\n\(policy.text)")
                        return
                    }
                }
            }
        }
        print("part \(part): \(requests) requests, claims \(counts)")
        guard Run.onlySeed == nil else { return }
        #expect(refused * 5 <= seeds, "the checker refused \(refused) policies")
        let wanted: [DiagnosticCode] = [
            .permitNeverHolds, .ruleWithoutEffect, .requirementNeverMet, .shadowedRule,
            .repeatedRule,
        ]
        for code in wanted { #expect(counts[code, default: 0] >= 5, "\(code) was hardly claimed") }
    }

    private static let tables = [
        "table ceiling : form -> tier { data: tier1, else: tier0 }",
        "list known of department { department \"d0\" until 2026-04-20, department \"d1\" }",
    ]

    /// Conditions that say something of each other, in groups.
    private static let words: [[String]] = [
        [
            "since 2026-04-05",
            "until 2026-04-05",
            "since 2026-10-25",
            "until 2026-10-24",
            "within 14 days after 2026-04-01",
            "at least 1 month after 2026-04-01",
            "within 14 days after resource.since",
            "at least 14 days after resource.since",
            "during 09:00 to 17:00",
        ],
        [
            "spot.floor in 1 to 2",
            "spot.floor > 2",
            "spot.floor = 3",
            "spot.floor >= 3",
            "spot.floor < 1",
            "spot.floor = spot.floor",
            "has spot.floor",
            "spot.inside",
            "spot.inside = false",
        ],
        [
            "resource.tier > tier0",
            "resource.tier = tier1",
            "resource.tier <= resource.tier",
            "resource.tier != tier0",
            "resource is document",
            "resource is prototype",
            "ceiling[resource.form] = tier1",
            "ceiling[resource.form] > tier0",
            "has ceiling[resource.form]",
            "resource.form in {data, paper}",
        ],
        [
            "has resource.owner",
            "has resource.owner.organisation",
            "resource.owner.name = \"x\"",
            "resource.owner below department \"d1\"",
            "resource.owner = department \"d1\"",
            "resource.owner in known",
            "resource.owner in {d0, d1}",
            "resource.owner = department \"d3\"",
            "(some d in chain of resource.owner where d = department \"d0\")",
            "(no d in chain of resource.owner where d = department \"d0\")",
        ],
        [
            "resource.projects any {j0}",
            "resource.projects all {j0, j1}",
            "resource.projects only {j1}",
            "resource.projects = {j0}",
            "j1 in resource.projects",
            "(some j in resource.projects where j = j0)",
            "(no j in resource.projects where j in {j0, j1})",
            "(every j in resource.projects where j = j1)",
        ],
        [
            "resource.category any {cat0}",
            "resource.category only {cat1}",
            "resource.category all {cat0, cat1}",
            "resource.category any {cat1}",
            "not (resource.category only {cat0, cat1})",
            "cat0 in resource.category",
        ],
        [
            "(some p in subject.posts where p.primary)",
            "(no p in subject.posts)",
            "(every p in subject.posts where p.primary)",
            "(every p in subject.posts where not p.primary)",
            "(at least 2 p in subject.posts where p.primary)",
            "(at least 2 p in subject.posts)",
            "(some p in subject.posts where not p.primary)",
            "(no p in subject.posts where p.primary or p.acting)",
        ],
        [
            "(some p in subject.posts where p.primary and p.department = resource.owner)",
            "(some p in subject.posts where p.department = resource.owner and resource.tier = tier1)",
            "(every p in subject.posts where p.primary and has resource.owner)",
            "(some p in subject.posts where p.department below resource.owner)",
            "has resource.owner",
            "resource.tier = tier1",
            "subject may discover resource",
            "subject.moved-from(resource.owner) within 14 days",
        ],
        [
            "(was (resource.tier = tier1) on 2026-04-05)",
            "(was (resource.tier > tier0) on 2026-04-05)",
            "(was (resource.tier = tier0) on 2026-04-05)",
            "(was (resource.tier = tier1) on spot.since)",
            "(was (resource.tier > tier0) on spot.since)",
            "has spot.since",
            "(resource.tier = tier1 for at least 1 month)",
            "(resource.tier > tier0 for at least 1 month)",
            "resource.tier = tier1",
        ],
    ]

    /// The policy with rules beside its own that can't be so, or repeat them in part.
    private func suspicious(
        _ policy: RandomPolicy, hasFreshness: Bool, _ random: inout SplitMix64
    ) -> RandomPolicy {
        // What no claim is about may not mind what the rules say now.
        let kept = policy.declarations.filter { !$0.hasPrefix("entitlement") }
        var declarations = kept + Self.tables
        // Of few words, so that rules often exclude themselves and follow from each other.
        let actions = "view, edit, print, handle, operate, enter, borrow"
        let known = random.pick(Self.words) + random.pick(Self.words)
        for index in 0..<24 {
            let words = (0..<(1 + random.below(3))).map { _ in
                let word = random.pick(known)
                return random.chance(30) ? "not (\(word))" : word
            }
            let condition = words.joined(separator: random.chance(80) ? " and " : " or ")
            let kind = random.pick(["permit", "permit", "forbid", "require"])
            let when = kind == "require" ? "only if" : "when"
            declarations.append(
                "\(kind) words\(index): \(actions) on resource \(when) \(condition)")
        }
        if hasFreshness, !policy.preamble.contains("override source directory") {
            declarations.append("override source directory fresh for 30 days")
        }
        for (index, rule) in policy.declarations.enumerated() {
            guard
                let parts = rule.firstMatch(of: #/^(?:permit|forbid) [a-z0-9]+: (.*?) when (.*)$/#)
            else { continue }
            let (head, condition) = (parts.output.1, parts.output.2)
            declarations += [
                "permit both\(index): \(head) when (\(condition)) and not (\(condition))",
                "forbid neither\(index): \(head) when (\(condition)) and not (\(condition))",
                "permit narrower\(index): \(head) when resource.tier >= tier1 and (\(condition))",
                "permit again\(index): \(head) when \(condition)",
                "permit wider\(index): \(head) when resource.form = data or (\(condition))",
                "forbid apart\(index): \(head) when (\(condition)) and resource.tier < tier0",
                "require asked\(index): \(head) when \(condition) only if not (\(condition))",
                "forbid strict\(index): \(head) when not (\(condition))",
                "require lenient\(index): \(head) only if (\(condition)) or subject engaged",
            ]
        }
        return RandomPolicy(preamble: policy.preamble, declarations: declarations)
    }
}
