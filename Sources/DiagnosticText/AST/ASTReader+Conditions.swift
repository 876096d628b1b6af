import Facts
import PolicyLanguage

/// Conditions and what they read.
extension ASTReader {
    func condition(_ node: JSONNode) throws(ASTProblem) -> Condition {
        switch try node.text("is") {
        case "constant": return .constant(try node.boolean("value"))
        case "not": return .not(try inner(node))
        case "and": return .and(try parts(node))
        case "or": return .or(try parts(node))
        case "compare":
            return .compare(
                try node.one("how", of: Condition.Comparison.self), try operand(node, "left"),
                try operand(node, "right"))
        case "member": return .member(try operand(node, "value"), of: try operand(node, "set"))
        case "overlap": return .overlap(try operand(node, "left"), try operand(node, "right"))
        case "superset": return .superset(try operand(node, "set"), try operand(node, "of"))
        case "below":
            return .below(
                try operand(node, "value"), try operand(node, "of"), kind: try node.text("kind"),
                attribute: try node.text("attribute"))
        case "flag": return .flag(try operand(node, "value"))
        case "quantified":
            return .quantified(
                try quantifier(try node.member("quantifier")), variable: try node.int("variable"),
                over: try domain(try node.member("over")), try inner(node))
        case "has": return .has(try operand(node, "value"))
        case "in-force": return .inForce(try operand(node, "value"))
        case "kind": return .isKind(try operand(node, "value"), try node.text("kind"))
        case "moment": return .moment(try moment(node))
        case "may": return .may(action: try node.text("action"))
        case "passed": return .passed(check: try node.text("check"), try inner(node))
        default: return try temporal(node)
        }
    }

    private func temporal(_ node: JSONNode) throws(ASTProblem) -> Condition {
        switch try node.text("is") {
        case "reached": return .reached(try operand(node, "value"))
        case "elapsed":
            return .elapsed(
                try node.optional("value") { (node) throws(ASTProblem) in try operand(node) },
                try period(try node.member("period")), after: try operand(node, "after"),
                isOver: try node.boolean("over"))
        case "during": return .during(try window(try node.member("window")))
        case "at": return .at(try operand(node, "time"), try inner(node))
        case "held": return .held(try inner(node), try period(try node.member("period")))
        default: throw node.problem("a condition")
        }
    }

    private func inner(_ node: JSONNode) throws(ASTProblem) -> Condition {
        try condition(try node.member("condition"))
    }

    private func parts(_ node: JSONNode) throws(ASTProblem) -> [Condition] {
        try node.list("conditions") { (node) throws(ASTProblem) in try condition(node) }
    }

    private func operand(_ node: JSONNode, _ key: String) throws(ASTProblem) -> Operand {
        try operand(try node.member(key))
    }

    private func moment(_ node: JSONNode) throws(ASTProblem) -> Condition.Moment {
        Condition.Moment(
            owner: try operand(node, "owner"), kind: try node.text("kind"),
            attribute: try node.text("attribute"), argument: try operand(node, "argument"),
            hierarchyKind: try node.text("hierarchyKind"),
            hierarchyAttribute: try node.text("hierarchyAttribute"),
            event: try node.text("event"), whileKind: try node.text("whileKind"),
            period: try period(try node.member("period")))
    }

    private func quantifier(_ node: JSONNode) throws(ASTProblem) -> Quantifier {
        switch try node.text("is") {
        case "some": return .some
        case "every": return .every
        case "at-least": return .atLeast(try node.int("count"))
        default: throw node.problem("a quantifier")
        }
    }

    private func window(_ node: JSONNode) throws(ASTProblem) -> Window {
        switch try node.text("is") {
        case "clock":
            return .clock(
                DailyHours(from: try node.int("fromMinute"), until: try node.int("untilMinute")))
        case "calendar": return .calendar(try node.text("name"))
        default: throw node.problem("a window of time")
        }
    }

    func domain(_ node: JSONNode) throws(ASTProblem) -> Domain {
        let base = try operand(node, "of")
        switch try node.text("is") {
        case "records": return .records(kind: try node.text("kind"), owner: base)
        case "members": return .members(base)
        case "chain":
            return .chain(
                base, kind: try node.text("kind"), attribute: try node.text("attribute"))
        default: throw node.problem("what a quantifier looks through")
        }
    }

    func operand(_ node: JSONNode) throws(ASTProblem) -> Operand {
        switch try node.text("is") {
        case "subject": return .subject
        case "resource": return .resource
        case "variable": return .variable(try node.int("id"))
        case "constant":
            return .constant(try value(try node.member("value")), try type(try node.member("type")))
        case "attribute":
            return .attribute(
                try operand(node, "of"), name: try node.text("name"), kind: try node.text("kind"))
        case "context": return .context(try node.text("name"))
        case "list": return .list(try node.text("name"))
        case "lookup": return .lookup(table: try node.text("table"), try operand(node, "key"))
        case "began": return .began(try operand(node, "of"))
        case "ends": return .ends(try operand(node, "of"))
        default: throw node.problem("something with a value")
        }
    }
}
