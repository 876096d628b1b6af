import Diagnostics
import Facts

/// Checks, tiers, categories and actions that the rules leave aside.
///
/// A policy without permits is a vocabulary, and leaves nothing aside.
extension FindingSearch {
    mutating func findUnusedChecks() {
        guard !permits.isEmpty else { return }
        let asked = policy.rules.reduce(into: Set<String>()) {
            $0.formUnion($1.outcome.checksRead)
        }
        let mentioned = symbols(of: "category", in: rules.map(\.applies))
        for case .check(let check) in declarations where isOwn(check.name.name.place) {
            let name = check.name.name
            guard !asked.contains(name.text) else { continue }
            let covers = check.covers.map(\.text)
            let isIdle = mentioned.isDisjoint(with: covers)
            add(
                isIdle ? .checkCoversNothing : .checkNeverAsked, [name.text], at: name.place,
                site: name.place, isIdle ? .warning : .note)
        }
    }

    mutating func findWhatNoRuleMentions() {
        guard !permits.isEmpty else { return }
        findTiersNobodyReads()
        findCategoriesNeverMentioned()
        for case .action(let declaration) in declarations {
            for action in declaration.actions where isOwn(action.name.place) {
                guard terms.neverGiven.contains(action.name.text) else { continue }
                add(
                    .actionNeverGiven, [action.name.text], at: action.name.place,
                    site: declaration.kind.place, .note)
            }
        }
    }

    private mutating func findTiersNobodyReads() {
        guard let tiers, let scale = enumeration("tier") else { return }
        var search = Search(terms: terms, steps: FindingSearch.mostSteps)
        for labelled in scale.cases where tiers.contains(labelled.name.text) {
            let name = labelled.name
            guard !permits.contains(where: { admits($0, tier: name.text, &search) }) else {
                guard search.left <= 0 else { continue }
                addStop([name.text], at: name.place, site: scale.name.place)
                return
            }
            add(.tierNobodyReads, [name.text], at: name.place, site: scale.name.place, .warning)
        }
    }

    private mutating func findCategoriesNeverMentioned() {
        guard let categories = enumeration("category") else { return }
        let classes = policy.limits.map(\.extent.head) + policy.entitlements.map(\.extent.head)
        let mentioned = symbols(
            of: "category", in: rules.flatMap { [$0.applies, $0.onlyIf] } + classes)
        for labelled in categories.cases where !mentioned.contains(labelled.name.text) {
            let name = labelled.name
            add(
                .categoryNeverMentioned, [name.text], at: name.place, site: categories.name.place,
                .note)
        }
    }

    private func enumeration(_ name: String) -> EnumerationSyntax? {
        for case .enumeration(let syntax) in declarations
        where syntax.name.text == name && isOwn(syntax.name.place) {
            return syntax
        }
        return nil
    }

    /// The cases of an enumeration that conditions name.
    private func symbols(of enumeration: String, in conditions: [Condition]) -> Set<String> {
        let type = ValueType.enumeration(enumeration)
        var found: Set<String> = []
        for operand in conditions.flatMap(\.subconditions).flatMap(\.operands).flatMap(\.parts) {
            switch operand {
            case .constant(let value, type), .constant(let value, .set(of: type)):
                for case .symbol(let name) in value.members ?? [value] { found.insert(name) }
            case .lookup(let table, _):
                // What a table's lines say, the rule that reads it speaks of.
                let declaration = policy.vocabulary.tables[table]
                for row in declaration?.rows ?? [] {
                    for case .symbol(let name) in [row.key, row.value] { found.insert(name) }
                }
            default: continue
            }
        }
        return found
    }
}
