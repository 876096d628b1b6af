import Diagnostics
import Facts

/// Rules that add nothing to another.
extension FindingSearch {
    /// With how many others a rule is compared at most.
    static let mostComparisons = 16

    /// What makes two rules the same in all but name.
    private struct Substance: Hashable {
        let kind: CheckedRule.Kind
        let actions: [String]
        let obligations: [CheckedObligation]
        let effect: Want
    }

    mutating func findRepeatedRules(besides idle: Set<Int>) {
        var first: [Substance: Int] = [:]
        var settled = idle
        for index in rules.indices where !idle.contains(index) {
            let rule = rules[index]
            let substance = Substance(
                kind: rule.checked.kind, actions: rule.checked.actions,
                obligations: canonical(rule.checked.obligations), effect: rule.effect)
            if let before = first[substance] {
                settled.insert(index)
                addNote(.repeatedRule, about: rule, beside: rules[before])
            } else {
                first[substance] = index
            }
        }
        findShadowedRules(besides: settled)
    }

    private func canonical(_ obligations: [CheckedObligation]) -> [CheckedObligation] {
        obligations.map { obligation in
            CheckedObligation(
                name: obligation.name,
                parameters: obligation.parameters.map {
                    CheckedObligation.Parameter(
                        name: $0.name, value: terms.canonical($0.value), type: $0.type)
                })
        }
    }

    private mutating func findShadowedRules(besides settled: Set<Int>) {
        var search = Search(terms: terms, steps: FindingSearch.mostSteps)
        let index = RuleIndex(rules, terms: terms, leavingOut: settled)
        var incomplete: [Int] = []
        for place in rules.indices where !settled.contains(place) {
            let (candidates, isWhole) = index.candidates(
                for: place, limit: FindingSearch.mostComparisons)
            var didStop = !isWhole
            let shadow = candidates.first { other in
                // Of two that say the same, the later one adds nothing.
                let found =
                    follows(place, from: other, &search)
                    && (other < place || !follows(other, from: place, &search))
                didStop = didStop || search.didStop
                return found
            }
            if let shadow {
                addNote(.shadowedRule, about: rules[place], beside: rules[shadow])
            } else if didStop {
                incomplete.append(place)
            }
        }
        guard let first = incomplete.first else { return }
        let rule = rules[first]
        let note = Diagnostic.Note(.notAllCompared, [String(incomplete.count)])
        add(.searchStopped, [rule.name], about: rule, .note, notes: [note])
    }

    /// Whether all that the rule at `place` does to any request, the one at `other` does too.
    private func follows(_ place: Int, from other: Int, _ search: inout Search) -> Bool {
        let (rule, stronger) = (rules[place], rules[other])
        guard Set(rule.checked.actions).isSubset(of: stronger.checked.actions),
            Set(canonical(rule.checked.obligations))
                .isSubset(of: canonical(stronger.checked.obligations))
        else { return false }
        let (mine, others) = (rule.effect, stronger.effect)
        return search.isImpossible(
            [mine, Want(others.condition, others.aim.opposite)], for: rule.checked.actions)
    }

    private mutating func addNote(_ code: DiagnosticCode, about rule: Rule, beside other: Rule) {
        add(
            code, [rule.name, other.name], about: rule, .note,
            notes: [Diagnostic.Note(.otherRule, [other.name], at: other.syntax.head)])
    }
}
