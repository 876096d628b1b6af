import Diagnostics
import Facts

/// Rules and leases.
extension Checker {
    mutating func checkRules() -> [CheckedRule] {
        var rules: [CheckedRule] = []
        var unnamed: Set<String> = []
        for case .rule(let syntax) in declarations where !hasGivenUp {
            if let name = syntax.name, !declare(name, in: "rule") { continue }
            guard let rule = rule(syntax) else {
                // Whoever expects a decision by it isn't to blame.
                if let name = syntax.name { brokenNames.insert(name.text) }
                continue
            }
            written.rules.append((rule, syntax))
            // A rule without a name is its text: said twice it is the same rule, not another.
            if syntax.name != nil || unnamed.insert(rule.text).inserted { rules.append(rule) }
        }
        return rules.sorted { $0.name < $1.name }
    }

    private mutating func rule(_ syntax: RuleSyntax) -> CheckedRule? {
        size = 0
        let pattern = pattern(syntax.pattern)
        let actions = actions(syntax)
        var scope = Scope(resourceKind: pattern?.kind ?? Vocabulary.resourceKind, hasRequest: true)
        scope.arguments = Set(syntax.actions.flatMap(\.arguments).map(\.text))
        let when = syntax.when.map { clauses($0, in: scope) }
        let onlyIf = syntax.onlyIf.map { clauses($0, in: scope) }
        let obligations = syntax.obligations.map { obligation($0, in: scope) }
        if case .some(nil) = when { return nil }
        if case .some(nil) = onlyIf { return nil }
        guard let pattern, let actions, !obligations.contains(nil) else { return nil }
        let text = text(at: syntax.place)
        // A rule is known by its own name, or the digest of its text.
        let rule = CheckedRule(
            name: syntax.name?.text ?? "rule-\(Fingerprint.of(text))",
            kind: CheckedRule.Kind(rawValue: syntax.kind.rawValue) ?? .forbid,
            obligations: Set(obligations.compactMap(\.self)).sorted { $0.name < $1.name },
            actions: actions, head: pattern.clauses, when: when.flatMap(\.self) ?? [],
            onlyIf: onlyIf.flatMap(\.self) ?? [], because: syntax.why.because,
            cites: syntax.why.cites, text: text)
        let outcome = rule.outcome
        guard isSmallEnough(outcome, at: syntax.place), fitsEngine(outcome, at: syntax.place),
            keepsToPurpose(rule, reading: outcome, syntax, pattern)
        else { return nil }
        return rule
    }

    // `notify(whom = resource.owner)`
    private mutating func obligation(
        _ syntax: RuleSyntax.Obligation, in scope: Scope
    ) -> CheckedObligation? {
        var parameters: [CheckedObligation.Parameter] = []
        for parameter in syntax.parameters {
            guard !parameters.contains(where: { $0.name == parameter.name.text }) else {
                report(.declaredTwice, [parameter.name.text], at: parameter.name.place)
                return nil
            }
            guard let (operand, type) = value(parameter.value, in: scope) else { return nil }
            parameters.append(
                CheckedObligation.Parameter(
                    name: parameter.name.text, value: operand, type: type))
        }
        return CheckedObligation(
            name: syntax.name.text, parameters: parameters.sorted { $0.name < $1.name })
    }

    /// A literal, or what a path leads to.
    private mutating func value(_ expression: Expression, in scope: Scope) -> TypedOperand? {
        switch expression.kind {
        case .text(let text): return (.constant(.text(text), .text), .text)
        case .integer(let number): return (.constant(.integer(number), .integer), .integer)
        case .boolean(let boolean): return (.constant(.boolean(boolean), .boolean), .boolean)
        case .entity(let kind, _):
            let type = ValueType.entity(kind.text)
            return constant(expression, as: type).map { (.constant($0, type), type) }
        default:
            guard let typed = path(expression, in: scope) else {
                reportUnknownPath(expression, in: scope)
                return nil
            }
            return typed
        }
    }

    mutating func checkLeases() -> [CheckedLease] {
        var leases: [CheckedLease] = []
        for case .lease(let syntax) in declarations {
            guard let pattern = pattern(syntax.pattern) else { continue }
            let head = Condition.all(pattern.clauses.map(\.condition))
            // How long an answer is held would tell of what it reads.
            if let purpose = purposes(of: head).union(head.checksRead).sorted().first {
                report(.purposeInObligation, [purpose], at: syntax.pattern.place)
                continue
            }
            leases.append(CheckedLease(head: head, period: syntax.period))
        }
        return leases
    }

    // MARK: Heads

    struct Pattern {
        let kind: String
        let clauses: [Clause]
        /// Sets of categories of each of which all of the class has one.
        let categories: [Set<String>]
    }

    mutating func pattern(_ syntax: ClassPattern) -> Pattern? {
        let kind = syntax.kind.text
        guard vocabulary.isKind(kind, Vocabulary.resourceKind), vocabulary.kinds[kind] != nil else {
            reportUnknown(
                .unknownType, syntax.kind,
                among: vocabulary.kinds.names.filter {
                    vocabulary.isKind($0, Vocabulary.resourceKind)
                })
            return nil
        }
        var clauses: [Clause] = []
        if kind != Vocabulary.resourceKind {
            clauses.append(Clause(condition: .isKind(.resource, kind), text: kind))
        }
        let scope = Scope(resourceKind: kind, hasRequest: true)
        var categories: [Set<String>] = []
        var isWhole = true
        for expression in syntax.conditions {
            guard let condition = condition(expression, in: scope) else {
                isWhole = false
                continue
            }
            clauses.append(Clause(condition: condition, text: text(at: expression.place)))
            categories += categoriesHeldTo(by: condition)
        }
        return isWhole ? Pattern(kind: kind, clauses: clauses, categories: categories) : nil
    }

