import DecisionEngine
import Facts
import Lifecycle
import PolicyLanguage
import PolicyProgram

/// Limits, entitlements and duties.
extension ScenarioRun {
    func outcome(
        of expectation: CheckedScenario.Expectation, _ expected: ExpectedAnswer
    ) -> ScenarioResult.Outcome {
        let (isMet, found) =
            switch expected {
            case .limit(let name, let group, let isExceeded, let time):
                limit(name, group, isExceeded: isExceeded, at: time)
            case .entitlement(let group, let subject, let holds, let time):
                entitlement(group, subject, holds: holds, at: time)
            case .duty(let verb, let object, let by): duty(verb, object, by: by)
            }
        var outcome = ScenarioResult.Outcome(
            expectation: expectation, request: nil, explanation: nil, rows: [],
            mismatches: isMet ? [] : [.answer], missingRules: [], truths: [], match: nil)
        outcome.found = found
        return outcome
    }

    private func limit(
        _ name: String, _ group: String?, isExceeded: Bool, at time: Instant
    ) -> (isMet: Bool, found: [String]) {
        guard let limit = engine.program.limits.first(where: { $0.name == name }),
            let all = engine.findings(of: limit, at: time)
        else { return (false, []) }
        let findings = all.filter { group == nil || $0.group?.name == group }
        let found = findings.map { finding in
            let group = finding.group.map { "\($0.name): " } ?? ""
            let people = finding.people.map(\.name).joined(separator: ", ")
            return "\(group)\(finding.people.count) / \(finding.most) (\(people))"
        }
        // Resources nobody has spoken of keep no limit and exceed none.
        guard !findings.isEmpty else { return (false, []) }
        return (findings.contains(where: \.isExceeded) == isExceeded, found)
    }

    private func entitlement(
        _ group: String, _ subject: EntityID, holds: Bool, at time: Instant
    ) -> (isMet: Bool, found: [String]) {
        guard
            let entitlement = engine.program.entitlements.first(where: { $0.group == group })
        else { return (false, []) }
        let members = engine.members(of: entitlement, at: time)
        return (members.contains(subject) == holds, members.map(\.name))
    }

    private func duty(
        _ verb: String, _ object: String, by: Instant?
    ) -> (isMet: Bool, found: [String]) {
        let duties = plan?.duties ?? []
        let isMet = duties.contains { duty in
            duty.verb == verb && duty.object.plainText == object && (by == nil || duty.by == by)
        }
        return (isMet, duties.map { "\($0.verb) \($0.object.plainText)" })
    }
}

extension Value {
    /// The value as a scenario's word says it.
    fileprivate var plainText: String {
        switch self {
        case .boolean(let boolean): String(boolean)
        case .integer(let number): String(number)
        case .text(let text), .symbol(let text): text
        case .instant(let instant): String(instant.secondsSinceEpoch)
        case .entity(let id): id.name
        case .set(let members): "{" + members.map(\.plainText).joined(separator: ", ") + "}"
        }
    }
}
