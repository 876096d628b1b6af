import Diagnostics
import Facts

/// Limits, duties and entitlements.
extension Checker {
    // MARK: Limits

    mutating func checkLimits() -> [CheckedLimit] {
        var limits: [CheckedLimit] = []
        for case .limit(let syntax) in declarations where declare(syntax.name, in: "rule") {
            guard
                let extent = extent(syntax.action, syntax.extent, syntax.pattern)
            else {
                brokenNames.insert(syntax.name.text)
                continue
            }
            var group: Operand?
            if let name = syntax.group {
                let owner = (Operand.resource, syntax.pattern.kind.text)
                guard let typed = attribute(name, of: owner) else { continue }
                guard (typed.type.memberType ?? typed.type).entityKind != nil else {
                    report(.noAttributesHere, [name.text, typed.type.written], at: name.place)
                    continue
                }
                group = typed.operand
            }
            limits.append(
                CheckedLimit(
                    name: syntax.name.text, most: syntax.most, extent: extent, group: group,
                    because: syntax.why.because, cites: syntax.why.cites,
                    text: text(at: syntax.place)))
        }
        return limits.sorted { $0.name < $1.name }
    }

    private mutating func extent(
        _ action: Name, _ extent: Extent, _ pattern: ClassPattern
    ) -> CheckedExtent? {
        guard let head = self.pattern(pattern) else { return nil }
        let possible = vocabulary.actions.filter { areRelated($0.kind, head.kind) }.map(\.name)
        guard possible.contains(action.text) else {
            reportUnknown(.unknownAction, action, [head.kind], among: Set(possible).sorted())
            return nil
        }
        return CheckedExtent(
            action: action.text, isEvery: extent == .every,
            head: .all(head.clauses.map(\.condition)))
    }

    // MARK: Duties

    mutating func checkDuties() -> [CheckedDuty] {
        var duties: [CheckedDuty] = []
        for case .upon(let syntax) in declarations {
            guard let event = vocabulary.events[syntax.event.text] else {
                reportUnknown(.unknownEventName, syntax.event, among: vocabulary.events.names)
                continue
            }
            var scope = Scope(resourceKind: Vocabulary.resourceKind, hasRequest: false)
            var fields: [String: Int] = [:]
            for field in event.fields {
                let id = freshVariable()
                fields[field.name] = id
                scope.variables[field.name] = (id, field.type)
            }
            size = 0
            let when = syntax.when.map { condition($0, in: scope) } ?? .constant(true)
            for duty in syntax.duties {
                let object = object(of: duty, in: scope)
                if let by = duty.by { checkInstantField(by, of: event) }
                guard let object, let when else { continue }
                duties.append(
                    CheckedDuty(
                        event: event.name, fields: fields, verb: duty.verb.text, object: object,
                        byField: duty.by?.text, when: when, because: syntax.why.because,
                        cites: syntax.why.cites, text: text(at: syntax.place)))
            }
            if let when, let purpose = purposes(of: when).sorted().first {
                report(.purposeInObligation, [purpose], at: syntax.event.place)
            }
        }
        return duties
    }

    /// What a duty is about: one thing, the records of a relation, the members of a set.
    private mutating func object(of duty: UponSyntax.Duty, in scope: Scope) -> CheckedDuty.Object? {
        if case .member(let base, let relation) = duty.path.kind,
            let typed = path(base, in: scope), case .entity(let kind) = typed.type,
            vocabulary.record(relation: relation.text, of: kind) != nil
        {
            return domain(duty.path, in: scope).map { .each($0.domain) }
        }
        guard let typed = path(duty.path, in: scope) else {
            reportUnknownPath(duty.path, in: scope)
            return nil
        }
        if let purpose = purposes(of: typed.operand).sorted().first {
            report(.purposeInObligation, [purpose], at: duty.path.place)
            return nil
        }
        if typed.type.memberType != nil { return .each(.members(typed.operand)) }
        return .one(typed.operand)
    }

