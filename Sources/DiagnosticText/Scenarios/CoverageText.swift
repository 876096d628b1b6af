package import Scenarios

/// Says what scenarios have tried of a policy, and what not.
package struct CoverageText: Sendable {
    /// How many missing names are said before the rest is only counted.
    private static let mostNames = 4
    /// The same of conditions, which are longer.
    private static let mostConditions = 2

    private let language: Language
    private let isWhole: Bool

    /// Creates a speaker; one that is whole names everything that is missing.
    package init(language: Language, isWhole: Bool) {
        self.language = language
        self.isWhole = isWhole
    }

    /// A line each for rules, branches, cited measures and the guidance.
    package func text(_ coverage: ScenarioCoverage) -> String {
        var lines = [language.pick("coverage", "網羅率")]
        lines += line(
            "rules     ", "規則", coverage.rules, missing: coverage.untriedRules,
            language.pick("determined no decision", "どの判定も左右していないもの"))
        lines += line(
            "branches  ", "条件の分岐", coverage.branches,
            missing: coverage.missingBranches.map(text),
            language.pick("not seen", "現れていないもの"), atMost: Self.mostConditions)
        lines += line(
            "measures  ", "引用する対応策", coverage.measures, missing: coverage.untriedMeasures,
            language.pick("not exercised", "試されていないもの"))
        // A policy that carries out nothing of the guidance needn't be told about all of it.
        if isWhole || coverage.uncitedMeasures.count < GuidanceMeasures.ids.count {
            let count = coverage.uncitedMeasures.count
            let total = GuidanceMeasures.ids.count
            lines += listed(
                language.pick(
                    "  guidance  \(count) of \(total) measures are cited by no rule",
                    "  ガイダンス: \(total) 件中 \(count) 件の対応策は、どの規則も引用していません"),
                coverage.uncitedMeasures)
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func line(
        _ english: String, _ japanese: String, _ share: ScenarioCoverage.Share, missing: [String],
        _ what: String, atMost limit: Int = mostNames
    ) -> [String] {
        let count = language.pick(
            "  \(english)\(share.covered) of \(share.total) (\(share.percent)%)",
            "  \(japanese): \(share.total) 件中 \(share.covered) 件（\(share.percent)%）")
        guard !missing.isEmpty else { return [count] }
        return listed(
            language.pick("\(count); \(what)", "\(count)。\(what)"), missing, atMost: limit)
    }

    /// A heading and what it is about: on its line as far as there is room, or on lines of their own.
    private func listed(
        _ heading: String, _ names: [String], atMost limit: Int = mostNames
    ) -> [String] {
        guard !names.isEmpty else { return [heading] }
        if isWhole { return ["\(heading):"] + names.map { "    \($0)" } }
        var list = names.prefix(limit).joined(separator: language.pick(", ", "、"))
        let left = names.count - limit
        if left > 0 { list += language.pick(", and \(left) more", " ほか \(left) 件") }
        return ["\(heading): \(list)"]
    }

    private func text(_ branch: ScenarioCoverage.Branch) -> String {
        let part =
            switch branch.part {
            case .resourceClass: language.pick("class", "対象")
            case .when: "when"
            case .onlyIf: "only if"
            }
        let words = isWhole ? Visible.text(branch.text) : shortened(branch.text)
        let truth =
            branch.isNeverTrue
            ? language.pick("true", "成立") : language.pick("not true", "不成立か不明")
        return language.pick(
            "\(branch.rule) \(part) `\(words)` \(truth)",
            "\(branch.rule) の \(part) `\(words)` が\(truth)")
    }

    /// A condition's first words; its definition, where the text goes on with one, is for those who want it whole.
    private func shortened(_ text: String) -> String {
        let longest = 40
        let visible = Visible.text(text)
        return visible.count <= longest ? visible : visible.prefix(longest - 1) + "…"
    }

    // MARK: Demands

    /// That less was covered than asked for.
    package func shortfall(
        _ kind: CoverageDemand.Kind, _ share: ScenarioCoverage.Share, demanded percent: Int
    ) -> String {
        let name =
            switch kind {
            case .rules: language.pick("rules", "規則")
            case .branches: language.pick("branches", "条件の分岐")
            case .measures: language.pick("measures", "引用する対応策")
            }
        return language.pick(
            "✘ \(name): \(share.percent)% covered, and \(percent)% asked for\n",
            "✘ \(name): 網羅率 \(share.percent)% が、求められた \(percent)% に達していません\n")
    }
}
