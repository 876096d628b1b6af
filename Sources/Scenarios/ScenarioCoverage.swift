import DecisionEngine
import Lifecycle
public import PolicyLanguage

/// What a policy's scenarios have tried of it.
public struct ScenarioCoverage: Hashable, Sendable {
    /// How much of something was covered.
    public struct Share: Hashable, Sendable {
        /// How many were.
        public let covered: Int
        /// How many there are.
        public let total: Int

        /// The share in whole percent, rounded down; all of nothing is 100.
        public var percent: Int { total == 0 ? 100 : covered * 100 / total }

        /// Creates a share.
        public init(covered: Int, total: Int) {
            self.covered = covered
            self.total = total
        }
    }

    /// A way that a condition could come out, and never did.
    public struct Branch: Hashable, Sendable {
        /// Where in a rule a condition stands.
        public enum Part: String, Hashable, Sendable {
            /// In the class of resources, after `when`, after `only if`.
            case resourceClass, when, onlyIf
        }

        /// The rule.
        public let rule: String
        /// Where in it.
        public let part: Part
        /// The condition's words.
        public let text: String
        /// Whether it was never true; else it was never anything else.
        public let isNeverTrue: Bool
    }

    /// Rules that determined a decision, or a change that was expected.
    public let rules: Share
    /// The rules that determined none, in order of name.
    public let untriedRules: [String]
    /// Conditions seen true, and seen false or unknown: two branches each.
    public let branches: Share
    /// The branches that were not seen, by rule, as written.
    public let missingBranches: [Branch]
    /// Measures that rules cite, and that such a rule was tried for.
    public let measures: Share
    /// The cited measures that no tried rule carries out.
    public let untriedMeasures: [String]
    /// The measures of the guidance that no rule cites.
    public let uncitedMeasures: [String]

    /// Gathers what `results` tried of `policy`.
    ///
    /// Conditions count on every request about their rule's action, whether the rule determined the decision
    /// or not. The kind of a class is none.
    public init(of policy: CheckedPolicy, results: [ScenarioResult]) {
        let outcomes = results.flatMap(\.outcomes)
        let tried = Self.triedRules(outcomes, of: policy)
        untriedRules = policy.rules.map(\.name).filter { !tried.contains($0) }
        rules = Share(covered: policy.rules.count - untriedRules.count, total: policy.rules.count)

        let tally = BranchTally(policy, outcomes)
        branches = Share(covered: tally.total - tally.missing.count, total: tally.total)
        missingBranches = tally.missing

        let cited = Set(policy.rules.flatMap(\.cites))
        let exercised = Set(policy.rules.filter { tried.contains($0.name) }.flatMap(\.cites))
        untriedMeasures = cited.subtracting(exercised).sorted(by: GuidanceMeasures.areInOrder)
        measures = Share(covered: exercised.count, total: cited.count)
        uncitedMeasures = GuidanceMeasures.ids.filter { !cited.contains($0) }
    }

    private static func triedRules(
        _ outcomes: [ScenarioResult.Outcome], of policy: CheckedPolicy
    ) -> Set<String> {
        var tried: Set<String> = []
        for outcome in outcomes {
            if let row = outcome.match { tried.formUnion(row.before + row.after + row.inTheWay) }
            guard case .decision = outcome.expectation.content,
                let decision = outcome.explanation?.decision
            else { continue }
            tried.formUnion(decision.rules)
            guard decision.isPermitted else { continue }
            // An obligation determines no decision; it is tried where it comes with a permit.
            for truths in outcome.truths where truths.outcome != .false {
                let rule = policy.rules[truths.rule]
                if rule.kind == .oblige { tried.insert(rule.name) }
            }
        }
        return tried
    }
}

/// Which branches of a policy's conditions there are, and which were not seen.
private struct BranchTally {
    private(set) var total = 0
    private(set) var missing: [ScenarioCoverage.Branch] = []

    /// How one condition came out.
    private struct Seen {
        var isTrue = false
        var isNotTrue = false

        mutating func note(_ truth: Truth) {
            if truth == .true { isTrue = true } else { isNotTrue = true }
        }
    }

    init(_ policy: CheckedPolicy, _ outcomes: [ScenarioResult.Outcome]) {
        var seen = policy.rules.map { rule in
            [rule.head, rule.when, rule.onlyIf].map { [Seen](repeating: Seen(), count: $0.count) }
        }
        // INVARIANT: a program's rules are those of its policy, in the same order, clause by clause.
        for truths in outcomes.flatMap(\.truths) {
            for (part, values) in [truths.head, truths.when, truths.onlyIf].enumerated() {
                for (clause, truth) in values.enumerated() {
                    seen[truths.rule][part][clause].note(truth)
                }
            }
        }
        for (rule, parts) in zip(policy.rules, seen) {
            add(rule, .resourceClass, rule.head, parts[0])
            add(rule, .when, rule.when, parts[1])
            add(rule, .onlyIf, rule.onlyIf, parts[2])
        }
    }

    private mutating func add(
        _ rule: CheckedRule, _ part: ScenarioCoverage.Branch.Part, _ clauses: [Clause],
        _ seen: [Seen]
    ) {
        for (clause, seen) in zip(clauses, seen) {
            if case .isKind = clause.condition { continue }
            total += 2
            for isTrue in [true, false] where !(isTrue ? seen.isTrue : seen.isNotTrue) {
                missing.append(
                    ScenarioCoverage.Branch(
                        rule: rule.name, part: part, text: clause.text, isNeverTrue: isTrue))
            }
        }
    }
}
