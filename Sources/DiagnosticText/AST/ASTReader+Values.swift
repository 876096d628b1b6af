import Facts
import PolicyLanguage

/// Types, values, times.
extension ASTReader {
    func type(_ node: JSONNode) throws(ASTProblem) -> ValueType {
        switch try node.text("is") {
        case "boolean": return .boolean
        case "integer": return .integer
        case "text": return .text
        case "instant": return .instant
        case "date": return .date
        case "last-day": return .lastDay
        case "enumeration": return .enumeration(try node.text("name"))
        case "entity": return .entity(try node.text("kind"))
        case "set": return .set(of: try type(try node.member("of")))
        default: throw node.problem("a type")
        }
    }

    func value(_ node: JSONNode) throws(ASTProblem) -> Value {
        let value = try node.member("value")
        switch try node.text("is") {
        case "boolean": return .boolean(try value.boolean())
        case "integer": return .integer(try value.integer())
        case "text": return .text(try value.text())
        case "case": return .symbol(try value.text())
        case "instant": return .instant(try instant(value))
        case "entity":
            return .entity(EntityID(kind: try node.text("kind"), name: try value.text()))
        case "set":
            return .set(
                of: try node.list("value") { (node) throws(ASTProblem) in try self.value(node) })
        default: throw node.problem("a value")
        }
    }

    func instant(_ node: JSONNode) throws(ASTProblem) -> Instant {
        guard let instant = TimeText.instant(try node.text(), in: .utc) else {
            throw node.problem("a time as RFC 3339 has it")
        }
        return instant
    }

    func period(_ node: JSONNode) throws(ASTProblem) -> Period {
        let unit = try node.one("unit", of: Period.Unit.self)
        guard let period = Period(count: try node.int("count"), unit: unit) else {
            throw node.problem("a period")
        }
        return period
    }

    func phrase(_ node: JSONNode) throws(ASTProblem) -> Phrase {
        guard let phrase = Phrase(template: try node.text()) else { throw node.problem("a phrase") }
        return phrase
    }
}
