import Facts
package import PolicyLanguage

/// The JSON Schema (draft 2020-12) of a policy's events, as `ntk import` takes them: one object a line.
package enum EventSchema {
    /// The schema of all events that a policy knows.
    ///
    /// What it lets through may still be refused: whether a reference leads to somebody, and whether an event fits what
    /// happened before, only the ledger tells.
    package static func tree(_ policy: CheckedPolicy) -> JSONTree {
        let vocabulary = policy.vocabulary
        return .object([
            "$schema": .text("https://json-schema.org/draft/2020-12/schema"),
            "title": .text("Events of the policy \(policy.name) \(policy.version)"),
            "description": .text(
                "One line of JSON Lines. A date is its first instant in the policy's zone, \(policy.zone.name); a last day lasts to its end."
            ),
            "oneOf": .list(vocabulary.events.map { event($0, vocabulary) }),
            "$defs": .object(definitions(vocabulary)),
        ])
    }

    private static func event(_ event: EventDeclaration, _ vocabulary: Vocabulary) -> JSONTree {
        var properties: [String: JSONTree] = [
            "id": reference("id"), "at": reference("time"),
            "event": .object(["enum": .texts(Set([event.name, event.command]).sorted())]),
        ]
        for field in event.fields { properties[field.name] = schema(field.type) }
        let required = ["id", "event", "at"] + event.fields.filter { !$0.isOptional }.map(\.name)
        return .object([
            "title": .text(event.name), "description": .text(event.label),
            "type": .text("object"), "properties": .object(properties),
            "required": .texts(required.sorted()), "additionalProperties": .boolean(false),
        ])
    }

    private static func schema(_ type: ValueType) -> JSONTree {
        switch type {
        case .boolean: .object(["type": .text("boolean")])
        case .integer: .object(["type": .text("integer")])
        case .text: .object(["type": .text("string")])
        case .instant: reference("time")
        case .date: reference("date")
        case .lastDay: reference("last-day")
        case .enumeration(let name): reference("case-of-\(name)")
        case .entity(let kind):
            .object(["$ref": .text("#/$defs/id"), "description": .text("the id of a \(kind)")])
        case .set(let member):
            .object(["type": .text("array"), "items": schema(member)])
        }
    }

    private static func definitions(_ vocabulary: Vocabulary) -> [String: JSONTree] {
        var definitions: [String: JSONTree] = [
            "id": .object([
                "type": .text("string"), "minLength": .integer(1),
                "maxLength": .integer(Int64(Vocabulary.longestID)),
            ]),
            "time": .object([
                "type": .text("string"),
                "description": .text("2026-04-01, or 2026-04-01T09:00:00+09:00"),
            ]),
            "date": .object(["type": .text("string"), "format": .text("date")]),
            "last-day": .object(["type": .text("string"), "format": .text("date")]),
        ]
        for enumeration in vocabulary.enumerations {
            definitions["case-of-\(enumeration.name)"] = .object([
                "enum": .texts(enumeration.cases.map(\.name))
            ])
        }
        return definitions
    }

    private static func reference(_ name: String) -> JSONTree {
        .object(["$ref": .text("#/$defs/\(name)")])
    }
}
