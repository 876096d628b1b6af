import Diagnostics
import Facts

/// Definitions, derived attributes and moments: each is checked once, whoever uses it.
extension Checker {
    mutating func checkDefinitions() {
        for kind in derived.keys.sorted() {
            for name in (derived[kind] ?? [:]).keys.sorted() {
                guard let place = derived[kind]?[name]?.name.place else { continue }
                _ = derivedCondition(name, of: kind, at: place)
            }
        }
        for kind in moments.keys.sorted() {
            for name in (moments[kind] ?? [:]).keys.sorted() { checkMoment(name, of: kind) }
        }
        for name in definitions.keys.sorted() {
            guard let place = definitions[name]?.name.place else { continue }
            _ = meaning(of: name, at: place)
        }
    }

    /// What a definition stands for; nil where it has a mistake, which has been reported.
    mutating func meaning(of name: String, at place: Place) -> Meaning? {
        if let known = checkedDefinitions[name] { return known }
        guard let syntax = definitions[name] else { return nil }
        return once("define \(name)", at: place) { checker in
            let meaning = checker.meaning(of: syntax.expression)
            checker.checkedDefinitions[name] = .some(meaning)
            return meaning
        }
    }

    private mutating func meaning(of expression: Expression) -> Meaning? {
        if case .entity(let kind, _) = expression.kind {
            return constant(expression, as: .entity(kind.text)).map {
                .constant($0, .entity(kind.text))
            }
        }
        switch expression.kind {
        case .integer(let number): return .constant(.integer(number), .integer)
        case .text(let text): return .constant(.text(text), .text)
        default: return condition(expression, in: .request).map(Meaning.condition)
        }
    }

    /// The condition of a derived attribute, about a variable that stands for the entity.
    mutating func derivedCondition(
        _ name: String, of kind: String, at place: Place
    ) -> DerivedCondition? {
        let key = "\(kind).\(name)"
        if let known = checkedDerived[key] { return known }
        guard let syntax = derived[kind]?[name] else { return nil }
        return once(key, at: place) { checker in
            var scope = Scope(resourceKind: Vocabulary.resourceKind, hasRequest: false)
            let id = checker.freshVariable()
            scope.variables["self"] = (id, kind)
            let condition = checker.condition(syntax.expression, in: scope).map {
                DerivedCondition(selfVariable: id, condition: $0)
            }
            checker.checkedDerived[key] = .some(condition)
            return condition
        }
    }

    /// Runs `body` unless it is running already, which would go round in a circle.
    private mutating func once<Result>(
        _ key: String, at place: Place, _ body: (inout Checker) -> Result?
    ) -> Result? {
        if let start = underway.firstIndex(of: key) {
            let circle = (underway[start...] + [key]).joined(separator: " → ")
            report(.circularDefinition, [circle], at: place)
            return nil
        }
        guard underway.count < Checker.longestChain else {
            report(.nestedTooDeeply, [String(Checker.longestChain)], at: place)
            return nil
        }
        underway.append(key)
        let outer = size
        size = 0
        defer {
            underway.removeLast()
            sizes[key] = size
            size = outer
        }
        return body(&self)
    }

    // MARK: Moments

    /// The parts of a declared moment that the vocabulary settles.
    private struct MomentParts {
        let record: KindDeclaration
        let condition: KindDeclaration
        let attribute: AttributeDeclaration
        let hierarchyKind: String
        let hierarchyAttribute: String
    }

    private mutating func checkMoment(_ name: String, of kind: String) {
        guard let syntax = moments[kind]?[name] else { return }
        if vocabulary.events[syntax.event.text] == nil {
            reportUnknown(.unknownEventName, syntax.event, among: vocabulary.events.names)
        }
        for relation in [syntax.relation, syntax.condition]
        where vocabulary.record(relation: relation.text, of: kind) == nil {
            reportUnknown(.notARelation, relation, [kind], among: relations(of: kind))
        }
        guard let record = vocabulary.record(relation: syntax.relation.text, of: kind) else {
            return
        }
        if let purpose = record.limitedTo {
            report(.limitedRecordRead, [syntax.relation.text, purpose], at: syntax.relation.place)
        }
        guard let attribute = record.attributes[syntax.attribute.text] else {
            reportUnknown(
                .unknownAttribute, syntax.attribute, [record.name], among: record.attributes.names)
            return
        }
        guard case .entity(let target) = attribute.type, vocabulary.kinds[target]?.hierarchy != nil
        else {
            report(.noHierarchy, [attribute.type.written], at: syntax.attribute.place)
            return
        }
    }

