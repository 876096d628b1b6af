import DecisionEngine
import Facts
import Lifecycle
import PolicyLanguage
package import Scenarios

/// How a policy's scenarios went, and what they tried of it, in JSON.
package struct ScenarioJSON: Encodable, Sendable {
    /// A scenario.
    struct Scenario: Encodable {
        let title: String
        let passed: Bool
        let expectations: [Expectation]
    }

    /// An expectation; why is said of those that were not met.
    struct Expectation: Encodable {
        let file: String
        let line: Int
        let text: String
        let passed: Bool
        let expected: String
        let got: [String]
        let mismatches: [String]
        let missingRules: [String]
        let decision: DecisionJSON?
    }

    /// How much was covered, and what was not.
    struct Share<Missing: Encodable & Sendable>: Encodable {
        let covered: Int
        let total: Int
        let percent: Int
        let missing: [Missing]

        init(_ share: ScenarioCoverage.Share, missing: [Missing]) {
            covered = share.covered
            total = share.total
            percent = share.percent
            self.missing = missing
        }
    }

    /// A way that a condition did not come out.
    struct Branch: Encodable {
        let rule: String
        let part: String
        let text: String
        let never: String
    }

    /// What was tried.
    struct Coverage: Encodable {
        let rules: Share<String>
        let branches: Share<Branch>
        let measures: Share<String>
        let uncitedMeasures: [String]
        let shortfalls: [String]
    }

    let scenarios: [Scenario]
    let passed: Int
    let failed: Int
    let coverage: Coverage?

    /// Puts results in JSON.
    ///
    /// - Parameters:
    ///   - results: the results.
    ///   - coverage: what they tried; nil where that was not asked for.
    ///   - shortfalls: of what less was tried than demanded.
    ///   - speaker: says them.
    package init(
        _ results: [ScenarioResult], coverage: ScenarioCoverage?,
        shortfalls: [CoverageDemand.Kind], speaker: ScenarioText
    ) {
        scenarios = results.map { result in
            let answers = speaker.answers(of: result)
            return Scenario(
                title: result.title, passed: result.hasPassed,
                expectations: result.outcomes.map { Self.expectation($0, speaker, answers) })
        }
        passed = results.filter(\.hasPassed).count
        failed = results.count - passed
        self.coverage = coverage.map { coverage in
            Coverage(
                rules: Share(coverage.rules, missing: coverage.untriedRules),
                branches: Share(
                    coverage.branches,
                    missing: coverage.missingBranches.map { branch in
                        Branch(
                            rule: branch.rule, part: branch.part.rawValue, text: branch.text,
                            never: branch.isNeverTrue ? "true" : "not true")
                    }),
                measures: Share(coverage.measures, missing: coverage.untriedMeasures),
                uncitedMeasures: coverage.uncitedMeasures, shortfalls: shortfalls.map(\.rawValue))
        }
    }

    private static func expectation(
        _ outcome: ScenarioResult.Outcome, _ speaker: ScenarioText, _ answers: AnswerText
    ) -> Expectation {
        var decision: DecisionJSON?
        if !outcome.isMet, let explanation = outcome.explanation, let request = outcome.request {
            decision = DecisionJSON(
                explanation, remedies: [], of: request, zone: speaker.policy.zone)
        }
        return Expectation(
            file: speaker.file(of: outcome), line: speaker.line(of: outcome),
            text: speaker.words(of: outcome), passed: outcome.isMet,
            expected: speaker.expected(outcome), got: speaker.got(outcome, answers),
            mismatches: outcome.mismatches.map(\.rawValue), missingRules: outcome.missingRules,
            decision: decision)
    }
}
