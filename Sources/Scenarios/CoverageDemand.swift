/// How much of a policy its scenarios must at least cover.
package struct CoverageDemand: Hashable, Sendable {
    /// What is counted.
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        /// Rules, branches of conditions, cited measures.
        case rules, branches, measures
    }

    /// The least share of each, in percent.
    package let percents: [Kind: Int]

    /// Reads `rules=90,branches=80`; nil where it isn't written so.
    package init?(_ text: String) {
        var percents: [Kind: Int] = [:]
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let sides = part.split(separator: "=", omittingEmptySubsequences: false)
            guard sides.count == 2, let kind = Kind(rawValue: String(sides[0])),
                let percent = Int(sides[1]), (0...100).contains(percent), percents[kind] == nil
            else { return nil }
            percents[kind] = percent
        }
        self.percents = percents
    }

    /// What falls short, with its share.
    package func shortfalls(
        of coverage: ScenarioCoverage
    ) -> [(kind: Kind, share: ScenarioCoverage.Share, percent: Int)] {
        Kind.allCases.compactMap { kind in
            let share =
                switch kind {
                case .rules: coverage.rules
                case .branches: coverage.branches
                case .measures: coverage.measures
                }
            guard let percent = percents[kind], share.percent < percent else { return nil }
            return (kind, share, percent)
        }
    }
}
