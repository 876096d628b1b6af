public import DecisionEngine
public import Facts
public import PolicyLanguage

/// What the naive evaluator decides; the parts of a `Decision` that a policy and facts determine.
public struct NaiveDecision: Hashable, Sendable {
    /// Why the answer is what it is.
    public let basis: Decision.Basis
    /// The rules that determined it, each once, in order of name.
    public let rules: [String]
    /// What a permit asks for besides, in order of name.
    public let obligations: [Obligation]
    /// Until when the answer holds; nil where nothing known will change it.
    public let validUntil: Instant?

    /// Creates a decision.
    public init(
        basis: Decision.Basis, rules: [String] = [], obligations: [Obligation] = [],
        validUntil: Instant? = nil
    ) {
        self.basis = basis
        self.rules = rules
        self.obligations = obligations
        self.validUntil = validUntil
    }

    /// The same parts of what the engine decided.
    public init(_ decision: Decision) {
        self.init(
            basis: decision.basis, rules: decision.rules, obligations: decision.obligations,
            validUntil: decision.validUntil)
    }
}

/// `docs/semantics.md` written as code, with no cleverness at all.
///
/// Walks the checked policy over plain facts, one request and one instant at a time. It shares no code with
/// the engine: an unknown truth value is `nil` here. Slow, and meant to be read beside the page.
public final class NaiveEvaluator {
    let policy: CheckedPolicy
    let facts: FactBase
    /// Every instant at which anything in the facts could change anything, in order.
    public let boundaries: [Instant]
    /// The rules by action, each with its outcome written out.
    private let rules: [String: [(rule: CheckedRule, outcome: Condition)]]
    /// Outcomes that were worked out before, for requests that differ in their time alone.
    private var known: [Question: [Instant: Outcomes]] = [:]

    /// When each source that can go stale is fresh.
    let fresh: [String: [Interval]]

    /// Creates the evaluator of one policy over one state of the facts.
    public init(policy: CheckedPolicy, facts: FactBase) {
        fresh = NaiveEvaluator.freshness(of: facts, policy: policy)
        self.policy = policy
        self.facts = facts
        var rules: [String: [(rule: CheckedRule, outcome: Condition)]] = [:]
        for rule in policy.rules {
            for action in rule.actions { rules[action, default: []].append((rule, rule.outcome)) }
        }
        self.rules = rules
        boundaries = NaiveEvaluator.boundaries(of: facts, policy: policy)
    }

    /// A request whose names are those of entities, leaving out the time.
    struct Question: Hashable {
        let subject: EntityID
        let action: String
        let resource: EntityID
        let context: [String: Value]
    }

    /// What a request comes to at one instant: what §5.1 compares.
    struct Outcomes: Hashable {
        let subjectExists: Bool
        let resourceExists: Bool
        /// By rule about the action, in the policy's order; nil for unknown.
        let truths: [Bool?]
        /// What goes with the obligations of those rules, held or not.
        let parameters: [Value?]
    }

    // MARK: §5, the decision

    /// Decides a request.
    public func decide(_ request: Request) -> NaiveDecision {
        guard request.brought == .nothing else { return decideBrought(request) }
        guard let question = question(request) else { return NaiveDecision(basis: .unknownName) }
        let outcomes = outcomes(of: question, at: request.time)
        let validUntil = validUntil(question, at: request.time)
        guard outcomes.subjectExists, outcomes.resourceExists else {
            return NaiveDecision(basis: .unknownName, validUntil: validUntil)
        }
        var reasons: Set<String> = []
        var inTheWay: Set<String> = []
        var obligations: Set<Obligation> = []
        for (rule, truth) in zip(rules(about: question.action), outcomes.truths) {
            switch rule.kind {
            case .permit: if truth == true { reasons.insert(rule.name) }
            case .require: if truth != true { inTheWay.insert(rule.name) }
            case .forbid: if truth != false { inTheWay.insert(rule.name) }
            case .oblige:
                if truth != false {
                    obligations.formUnion(
                        rule.obligations.map { self.obligation($0, question, request.time) })
                }
            }
        }
        if !inTheWay.isEmpty {
            return NaiveDecision(basis: .inTheWay, rules: inTheWay.sorted(), validUntil: validUntil)
        }
        if reasons.isEmpty { return NaiveDecision(basis: .noPermit, validUntil: validUntil) }
        return NaiveDecision(
            basis: .permitted, rules: reasons.sorted(), obligations: obligations.sorted(),
            validUntil: validUntil)
    }

