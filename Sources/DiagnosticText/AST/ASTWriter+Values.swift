import Facts
import PolicyLanguage

/// Types, values, times.
extension ASTWriter {
    static func tree(_ type: ValueType) -> JSONTree {
        switch type {
        case .boolean: .node("boolean")
        case .integer: .node("integer")
        case .text: .node("text")
        case .instant: .node("instant")
        case .date: .node("date")
        case .lastDay: .node("last-day")
        case .enumeration(let name): .node("enumeration", ["name": .text(name)])
        case .entity(let kind): .node("entity", ["kind": .text(kind)])
        case .set(let member): .node("set", ["of": tree(member)])
        }
    }

    static func tree(_ value: Value) -> JSONTree {
        switch value {
        case .boolean(let boolean): .node("boolean", ["value": .boolean(boolean)])
        case .integer(let integer): .node("integer", ["value": .integer(integer)])
        case .text(let text): .node("text", ["value": .text(text)])
        case .symbol(let name): .node("case", ["value": .text(name)])
        case .instant(let instant): .node("instant", ["value": tree(instant)])
        case .entity(let id):
            .node("entity", ["kind": .text(id.kind), "value": .text(id.name)])
        case .set(let members): .node("set", ["value": .list(members.map { tree($0) })])
        }
    }

    static func tree(_ instant: Instant) -> JSONTree {
        .text(TimeText.rfc3339(instant, in: .utc))
    }

    static func tree(_ period: Period) -> JSONTree {
        .members(["count": .integer(Int64(period.count)), "unit": .text(period.unit.rawValue)])
    }

    static func tree(_ phrase: Phrase) -> JSONTree {
        .text(
            phrase.parts.map { part in
                switch part {
                case .word(let word): word
                case .field(let name): "{\(name)}"
                }
            }.joined(separator: " "))
    }
}
