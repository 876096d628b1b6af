import Facts

/// What a condition speaks of, to find the rules that can be compared at all.
enum Feature: Hashable, Sendable {
    /// Something about an operand.
    case operand(Operand)
    /// Whether it has this value.
    case value(Operand, Value)
    /// Something about what is looked through.
    case domain(Domain)
    /// A condition that is not looked into.
    case whole(Condition)
}

extension Terms {
    /// What another condition must speak of as well for this one to follow from it, as far as that is simple to say.
    func required(by condition: Condition) -> Set<Feature> {
        switch condition {
        case .and(let parts): return parts.reduce(into: []) { $0.formUnion(required(by: $1)) }
        case .passed(_, let inner): return required(by: inner)
        case .quantified(_, _, let domain, let inner):
            return required(by: inner).union([.domain(domain)])
        case .compare(.equal, let operand, .constant(let value, let type))
        where type.memberType == nil:
            return [.value(operand, value)]
        case .member(.constant(let value, _), of: let set): return [.value(set, value)]
        case .member(let operand, of: .constant(.set(let members), _)),
            .overlap(let operand, .constant(.set(let members), _)):
            return [members.count == 1 ? .value(operand, members[0]) : .operand(operand)]
        case .superset(let set, .constant(.set(let members), _)):
            return members.first.map { [.value(set, $0)] } ?? []
        case .compare(_, let operand, _), .flag(let operand): return [.operand(operand)]
        case .constant, .not, .or, .isKind, .has, .reached, .elapsed, .held, .at: return []
        case .member, .overlap, .superset, .below, .inForce, .moment, .may, .during:
            return [.whole(condition)]
        }
    }

    /// All that a condition speaks of.
    func provided(by condition: Condition) -> Set<Feature> {
        var features: Set<Feature> = []
        for part in condition.subconditions {
            switch part {
            case .quantified(_, _, let domain, _): features.insert(.domain(domain))
            case .compare(let comparison, let operand, .constant(let value, let type))
            where type.memberType == nil:
                let near = [comparison, comparison.opposite].flatMap {
                    values($0, value, type).listed ?? []
                }
                features.formUnion(near.map { .value(operand, $0) } + [.value(operand, value)])
            case .member(.constant(let value, _), of: let set):
                features.insert(.value(set, value))
            case .member(let operand, of: .constant(.set(let members), _)),
                .overlap(let operand, .constant(.set(let members), _)),
                .superset(let operand, .constant(.set(let members), _)):
                features.formUnion(members.prefix(8).map { .value(operand, $0) })
            case .member, .overlap, .superset, .below, .inForce, .moment, .may, .during:
                features.insert(.whole(part))
            default: break
            }
            features.formUnion(part.operands.map(Feature.operand))
        }
        return features
    }
}

/// Rules by their effect, an action and something they speak of, so that each is compared with few others.
struct RuleIndex {
    /// Rules that do the same to a request.
    enum Effect: Hashable { case reason, inTheWay, obligation }

    struct Key: Hashable {
        let effect: Effect
        let action: String
        let feature: Feature?
    }

    private var places: [Key: [Int]] = [:]
    private let provided: [Set<Feature>]
    private let rules: [FindingSearch.Rule]

    init(_ rules: [FindingSearch.Rule], terms: Terms, leavingOut idle: Set<Int>) {
        self.rules = rules
        provided = rules.map { terms.provided(by: $0.effect.condition) }
        let required = rules.map { terms.required(by: $0.effect.condition) }
        var counts: [Key: Int] = [:]
        for (rule, features) in zip(rules, required) {
            for key in RuleIndex.keys(rule, features) { counts[key, default: 0] += 1 }
        }
        for (index, rule) in rules.enumerated() where !idle.contains(index) {
            // Each stands under the rarest thing it speaks of; whoever implies it speaks of that too.
            for action in rule.checked.actions {
                func key(_ feature: Feature?) -> Key {
                    Key(effect: rule.checked.kind.effect, action: action, feature: feature)
                }
                let rarest = required[index].map {
                    (count: counts[key($0), default: 0], key: key($0))
                }
                .min { $0.count < $1.count }
                places[rarest?.key ?? key(nil), default: []].append(index)
            }
        }
    }

    private static func keys(_ rule: FindingSearch.Rule, _ features: Set<Feature>) -> [Key] {
        rule.checked.actions.flatMap { action in
            features.map {
                Key(effect: rule.checked.kind.effect, action: action, feature: $0)
            }
        }
    }

    /// The rules that may do all that the rule at `index` does, in order; at most `limit`, and whether there were more.
    func candidates(for index: Int, limit: Int) -> (places: [Int], isWhole: Bool) {
        let rule = rules[index].checked
        var fewest: [Int]?
        for action in rule.actions {
            let features = [nil] + provided[index].map(Optional.some)
            var found: [Int] = []
            for feature in features {
                found +=
                    places[Key(effect: rule.kind.effect, action: action, feature: feature)] ?? []
            }
            if found.count < fewest?.count ?? .max { fewest = found }
        }
        let others = (fewest ?? []).filter { $0 != index }
        guard others.count > limit else { return (others.sorted(), true) }
        return (Array(others.sorted().prefix(limit)), false)
    }
}

extension CheckedRule.Kind {
    /// What rules of this kind do to a request.
    var effect: RuleIndex.Effect {
        switch self {
        case .permit: .reason
        case .require, .forbid: .inTheWay
        case .oblige: .obligation
        }
    }
}
