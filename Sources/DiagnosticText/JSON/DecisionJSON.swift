package import DecisionEngine
package import Facts
import PolicyProgram

/// A decision and its reasons in JSON.
package struct DecisionJSON: Encodable, Sendable {
    /// A part of a rule.
    struct Clause: Encodable {
        let text: String
        let truth: String
        let facts: [Fact]
    }

    /// A fact.
    struct Fact: Encodable {
        let entity: String
        let owner: String?
        let attribute: String?
        let value: ValueJSON?
        let interval: IntervalJSON
        let source: String
        let sequence: Int64
    }

    /// A change that, with others, would permit what is denied.
    struct Change: Encodable {
        let context: String?
        let entity: String?
        let attribute: String?
        let value: ValueJSON?
        let record: String?
        let attributes: [String: ValueJSON]?
    }

    /// A rule.
    struct Rule: Encodable {
        let name: String
        let kind: String
        let outcome: String
        let because: [String: String]
        let cites: [String]
        let head: [Clause]
        let when: [Clause]
        let onlyIf: [Clause]
    }

    let decision: String
    let basis: String
    let subject: String
    let action: String
    let resource: String
    let time: String
    let rules: [Rule]
    let lacking: [Rule]
    let remedies: [[Change]]
    let obligations: [ObligationJSON]
    let validUntil: String?
    let validUntilWithheld: Bool
    let program: String
    let sequence: Int64

    /// Puts an explanation in JSON.
    package init(
        _ explanation: Explanation, remedies found: [Remedy], of request: Request, zone: ZoneTable
    ) {
        let decided = explanation.decision
        decision = decided.isPermitted ? "permit" : "deny"
        basis = decided.basis.rawValue
        subject = request.subject
        action = request.action
        resource = request.resource
        time = TimeText.rfc3339(request.time, in: zone)
        rules = explanation.determining.map { Self.rule($0, zone: zone) }
        lacking = explanation.lacking.map { Self.rule($0, zone: zone) }
        remedies = found.map { $0.changes.map { Self.change($0, zone) } }
        obligations = decided.obligations.map { ObligationJSON($0, zone: zone) }
        validUntil = decided.validUntil.map { TimeText.rfc3339($0, in: zone) }
        validUntilWithheld = explanation.isEndWithheld
        program = decided.program.description
        sequence = decided.sequence
    }

    private static func change(_ change: Remedy.Change, _ zone: ZoneTable) -> Change {
        switch change {
        case .context(let name, let value):
            Change(
                context: name, entity: nil, attribute: nil, value: ValueJSON(value, zone: zone),
                record: nil, attributes: nil)
        case .attribute(let name, let id, let value):
            Change(
                context: nil, entity: id.description, attribute: name,
                value: ValueJSON(value, zone: zone), record: nil, attributes: nil)
        case .record(let kind, let owner, let attributes):
            Change(
                context: nil, entity: owner.description, attribute: nil, value: nil, record: kind,
                attributes: attributes.mapValues { ValueJSON($0, zone: zone) })
        }
    }

    private static func text(_ truth: Truth?) -> String {
        truth.map { String(describing: $0) } ?? "withheld"
    }

    private static func rule(_ finding: Explanation.RuleFinding, zone: ZoneTable) -> Rule {
        Rule(
            name: finding.rule.name, kind: String(describing: finding.rule.kind),
            outcome: Self.text(finding.outcome), because: finding.rule.because,
            cites: finding.rule.cites, head: clauses(finding.head, zone),
            when: clauses(finding.when, zone), onlyIf: clauses(finding.onlyIf, zone))
    }

    private static func clauses(
        _ findings: [Explanation.ClauseFinding], _ zone: ZoneTable
    ) -> [Clause] {
        findings.map { finding in
            Clause(
                text: finding.text, truth: Self.text(finding.truth),
                facts: finding.facts.map { fact in
                    Fact(
                        entity: fact.entity.description, owner: fact.owner?.description,
                        attribute: fact.attribute,
                        value: fact.value.map { ValueJSON($0, zone: zone) },
                        interval: IntervalJSON(fact.interval, zone: zone),
                        source: fact.origin.source, sequence: fact.origin.sequence)
                })
        }
    }
}

/// An obligation in JSON.
package struct ObligationJSON: Encodable, Sendable {
    let name: String
    let parameters: [String: ValueJSON]

    init(_ obligation: Obligation, zone: ZoneTable) {
        name = obligation.name
        parameters = obligation.parameters.mapValues { ValueJSON($0, zone: zone) }
    }
}
