public import DecisionEngine
public import Facts
import Lifecycle
public import PolicyLanguage
public import PolicyProgram

/// A scenario whose facts are laid out, so that its expectations can be held against the policy.
public struct ScenarioRun: Sendable {
    /// The scenario.
    public let scenario: CheckedScenario
    /// Its facts, events and all.
    public let facts: FactBase
    let engine: DecisionEngine
    /// What the events change; nil where no expectation asks, or there is no plan.
    let plan: Plan?

    /// Folds the scenario's facts, and computes the plan of its events where an expectation is about it.
    public init(
        _ scenario: CheckedScenario, of policy: CheckedPolicy, program: Program,
        digest: ProgramDigest
    ) {
        func facts(_ entries: [LedgerEntry]) -> FactBase {
            Fold.facts(from: entries, vocabulary: policy.vocabulary, zone: policy.zone).facts
        }
        self.scenario = scenario
        let after = facts(scenario.entries)
        self.facts = after
        engine = DecisionEngine(program: program, facts: after, digest: digest)
        guard scenario.expectations.contains(where: \.isAboutPlan) else {
            plan = nil
            return
        }
        let before = facts(scenario.entries.filter { !$0.isEvent })
        let events = scenario.entries.compactMap { entry -> Event? in
            guard case .event(let event) = entry.content else { return nil }
            return event
        }
        plan = try? Planner(program: program, facts: before, digest: digest)
            .plan(of: FactChange(from: before, to: after), for: events)
    }

    /// The scenario's result, all expectations in the order written.
    public func result() -> ScenarioResult {
        result(scenario.expectations.map(outcome(of:)))
    }

    /// The scenario's result with outcomes that were asked for one by one.
    public func result(_ outcomes: [ScenarioResult.Outcome]) -> ScenarioResult {
        ScenarioResult(
            title: scenario.title, place: scenario.place, facts: facts, outcomes: outcomes)
    }

    /// Holds one expectation against the policy.
    public func outcome(
        of expectation: CheckedScenario.Expectation
    ) -> ScenarioResult.Outcome {
        switch expectation.content {
        case .decision(let expected): outcome(of: expectation, expected)
        case .change(let expected): outcome(of: expectation, expected)
        case .noChange(let subject): outcome(of: expectation, noChangeFor: subject)
        case .answer(let expected): outcome(of: expectation, expected)
        }
    }

    // MARK: Decisions

    private func outcome(
        of expectation: CheckedScenario.Expectation, _ expected: ExpectedDecision
    ) -> ScenarioResult.Outcome {
        let request = Request(
            subject: expected.subject.name, action: expected.action,
            resource: expected.resource.name, context: expected.context, at: expected.time)
        let explanation = explanation(of: request)
        let decision = explanation.decision
        let missing = expected.rules.filter { !decision.rules.contains($0) }
        var mismatches: [ScenarioResult.Mismatch] = []
        if decision.isPermitted != expected.isPermitted { mismatches.append(.verdict) }
        if !missing.isEmpty { mismatches.append(.rules) }
        if let obligations = expected.obligations, obligations != decision.obligationNames {
            mismatches.append(.obligations)
        }
        if let end = expected.end, !end.isMet(by: decision.validUntil) { mismatches.append(.end) }
        return ScenarioResult.Outcome(
            expectation: expectation, request: request, explanation: explanation, rows: [],
            mismatches: mismatches, missingRules: missing, truths: engine.ruleTruths(request),
            match: nil)
    }

    /// All of it: what scenarios tell of is made up.
    private func explanation(of request: Request) -> Explanation {
        engine.explain(request, for: .entitled(under: engine.program.vocabulary))
    }

    // MARK: Plans

    private func outcome(
        of expectation: CheckedScenario.Expectation, _ expected: ExpectedChange
    ) -> ScenarioResult.Outcome {
        let request = Request(
            subject: expected.subject.name, action: expected.action,
            resource: expected.resource.name, at: expected.time)
        let rows = (plan?.rows ?? []).filter { $0.concerns(expected) }
        let match = rows.first { $0.meets(expected) }
        let named = Set(rows.flatMap(\.grounds))
        return ScenarioResult.Outcome(
            expectation: expectation, request: request, explanation: explanation(of: request),
            rows: rows,
            mismatches: match == nil ? [plan == nil ? .noPlan : .missingRow] : [],
            missingRules: match == nil ? expected.rules.filter { !named.contains($0) } : [],
            truths: [], match: match)
    }

    private func outcome(
        of expectation: CheckedScenario.Expectation, noChangeFor subject: EntityID
    ) -> ScenarioResult.Outcome {
        let rows = (plan?.rows ?? []).filter { $0.subject == subject && $0.change != .keep }
        let mismatches: [ScenarioResult.Mismatch] =
            plan == nil ? [.noPlan] : rows.isEmpty ? [] : [.unexpectedRow]
        return ScenarioResult.Outcome(
            expectation: expectation, request: nil, explanation: nil, rows: rows,
            mismatches: mismatches, missingRules: [], truths: [], match: nil)
    }
}

/// Runs a policy's scenarios against the engine.
public enum ScenarioRunner {
    /// Runs all scenarios of `policy`, in the order written.
    public static func run(
        _ policy: CheckedPolicy, program: Program, digest: ProgramDigest
    ) -> [ScenarioResult] {
        policy.scenarios.map {
            ScenarioRun($0, of: policy, program: program, digest: digest).result()
        }
    }
}

extension ExpectedEnd {
    /// Whether something that ends at `instant`, or never, ends as expected.
    fileprivate func isMet(by instant: Instant?) -> Bool {
        switch self {
        case .at(let expected): instant == expected
        case .never: instant == nil
        }
    }
}

extension Plan.Row {
    fileprivate func concerns(_ expected: ExpectedChange) -> Bool {
        subject == expected.subject && actions.contains(expected.action)
            && resources.contains(expected.resource)
    }

    fileprivate func meets(_ expected: ExpectedChange) -> Bool {
        let until = interval.until == .distantFuture ? nil : interval.until
        return change.rawValue == expected.kind.rawValue && interval.from == expected.time
            && expected.end?.isMet(by: until) != false
            && expected.rules.allSatisfy(grounds.contains)
    }

    /// The rules that account for the row: what gave the access it is about, and what stands in the way.
    fileprivate var grounds: [String] {
        switch change {
        case .revoke, .suspend: before + inTheWay
        case .grant, .keep: after + inTheWay
        case .restrict: before + after + inTheWay
        }
    }
}

extension LedgerEntry {
    fileprivate var isEvent: Bool {
        if case .event = content { true } else { false }
    }
}
