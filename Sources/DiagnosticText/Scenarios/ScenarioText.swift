package import Diagnostics
import Facts
package import PolicyLanguage
package import PolicyProgram
package import Scenarios

/// Says how a policy's scenarios went, and what they have tried of it.
package struct ScenarioText: Sendable {
    let language: Language
    let policy: CheckedPolicy
    let rules: [ProgramRule]
    private let sources: [SourceText]

    /// Creates a speaker for the scenarios of `policy`, compiled to `program` and read from `sources`.
    package init(
        language: Language, policy: CheckedPolicy, program: Program, sources: [SourceText]
    ) {
        self.language = language
        self.policy = policy
        rules = program.rules
        self.sources = sources
    }

    /// A line for each scenario; expected, got and why where an expectation was not met; and a count.
    package func text(_ results: [ScenarioResult]) -> String {
        var lines: [String] = []
        for result in results {
            let title = Visible.text(result.title)
            lines.append(result.hasPassed ? "✔ \(title)" : "✘ \(title)")
            for outcome in result.outcomes where !outcome.isMet {
                lines.append("    \(location(of: outcome)): \(words(of: outcome))")
                lines += failure(outcome, in: result).map { "      " + $0 }
            }
        }
        let passed = results.filter(\.hasPassed).count
        let failed = results.count - passed
        lines.append(
            language.pick("\(passed) passed, \(failed) failed", "成功 \(passed)、失敗 \(failed)"))
        return lines.joined(separator: "\n") + "\n"
    }

    // MARK: Where

    /// The file an expectation stands in.
    func file(of outcome: ScenarioResult.Outcome) -> String {
        source(of: outcome).map { Visible.text($0.name) } ?? ""
    }

    /// The line it stands on, from 1.
    func line(of outcome: ScenarioResult.Outcome) -> Int {
        source(of: outcome)?.line(at: outcome.expectation.place.span.lower) ?? 0
    }

    func location(of outcome: ScenarioResult.Outcome) -> String {
        "\(file(of: outcome)):\(line(of: outcome))"
    }

    /// Its words, spaces and line ends made single spaces.
    func words(of outcome: ScenarioResult.Outcome) -> String {
        let text = source(of: outcome)?.text(in: outcome.expectation.place.span) ?? ""
        let words = text.split { $0.isWhitespace || $0.isNewline }
        return Visible.text(words.joined(separator: " "))
    }

    private func source(of outcome: ScenarioResult.Outcome) -> SourceText? {
        let index = outcome.expectation.place.source
        return sources.indices.contains(index) ? sources[index] : nil
    }

    // MARK: Why

    /// What was expected, what the policy gave, and why, line by line.
    func failure(_ outcome: ScenarioResult.Outcome, in result: ScenarioResult) -> [String] {
        let answers = answers(of: result)
        let got = got(outcome, answers)
        var lines = [
            language.pick("expected: ", "期待: ") + expected(outcome),
            language.pick("got:      ", "結果: ") + (got.first ?? ""),
        ]
        lines += got.dropFirst().map { "  " + $0 }
        if let request = outcome.request, let explanation = outcome.explanation {
            lines.append(language.pick("because:", "理由:"))
            lines += answers.lines(explanation, of: request).map { "  " + $0 }
        }
        return lines
    }

    /// Says answers with the names that the scenario gives its people and things.
    func answers(of result: ScenarioResult) -> AnswerText {
        let facts = result.facts
        return AnswerText(
            language: language, zone: policy.zone, vocabulary: policy.vocabulary,
            nameOf: { id in
                guard case .text(let name) = facts[id]?.attributes["name"]?.last?.value else {
                    return nil
                }
                return name
            })
    }
}
