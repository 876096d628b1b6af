import Facts
import PolicyProgram

/// Answers one request after another from one engine, and remembers what it has worked out on the way.
///
/// Take one for a batch of requests, or keep one for each thread for as long as the engine is the current one. It
/// belongs to one thread at a time; engines are what threads share.
///
///     var evaluator = engine.evaluator()
///     for request in requests where evaluator.decide(request).isPermitted { … }
///
/// Deciding allocates nothing once the classes of subject and resource have been met before.
public struct Evaluator: ~Copyable {
    /// The engine it answers from.
    public let engine: DecisionEngine
    let prepared: Borrowed<Preparation.Layout>?
    // What every decision asks of the engine, without a way through objects that would have to be counted.
    private let columns: Borrowed<Snapshot.Columns>
    private let hasLeases: Bool
    var residuals = Residuals()
    var outcomes = OutcomeTable()
    /// By the number of their outcome, verdicts that were put in a line.
    private var lines: [UInt32: String] = [:]

    init(_ engine: DecisionEngine) {
        self.engine = engine
        prepared = engine.preparation?.layout
        columns = engine.snapshot.columns
        hasLeases = engine.hasLeases
    }

    /// What the rules come to, and whether there is anybody to ask and anything to ask for.
    private struct State: Equatable {
        let outcome: UInt32
        let subjectExists: Bool
        let resourceExists: Bool
    }

    // MARK: Deciding

    /// Decides a request.
    ///
    /// `docs/semantics.md`, section 5, is the definition. A request that another engine resolved, which numbers names
    /// otherwise, is denied as one of unknown names.
    ///
    /// - Complexity: linear in the conditions that neither subject nor resource settles by itself, and in their changes
    ///   to come that leave the outcome as it is.
    public mutating func decide(_ request: borrowing ResolvedRequest) -> Verdict {
        decide(request, isLeased: true)
    }

    /// The same; where `isLeased`, the end is no later than leases allow.
    mutating func decide(_ request: borrowing ResolvedRequest, isLeased: Bool) -> Verdict {
        forgetIfFull()
        return answer(request, isLeased: isLeased)
    }

    /// The same, with the numbers that outcomes have.
    mutating func answer(_ request: borrowing ResolvedRequest, isLeased: Bool = true) -> Verdict {
        guard engine.isOwn(request), engine.isOwn(request.circumstances) else {
            return Evaluator.unknownName(until: .distantFuture)
        }
        if let prepared, prepared.value.covers(action: request.action, at: request.time),
            let verdict = decidePrepared(request, prepared, isLeased: isLeased)
        {
            return verdict
        }
        return decideFromIntervals(request, isLeased: isLeased)
    }

    /// Forgets everything where there is too much of it: only between decisions, since numbers change with it.
    mutating func forgetIfFull() {
        guard residuals.isFull || outcomes.entries.count >= Evaluator.mostOutcomes else { return }
        residuals = Residuals()
        outcomes = OutcomeTable()
        lines = [:]
    }

    private static let mostOutcomes = 1 << 20

    private static func unknownName(until end: Instant) -> Verdict {
        Verdict(basis: .unknownName, outcome: 0, end: end)
    }

    private func verdict(_ state: State, until end: Instant) -> Verdict {
        guard state.subjectExists, state.resourceExists else {
            return Evaluator.unknownName(until: end)
        }
        let outcome = Int(state.outcome)
        return Verdict(
            basis: outcomes.entries[outcome].basis, outcome: state.outcome, end: end)
    }

    // MARK: From rows

    private mutating func decidePrepared(
        _ request: borrowing ResolvedRequest, _ prepared: Borrowed<Preparation.Layout>,
        isLeased: Bool
    ) -> Verdict? {
        guard let first = stance(of: request, at: request.time, prepared) else { return nil }
        guard first.state.outcome != Evaluator.noAction else {
            return Evaluator.unknownName(until: .distantFuture)
        }
        var horizon = first.horizon
        let limit =
            hasLeases && isLeased
            ? engine.leaseEnd(request, preparation: prepared) : .distantFuture
        var last = first
        while horizon < limit {
            if let rows = unchangedRows(after: last, at: horizon, of: request, prepared) {
                last.subjectRow = rows.subject
                last.resourceRow = rows.resource
                last.rowHorizon = rows.horizon
            } else {
                guard let later = stance(of: request, at: horizon, prepared) else { return nil }
                if later.state != first.state { return verdict(first.state, until: horizon) }
                last = later
            }
            horizon = last.horizon
        }
        return verdict(first.state, until: limit)
    }

    /// The rows at a later instant, where they leave the same to ask, of values that are the same.
    private mutating func unchangedRows(
        after last: Stance, at time: Instant, of request: borrowing ResolvedRequest,
        _ prepared: Borrowed<Preparation.Layout>
    ) -> (subject: Rows.Row, resource: Rows.Row, horizon: Instant)? {
        guard time < last.askedHorizon else { return nil }
        let rows = prepared.value.rows
        var horizon = Instant.distantFuture
        let subject = rows.row(of: request.subject, at: time, horizon: &horizon)
        let resource = rows.row(of: request.resource, at: time, horizon: &horizon)
        guard Rows.haveSameValues(last.subjectRow, subject),
            Rows.haveSameValues(last.resourceRow, resource)
        else { return nil }
        let place = residuals.place(
            action: request.action, subject: subject.classPlace,
            resource: resource.classPlace, prepared, engine, &outcomes)
        guard place == last.residual else { return nil }
        return (subject, resource, horizon)
    }

    private static let noAction = UInt32.max

