import Facts
package import PolicyLanguage

/// The checked policy as JSON, in the form that `docs/ast.md` describes.
package enum ASTWriter {
    /// The version of the form.
    package static let version: Int64 = 1

    /// A policy; keys are sorted when it is written.
    package static func tree(_ policy: CheckedPolicy) -> JSONTree {
        .members([
            "ast": .integer(version), "name": .text(policy.name),
            "version": .text(policy.version), "zone": .text(policy.zone.name),
            "vocabulary": tree(policy.vocabulary),
            "rules": .list(policy.rules.map { tree($0) }),
            "leases": .list(
                policy.leases.map {
                    .members(["class": tree($0.head), "period": tree($0.period)])
                }),
            "limits": .list(policy.limits.map { tree($0) }),
            "duties": .list(policy.duties.map { tree($0) }),
            "entitlements": .list(policy.entitlements.map { tree($0) }),
            "scenarios": .list(policy.scenarios.map { .members(["title": .text($0.title)]) }),
        ])
    }

    private static func tree(_ rule: CheckedRule) -> JSONTree {
        .members([
            "name": .text(rule.name), "kind": .text(rule.kind.rawValue),
            "obligations": .list(rule.obligations.map { tree($0) }),
            "actions": .texts(rule.actions), "class": tree(rule.head), "when": tree(rule.when),
            "onlyIf": tree(rule.onlyIf), "because": tree(rule.because),
            "cites": .texts(rule.cites), "text": .text(rule.text),
        ])
    }

    private static func tree(_ clauses: [Clause]) -> JSONTree {
        .list(
            clauses.map {
                .members(["condition": tree($0.condition), "text": .text($0.text)])
            })
    }

    private static func tree(_ reasons: [String: String]) -> JSONTree {
        .object(reasons.mapValues(JSONTree.text))
    }

    private static func tree(_ obligation: CheckedObligation) -> JSONTree {
        .members([
            "name": .text(obligation.name),
            "parameters": .list(
                obligation.parameters.map {
                    .members([
                        "name": .text($0.name), "value": tree($0.value), "type": tree($0.type),
                    ])
                }),
        ])
    }

    private static func tree(_ extent: CheckedExtent) -> JSONTree {
        .members([
            "action": .text(extent.action), "every": .boolean(extent.isEvery),
            "class": tree(extent.head),
        ])
    }

    private static func tree(_ limit: CheckedLimit) -> JSONTree {
        .members([
            "name": .text(limit.name), "most": .integer(Int64(limit.most)),
            "access": tree(limit.extent), "group": limit.group.map { tree($0) },
            "because": tree(limit.because), "cites": .texts(limit.cites),
            "text": .text(limit.text),
        ])
    }

    private static func tree(_ duty: CheckedDuty) -> JSONTree {
        let object: JSONTree =
            switch duty.object {
            case .one(let operand): .node("one", ["value": tree(operand)])
            case .each(let domain, let variable, let operand):
                .node(
                    "each",
                    [
                        "over": tree(domain), "variable": .integer(Int64(variable)),
                        "value": tree(operand),
                    ])
            }
        return .members([
            "event": .text(duty.event),
            "fields": .object(duty.fields.mapValues { .integer(Int64($0)) }),
            "verb": .text(duty.verb), "object": object,
            "by": duty.byField.map(JSONTree.text), "when": tree(duty.when),
            "because": tree(duty.because), "cites": .texts(duty.cites), "text": .text(duty.text),
        ])
    }

    private static func tree(_ entitlement: CheckedEntitlement) -> JSONTree {
        .members([
            "group": .text(entitlement.group), "access": tree(entitlement.extent),
            "assuming": .object(entitlement.assuming.mapValues { tree($0) }),
            "reveals": .texts(entitlement.reveals),
            "approval": entitlement.approval.map { approval in
                .members([
                    "count": .integer(Int64(approval.count)), "action": .text(approval.action),
                ])
            }, "because": tree(entitlement.because),
            "cites": .texts(entitlement.cites), "text": .text(entitlement.text),
        ])
    }
}
