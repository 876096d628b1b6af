import Diagnostics
import Facts

/// How much one policy may hold, all its files together.
///
/// No policy that people write comes near. The limits keep the time and the memory that a policy takes in
/// proportion to its text, whatever somebody puts in it.
enum Limits {
    static let files = 100
    static let kinds = 1_000
    static let kindDepth = 64
    /// The attributes of all kinds, inherited ones counted for each.
    static let attributes = 20_000
    static let phrases = 2_000
    static let cases = 10_000
    static let actions = 250
    static let contexts = 1_000
    static let checks = 1_000
    static let events = 1_000
    static let definitions = 10_000
    static let rules = 10_000
    static let leases = 1_000
    /// Tables, lists, calendars, sources, purposes, limits, duties, entitlements, each.
    static let others = 1_000
    static let statements = 20_000
    static let statementsInScenario = 1_000
    static let wordsInStatement = 10_000
    /// The conditions of all rules and definitions, definitions written out.
    static let conditions = 500_000
    /// How deep conditions may stand inside each other, definitions written out; the engine has room for
    /// no more.
    static let conditionDepth = 400
    /// The same for `some` and `every`.
    static let quantifierDepth = 16
}

extension Checker {
    /// Whether there is no more of anything than a policy may hold; reports the first that is too much.
    mutating func keepsToLimits() -> Bool {
        var counts: [String: Int] = [:]
        // The policy's own declarations last: nobody can mend the vocabulary that fills the measure.
        for declaration in files.reversed().flatMap(\.declarations) {
            for (what, count, limit, place) in Checker.sizes(of: declaration) {
                counts[what, default: 0] += count
                guard counts[what, default: 0] > limit else { continue }
                report(.tooMany, [String(limit), what], at: place)
                return false
            }
        }
        return true
    }

    private typealias Size = (what: String, count: Int, limit: Int, place: Place)

    /// What a declaration adds to what is counted.
    private static func sizes(of declaration: Declaration) -> [Size] {
        switch declaration {
        case .kind(let kind):
            let place = kind.name.name.place
            return [
                ("kinds", 1, Limits.kinds, place),
                (
                    "attributes", kind.attributes.count + kind.derived.count + kind.moments.count,
                    Limits.attributes, place
                ), ("phrases", kind.phrases.count, Limits.phrases, place),
            ]
        case .enumeration(let enumeration):
            return [("cases", enumeration.cases.count, Limits.cases, enumeration.name.place)]
        case .action(let action):
            return [("actions", action.actions.count, Limits.actions, action.kind.place)]
        case .context(let context):
            return [("contexts", context.attributes.count, Limits.contexts, context.name.place)]
        case .check(let check): return [("checks", 1, Limits.checks, check.name.name.place)]
        case .definition(let definition):
            return [("definitions", 1, Limits.definitions, definition.name.place)]
        case .event(let event):
            let place = event.name.name.place
            return [
                ("events", 1, Limits.events, place),
                ("attributes", event.fields.count, Limits.attributes, place),
                ("phrases", event.phrases.count, Limits.phrases, place),
            ]
        case .source(let source): return [("sources", 1, Limits.others, source.name.name.place)]
        case .purpose(let purpose): return [("purposes", 1, Limits.others, purpose.name.name.place)]
        case .table(let table): return [("tables", 1, Limits.others, table.name.name.place)]
        case .list(let list): return [("lists", 1, Limits.others, list.name.name.place)]
        case .calendar(let calendar):
            return [("calendars", 1, Limits.others, calendar.name.name.place)]
        case .limit(let limit): return [("limits", 1, Limits.others, limit.place)]
        case .upon(let duty): return [("duties", 1, Limits.others, duty.place)]
        case .entitlement(let entitlement):
            return [("entitlements", 1, Limits.others, entitlement.place)]
        case .rule(let rule): return [("rules", 1, Limits.rules, rule.place)]
        case .lease(let lease): return [("leases", 1, Limits.leases, lease.place)]
        case .scenario(let scenario): return sizes(of: scenario)
        }
    }

    private static func sizes(of scenario: ScenarioSyntax) -> [Size] {
        let longest = scenario.statements.first { $0.tokens.count > Limits.wordsInStatement }
        let count = scenario.statements.count
        guard longest == nil, count <= Limits.statementsInScenario else {
            return [
                (
                    longest == nil ? "statements in a scenario" : "words in a statement", .max,
                    longest == nil ? Limits.statementsInScenario : Limits.wordsInStatement,
                    longest?.place ?? scenario.title.place
                )
            ]
        }
        return [("statements", count, Limits.statements, scenario.title.place)]
    }

    // MARK: Kinds

    /// How many kinds stand above each kind.
    ///
    /// Reports kinds that stand above themselves or below too many, and takes those out of the line, so
    /// that whoever follows it comes to an end.
    mutating func depths(of kinds: [KindSyntax]) -> [String: Int] {
        var depths: [String: Int] = [:]
        var cut: Set<String> = []
        for kind in kinds {
            var line: [String] = []
            var onLine: Set<String> = []
            var current: String? = kind.name.name.text
            while let name = current, depths[name] == nil, onLine.insert(name).inserted {
                line.append(name)
                current = vocabulary.kinds[name]?.parent
            }
            if let name = current, onLine.contains(name) {
                report(.circularDefinition, ["entity \(name)"], at: kind.name.name.place)
                cut.insert(name)
            }
            for name in line.reversed() {
                let above = cut.contains(name) ? nil : vocabulary.kinds[name]?.parent
                depths[name] = above.flatMap { depths[$0] }.map { $0 + 1 } ?? 0
                guard depths[name, default: 0] > Limits.kindDepth else { continue }
                let place = kinds.first { $0.name.name.text == name }?.name.name.place
                report(
                    .kindsTooDeep, [String(Limits.kindDepth)], at: place ?? kind.name.name.place)
                cut.insert(name)
                depths[name] = 0
            }
        }
        for name in cut { vocabulary.kinds[name].map { vocabulary.kinds.insert($0.withoutParent) } }
        return depths
    }

    // MARK: Conditions

    /// Whether the engine has room for a rule's conditions; reports where it hasn't.
    ///
    /// `taken` places for entities are taken by what else is spoken of.
    mutating func fitsEngine(_ condition: Condition, taken: Int = 0, at place: Place) -> Bool {
        let (depth, nested) = condition.depth
        let quantifiers = nested + taken
        if quantifiers > Limits.quantifierDepth {
            report(.quantifiersTooDeep, [String(Limits.quantifierDepth)], at: place)
        }
        if depth > Limits.conditionDepth {
            report(.conditionsTooDeep, [String(Limits.conditionDepth)], at: place)
        }
        return quantifiers <= Limits.quantifierDepth && depth <= Limits.conditionDepth
    }
}

extension KindDeclaration {
    fileprivate var withoutParent: KindDeclaration {
        KindDeclaration(
            name: name, label: label, ownership: ownership, attributes: attributes,
            hierarchy: hierarchy, limitedTo: limitedTo, phrases: phrases)
    }
}