    /// How things stand at an instant, and until when at least.
    private struct Stance {
        let state: State
        /// What was left to ask.
        let residual: Int
        var subjectRow: Rows.Row
        var resourceRow: Rows.Row
        /// Before which neither row changes.
        var rowHorizon: Instant
        /// Before which nothing else that was asked for does.
        let askedHorizon: Instant

        var horizon: Instant { min(rowHorizon, askedHorizon) }
    }

    /// Nil where too much is left to ask; the outcome is `noAction` where the action is none for the resource.
    private mutating func stance(
        of request: borrowing ResolvedRequest, at time: Instant,
        _ prepared: Borrowed<Preparation.Layout>
    ) -> Stance? {
        var horizon = Instant.distantFuture
        let subject = prepared.value.rows.row(of: request.subject, at: time, horizon: &horizon)
        let resource = prepared.value.rows.row(of: request.resource, at: time, horizon: &horizon)
        guard subject.hasClass, resource.hasClass else {
            return Stance(
                state: State(
                    outcome: Evaluator.noAction, subjectExists: false, resourceExists: false),
                residual: 0, subjectRow: subject, resourceRow: resource, rowHorizon: horizon,
                askedHorizon: horizon)
        }
        let place = residuals.place(
            action: request.action,
            subject: subject.classPlace,
            resource: resource.classPlace, prepared, engine, &outcomes)
        let outcome: UInt32
        var asked = Instant.distantFuture
        switch residuals[place] {
        case .nothing(let known): outcome = known
        case .noAction: outcome = Evaluator.noAction
        case .tooMuch: return nil
        case .rules:
            var probing = Probing(
                prepared, columns, subject: request.subject, subjectRow: subject,
                resource: request.resource, resourceRow: resource, at: time)
            guard
                let found = residuals.outcome(of: place, &probing, request, engine, &outcomes)
            else { return nil }
            outcome = found
            asked = probing.horizon
        }
        return Stance(
            state: State(
                outcome: outcome, subjectExists: subject.isThere,
                resourceExists: resource.isThere),
            residual: place, subjectRow: subject, resourceRow: resource,
            rowHorizon: horizon, askedHorizon: asked)
    }

    /// Whether a request is permitted at its time, however long; nil where that isn't prepared for.
    mutating func isPermittedByRows(
        _ request: borrowing ResolvedRequest, _ prepared: Borrowed<Preparation.Layout>
    ) -> Bool? {
        guard let stance = stance(of: request, at: request.time, prepared) else { return nil }
        guard stance.state.outcome != Evaluator.noAction else { return false }
        return verdict(stance.state, until: stance.horizon).isPermitted
    }

    // MARK: From intervals

    private mutating func decideFromIntervals(
        _ request: borrowing ResolvedRequest, isLeased: Bool
    ) -> Verdict {
        let (found, validUntil) = engine.outcomes(of: request, isLeased: isLeased)
        guard let found else { return Evaluator.unknownName(until: .distantFuture) }
        let tables = engine.tables.layout.value
        var truths: [OutcomeTable.RuleTruth] = []
        for (rule, truth) in zip(tables.rulesByAction[request.action], found.truths)
        where !OutcomeTable.RuleTruth.isIdle(truth, tables.rules[Int(rule)].kind) {
            truths.append(OutcomeTable.RuleTruth(rule: rule, truth: truth))
        }
        let outcome = outcomes.place(action: request.action, truths, tables.rules)
        return verdict(
            State(
                outcome: outcome, subjectExists: found.subjectExists,
                resourceExists: found.resourceExists), until: validUntil ?? .distantFuture)
    }

    // MARK: Spelling out

    /// A verdict that this evaluator has given last, or in its last batch, in a line, for logs that have one of every decision.
    ///
    /// Names the rules that determined it and no facts, so that it tells everybody the same of what is limited to a
    /// purpose. It leaves out the end, which would tell.
    ///
    /// - Complexity: constant once the same rules have been named before; nothing is allocated then.
    public mutating func line(_ verdict: Verdict) -> String {
        guard verdict.basis != .unknownName else { return "deny: unknown name" }
        if let known = lines[verdict.outcome] { return known }
        let entry = outcomes.entries[Int(verdict.outcome)]
        let rules = entry.rules.map { engine.program.rules[$0].name }.joined(separator: ", ")
        let line =
            switch entry.basis {
            case .permitted: "permit: \(rules)"
            case .inTheWay: "deny: \(rules) in the way"
            case .noPermit, .unknownName: "deny: no permit"
            }
        lines[verdict.outcome] = line
        return line
    }

    /// The decision on a request by ids, spelled out.
    ///
    /// - Complexity: that of deciding by handles, and three look-ups of names.
    public mutating func decision(on request: Request) -> Decision {
        guard request.brought == .nothing else { return engine.decide(request) }
        if let resolved = engine.resolve(request) { return decision(on: resolved) }
        return engine.unknownName(until: nil)
    }

    /// The decision on a request, spelled out.
    ///
    /// - Complexity: that of deciding, and linear in the rules that determine it.
    public mutating func decision(on request: borrowing ResolvedRequest) -> Decision {
        let verdict = decide(request)
        guard verdict.basis != .unknownName else {
            return engine.unknownName(until: verdict.validUntil)
        }
        return engine.decision(
            outcomes.entries[Int(verdict.outcome)], on: request, until: verdict.validUntil)
    }
}

extension DecisionEngine {
    /// An evaluator that answers from this engine.
    ///
    /// - Complexity: constant.
    public func evaluator() -> Evaluator { Evaluator(self) }

    /// Whether an evaluator answers a request from rows.
    package func isPrepared(for request: ResolvedRequest) -> Bool {
        preparation?.layout.value.covers(action: request.action, at: request.time) ?? false
    }
}
