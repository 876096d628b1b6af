import Facts
import PolicyLanguage

/// What a policy can speak of.
extension ASTWriter {
    static func tree(_ vocabulary: Vocabulary) -> JSONTree {
        .members([
            "enumerations": .list(vocabulary.enumerations.map { tree($0) }),
            "kinds": .list(vocabulary.kinds.map { tree($0) }),
            "actions": .list(vocabulary.actions.map { tree($0) }),
            "contexts": .list(
                vocabulary.contexts.map {
                    .members(["name": .text($0.name), "type": tree($0.type)])
                }),
            "checks": .list(vocabulary.checks.map { tree($0) }),
            "events": .list(vocabulary.events.map { tree($0) }),
            "sources": .list(
                vocabulary.sources.map {
                    .members([
                        "name": .text($0.name), "label": .text($0.label),
                        "fresh": $0.fresh.map { tree($0) },
                    ])
                }),
            "purposes": .list(
                vocabulary.purposes.map {
                    .members([
                        "name": .text($0.name), "label": .text($0.label),
                        "covers": $0.covers.map(JSONTree.texts),
                    ])
                }),
            "tables": .list(vocabulary.tables.map { tree($0) }),
            "lists": .list(vocabulary.lists.map { tree($0) }),
            "calendars": .list(
                vocabulary.calendars.map {
                    .members([
                        "name": .text($0.name), "label": .text($0.label),
                        "weekdays": .texts($0.weekdays.map(\.rawValue)),
                        "except": .texts($0.except),
                    ])
                }),
        ])
    }

    private static func tree(_ enumeration: Enumeration) -> JSONTree {
        .members([
            "name": .text(enumeration.name), "ordered": .boolean(enumeration.isScale),
            "cases": .list(
                enumeration.cases.map {
                    .members(["name": .text($0.name), "label": .text($0.label)])
                }),
        ])
    }

    private static func tree(_ kind: KindDeclaration) -> JSONTree {
        .members([
            "name": .text(kind.name), "label": .text(kind.label),
            "parent": kind.parent.map(JSONTree.text),
            "owner": kind.ownership.map { .text($0.owner) },
            "relation": kind.ownership.map { .text($0.relation) },
            "attributes": .list(kind.attributes.map { tree($0) }),
            "hierarchy": kind.hierarchy.map { .text($0.attribute) },
            "limitedTo": kind.limitedTo.map(JSONTree.text), "sources": .texts(kind.sources),
            "phrases": .list(kind.phrases.map { tree($0) }),
        ])
    }

    private static func tree(_ attribute: AttributeDeclaration) -> JSONTree {
        .members([
            "name": .text(attribute.name), "type": tree(attribute.type),
            "default": attribute.defaultValue.map { tree($0) },
            "sources": .texts(attribute.sources),
            "limitedTo": attribute.limitedTo.map(JSONTree.text),
            "mayBeBrought": .boolean(attribute.mayBeBrought),
        ])
    }

    private static func tree(_ action: Vocabulary.ActionDeclaration) -> JSONTree {
        .members([
            "name": .text(action.name), "kind": .text(action.kind),
            "arguments": .texts(action.arguments),
        ])
    }

    private static func tree(_ check: CheckDeclaration) -> JSONTree {
        .members([
            "name": .text(check.name), "label": .text(check.label),
            "covers": .texts(check.covers), "consentRequired": .boolean(check.consentRequired),
            "lasts": tree(check.lasts),
        ])
    }

    private static func tree(_ table: TableDeclaration) -> JSONTree {
        .members([
            "name": .text(table.name), "label": .text(table.label),
            "keyType": tree(table.keyType), "valueType": tree(table.valueType),
            "rows": .list(
                table.rows.map { .members(["key": tree($0.key), "value": tree($0.value)]) }),
            "otherwise": table.otherwise.map { tree($0) },
        ])
    }

    private static func tree(_ list: ListDeclaration) -> JSONTree {
        .members([
            "name": .text(list.name), "label": .text(list.label), "type": tree(list.memberType),
            "members": .list(
                list.members.map { member in
                    let (from, until) = (member.interval.from, member.interval.until)
                    return .members([
                        "value": tree(member.value),
                        "from": from == .distantPast ? nil : tree(from),
                        "until": until == .distantFuture ? nil : tree(until),
                    ])
                }),
        ])
    }

    // MARK: Events

    private static func tree(_ event: EventDeclaration) -> JSONTree {
        .members([
            "name": .text(event.name), "label": .text(event.label),
            "command": .text(event.command),
            "fields": .list(
                event.fields.map {
                    .members([
                        "name": .text($0.name), "type": tree($0.type),
                        "optional": .boolean($0.isOptional),
                    ])
                }),
            "effects": .list(event.effects.map { tree($0) }),
            "phrases": .list(event.phrases.map { tree($0) }),
        ])
    }

    private static func tree(_ effect: Effect) -> JSONTree {
        var members: [String: JSONTree?] = [
            "at": effect.atField.map(JSONTree.text), "if": effect.onlyIfField.map(JSONTree.text),
        ]
        let kind: String
        switch effect.operation {
        case .create(let field, let attributes):
            kind = "create"
            members["field"] = .text(field)
            members["attributes"] = .list(attributes.map { tree($0) })
        case .set(let field, let assignment):
            kind = "set"
            members["field"] = .text(field)
            members["attributes"] = .list([tree(assignment)])
        case .begin(let record, let owner, let attributes, let end):
            kind = "begin"
            members["record"] = .text(record)
            members["field"] = .text(owner)
            members["attributes"] = .list(attributes.map { tree($0) })
            switch end {
            case .field(let field): members["until"] = .text(field)
            case .lastsOfCheck(let field): members["lastsOfCheck"] = .text(field)
            case nil: break
            }
        case .end(let record, let owner, let matching):
            kind = "end"
            members["record"] = .text(record)
            members["field"] = owner.map(JSONTree.text)
            members["matching"] = .list(matching.map { tree($0) })
        case .need(let record, let owner, let matching):
            kind = "need"
            members["record"] = .text(record)
            members["field"] = .text(owner)
            members["matching"] = .list(matching.map { tree($0) })
        case .cancel(let event, let field, let matching):
            kind = "cancel"
            members["event"] = .text(event)
            members["field"] = .text(field)
            members["matching"] = .list(matching.map { tree($0) })
        }
        return .node(kind, members)
    }

    private static func tree(_ assignment: Effect.Assignment) -> JSONTree {
        let value: JSONTree
        switch assignment.operand {
        case .field(let name): value = .node("field", ["name": .text(name)])
        case .constant(let constant): value = .node("constant", ["value": tree(constant)])
        case .current(let kind, let owner):
            value = .node("current", ["record": .text(kind), "field": .text(owner)])
        }
        return .members(["attribute": .text(assignment.attribute), "value": value])
    }
}
