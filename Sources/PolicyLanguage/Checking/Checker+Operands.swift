import Diagnostics
import Facts

/// Paths, and the values they lead to.
extension Checker {
    /// An operand with its type.
    typealias TypedOperand = (operand: Operand, type: ValueType)

    /// What a path such as `m.engagement.host` leads to; nil, without a report, where the expression is
    /// no path or begins with a name that has no meaning of its own.
    mutating func path(_ expression: Expression, in scope: Scope) -> TypedOperand? {
        switch expression.kind {
        case .name(let name):
            return variable(name, in: scope) ?? argument(name, in: scope)
                ?? definedOperand(name, expression) ?? list(name, at: expression.place)
        case .member(let base, let name):
            if let context = contextValue(base, name, in: scope) { return context }
            guard let owner = self.entity(base, in: scope) else { return nil }
            return lifetime(name, of: owner) ?? attribute(name, of: owner)
        case .lookup(let table, let key): return lookup(table, key, in: scope)
        default: return nil
        }
    }

    func variable(_ name: String, in scope: Scope) -> TypedOperand? {
        if let variable = scope.variables[name] {
            return (.variable(variable.id), variable.type)
        }
        guard scope.hasRequest else { return nil }
        if name == "subject" { return (.subject, .entity(Vocabulary.subjectKind)) }
        if name == "resource" { return (.resource, .entity(scope.resourceKind)) }
        return nil
    }

    /// What the request says of its action, where the rule names it: `enter(tool)`.
    private func argument(_ name: String, in scope: Scope) -> TypedOperand? {
        guard scope.arguments.contains(name), let declaration = vocabulary.contexts[name] else {
            return nil
        }
        return (.context(name), declaration.type)
    }

    private mutating func definedOperand(
        _ name: String, _ expression: Expression
    ) -> TypedOperand? {
        guard definitions[name] != nil, let meaning = meaning(of: name, at: expression.place),
            case .operand(let operand, let type) = meaning,
            countCondition(sizes["define \(name)"] ?? 0, at: expression.place)
        else { return nil }
        return (operand, type)
    }

    private mutating func list(_ name: String, at place: Place) -> TypedOperand? {
        guard let list = vocabulary.lists[name] else { return nil }
        guard isVisible(name, from: place) else { return nil }
        return (.list(name), .set(of: list.memberType))
    }

    private mutating func lookup(
        _ name: Name, _ key: Expression, in scope: Scope
    ) -> TypedOperand? {
        guard let table = vocabulary.tables[name.text] else {
            reportUnknown(.unknownTable, name, among: vocabulary.tables.names)
            return nil
        }
        guard isVisible(name.text, from: name.place) else { return nil }
        // The operand it must fit is the table's key; that it stands for none makes no difference.
        let wanted: TypedOperand = (.subject, table.keyType)
        return operand(key, fitting: wanted, in: scope).map {
            (.lookup(table: table.name, $0.operand), table.valueType)
        }
    }

    private func contextValue(
        _ base: Expression, _ name: Name, in scope: Scope
    ) -> TypedOperand? {
        guard case .name(let first) = base.kind, variable(first, in: scope) == nil,
            scope.hasRequest, let declaration = vocabulary.contexts["\(first).\(name.text)"]
        else { return nil }
        return (.context(declaration.name), declaration.type)
    }

    /// The entity a path leads to; reports where it leads elsewhere.
    mutating func entity(_ expression: Expression, in scope: Scope) -> (Operand, String)? {
        let errors = diagnostics.count
        guard let found = path(expression, in: scope) else {
            if diagnostics.count == errors { reportUnknownPath(expression, in: scope) }
            return nil
        }
        guard case .entity(let kind) = found.type else {
            report(
                .noAttributesHere, [text(at: expression.place), found.type.written],
                at: expression.place)
            return nil
        }
        // Whichever way a path comes to such a record, nothing of it may be read.
        if let purpose = vocabulary.kinds[kind]?.limitedTo, purpose == Vocabulary.checkPurpose {
            report(
                .limitedRecordRead, [text(at: expression.place), purpose], at: expression.place)
            return nil
        }
        return (found.operand, kind)
    }

    /// `e.since` and `e.until`, where the kind has no attributes of these names.
    private func lifetime(_ name: Name, of owner: (Operand, String)) -> TypedOperand? {
        let (base, kind) = owner
        guard vocabulary.kinds[kind]?.attributes[name.text] == nil else { return nil }
        switch name.text {
        case "since": return (.began(base), .instant)
        case "until": return (.ends(base), .instant)
        default: return nil
        }
    }

    /// An attribute of an entity; reports where the kind has none of that name.
    mutating func attribute(_ name: Name, of owner: (Operand, String)) -> TypedOperand? {
        let (base, kind) = owner
        guard let declaration = vocabulary.kinds[kind] else { return nil }
        if let attribute = declaration.attributes[name.text] {
            let target = (attribute.type.memberType ?? attribute.type).entityKind
            if let target, vocabulary.kinds[target]?.limitedTo == Vocabulary.checkPurpose {
                report(.limitedRecordRead, [name.text, Vocabulary.checkPurpose], at: name.place)
                return nil
            }
            return (.attribute(base, name: attribute.name, kind: kind), attribute.type)
        }
        if vocabulary.record(relation: name.text, of: kind) != nil {
            report(
                .unknownAttribute, [name.text, kind], at: name.place,
                notes: [Diagnostic.Note(.isRelation, [name.text])])
            return nil
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
                scope.variables.keys.sorted() + scope.arguments.sorted()
                + definitionNames + vocabulary.lists.names
                + (scope.hasRequest ? ["resource", "subject"] : [])
            if definitions[name] != nil {
                // A definition with a mistake has been reported; a condition is no value.
                if let meaning = meaning(of: name, at: expression.place) {
                    switch meaning {
                    case .condition, .template, .period:
                        report(.notAValue, [name], at: expression.place)
                    case .operand: break
                    }
                }
                return
            }
            // Not to be seen from here, which was said.
            guard vocabulary.lists[name] == nil else { return }
            reportUnknown(.unknownName, Name(name, expression.place), among: known)
        case .member, .lookup: break  // What they begin with has been reported.
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
