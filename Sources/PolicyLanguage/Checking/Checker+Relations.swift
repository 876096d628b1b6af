import Diagnostics
import Facts

/// Comparisons of values and sets, and places in a hierarchy.
extension Checker {
    mutating func relation(_ expression: Expression, in scope: Scope) -> Condition? {
        switch expression.kind {
        case .compare(let comparison, let left, let right):
            compare(comparison, left, right, at: expression.place, in: scope)
        case .isIn(let element, let set): membership(element, set, in: scope)
        case .isBetween(let element, let low, let high):
            between(element, low, high, at: expression.place, in: scope)
        case .overlap(let overlap, let set, let other):
            self.overlap(overlap, set, other, in: scope)
        case .below(let lower, let upper): below(lower, upper, in: scope)
        case .isKind(let operand, let kind): isKind(operand, kind, in: scope)
        default: nil
        }
    }

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
        case .integer, .instant, .date, .lastDay: true
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

    private mutating func between(
        _ element: Expression, _ low: Expression, _ high: Expression, at place: Place,
        in scope: Scope
    ) -> Condition? {
        guard let typed = path(element, in: scope) else {
            reportUnknownPath(element, in: scope)
            return nil
        }
        let (lowest, highest) = (
            operand(low, fitting: typed, in: scope), operand(high, fitting: typed, in: scope)
        )
        guard let lowest, let highest else { return nil }
        guard isOrdered(typed.type) else {
            report(.notOrdered, [typed.type.written, "to"], at: place)
            return nil
        }
        return .and([
            .compare(.greaterOrEqual, typed.operand, lowest.operand),
            .compare(.lessOrEqual, typed.operand, highest.operand),
        ])
    }

    private mutating func overlap(
        _ overlap: Expression.Overlap, _ set: Expression, _ other: Expression, in scope: Scope
    ) -> Condition? {
        guard let typed = setOperand(set, in: scope) else { return nil }
        let second: Operand
        if case .set = other.kind {
            guard let value = constant(other, as: .set(of: typed.member)) else { return nil }
            second = .constant(value, .set(of: typed.member))
        } else {
            guard let found = setOperand(other, in: scope) else { return nil }
            guard areComparable(found.member, typed.member) else {
                report(
                    .typesDiffer, [typed.member.written, found.member.written], at: other.place)
                return nil
            }
            second = found.operand
        }
        switch overlap {
        case .any: return .overlap(typed.operand, second)
        case .all: return .superset(typed.operand, second)
        case .only: return .superset(second, typed.operand)
        }
    }

    mutating func setOperand(
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

    // `item is document`
    private mutating func isKind(
        _ expression: Expression, _ kind: Name, in scope: Scope
    ) -> Condition? {
        guard let (operand, declared) = entity(expression, in: scope) else { return nil }
        guard vocabulary.kinds[kind.text] != nil else {
            reportUnknown(
                .unknownType, kind,
                among: vocabulary.kinds.names.filter { areRelated($0, declared) })
            return nil
        }
        guard areRelated(kind.text, declared) else {
            report(.typesDiffer, [declared, kind.text], at: kind.place)
            return nil
        }
        return .isKind(operand, kind.text)
    }
}