    private func parts(of syntax: MomentSyntax, kind: String) -> MomentParts? {
        guard let record = vocabulary.record(relation: syntax.relation.text, of: kind),
            let condition = vocabulary.record(relation: syntax.condition.text, of: kind),
            let attribute = record.attributes[syntax.attribute.text],
            case .entity(let target) = attribute.type,
            let hierarchy = vocabulary.kinds[target]?.hierarchy
        else { return nil }
        return MomentParts(
            record: record, condition: condition, attribute: attribute, hierarchyKind: target,
            hierarchyAttribute: hierarchy.attribute)
    }

    mutating func moment(
        _ base: Expression, _ name: Name, _ argument: Expression, _ period: Period, in scope: Scope
    ) -> Condition? {
        guard let (owner, kind) = entity(base, in: scope) else { return nil }
        guard let syntax = moments[kind]?[name.text] else {
            reportUnknown(
                .unknownAttribute, name, [kind], among: (moments[kind] ?? [:]).keys.sorted())
            return nil
        }
        guard let parts = parts(of: syntax, kind: kind) else { return nil }
        let wanted: TypedOperand = (owner, parts.attribute.type)
        guard let target = operand(argument, fitting: wanted, in: scope) else { return nil }
        return .moment(
            Condition.Moment(
                owner: owner, kind: parts.record.name, attribute: parts.attribute.name,
                argument: target.operand, hierarchyKind: parts.hierarchyKind,
                hierarchyAttribute: parts.hierarchyAttribute, event: syntax.event.text,
                whileKind: parts.condition.name, period: period))
    }

    // MARK: Checks and other actions

    /// `subject passed core-check`: a clearance, and consent where the check asks for it.
    mutating func passed(_ subject: Expression, _ check: Name, in scope: Scope) -> Condition? {
        guard let (owner, kind) = entity(subject, in: scope) else { return nil }
        guard let declaration = vocabulary.checks[check.text] else {
            reportUnknown(.unknownCheck, check, among: vocabulary.checks.names)
            return nil
        }
        guard let clearance = vocabulary.record(relation: "clearances", of: kind),
            let consent = vocabulary.record(relation: "consents", of: kind)
        else {
            reportUnknown(.notARelation, Name("clearances", subject.place), [kind], among: [])
            return nil
        }
        let wanted = Operand.constant(
            .entity(EntityID(kind: Vocabulary.checkKind, name: check.text)),
            .entity(Vocabulary.checkKind))
        let cleared = record(of: clearance, owner: owner) { record in
            [
                .compare(.equal, .attribute(record, name: "check", kind: clearance.name), wanted),
                .compare(
                    .equal, .attribute(record, name: "state", kind: clearance.name),
                    .constant(
                        .symbol("cleared"), clearance.attributes["state"]?.type ?? .text)),
            ]
        }
        guard declaration.consentRequired else { return .passed(check: check.text, cleared) }
        let consented = record(of: consent, owner: owner) { record in
            [.compare(.equal, .attribute(record, name: "check", kind: consent.name), wanted)]
        }
        return .passed(check: check.text, .and([cleared, consented]))
    }

    private mutating func record(
        of kind: KindDeclaration, owner: Operand, _ conditions: (Operand) -> [Condition]
    ) -> Condition {
        let id = freshVariable()
        return .some(
            variable: id, kind: kind.name, owner: owner, .all(conditions(.variable(id))))
    }

    /// `subject may view resource`, where the words are just these: a rule asks about its own request.
    mutating func may(
        _ subject: Expression, _ action: Name, _ resource: Expression, in scope: Scope
    ) -> Condition? {
        guard let (who, _) = entity(subject, in: scope), let (what, _) = entity(resource, in: scope)
        else { return nil }
        guard who == .subject, what == .resource else {
            report(.wrongArguments, ["may"], at: subject.place.union(resource.place))
            return nil
        }
        guard vocabulary.actionNames.contains(action.text) else {
            reportUnknown(
                .unknownAction, action, [scope.resourceKind], among: vocabulary.actionNames)
            return nil
        }
        return .may(action: action.text)
    }
}
