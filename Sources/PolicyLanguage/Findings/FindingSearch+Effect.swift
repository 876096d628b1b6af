import Diagnostics
import Facts

/// Rules that no request can set off.
extension FindingSearch {
    /// The most clauses of a rule that are tried in pairs, to say which two exclude each other.
    private static let mostClausesPaired = 40

    /// Finds rules without effect; gives their places in `rules`.
    mutating func findRulesWithoutEffect() -> Set<Int> {
        var search = Search(terms: terms, steps: FindingSearch.mostSteps)
        var idle: Set<Int> = []
        var hasRunOut = false
        for (index, rule) in rules.enumerated() {
            var didStop = false
            let effect = rule.effect
            if search.isImpossible([effect], for: rule.checked.actions) {
                idle.insert(index)
                add(
                    rule.checked.kind == .permit ? .permitNeverHolds : .ruleWithoutEffect,
                    [rule.name], about: rule, .error, notes: contradiction(in: rule, &search))
                continue
            }
            didStop = didStop || search.didStop
            if rule.checked.kind == .require {
                checkRequirement(rule, &search)
                didStop = didStop || search.didStop
            }
            guard didStop, !hasRunOut else { continue }
            hasRunOut = search.left <= 0
            addStop(about: rule)
        }
        return idle
    }

    /// What it asks for can't be, so it denies all that it is about.
    private mutating func checkRequirement(_ rule: Rule, _ search: inout Search) {
        let applies = Want(rule.applies, .isTrue)
        let isNeverMet = search.isImpossible(
            [applies, Want(rule.onlyIf, .isTrue)], for: rule.checked.actions)
        // Where it can't apply for sure, that is not the fault of what it asks for.
        guard isNeverMet, !search.isImpossible([applies], for: rule.checked.actions) else {
            return
        }
        add(.requirementNeverMet, [rule.name], about: rule, .warning)
    }

    /// The clause that can't be so, or the first two that exclude each other.
    private func contradiction(in rule: Rule, _ search: inout Search) -> [Diagnostic.Note] {
        let aim = rule.effect.aim
        let clauses = rule.clauses.prefix(FindingSearch.mostClausesPaired)
        for clause in clauses
        where search.isImpossible([Want(clause.condition, aim)], for: rule.checked.actions) {
            return [Diagnostic.Note(.cannotBeSo, [clause.text])]
        }
        for (index, first) in clauses.enumerated() {
            for second in clauses.dropFirst(index + 1)
            where search.isImpossible(
                [Want(first.condition, aim), Want(second.condition, aim)],
                for: rule.checked.actions)
            {
                return [Diagnostic.Note(.excludeEachOther, [first.text, second.text])]
            }
        }
        return []
    }
}
