import Facts
import PolicyProgram

/// Which parts of an answer would tell an audience of what serves one purpose.
///
/// A part does if it rests on such facts while it can matter: an answer about a document that no such rule is about tells
/// nothing of them, whatever they are.
struct Redaction {
    private let engine: DecisionEngine
    private let question: ResolvedRequest
    let limited: LimitedReads

    init(_ engine: DecisionEngine, _ question: ResolvedRequest, for audience: Audience) {
        self.engine = engine
        self.question = question
        limited = LimitedReads(engine.program, for: audience)
    }

    /// Whether a condition of the action's rules tells of such facts.
    func hides(_ node: NodeIndex) -> Bool {
        limited.isLimited[Int(node)]
            || limited.asked[Int(node)].contains { touches(action: Int($0)).isTouched }
    }

    /// Whether which facts a condition was found to rest on depends on such facts, although what it came to doesn't: how
    /// far the rules of another action were gone through.
    func hidesFacts(_ node: NodeIndex) -> Bool {
        limited.asked[Int(node)].contains { action in
            engine.program.nodes(reachedFrom: Int(action)).contains { limited.isLimited[Int($0)] }
        }
    }

    /// Whether such facts can have a part in the decision.
    var hidesDecision: Bool { touches(action: question.action).isTouched }

    /// Whether such facts can have a part in the decision on an action at an instant, and an instant before which that
    /// doesn't change.
    private func touches(
        action: Int, at time: Instant? = nil
    ) -> (isTouched: Bool, horizon: Instant) {
        var evaluator = ConditionEvaluator(
            engine.tables, engine.snapshot, question: question, time: time ?? question.time,
            trace: NoTrace())
        var known: [Int: Bool] = [:]
        let isTouched = touches(action, &evaluator, &known)
        return (isTouched, evaluator.horizon)
    }

    private func touches(
        _ action: Int, _ evaluator: inout ConditionEvaluator<NoTrace>, _ known: inout [Int: Bool]
    ) -> Bool {
        if let answer = known[action] { return answer }
        var isTouched = false
        // All of them, so that the horizon is that of all.
        for index in engine.program.rulesByAction[action] {
            let rule = engine.program.rules[index]
            var isAbout = true
            for clause in rule.head
            where !limited.isLimited[Int(clause.node)] && limited.asked[Int(clause.node)].isEmpty {
                if evaluator.truth(of: clause.node) == .false { isAbout = false }
            }
            guard isAbout else { continue }
            if limited.isLimited[Int(rule.outcome)] { isTouched = true }
            for other in limited.asked[Int(rule.outcome)]
            where touches(Int(other), &evaluator, &known) {
                isTouched = true
            }
        }
        known[action] = isTouched
        return isTouched
    }

    /// The end of an answer as it may be told: no later than such facts can begin to have a part in it; nil where they
    /// have one already.
    ///
    /// - Parameter end: the end as it is; nil for none.
    /// - Returns: nil where nothing may be told, else the end: nil inside for none.
    func end(_ end: Instant?) -> Instant?? {
        // The checker refuses leases that read such facts; programs that were compiled before it did may have them.
        let leases = engine.program.tables.leases
        if leases.contains(where: { limited.isLimited[Int($0.head)] }) { return .none }
        var time = question.time
        while time < end ?? .distantFuture {
            let (isTouched, horizon) = touches(action: question.action, at: time)
            if isTouched { return time == question.time ? .none : .some(time) }
            time = horizon
        }
        return .some(end)
    }
}
