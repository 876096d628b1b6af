import Facts
import PolicyLanguage

/// Conditions and what they read.
extension ASTWriter {
    static func tree(_ condition: Condition) -> JSONTree {
        switch condition {
        case .constant(let value): .node("constant", ["value": .boolean(value)])
        case .not(let inner): .node("not", ["condition": tree(inner)])
        case .and(let parts): .node("and", ["conditions": .list(parts.map { tree($0) })])
        case .or(let parts): .node("or", ["conditions": .list(parts.map { tree($0) })])
        case .compare(let comparison, let left, let right):
            .node(
                "compare",
                ["how": .text(comparison.rawValue), "left": tree(left), "right": tree(right)])
        case .member(let member, let set):
            .node("member", ["value": tree(member), "set": tree(set)])
        case .overlap(let left, let right):
            .node("overlap", ["left": tree(left), "right": tree(right)])
        case .superset(let set, let part):
            .node("superset", ["set": tree(set), "of": tree(part)])
        case .below(let low, let high, let kind, let attribute):
            .node(
                "below",
                [
                    "value": tree(low), "of": tree(high), "kind": .text(kind),
                    "attribute": .text(attribute),
                ])
        case .flag(let operand): .node("flag", ["value": tree(operand)])
        case .quantified(let quantifier, let variable, let domain, let inner):
            .node(
                "quantified",
                [
                    "quantifier": tree(quantifier), "variable": .integer(Int64(variable)),
                    "over": tree(domain), "condition": tree(inner),
                ])
        case .has(let operand): .node("has", ["value": tree(operand)])
        case .inForce(let operand): .node("in-force", ["value": tree(operand)])
        case .isKind(let operand, let kind):
            .node("kind", ["value": tree(operand), "kind": .text(kind)])
        case .moment(let moment): tree(moment)
        case .may(let action): .node("may", ["action": .text(action)])
        case .passed(let check, let inner):
            .node("passed", ["check": .text(check), "condition": tree(inner)])
        case .reached(let operand): .node("reached", ["value": tree(operand)])
        case .elapsed(let instant, let period, let beginning, let isOver):
            .node(
                "elapsed",
                [
                    "value": instant.map { tree($0) }, "period": tree(period),
                    "after": tree(beginning), "over": .boolean(isOver),
                ])
        case .during(let window): .node("during", ["window": tree(window)])
        case .at(let instant, let inner):
            .node("at", ["time": tree(instant), "condition": tree(inner)])
        case .held(let inner, let period):
            .node("held", ["condition": tree(inner), "period": tree(period)])
        }
    }

    private static func tree(_ moment: Condition.Moment) -> JSONTree {
        .node(
            "moment",
            [
                "owner": tree(moment.owner), "kind": .text(moment.kind),
                "attribute": .text(moment.attribute), "argument": tree(moment.argument),
                "hierarchyKind": .text(moment.hierarchyKind),
                "hierarchyAttribute": .text(moment.hierarchyAttribute),
                "event": .text(moment.event), "whileKind": .text(moment.whileKind),
                "period": tree(moment.period),
            ])
    }

    private static func tree(_ quantifier: Quantifier) -> JSONTree {
        switch quantifier {
        case .some: .node("some")
        case .every: .node("every")
        case .atLeast(let count): .node("at-least", ["count": .integer(Int64(count))])
        }
    }

    private static func tree(_ window: Window) -> JSONTree {
        switch window {
        case .clock(let hours):
            .node(
                "clock",
                [
                    "fromMinute": .integer(Int64(hours.from)),
                    "untilMinute": .integer(Int64(hours.until)),
                ])
        case .calendar(let name): .node("calendar", ["name": .text(name)])
        }
    }

    static func tree(_ domain: Domain) -> JSONTree {
        switch domain {
        case .records(let kind, let owner):
            .node("records", ["kind": .text(kind), "of": tree(owner)])
        case .members(let set): .node("members", ["of": tree(set)])
        case .chain(let lowest, let kind, let attribute):
            .node(
                "chain",
                ["of": tree(lowest), "kind": .text(kind), "attribute": .text(attribute)])
        }
    }

    static func tree(_ operand: Operand) -> JSONTree {
        switch operand {
        case .subject: .node("subject")
        case .resource: .node("resource")
        case .variable(let id): .node("variable", ["id": .integer(Int64(id))])
        case .constant(let value, let type):
            .node("constant", ["value": tree(value), "type": tree(type)])
        case .attribute(let base, let name, let kind):
            .node("attribute", ["of": tree(base), "name": .text(name), "kind": .text(kind)])
        case .context(let name): .node("context", ["name": .text(name)])
        case .list(let name): .node("list", ["name": .text(name)])
        case .lookup(let table, let key):
            .node("lookup", ["table": .text(table), "key": tree(key)])
        case .began(let base): .node("began", ["of": tree(base)])
        case .ends(let base): .node("ends", ["of": tree(base)])
        }
    }
}
