public import DecisionEngine
public import Diagnostics
import Facts
public import PolicyLanguage
public import PolicyProgram

/// What running a scenario gave.
public struct ScenarioResult: Sendable {
    /// An expectation and what the policy decided.
    public struct Outcome: Sendable {
        /// What was expected.
        public let expectation: CheckedScenario.Expectation
        /// What was decided.
        public let decision: Decision
        /// The expected rules that are not among the determining ones.
        public let missingRules: [String]

        /// Whether the policy kept its promise.
        public var isMet: Bool {
            decision.isPermitted == expectation.isPermitted && missingRules.isEmpty
        }
    }

    /// What the scenario shows.
    public let title: String
    /// Where it stands.
    public let place: Place
    /// Its expectations, in the order written.
    public let outcomes: [Outcome]

    /// Whether all of them were met.
    public var hasPassed: Bool { outcomes.allSatisfy(\.isMet) }
}

/// Runs a policy's scenarios against the engine.
public enum ScenarioRunner {
    /// Runs all scenarios of `policy`, in the order written.
    public static func run(
        _ policy: CheckedPolicy, program: Program, digest: ProgramDigest
    ) -> [ScenarioResult] {
        policy.scenarios.map { scenario in
            let (facts, _) = Fold.facts(
                from: scenario.entries, vocabulary: policy.vocabulary, zone: policy.zone)
            let engine = DecisionEngine(program: program, facts: facts, digest: digest)
            return ScenarioResult(
                title: scenario.title, place: scenario.place,
                outcomes: scenario.expectations.map { outcome(of: $0, engine: engine) })
        }
    }

    /// The rules that no scenario's decision names: what the scenarios leave untried.
    public static func untriedRules(
        of policy: CheckedPolicy, results: [ScenarioResult]
    ) -> [String] {
        let tried = Set(results.flatMap { $0.outcomes.flatMap(\.decision.rules) })
        return policy.rules.filter { $0.kind != .oblige && !tried.contains($0.name) }.map(\.name)
    }

    private static func outcome(
        of expectation: CheckedScenario.Expectation, engine: DecisionEngine
    ) -> ScenarioResult.Outcome {
        let decision = engine.decide(
            Request(
                subject: expectation.subject.name, action: expectation.action,
                resource: expectation.resource.name, context: expectation.context,
                at: expectation.time))
        return ScenarioResult.Outcome(
            expectation: expectation, decision: decision,
            missingRules: expectation.rules.filter { !decision.rules.contains($0) })
    }
}
