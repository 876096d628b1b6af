import Diagnostics
import Facts

/// Permits that open what is secret to people whom nothing ties to it.
extension FindingSearch {
    /// What a path begins at, or its constants name.
    private enum Root: Hashable {
        case subject, resource
        case named(Value)
    }

    mutating func findMissingNeedToKnow(besides idle: Set<Int>) {
        guard let tiers else { return }
        var search = Search(terms: terms, steps: FindingSearch.mostSteps)
        // Of two tiers the higher one is secret; of more, what is above the second.
        let threshold = min(2, tiers.count - 1)
        for (index, rule) in rules.enumerated()
        where rule.checked.kind == .permit && !idle.contains(index) && !isTied(rule.applies) {
            guard search.left > 0 else { return }
            let isForAll = search.isImpossible(
                [
                    Want(
                        Condition.all(rule.checked.when.map(\.condition).map(terms.canonical)),
                        .notTrue)
                ],
                for: rule.checked.actions)
            let lowest = isForAll ? min(1, threshold) : threshold
            let tier = tiers.dropFirst(lowest).last { admits(rule, tier: $0, &search) }
            guard let tier else { continue }
            if search.didStop {
                addStop(about: rule)
                continue
            }
            add(.noNeedToKnow, [rule.name, tier], about: rule, .warning)
        }
    }

    /// The names of the tiers, lowest first, where resources have one.
    var tiers: [String]? {
        let type = policy.vocabulary.kinds[Vocabulary.resourceKind]?.attributes["tier"]?.type
        guard type == .enumeration("tier"), let scale = policy.vocabulary.enumerations["tier"],
            scale.isScale, scale.cases.count > 1
        else { return nil }
        return scale.cases.map(\.name)
    }

    /// Whether a permit can be a reason for something of a tier.
    func admits(_ rule: Rule, tier: String, _ search: inout Search) -> Bool {
        let attribute = Operand.attribute(
            .resource, name: "tier", kind: Vocabulary.resourceKind)
        let isTier = Condition.compare(
            .equal, attribute, .constant(.symbol(tier), .enumeration("tier")))
        return !search.isImpossible(
            [Want(rule.applies, .isTrue), Want(isTier, .isTrue)], for: rule.checked.actions)
    }

    // MARK: Ties

    /// Whether some part of a condition speaks of the person and of the resource, or names something that both
    /// are said to have to do with.
    private func isTied(_ condition: Condition) -> Bool {
        var named: [Root: Set<Root>] = [:]
        return isTied(condition, variables: [:], &named)
            || named.values.contains { $0.isSuperset(of: [.subject, .resource]) }
    }

    private func isTied(
        _ condition: Condition, variables: [Int: Set<Root>], _ named: inout [Root: Set<Root>]
    ) -> Bool {
        if case .may = condition { return true }
        let roots = condition.operands.reduce(into: Set<Root>()) {
            $0.formUnion(self.roots(of: $1, variables))
        }
        if roots.isSuperset(of: [.subject, .resource]) { return true }
        for case .named(let value) in roots {
            named[.named(value), default: []].formUnion(roots)
        }
        var variables = variables
        if case .quantified(_, let variable, let domain, _) = condition {
            variables[variable] = self.roots(of: domain.operand, variables)
        }
        for child in condition.children where isTied(child, variables: variables, &named) {
            return true
        }
        return false
    }

    private func roots(of operand: Operand, _ variables: [Int: Set<Root>]) -> Set<Root> {
        switch operand {
        case .subject: [.subject]
        case .resource: [.resource]
        case .variable(let id): variables[id] ?? []
        case .attribute(let base, _, _), .lookup(_, let base), .began(let base), .ends(let base):
            roots(of: base, variables)
        case .constant(let value, _): Set(value.references.map { .named(.entity($0)) })
        case .context, .list: []
        }
    }
}
