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
            let limit = CheckedLimit(
                name: syntax.name.text, most: syntax.most, extent: extent, group: group,
                because: syntax.why.because, cites: syntax.why.cites, text: text(at: syntax.place))
            written.limits.append((limit, syntax))
            limits.append(limit)
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
                let checked = CheckedDuty(
                    event: event.name, fields: fields, verb: duty.verb.text, object: object,
                    byField: duty.by?.text, when: when, because: syntax.why.because,
                    cites: syntax.why.cites, text: text(at: syntax.place))
                let read = checked.variablesRead
                let taken = fields.values.count { read.contains($0) }
                // What a duty looks through takes a place beside the fields, as a quantifier does.
                guard fitsEngine(when, taken: taken, at: syntax.place),
                    fitsEngine(.constant(true), taken: taken + 1, at: syntax.place)
                else { continue }
                written.duties.append((checked, syntax))
                duties.append(checked)
            }
            if let when, let purpose = purposes(of: when).union(when.checksRead).sorted().first {
                report(.purposeInObligation, [purpose], at: syntax.event.place)
            }
        }
        return duties
    }

    /// What a duty is about: one thing, the members of a set, the records of a relation or what one of their
    /// attributes says.
    private mutating func object(of duty: UponSyntax.Duty, in scope: Scope) -> CheckedDuty.Object? {
        guard let object = namedObject(of: duty.path, in: scope) else { return nil }
        let limited: Set<String> =
            switch object {
            case .one(let operand): purposes(of: operand)
            case .each(let domain, _, let value): purposes(of: domain).union(purposes(of: value))
            }
        guard let purpose = limited.sorted().first else { return object }
        report(.purposeInObligation, [purpose], at: duty.path.place)
        return nil
    }

    private mutating func namedObject(
        of path: Expression, in scope: Scope
    ) -> CheckedDuty.Object? {
        if isRelation(path, in: scope) {
            guard let (domain, _) = domain(path, in: scope) else { return nil }
            let id = freshVariable()
            return .each(domain, variable: id, .variable(id))
        }
        if case .member(let base, let attribute) = path.kind, isRelation(base, in: scope) {
            guard let (domain, type) = domain(base, in: scope), let kind = type.entityKind else {
                return nil
            }
            let id = freshVariable()
            return self.attribute(attribute, of: (.variable(id), kind)).map {
                .each(domain, variable: id, $0.operand)
            }
        }
        guard let typed = self.path(path, in: scope) else {
            reportUnknownPath(path, in: scope)
            return nil
        }
        guard typed.type.memberType != nil else { return .one(typed.operand) }
        let id = freshVariable()
        return .each(.members(typed.operand), variable: id, .variable(id))
    }

    /// Whether a path is a relation of an entity, as `person.devices` is.
    private mutating func isRelation(_ path: Expression, in scope: Scope) -> Bool {
        guard case .member(let base, let relation) = path.kind, case .name = base.kind,
            let typed = self.path(base, in: scope), case .entity(let kind) = typed.type
        else { return false }
        return vocabulary.record(relation: relation.text, of: kind) != nil
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
            let approval = syntax.approval.flatMap { self.approval($0, syntax) }
            guard let extent, let assuming, (approval == nil) == (syntax.approval == nil) else {
                continue
            }
            let entitlement = CheckedEntitlement(
                group: syntax.group.text, extent: extent, assuming: assuming,
                reveals: syntax.reveals.map(\.text).sorted(), approval: approval,
                because: syntax.why.because, cites: syntax.why.cites, text: text(at: syntax.place))
            checkIsDefinite(entitlement, syntax, extent.action, rules: rules)
            if let approval {
                checkIsDefinite(entitlement, syntax, approval.action, rules: rules)
            }
            written.entitlements.append((entitlement, syntax))
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

    private mutating func approval(
        _ syntax: EntitlementSyntax.Approval, _ entitlement: EntitlementSyntax
    ) -> CheckedApproval? {
        guard syntax.count > 0 else {
            report(.valueDoesNotFit, ["0", "1, 2, 3 …"], at: syntax.place)
            return nil
        }
        let extent = extent(syntax.action, entitlement.extent, entitlement.pattern)
        return extent.map { CheckedApproval(count: syntax.count, action: $0.action) }
    }

    /// Who belongs to a group must not hang on what nobody asks at the door, nor tell what nobody may know.
    private mutating func checkIsDefinite(
        _ entitlement: CheckedEntitlement, _ syntax: EntitlementSyntax, _ action: String,
        rules: [CheckedRule]
    ) {
        let read = self.read(
            reachedFrom: action, within: entitlement.extent.head, rules: rules)
        for name in read.contexts.sorted() where entitlement.assuming[name] == nil {
            report(.entitlementNeedsContext, [entitlement.group, name], at: syntax.group.place)
        }
        for name in read.limited.sorted() where !entitlement.reveals.contains(name) {
            report(.entitlementReveals, [entitlement.group, name], at: syntax.group.place)
        }
        if read.hasWindow {
            report(.entitlementNeedsContext, [entitlement.group, "during"], at: syntax.group.place)
        }
    }

    /// What all rules read that may bear on an action, on resources of a class where one is named, those of actions
    /// they ask for among them.
    mutating func read(
        reachedFrom action: String, within extent: Condition? = nil, rules: [CheckedRule]
    ) -> WhatIsRead {
        var actions: Set<String> = [action]
        var open = [action]
        var read = WhatIsRead()
        while let action = open.popLast() {
            for rule in rules where rule.actions.contains(action) {
                if let extent,
                    Condition.all(rule.head.map(\.condition)).isApart(from: extent, in: vocabulary)
                {
                    continue
                }
                let ofRule = self.read(by: rule)
                read.formUnion(ofRule)
                open += ofRule.actions.filter { actions.insert($0).inserted }
            }
        }
        return read
    }

    /// What a rule reads; found once, however many groups ask.
    mutating func read(by rule: CheckedRule) -> WhatIsRead {
        if let known = readByRules[rule.name] { return known }
        let outcome = rule.outcome
        let read = WhatIsRead(
            contexts: outcome.contextsRead,
            limited: outcome.checksRead.union(purposes(of: outcome)),
            actions: outcome.actionsAsked, hasWindow: !outcome.windows.isEmpty)
        readByRules[rule.name] = read
        return read
    }
}

/// What of a request, and of what serves one purpose, conditions read.
struct WhatIsRead {
    var contexts: Set<String> = []
    /// Checks and purposes.
    var limited: Set<String> = []
    var actions: Set<String> = []
    var hasWindow = false

    mutating func formUnion(_ other: WhatIsRead) {
        // Most rules bring nothing new, and there are many.
        if !other.contexts.isEmpty { contexts.formUnion(other.contexts) }
        if !other.limited.isEmpty { limited.formUnion(other.limited) }
        hasWindow = hasWindow || other.hasWindow
    }
}