    /// What one rule comes to for a request; nil for unknown, and where a name is unknown.
    public func outcome(ofRule name: String, _ request: Request) -> Bool? {
        guard let question = question(request) else { return nil }
        let truths = outcomes(of: question, at: request.time).truths
        return zip(rules(about: question.action), truths).first { $0.0.name == name }?.1
    }

    /// Everybody who may do `action` with `resource`, in order of id.
    public func whoCan(
        _ action: String, _ resource: String, context: [String: Value] = [:], at time: Instant
    ) -> [EntityID] {
        entities(ofKind: Vocabulary.subjectKind).filter { person in
            isPermitted(
                Request(
                    subject: person.name, action: action, resource: resource, context: context,
                    at: time))
        }
    }

    /// Everything with which `subject` may do `action`, in order of id.
    public func whatCan(
        _ subject: String, _ action: String, context: [String: Value] = [:], at time: Instant
    ) -> [EntityID] {
        entities(ofKind: Vocabulary.resourceKind).filter { resource in
            isPermitted(
                Request(
                    subject: subject, action: action, resource: resource.name, context: context,
                    at: time))
        }
    }

    private func entities(ofKind kind: String) -> [EntityID] {
        facts.histories.filter { policy.vocabulary.isKind($0.kind, kind) }.map(\.id).sorted()
    }

    private func isPermitted(_ request: Request) -> Bool {
        guard let question = question(request) else { return false }
        return isPermitted(question, at: request.time)
    }

    /// Whether at least one permit is a reason and nothing stands in the way.
    func isPermitted(_ question: Question, at time: Instant) -> Bool {
        let outcomes = outcomes(of: question, at: time)
        guard outcomes.subjectExists, outcomes.resourceExists else { return false }
        var hasReason = false
        for (rule, truth) in zip(rules(about: question.action), outcomes.truths) {
            switch rule.kind {
            case .permit: if truth == true { hasReason = true }
            case .require: if truth != true { return false }
            case .forbid: if truth != false { return false }
            case .oblige: continue
            }
        }
        return hasReason
    }

    private func obligation(
        _ obligation: CheckedObligation, _ question: Question, _ time: Instant
    ) -> Obligation {
        let scope = Scope(question: question, time: time)
        var parameters: [String: Value] = [:]
        for parameter in obligation.parameters {
            parameters[parameter.name] = value(of: parameter.value, in: scope)
        }
        return Obligation(name: obligation.name, parameters: parameters)
    }

    private func rules(about action: String) -> [CheckedRule] {
        (rules[action] ?? []).map(\.rule)
    }

    /// What conditions about a request come to, nil for unknown; none where the request's names are unknown.
    public func truths(of conditions: [Condition], for request: Request) -> [Bool?]? {
        guard let question = question(request),
            facts[question.subject]?.exists(at: request.time) == true,
            facts[question.resource]?.exists(at: request.time) == true
        else { return nil }
        let scope = Scope(question: question, time: request.time)
        return conditions.map { truth(of: $0, in: scope) }
    }

    // MARK: Names

    /// The request with its names looked up; nil where one never names anything, or the action is none
    /// for resources of that kind.
    func question(_ request: Request) -> Question? {
        let vocabulary = policy.vocabulary
        let subject = EntityID(
            kind: vocabulary.rootKind(of: Vocabulary.subjectKind), name: request.subject)
        let resource = EntityID(
            kind: vocabulary.rootKind(of: Vocabulary.resourceKind), name: request.resource)
        guard let person = facts[subject], let thing = facts[resource],
            !person.existence.isEmpty, !thing.existence.isEmpty,
            vocabulary.isKind(person.kind, Vocabulary.subjectKind),
            vocabulary.actionNames(on: thing.kind).contains(request.action)
        else { return nil }
        return Question(
            subject: subject, action: request.action, resource: resource, context: request.context)
    }

    // MARK: Outcomes

    func outcomes(of question: Question, at time: Instant) -> Outcomes {
        if let outcomes = known[question]?[time] { return outcomes }
        let scope = Scope(question: question, time: time)
        let outcomes = Outcomes(
            subjectExists: facts[question.subject]?.exists(at: time) == true,
            resourceExists: facts[question.resource]?.exists(at: time) == true,
            truths: (rules[question.action] ?? []).map { truth(of: $0.outcome, in: scope) },
            parameters: (rules[question.action] ?? []).flatMap(\.rule.obligations)
                .flatMap(\.parameters).map { value(of: $0.value, in: scope) })
        known[question, default: [:]][time] = outcomes
        return outcomes
    }

    /// What an expression is about: the request, the instant, and what quantifiers range over.
    struct Scope {
        let question: Question
        var time: Instant
        var variables: [Int: Value] = [:]
    }
}
