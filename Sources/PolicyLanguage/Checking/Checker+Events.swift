import Diagnostics
import Facts

/// Events: their fields, and effects that fit the kinds they change.
extension Checker {
    mutating func collectEvents() {
        for case .event(let syntax) in declarations where declare(syntax.name.name, in: "event") {
            let name = syntax.name.name.text
            var fields: NameTable<EventDeclaration.Field> = []
            for field in syntax.fields where declare(field.name, in: "field of \(name)") {
                guard let type = type(field.type) else { continue }
                fields.insert(
                    EventDeclaration.Field(
                        name: field.name.text, type: type, isOptional: field.isOptional))
            }
            for phrase in syntax.phrases {
                for case .field(let field) in phrase.phrase.parts where fields[field] == nil {
                    reportUnknown(
                        .unknownField, Name(field, phrase.place), [name], among: fields.names)
                }
            }
            if let command = syntax.command { _ = declare(command, in: "command") }
            let effects = syntax.effects.compactMap { effect($0, fields: fields, event: name) }
            vocabulary.events.insert(
                EventDeclaration(
                    name: name, label: syntax.name.label ?? name,
                    command: syntax.command?.text ?? name,
                    fields: fields, effects: effects, phrases: syntax.phrases.map(\.phrase)))
        }
    }

    private mutating func effect(
        _ syntax: EventSyntax.Effect, fields: NameTable<EventDeclaration.Field>, event: String
    ) -> Effect? {
        let scope = EffectScope(fields: fields, event: event)
        if let name = syntax.atField { checkInstant(name, in: scope) }
        if let name = syntax.onlyIfField { _ = field(name, in: scope) }
        guard let operation = operation(syntax.operation, in: scope) else { return nil }
        return Effect(
            operation: operation, atField: syntax.atField?.text,
            onlyIfField: syntax.onlyIfField?.text)
    }

    private struct EffectScope {
        let fields: NameTable<EventDeclaration.Field>
        let event: String
    }

    private mutating func operation(
        _ syntax: EventSyntax.Operation, in scope: EffectScope
    ) -> Effect.Operation? {
        switch syntax {
        case .create(let fieldName, let assignments):
            guard let kind = entityKind(of: fieldName, in: scope) else { return nil }
            return .create(
                field: fieldName.text,
                attributes: self.assignments(assignments, of: kind, in: scope))
        case .set(let fieldName, let assignment):
            guard let kind = entityKind(of: fieldName, in: scope),
                let checked = self.assignments([assignment], of: kind, in: scope).first
            else { return nil }
            return .set(field: fieldName.text, checked)
        case .begin(let kindName, let fieldName, let assignments, let end):
            guard let kind = vocabulary.kinds[kindName.text], kind.ownership != nil else {
                reportUnknown(.unknownType, kindName, among: recordKinds.map(\.name))
                return nil
            }
            if let owner = entityKind(of: fieldName, in: scope), let wanted = kind.ownership?.owner,
                !vocabulary.isKind(owner.name, wanted)
            {
                report(.valueDoesNotFit, [fieldName.text, wanted], at: fieldName.place)
            }
            let checkedEnd: Effect.End?
            switch end {
            case nil: checkedEnd = nil
            case .field(let name):
                checkInstant(name, in: scope)
                checkedEnd = .field(name.text)
            case .lasts(let name):
                if let found = field(name, in: scope),
                    found.type != .entity(Vocabulary.checkKind)
                {
                    report(.valueDoesNotFit, [name.text, Vocabulary.checkKind], at: name.place)
                }
                checkedEnd = .lastsOfCheck(field: name.text)
            }
            return .begin(
                kind: kind.name, ownerField: fieldName.text,
                attributes: self.assignments(assignments, of: kind, in: scope), end: checkedEnd)
        case .end(let fieldName, let relation, let matching):
            let kind: KindDeclaration?
            var ownerName = scope.event
            if let fieldName {
                guard let owner = entityKind(of: fieldName, in: scope) else { return nil }
                ownerName = owner.name
                kind = vocabulary.record(relation: relation.text, of: owner.name)
            } else {
                kind = recordKinds.first { $0.ownership?.relation == relation.text }
            }
            guard let kind else {
                reportUnknown(
                    .notARelation, relation, [ownerName],
                    among: recordKinds.compactMap(\.ownership?.relation))
                return nil
            }
            return .end(
                kind: kind.name, ownerField: fieldName?.text,
                matching: assignments(matching, of: kind, in: scope))
        case .need(let fieldName, let relation, let matching):
            guard let owner = entityKind(of: fieldName, in: scope) else { return nil }
            guard let kind = vocabulary.record(relation: relation.text, of: owner.name) else {
                reportUnknown(
                    .notARelation, relation, [owner.name],
                    among: recordKinds.compactMap(\.ownership?.relation))
                return nil
            }
            return .need(
                kind: kind.name, ownerField: fieldName.text,
                matching: assignments(matching, of: kind, in: scope))
        case .cancel(let event, let fieldName, let matching):
            guard let kind = entityKind(of: fieldName, in: scope) else { return nil }
            // Only what was declared above can be called off: an event can't call off itself.
            guard let called = vocabulary.events[event.text] else {
                reportUnknown(.unknownEventName, event, among: vocabulary.events.names)
                return nil
            }
            guard let about = called.fields.first?.type.entityKind,
                vocabulary.isKind(kind.name, about)
            else {
                report(
                    .valueDoesNotFit,
                    [fieldName.text, called.fields.first?.type.written ?? event.text],
                    at: fieldName.place)
                return nil
            }
            return .cancel(
                event: event.text, field: fieldName.text,
                matching: self.matching(matching, of: called, in: scope))
        }
    }

