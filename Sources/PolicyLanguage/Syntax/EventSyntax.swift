import Diagnostics

struct EventSyntax: Hashable, Sendable {
    struct Field: Hashable, Sendable {
        let name: Name
        let type: TypeSyntax
        let isOptional: Bool
    }

    struct Assignment: Hashable, Sendable {
        let attribute: Name
        let value: Expression
        /// The record that holds now, for `current person.engagements`.
        let isCurrent: Bool
    }

    enum End: Hashable, Sendable {
        case field(Name)
        case lasts(of: Name)
    }

    enum Operation: Hashable, Sendable {
        case create(field: Name, [Assignment])
        case set(field: Name, Assignment)
        case begin(kind: Name, field: Name, [Assignment], End?)
        case end(field: Name?, relation: Name, [Assignment])
        case need(field: Name, relation: Name, [Assignment])
        case cancel(event: Name, field: Name, [Assignment])
    }

    struct Effect: Hashable, Sendable {
        let operation: Operation
        let atField: Name?
        let onlyIfField: Name?
    }

    let name: LabelledName
    let command: Name?
    var mode = DeclarationMode.new
    var fields: [Field] = []
    var effects: [Effect] = []
    var phrases: [PhraseSyntax] = []
}
