package import Facts
package import PolicyLanguage

/// Reads the checked policy back from JSON, as `docs/ast.md` describes it.
///
/// What it gives has been checked by nobody but whoever wrote the JSON.
package struct ASTReader: Sendable {
    private let zone: @Sendable (String) -> ZoneTable?

    /// Creates a reader.
    ///
    /// - Parameter zone: finds a zone's table by name; nil where there is none.
    package init(zone: @escaping @Sendable (String) -> ZoneTable?) { self.zone = zone }

    /// The policy; of its scenarios, the titles alone.
    package func policy(_ tree: JSONTree) throws(ASTProblem) -> CheckedPolicy {
        let node = JSONNode(tree: tree, path: "")
        let version = try node.member("ast")
        guard try version.integer() == ASTWriter.version else {
            throw version.problem("\(ASTWriter.version)")
        }
        guard let table = zone(try node.text("zone")) else {
            throw try node.member("zone").problem("a zone's name")
        }
        let titles = try node.list("scenarios") { (node) throws(ASTProblem) in
            try node.text("title")
        }
        return CheckedPolicy(
            name: try node.text("name"), version: try node.text("version"), zone: table,
            vocabulary: try vocabulary(try node.member("vocabulary")),
            rules: try node.list("rules", rule), leases: try node.list("leases", lease),
            limits: try node.list("limits", limit), duties: try node.list("duties", duty),
            entitlements: try node.list("entitlements", entitlement),
            scenarios: titles.map(CheckedScenario.init(title:)))
    }

    private func rule(_ node: JSONNode) throws(ASTProblem) -> CheckedRule {
        CheckedRule(
            name: try node.text("name"), kind: try node.one("kind", of: CheckedRule.Kind.self),
            obligations: try node.list("obligations", obligation),
            actions: try node.texts("actions"), head: try node.list("class", clause),
            when: try node.list("when", clause), onlyIf: try node.list("onlyIf", clause),
            because: try because(node), cites: try node.texts("cites"),
            text: try node.text("text"))
    }

    private func clause(_ node: JSONNode) throws(ASTProblem) -> Clause {
        Clause(condition: try condition(try node.member("condition")), text: try node.text("text"))
    }

    private func because(_ node: JSONNode) throws(ASTProblem) -> [String: String] {
        var reasons: [String: String] = [:]
        for (language, reason) in try node.member("because").members() {
            reasons[language] = try reason.text()
        }
        return reasons
    }

    private func obligation(_ node: JSONNode) throws(ASTProblem) -> CheckedObligation {
        let parameters = try node.list("parameters") { (node) throws(ASTProblem) in
            CheckedObligation.Parameter(
                name: try node.text("name"), value: try operand(try node.member("value")),
                type: try type(try node.member("type")))
        }
        return CheckedObligation(name: try node.text("name"), parameters: parameters)
    }

    private func lease(_ node: JSONNode) throws(ASTProblem) -> CheckedLease {
        CheckedLease(
            head: try condition(try node.member("class")),
            period: try period(try node.member("period")))
    }

    private func extent(_ node: JSONNode) throws(ASTProblem) -> CheckedExtent {
        CheckedExtent(
            action: try node.text("action"), isEvery: try node.boolean("every"),
            head: try condition(try node.member("class")))
    }

    private func limit(_ node: JSONNode) throws(ASTProblem) -> CheckedLimit {
        CheckedLimit(
            name: try node.text("name"), most: try node.int("most"),
            extent: try extent(try node.member("access")),
            group: try node.optional("group", operand), because: try because(node),
            cites: try node.texts("cites"), text: try node.text("text"))
    }

    private func duty(_ node: JSONNode) throws(ASTProblem) -> CheckedDuty {
        var fields: [String: Int] = [:]
        for (name, variable) in try node.member("fields").members() {
            fields[name] = Int(try variable.integer())
        }
        let about = try node.member("object")
        let object: CheckedDuty.Object
        switch try about.text("is") {
        case "one": object = .one(try operand(try about.member("value")))
        case "each":
            object = .each(
                try domain(try about.member("over")), variable: try about.int("variable"),
                try operand(try about.member("value")))
        default: throw about.problem("what a duty is about")
        }
        return CheckedDuty(
            event: try node.text("event"), fields: fields, verb: try node.text("verb"),
            object: object, byField: try node.optionalText("by"),
            when: try condition(try node.member("when")), because: try because(node),
            cites: try node.texts("cites"), text: try node.text("text"))
    }

    private func entitlement(_ node: JSONNode) throws(ASTProblem) -> CheckedEntitlement {
        var assuming: [String: Value] = [:]
        for (name, assumed) in try node.member("assuming").members() {
            assuming[name] = try value(assumed)
        }
        return CheckedEntitlement(
            group: try node.text("group"), extent: try extent(try node.member("access")),
            assuming: assuming, reveals: try node.texts("reveals"),
            approval: try node.optional("approval").map { approval throws(ASTProblem) in
                CheckedApproval(
                    count: try approval.int("count"), action: try approval.text("action"))
            }, because: try because(node), cites: try node.texts("cites"),
            text: try node.text("text"))
    }
}