    /// What the fields of an event that is called off must be.
    private mutating func matching(
        _ syntax: [EventSyntax.Assignment], of called: EventDeclaration, in scope: EffectScope
    ) -> [Effect.Assignment] {
        syntax.compactMap { assignment in
            guard let field = called.fields[assignment.attribute.text] else {
                reportUnknown(
                    .unknownField, assignment.attribute, [called.name], among: called.fields.names)
                return nil
            }
            return operand(assignment, as: field.type, in: scope).map {
                Effect.Assignment(attribute: field.name, operand: $0)
            }
        }
    }

    /// Reports a field that is to say when, and can't.
    private mutating func checkInstant(_ name: Name, in scope: EffectScope) {
        guard let found = field(name, in: scope) else { return }
        guard [.instant, .date, .lastDay].contains(found.type) else {
            report(.valueDoesNotFit, [name.text, ValueType.instant.written], at: name.place)
            return
        }
    }

    private var recordKinds: [KindDeclaration] { vocabulary.kinds.filter { $0.ownership != nil } }

    private mutating func assignments(
        _ syntax: [EventSyntax.Assignment], of kind: KindDeclaration, in scope: EffectScope
    ) -> [Effect.Assignment] {
        syntax.compactMap { assignment in
            guard let attribute = kind.attributes[assignment.attribute.text] else {
                reportUnknown(
                    .unknownAttribute, assignment.attribute, [kind.name],
                    among: kind.attributes.names)
                return nil
            }
            return operand(assignment, as: attribute.type, in: scope).map {
                Effect.Assignment(attribute: attribute.name, operand: $0)
            }
        }
    }

    private mutating func operand(
        _ assignment: EventSyntax.Assignment, as type: ValueType, in scope: EffectScope
    ) -> Effect.Operand? {
        if assignment.isCurrent, case .member(let owner, let relation) = assignment.value.kind,
            case .name(let ownerField) = owner.kind
        {
            guard let kind = entityKind(of: Name(ownerField, owner.place), in: scope) else {
                return nil
            }
            guard let record = vocabulary.record(relation: relation.text, of: kind.name) else {
                reportUnknown(
                    .notARelation, relation, [kind.name],
                    among: recordKinds.compactMap(\.ownership?.relation))
                return nil
            }
            guard fits(.entity(record.name), type) else {
                report(.typesDiffer, [type.written, record.name], at: relation.place)
                return nil
            }
            return .current(kind: record.name, ownerField: ownerField)
        }
        // As in conditions, a word that is a case of the enumeration wanted means the case.
        if case .name(let name) = assignment.value.kind, case .enumeration(let enumeration) = type,
            vocabulary.enumerations[enumeration]?.rank(of: name) != nil
        {
            return .constant(.symbol(name))
        }
        if case .name(let name) = assignment.value.kind, let field = scope.fields[name] {
            guard fits(field.type, type) else {
                report(
                    .typesDiffer, [type.written, field.type.written],
                    at: assignment.value.place)
                return nil
            }
            return .field(name)
        }
        return constant(assignment.value, as: type).map(Effect.Operand.constant)
    }

    private func fits(_ given: ValueType, _ wanted: ValueType) -> Bool {
        if given == wanted { return true }
        // A last day and a date are kept as the instants they mean.
        if wanted == .instant, given == .lastDay || given == .date { return true }
        guard case .entity(let kind) = given, case .entity(let ancestor) = wanted else {
            return false
        }
        return vocabulary.isKind(kind, ancestor)
    }

    private mutating func field(_ name: Name, in scope: EffectScope) -> EventDeclaration.Field? {
        if let field = scope.fields[name.text] { return field }
        reportUnknown(.unknownField, name, [scope.event], among: scope.fields.names)
        return nil
    }

    private mutating func entityKind(of name: Name, in scope: EffectScope) -> KindDeclaration? {
        guard let field = field(name, in: scope) else { return nil }
        guard case .entity(let kind) = field.type else {
            report(.noAttributesHere, [name.text, field.type.written], at: name.place)
            return nil
        }
        return vocabulary.kinds[kind]
    }
}
