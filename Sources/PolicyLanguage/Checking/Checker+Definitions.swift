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
        for name in definitionNames {
            guard let place = definitions[name]?.name.place else { continue }
            _ = meaning(of: name, at: place)
        }
    }

    /// What a definition stands for; nil where it has a mistake, which has been reported.
    mutating func meaning(of name: String, at place: Place) -> Meaning? {
        guard isVisible(name, from: place) else { return nil }
        if let known = checkedDefinitions[name] { return known }
        guard let syntax = definitions[name] else { return nil }
        return once("define \(name)", at: place) { checker in
            let meaning =
                syntax.parameters.isEmpty
                ? checker.meaning(of: syntax.expression)
                : checker.template(of: syntax).map(Meaning.template)
            checker.checkedDefinitions[name] = .some(meaning)
            return meaning
        }
    }

    private mutating func meaning(of expression: Expression) -> Meaning? {
        switch expression.kind {
        case .integer(let number): return .operand(.constant(.integer(number), .integer), .integer)
        case .text:
            return constant(expression, as: .text).map { .operand(.constant($0, .text), .text) }
        case .period(let period): return .period(period)
        case .time:
            return constant(expression, as: .instant).map {
                .operand(.constant($0, .instant), .instant)
            }
        case .entity(let kind, _):
            return constant(expression, as: .entity(kind.text)).map {
                .operand(.constant($0, .entity(kind.text)), .entity(kind.text))
            }
        case .member, .lookup:
            return pathMeaning(of: expression)
        case .name(let name) where definitions[name]?.parameters.isEmpty == true:
            // Another name for the same: of a value it is a value.
            switch meaning(of: name, at: expression.place) {
            case nil: return nil
            case .operand(let operand, let type): return .operand(operand, type)
            case .period(let period): return .period(period)
            case .condition, .template:
                return condition(expression, in: .request).map(Meaning.condition)
            }
        default: return condition(expression, in: .request).map(Meaning.condition)
        }
    }

    /// A path is a value, unless it leads to a boolean or to a derived attribute, which are conditions.
    private mutating func pathMeaning(of expression: Expression) -> Meaning? {
        let reported = diagnostics.count
        if let typed = path(expression, in: .request), typed.type != .boolean {
            return .operand(typed.operand, typed.type)
        }
        diagnostics.removeSubrange(reported...)
        return condition(expression, in: .request).map(Meaning.condition)
    }

    // MARK: Definitions with parameters

    private mutating func template(of syntax: DefinitionSyntax) -> Template? {
        var scope = Scope.request
        var parameters: [(id: Int, type: ValueType)] = []
        for parameter in syntax.parameters {
            guard
                declare(
                    parameter.name, in: "parameter of \(syntax.name.text)"),
                let type = type(parameter.type)
            else { return nil }
            let id = freshVariable()
            scope.variables[parameter.name.text] = (id, type)
            parameters.append((id, type))
        }
        return condition(syntax.expression, in: scope).map {
            Template(parameters: parameters, condition: $0)
        }
    }

    /// A definition with its parameters filled in: `leads(resource.owner)`.
    mutating func call(
        _ name: Name, _ arguments: [Expression], at place: Place, in scope: Scope
    ) -> Condition? {
        guard definitions[name.text] != nil, scope.hasRequest else {
            reportUnknown(.unknownName, name, among: definitionNames)
            return nil
        }
        guard let meaning = meaning(of: name.text, at: name.place) else { return nil }
        guard case .template(let template) = meaning,
            template.parameters.count == arguments.count
        else {
            var wanted = 0
            if case .template(let template) = meaning { wanted = template.parameters.count }
            report(
                .wrongArgumentCount, [name.text, String(wanted), String(arguments.count)],
                at: place)
            return nil
        }
        let key = "define \(name.text)"
        guard countCondition(sizes[key] ?? 0, at: place),
            goesDeeper(by: depths[key] ?? 0, at: place)
        else { return nil }
        var condition: Condition? = template.condition
        for (parameter, argument) in zip(template.parameters, arguments) {
            let wanted: TypedOperand = (.variable(parameter.id), parameter.type)
            // A date is a day or an instant, as it is wanted, also where a name stands for it.
            let written = timeWritten(for: argument, in: scope)
            guard let operand = operand(written, fitting: wanted, in: scope)?.operand else {
                condition = nil
                continue
            }
            let path = condition?.longestPath(from: parameter.id) ?? 0
            guard operand.length + path <= Parser.longestRow else {
                report(.nestedTooDeeply, [String(Parser.longestRow)], at: argument.place)
                return nil
            }
            condition = condition?.replacing(variable: parameter.id, by: operand)
        }
        return condition
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
            scope.variables["self"] = (id, .entity(kind))
            let condition = checker.condition(syntax.expression, in: scope).map {
                DerivedCondition(selfVariable: id, condition: $0)
            }
            checker.selfPaths[key] = condition?.condition.longestPath(from: id)
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
        let (outerSize, outerDepth) = (size, deepestNesting)
        size = 0
        deepestNesting = nesting
        defer {
            underway.removeLast()
            sizes[key] = size
            depths[key] = deepestNesting - nesting
            size = outerSize
            deepestNesting = max(outerDepth, deepestNesting)
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
        // What serves another purpose is for whoever uses the moment to answer for.
        if let purpose = record.limitedTo, purpose == Vocabulary.checkPurpose {
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
        _ base: Expression, _ name: Name, _ argument: Expression, _ syntax: PeriodSyntax,
        in scope: Scope
    ) -> Condition? {
        guard let period = period(syntax) else { return nil }
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
        return .quantified(
            .some, variable: id, over: .records(kind: kind.name, owner: owner),
            .all(conditions(.variable(id))))
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
        guard vocabulary.actions.contains(where: { $0.name == action.text }) else {
            reportUnknown(
                .unknownAction, action, [scope.resourceKind], among: vocabulary.actionNames)
            return nil
        }
        return .may(action: action.text)
    }
}