    private mutating func checkInstantField(_ name: Name, of event: EventDeclaration) {
        guard let field = event.fields[name.text] else {
            reportUnknown(.unknownField, name, [event.name], among: event.fields.names)
            return
        }
        guard [.instant, .date, .lastDay].contains(field.type) else {
            report(.valueDoesNotFit, [name.text, ValueType.instant.written], at: name.place)
            return
        }
    }

    // MARK: Entitlements

    mutating func checkEntitlements(rules: [CheckedRule]) -> [CheckedEntitlement] {
        var entitlements: [CheckedEntitlement] = []
        for case .entitlement(let syntax) in declarations
        where declare(syntax.group, in: "entitlement") {
            let extent = extent(syntax.action, syntax.extent, syntax.pattern)
            let assuming = assumptions(syntax.assumptions)
            for name in syntax.reveals
            where vocabulary.checks[name.text] == nil && vocabulary.purposes[name.text] == nil {
                reportUnknown(
                    .unknownCheck, name,
                    among: vocabulary.checks.names + vocabulary.purposes.names)
            }
            guard let extent, let assuming else { continue }
            let entitlement = CheckedEntitlement(
                group: syntax.group.text, extent: extent, assuming: assuming,
                reveals: syntax.reveals.map(\.text).sorted(), because: syntax.why.because,
                cites: syntax.why.cites, text: text(at: syntax.place))
            checkIsDefinite(entitlement, syntax, rules: rules)
            entitlements.append(entitlement)
        }
        return entitlements.sorted { $0.group < $1.group }
    }

    private mutating func assumptions(
        _ syntax: [EntitlementSyntax.Assumption]
    ) -> [String: Value]? {
        var assuming: [String: Value] = [:]
        for assumption in syntax {
            guard let typed = path(assumption.context, in: .request),
                case .context(let name) = typed.operand
            else {
                report(
                    .unknownName, [text(at: assumption.context.place)],
                    at: assumption.context.place)
                return nil
            }
            guard let value = constant(assumption.value, as: typed.type) else { return nil }
            assuming[name] = value
        }
        return assuming
    }

    /// Who belongs to a group must not hang on what nobody asks at the door, nor tell what nobody may know.
    private mutating func checkIsDefinite(
        _ entitlement: CheckedEntitlement, _ syntax: EntitlementSyntax, rules: [CheckedRule]
    ) {
        let outcomes = self.outcomes(reachedFrom: entitlement.extent, rules: rules)
        let contexts = outcomes.reduce(into: Set<String>()) { $0.formUnion($1.contextsRead) }
        for name in contexts.sorted() where entitlement.assuming[name] == nil {
            report(.entitlementNeedsContext, [entitlement.group, name], at: syntax.group.place)
        }
        var limited = outcomes.reduce(into: Set<String>()) { $0.formUnion($1.checksRead) }
        for outcome in outcomes { limited.formUnion(purposes(of: outcome)) }
        for name in limited.sorted() where !entitlement.reveals.contains(name) {
            report(.entitlementReveals, [entitlement.group, name], at: syntax.group.place)
        }
        let hasWindow = outcomes.contains { !$0.windows.isEmpty }
        if hasWindow {
            report(.entitlementNeedsContext, [entitlement.group, "during"], at: syntax.group.place)
        }
    }

    /// The outcomes of all rules that may bear on an extent, those of actions they ask for among them.
    private func outcomes(
        reachedFrom extent: CheckedExtent, rules: [CheckedRule]
    ) -> [Condition] {
        var actions: Set<String> = [extent.action]
        var open = [extent.action]
        var outcomes: [Condition] = []
        while let action = open.popLast() {
            for rule in rules where rule.actions.contains(action) {
                let head = Condition.all(rule.head.map(\.condition))
                guard !head.isApart(from: extent.head, in: vocabulary) else { continue }
                let outcome = rule.outcome
                outcomes.append(outcome)
                open += outcome.actionsAsked.filter { actions.insert($0).inserted }
            }
        }
        return outcomes
    }
}
