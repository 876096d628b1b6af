import DecisionEngine
package import Diagnostics
import PolicyLanguage
package import Scenarios

/// Says how a policy's scenarios went.
package struct ScenarioText: Sendable {
    private let language: Language
    private let sources: [SourceText]

    /// Creates a speaker for scenarios that stand in `sources`.
    package init(language: Language, sources: [SourceText]) {
        self.language = language
        self.sources = sources
    }

    /// A line for each scenario, the expectations that were not met, and a count.
    package func text(_ results: [ScenarioResult], untried: [String]) -> String {
        var lines: [String] = []
        for result in results {
            lines.append(result.hasPassed ? "✔ \(result.title)" : "✘ \(result.title)")
            for outcome in result.outcomes where !outcome.isMet {
                lines += self.lines(of: outcome)
            }
        }
        let passed = results.filter(\.hasPassed).count
        let failed = results.count - passed
        if !untried.isEmpty {
            let list = untried.joined(separator: ", ")
            lines.append(
                language.pick("rules that no scenario tries: \(list)", "どのシナリオも試していない規則: \(list)"))
        }
        lines.append(
            language.pick("\(passed) passed, \(failed) failed", "成功 \(passed)、失敗 \(failed)"))
        return lines.joined(separator: "\n") + "\n"
    }

    private func lines(of outcome: ScenarioResult.Outcome) -> [String] {
        let place = outcome.expectation.place
        guard sources.indices.contains(place.source) else { return [] }
        let source = sources[place.source]
        let written = Visible.text(source.text(in: place.span))
        let rules = outcome.decision.rules.joined(separator: ", ")
        let verdict =
            outcome.decision.isPermitted
            ? language.pick("permit", "許可") : language.pick("deny", "不許可")
        let by = rules.isEmpty ? language.pick("no rule", "該当規則なし") : rules
        return [
            "    \(source.name):\(source.line(at: place.span.lower)): \(written)",
            language.pick("      decided: \(verdict) by \(by)", "      判定: \(verdict)（\(by)）"),
        ]
    }
}
