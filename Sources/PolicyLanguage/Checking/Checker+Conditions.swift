import Diagnostics
import Facts

/// Expressions to conditions.
extension Checker {
    /// The condition an expression means.
    ///
    /// Where it has a mistake, that is reported and nil given.
    mutating func condition(_ expression: Expression, in scope: Scope) -> Condition? {
        guard !hasGivenUp, countCondition(1, at: expression.place),
            goesDeeper(by: 1, at: expression.place)
        else { return nil }
        nesting += 1
        defer { nesting -= 1 }
        return meaning(of: expression, in: scope)
    }

    /// Whether `levels` more of conditions may stand here; reports where not.
    mutating func goesDeeper(by levels: Int, at place: Place) -> Bool {
        deepestNesting = max(deepestNesting, nesting + levels)
        guard nesting + levels > Limits.conditionDepth else { return true }
        report(.conditionsTooDeep, [String(Limits.conditionDepth)], at: place)
        return false
    }

    /// Counts conditions against the limit, before they are written out; reports once when it is passed.
    mutating func countCondition(_ count: Int, at place: Place) -> Bool {
        let (before, totalBefore) = (size, totalSize)
        size += count
        totalSize += count
        guard totalSize <= Limits.conditions else {
            if totalBefore <= Limits.conditions {
                report(.policyTooLarge, [String(Limits.conditions)], at: place)
            }
            return false
        }
        guard size > Checker.largestCondition else { return true }
        if before <= Checker.largestCondition {
            report(.conditionTooLarge, [String(Checker.largestCondition)], at: place)
        }
        return false
    }

    private mutating func meaning(of expression: Expression, in scope: Scope) -> Condition? {
        switch expression.kind {
        case .boolean(let boolean): return .constant(boolean)
        case .not(let inner): return condition(inner, in: scope).map(Condition.not)
        case .and:
            return conditions(expression.row(of: .and), in: scope).map(Condition.all)
        case .or:
            return conditions(expression.row(of: .or), in: scope).map(Condition.any)
        case .compare(let comparison, let left, let right):
            return compare(comparison, left, right, at: expression.place, in: scope)
        case .isIn(let element, let set): return membership(element, set, in: scope)
        case .overlap(let overlap, let set, let literal):
            return self.overlap(overlap, set, literal, in: scope)
        case .below(let lower, let upper): return below(lower, upper, in: scope)
        case .quantified(let quantifier, let variable, let collection, let inner):
            return quantified(quantifier, variable, collection, inner, in: scope)
        case .has(let operand):
            guard let typed = path(operand, in: scope) else {
                reportUnknownPath(operand, in: scope)
                return nil
            }
            return .has(typed.operand)
        case .passed(let subject, let check): return passed(subject, check, in: scope)
        case .may(let subject, let action, let resource):
            return may(subject, action, resource, in: scope)
        case .within(let base, let name, let argument, let period):
            return moment(base, name, argument, period, in: scope)
        case .adjective(let base, let name): return flag(base, name, in: scope)
        case .member(let base, let name):
            return contextFlag(expression, in: scope) ?? flag(base, name, in: scope)
        case .name(let name): return definition(name, at: expression.place, in: scope)
        case .integer, .text, .time, .entity, .set:
            report(.notACondition, [text(at: expression.place)], at: expression.place)
            return nil
        }
    }

    /// The conditions that all of the expressions mean; each with a mistake is reported.
    private mutating func conditions(
        _ expressions: [Expression], in scope: Scope
    ) -> [Condition]? {
        let conditions = expressions.map { condition($0, in: scope) }
        let sound = conditions.compactMap(\.self)
        return sound.count == conditions.count ? sound : nil
    }

    // MARK: Names

    private mutating func definition(
        _ name: String, at place: Place, in scope: Scope
    ) -> Condition? {
        guard scope.variables[name] == nil, definitions[name] != nil else {
            if scope.variables[name] != nil || name == "subject" || name == "resource" {
                report(.notACondition, [name], at: place)
            } else {
                reportUnknown(
                    .unknownName, Name(name, place),
                    among: definitionNames + scope.variables.keys.sorted())
            }
            return nil
        }
        guard scope.hasRequest else {
            report(.unknownName, [name], at: place)
            return nil
        }
        switch meaning(of: name, at: place) {
        case .condition(let condition):
            let key = "define \(name)"
            guard countCondition(sizes[key] ?? 0, at: place),
                goesDeeper(by: depths[key] ?? 0, at: place)
            else { return nil }
            return condition
        case .constant:
            report(.notACondition, [name], at: place)
            return nil
        case nil: return nil
        }
    }

    private mutating func contextFlag(_ expression: Expression, in scope: Scope) -> Condition? {
        guard case .member(let base, let name) = expression.kind, case .name(let first) = base.kind,
            variable(first, in: scope) == nil,
            vocabulary.contexts["\(first).\(name.text)"]?.type == .boolean
        else { return nil }
        return .flag(.context("\(first).\(name.text)"))
    }

