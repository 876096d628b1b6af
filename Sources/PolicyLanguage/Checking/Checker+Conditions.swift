import Diagnostics
import Facts

/// Expressions to conditions.
extension Checker {
    /// The condition an expression means.
    ///
    /// Where it has a mistake, that is reported and nil given.
    mutating func condition(_ expression: Expression, in scope: Scope) -> Condition? {
        guard countCondition(1, at: expression.place) else { return nil }
        return meaning(of: expression, in: scope)
    }

    /// Counts conditions against the limit, before they are written out; reports once when it is passed.
    mutating func countCondition(_ count: Int, at place: Place) -> Bool {
        let before = size
        size += count
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
        case .and(let left, let right):
            return both(left, right, in: scope).map { .all([$0, $1]) }
        case .or(let left, let right):
            return both(left, right, in: scope).map { .any([$0, $1]) }
        case .compare, .isIn, .isBetween, .overlap, .below, .isKind:
            return relation(expression, in: scope)
        case .since, .until, .elapsed, .during, .was, .held:
            return temporal(expression, in: scope)
        case .quantified(let quantifier, let variable, let collection, let inner):
            return quantified(
                quantifier, variable, collection, inner, at: expression.place, in: scope)
        case .has(let operand):
            guard let typed = path(operand, in: scope) else {
                reportUnknownPath(operand, in: scope)
                return nil
            }
            return .has(typed.operand)
        case .passed(let subject, let check): return passed(subject, check, in: scope)
        case .may(let subject, let action, let resource):
            return may(subject, action, resource, in: scope)
        case .moment(let base, let name, let argument, let period):
            return moment(base, name, argument, period, in: scope)
        case .adjective(let base, let name): return flag(base, name, in: scope)
        case .member(let base, let name):
            return contextFlag(expression, in: scope) ?? flag(base, name, in: scope)
        case .lookup: return flagOf(expression, in: scope)
        case .name(let name): return named(name, expression, in: scope)
        case .call(let name, let arguments):
            return call(name, arguments, at: expression.place, in: scope)
        case .integer, .text, .time, .period, .entity, .set, .chain:
            report(.notACondition, [text(at: expression.place)], at: expression.place)
            return nil
        }
    }

    private mutating func both(
        _ left: Expression, _ right: Expression, in scope: Scope
    ) -> (Condition, Condition)? {
        // Both are read, so that the mistakes in the second aren't hidden by those in the first.
        let (first, second) = (condition(left, in: scope), condition(right, in: scope))
        guard let first, let second else { return nil }
        return (first, second)
    }

    // MARK: Names

    private mutating func named(
        _ name: String, _ expression: Expression, in scope: Scope
    ) -> Condition? {
        let place = expression.place
        if let typed = variable(name, in: scope) {
            guard typed.type == .boolean else {
                report(.notACondition, [name], at: place)
                return nil
            }
            return .flag(typed.operand)
        }
        guard definitions[name] != nil else {
            reportUnknown(
                .unknownName, Name(name, place),
                among: definitions.keys.sorted() + scope.variables.keys.sorted())
            return nil
        }
        guard scope.hasRequest else {
            report(.unknownName, [name], at: place)
            return nil
        }
        switch meaning(of: name, at: place) {
        case .condition(let condition):
            return countCondition(sizes["define \(name)"] ?? 0, at: place) ? condition : nil
        case .operand(let operand, .boolean): return .flag(operand)
        case .operand, .period:
            report(.notACondition, [name], at: place)
            return nil
        case .template(let template):
            report(
                .wrongArgumentCount, [name, String(template.parameters.count), "0"], at: place)
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

    /// A boolean that a table gives.
    private mutating func flagOf(_ expression: Expression, in scope: Scope) -> Condition? {
        guard let typed = path(expression, in: scope) else { return nil }
        guard typed.type == .boolean else {
            report(.notACondition, [text(at: expression.place)], at: expression.place)
            return nil
        }
        return .flag(typed.operand)
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
            let size = sizes["\(kind).\(name.text)"] ?? 0
            guard countCondition(size, at: name.place) else { return nil }
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

    mutating func freshVariable() -> Int {
        nextVariable += 1
        return nextVariable
    }
}
