import Diagnostics
import Facts

/// What names mean in the place where an expression stands.
struct Scope {
    /// The kind of resource the rule is about.
    let resourceKind: String
    /// Whether there is a subject and a resource; a derived attribute has neither.
    let hasRequest: Bool
    /// Variables of quantifiers, and `self`, with the kind of entity each stands for.
    var variables: [String: (id: Int, kind: String)] = [:]

    static let request = Scope(resourceKind: Vocabulary.resourceKind, hasRequest: true)
}

extension Checker {
    /// An operand with its type.
    typealias TypedOperand = (operand: Operand, type: ValueType)

    /// What a path such as `m.engagement.host` leads to; nil, without a report, where the expression is
    /// no path or begins with a name that has no meaning of its own.
    mutating func path(_ expression: Expression, in scope: Scope) -> TypedOperand? {
        switch expression.kind {
        case .name(let name):
            return variable(name, in: scope) ?? constantDefinition(name, expression)
        case .member(let base, let name):
            if let context = contextValue(base, name, in: scope) { return context }
            guard let owner = self.entity(base, in: scope) else { return nil }
            return attribute(name, of: owner)
        default: return nil
        }
    }

    func variable(_ name: String, in scope: Scope) -> TypedOperand? {
        if let variable = scope.variables[name] {
            return (.variable(variable.id), .entity(variable.kind))
        }
        guard scope.hasRequest else { return nil }
        if name == "subject" { return (.subject, .entity(Vocabulary.subjectKind)) }
        if name == "resource" { return (.resource, .entity(scope.resourceKind)) }
        return nil
    }

    private mutating func constantDefinition(
        _ name: String, _ expression: Expression
    ) -> TypedOperand? {
        guard definitions[name] != nil, let meaning = meaning(of: name, at: expression.place),
            case .constant(let value, let type) = meaning,
            countCondition(sizes["define \(name)"] ?? 0, at: expression.place)
        else { return nil }
        return (.constant(value, type), type)
    }

    private func contextValue(
        _ base: Expression, _ name: Name, in scope: Scope
    ) -> TypedOperand? {
        guard case .name(let first) = base.kind, variable(first, in: scope) == nil,
            let declaration = vocabulary.contexts["\(first).\(name.text)"]
        else { return nil }
        return (.context(declaration.name), declaration.type)
    }

    /// The entity a path leads to; reports where it leads elsewhere.
    mutating func entity(_ expression: Expression, in scope: Scope) -> (Operand, String)? {
        guard let found = path(expression, in: scope) else {
            reportUnknownPath(expression, in: scope)
            return nil
        }
        guard case .entity(let kind) = found.type else {
            report(
                .noAttributesHere, [text(at: expression.place), found.type.written],
                at: expression.place)
            return nil
        }
        // Whichever way a path comes to such a record, nothing of it may be read.
        if let purpose = vocabulary.kinds[kind]?.limitedTo {
            report(
                .limitedRecordRead, [text(at: expression.place), purpose], at: expression.place)
            return nil
        }
        return (found.operand, kind)
    }

    /// An attribute of an entity; reports where the kind has none of that name.
    mutating func attribute(_ name: Name, of owner: (Operand, String)) -> TypedOperand? {
        let (base, kind) = owner
        guard let declaration = vocabulary.kinds[kind] else { return nil }
        if let attribute = declaration.attributes[name.text] {
            return (.attribute(base, name: attribute.name, kind: kind), attribute.type)
        }
        reportUnknown(
            .unknownAttribute, name, [kind],
            among: declaration.attributes.names + (derived[kind] ?? [:]).keys.sorted()
                + (moments[kind] ?? [:]).keys.sorted())
        return nil
    }

    /// Reports the first name of a path, if that is what has no meaning.
    mutating func reportUnknownPath(_ expression: Expression, in scope: Scope) {
        switch expression.kind {
        case .name(let name):
            let known =
                scope.variables.keys.sorted() + definitionNames
                + (scope.hasRequest ? ["resource", "subject"] : [])
            if definitions[name] != nil {
                // A definition with a mistake has been reported; a condition is no value.
                if case .condition = meaning(of: name, at: expression.place) {
                    report(.notAValue, [name], at: expression.place)
                }
                return
            }
            reportUnknown(.unknownName, Name(name, expression.place), among: known)
        case .member: break  // Its base has been reported.
        default: report(.expected, ["value", text(at: expression.place)], at: expression.place)
        }
    }

    /// Two sides of a comparison, each typed with the help of the other.
    mutating func sides(
        _ left: Expression, _ right: Expression, in scope: Scope
    ) -> (TypedOperand, TypedOperand)? {
        let errors = diagnostics.count
        if let typed = path(left, in: scope) {
            return operand(right, fitting: typed, in: scope).map { (typed, $0) }
        }
        if let typed = path(right, in: scope) {
            return operand(left, fitting: typed, in: scope).map { ($0, typed) }
        }
        if diagnostics.count == errors { reportUnknownPath(left, in: scope) }
        return nil
    }

    /// An operand that can be compared with `other`: a case of its enumeration first, then any path.
    mutating func operand(
        _ expression: Expression, fitting other: TypedOperand, in scope: Scope
    ) -> TypedOperand? {
        if case .name(let name) = expression.kind, case .enumeration(let enumeration) = other.type,
            vocabulary.enumerations[enumeration]?.rank(of: name) != nil
        {
            return (.constant(.symbol(name), other.type), other.type)
        }
        let errors = diagnostics.count
        if let found = path(expression, in: scope) {
            guard areComparable(found.type, other.type) else {
                report(
                    .typesDiffer, [other.type.written, found.type.written],
                    at: expression.place)
                return nil
            }
            return found
        }
        guard diagnostics.count == errors,
            let value = constant(expression, as: other.type)
        else { return nil }
        return (.constant(value, other.type), other.type)
    }
}