    /// Sets of categories of each of which whatever meets a condition has one.
    private func categoriesHeldTo(by condition: Condition) -> [Set<String>] {
        func isCategory(_ operand: Operand) -> Bool {
            guard case .attribute(.resource, name: "category", kind: _) = operand else {
                return false
            }
            return true
        }
        func names(_ members: [Value]) -> [String] {
            members.compactMap { member in
                guard case .symbol(let name) = member else { return nil }
                return name
            }
        }
        switch condition {
        case .overlap(let set, .constant(.set(let members), _)) where isCategory(set):
            return [Set(names(members))]
        case .superset(let set, .constant(.set(let members), _)) where isCategory(set),
            .compare(.equal, let set, .constant(.set(let members), _)) where isCategory(set):
            return names(members).map { [$0] }
        case .member(.constant(.symbol(let name), _), of: let set) where isCategory(set):
            return [[name]]
        default: return []
        }
    }

    /// The rule's actions, each known for the kind it is about; nil where one is not.
    private mutating func actions(_ syntax: RuleSyntax) -> [String]? {
        let kind = syntax.pattern.kind.text
        guard vocabulary.kinds[kind] != nil else { return nil }
        let possible = vocabulary.actions.filter { areRelated($0.kind, kind) }.map(\.name)
        guard !syntax.actions.isEmpty else { return Set(possible).sorted() }
        var isKnown = true
        for action in syntax.actions {
            guard possible.contains(action.name.text) else {
                reportUnknown(
                    .unknownAction, action.name, [kind], among: Set(possible).sorted())
                isKnown = false
                continue
            }
            let known = Set(
                vocabulary.actions.filter { $0.name == action.name.text }.flatMap(\.arguments))
            for argument in action.arguments where !known.contains(argument.text) {
                reportUnknown(
                    .unknownArgument, argument, [action.name.text], among: known.sorted())
                isKnown = false
            }
        }
        return isKnown ? Set(syntax.actions.map(\.name.text)).sorted() : nil
    }

    // MARK: Conditions

    /// The parts of a condition that are and'ed, each with its words.
    private mutating func clauses(_ expression: Expression, in scope: Scope) -> [Clause]? {
        if case .and = expression.kind {
            let parts = expression.row(of: .and).map { clauses($0, in: scope) }
            let sound = parts.compactMap(\.self)
            return sound.count == parts.count ? sound.flatMap(\.self) : nil
        }
        return condition(expression, in: scope).map {
            [Clause(condition: $0, text: textWithDefinition(of: expression))]
        }
    }

    /// A clause's words; where they are the name of a definition, with what it says.
    private mutating func textWithDefinition(of expression: Expression) -> String {
        let words = text(at: expression.place)
        guard case .name(let name) = expression.kind, let definition = definitions[name] else {
            return words
        }
        // In parentheses it is another text, and not worth keeping.
        if words == name, let known = definitionTexts[name] { return known }
        let whole = "\(words): \(text(at: definition.expression.place))"
        if words == name { definitionTexts[name] = whole }
        return whole
    }

    private mutating func isSmallEnough(_ outcome: Condition, at place: Place) -> Bool {
        let size = outcome.subconditions.count
        guard size > Checker.largestCondition else { return true }
        report(.conditionTooLarge, [String(Checker.largestCondition)], at: place)
        return false
    }

    /// `may` must not lead back to the action it is asked for.
    mutating func checkActionCycles(_ rules: [CheckedRule]) {
        var asks: [String: Set<String>] = [:]
        for rule in rules {
            let asked = rule.outcome.actionsAsked
            for action in rule.actions { asks[action, default: []].formUnion(asked) }
        }
        // Most policies never ask so; then nobody has to be found.
        guard asks.values.contains(where: { !$0.isEmpty }) else { return }
        for (rule, syntax) in written.rules {
            let asked = rule.outcome.actionsAsked
            guard !asked.isEmpty,
                let action = rule.actions.first(where: { reaches($0, from: asked, by: asks) })
            else { continue }
            let between = asked.contains(action) ? [] : [asked.sorted().joined(separator: ", ")]
            report(
                .circularDefinition,
                [([action] + between + [action]).joined(separator: " → ")], at: syntax.place)
            return
        }
    }

    private func reaches(
        _ goal: String, from start: Set<String>, by edges: [String: Set<String>]
    ) -> Bool {
        var open = Array(start)
        var seen = start
        while let next = open.popLast() {
            if next == goal { return true }
            for following in edges[next] ?? [] where seen.insert(following).inserted {
                open.append(following)
            }
        }
        return false
    }
}

/// A short digest for rules without a name: FNV-1a, 64 bits, in hexadecimal.
///
/// Tells rules apart for people; nothing's safety rests on it.
enum Fingerprint {
    static func of(_ text: String) -> String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