    // `subject on-notice`, `m.approved`, `e.in-force`
    private mutating func flag(
        _ base: Expression, _ name: Name, in scope: Scope
    ) -> Condition? {
        guard let owner = entity(base, in: scope) else { return nil }
        let (operand, kind) = owner
        if name.text == "in-force", vocabulary.kinds[kind]?.ownership != nil {
            return .inForce(operand)
        }
        if derived[kind]?[name.text] != nil {
            guard let found = derivedCondition(name.text, of: kind, at: name.place) else {
                return nil
            }
            let key = "\(kind).\(name.text)"
            guard countCondition(sizes[key] ?? 0, at: name.place),
                goesDeeper(by: depths[key] ?? 0, at: name.place)
            else { return nil }
            guard operand.length + (selfPaths[key] ?? 0) <= Parser.longestRow else {
                report(.nestedTooDeeply, [String(Parser.longestRow)], at: name.place)
                return nil
            }
            return found.condition.replacing(variable: found.selfVariable, by: operand)
        }
        guard let attribute = attribute(name, of: owner) else { return nil }
        guard attribute.type == .boolean else {
            report(
                .notACondition, ["\(text(at: base.place)).\(name.text)"],
                at: base.place.union(name.place))
            return nil
        }
        return .flag(attribute.operand)
    }

    // MARK: Comparisons

    private mutating func compare(
        _ comparison: Expression.Comparison, _ left: Expression, _ right: Expression,
        at place: Place, in scope: Scope
    ) -> Condition? {
        guard let (first, second) = sides(left, right, in: scope) else { return nil }
        let meaning: Condition.Comparison
        switch comparison {
        case .equal: meaning = .equal
        case .notEqual: meaning = .notEqual
        case .less: meaning = .less
        case .lessOrEqual: meaning = .lessOrEqual
        case .greater: meaning = .greater
        case .greaterOrEqual: meaning = .greaterOrEqual
        }
        if meaning != .equal, meaning != .notEqual, !isOrdered(first.type) {
            report(.notOrdered, [first.type.written, comparison.rawValue], at: place)
            return nil
        }
        return .compare(meaning, first.operand, second.operand)
    }

    private func isOrdered(_ type: ValueType) -> Bool {
        switch type {
        case .integer, .instant, .lastDay: true
        case .enumeration(let name): vocabulary.enumerations[name]?.isScale == true
        case .boolean, .text, .entity, .set: false
        }
    }

    private mutating func membership(
        _ element: Expression, _ set: Expression, in scope: Scope
    ) -> Condition? {
        if case .set = set.kind {
            guard let typed = path(element, in: scope) else {
                reportUnknownPath(element, in: scope)
                return nil
            }
            return constant(set, as: .set(of: typed.type)).map {
                .member(typed.operand, of: .constant($0, .set(of: typed.type)))
            }
        }
        guard let typed = setOperand(set, in: scope) else { return nil }
        let member: TypedOperand = (typed.operand, typed.member)
        return operand(element, fitting: member, in: scope).map {
            .member($0.operand, of: typed.operand)
        }
    }

    private mutating func overlap(
        _ overlap: Expression.Overlap, _ set: Expression, _ literal: Expression, in scope: Scope
    ) -> Condition? {
        guard let typed = setOperand(set, in: scope),
            let value = constant(literal, as: .set(of: typed.member))
        else { return nil }
        let other = Operand.constant(value, .set(of: typed.member))
        return overlap == .any ? .overlap(typed.operand, other) : .superset(typed.operand, other)
    }

    private mutating func setOperand(
        _ expression: Expression, in scope: Scope
    ) -> (operand: Operand, member: ValueType)? {
        guard let typed = path(expression, in: scope) else {
            reportUnknownPath(expression, in: scope)
            return nil
        }
        guard case .set(let member) = typed.type else {
            report(
                .notASet, [text(at: expression.place), typed.type.written], at: expression.place)
            return nil
        }
        return (typed.operand, member)
    }

    private mutating func below(
        _ lower: Expression, _ upper: Expression, in scope: Scope
    ) -> Condition? {
        guard let (first, second) = sides(lower, upper, in: scope) else { return nil }
        guard case .entity(let kind) = first.type,
            let hierarchy = vocabulary.kinds[kind]?.hierarchy
        else {
            report(.noHierarchy, [first.type.written], at: lower.place)
            return nil
        }
        return .below(
            first.operand, second.operand, kind: kind, attribute: hierarchy.attribute)
    }

    // MARK: Quantifiers

    private mutating func quantified(
        _ quantifier: Expression.Quantifier, _ variable: Name, _ collection: Expression,
        _ inner: Expression?, in scope: Scope
    ) -> Condition? {
        guard case .member(let base, let relation) = collection.kind else {
            report(.notARelation, [text(at: collection.place), ""], at: collection.place)
            return nil
        }
        guard let (owner, ownerKind) = entity(base, in: scope) else { return nil }
        guard let record = vocabulary.record(relation: relation.text, of: ownerKind) else {
            let known = vocabulary.kinds.compactMap { kind in
                kind.ownership.flatMap {
                    vocabulary.isKind(ownerKind, $0.owner) ? $0.relation : nil
                }
            }
            reportUnknown(.notARelation, relation, [ownerKind], among: known)
            return nil
        }
        if let purpose = record.limitedTo {
            report(.limitedRecordRead, [relation.text, purpose], at: collection.place)
            return nil
        }
        var innerScope = scope
        let id = freshVariable()
        innerScope.variables[variable.text] = (id, record.name)
        var condition = Condition.constant(true)
        if let inner {
            guard let checked = self.condition(inner, in: innerScope) else { return nil }
            condition = checked
        }
        return quantifier == .some
            ? .some(variable: id, kind: record.name, owner: owner, condition)
            : .every(variable: id, kind: record.name, owner: owner, condition)
    }

    mutating func freshVariable() -> Int {
        nextVariable += 1
        return nextVariable
    }
}
