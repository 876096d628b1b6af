public import Facts
public import PolicyProgram

/// Why a decision is what it is: rules, the parts that held or failed, and the facts they rest on; all as far as an
/// audience may be told.
///
/// Values only; `DiagnosticText` makes them text. Where the same rules give a reason and the same stand in the way, an
/// audience is told the same, whatever the facts are that it may not be told: `docs/semantics.md`, 7.1.
public struct Explanation: Hashable, Sendable {
    /// A fact that a part of a rule rests on.
    public struct Fact: Hashable, Sendable {
        /// The entity or record it is about.
        public let entity: EntityID
        /// Who the record belongs to, where it is one.
        public let owner: EntityID?
        /// The attribute; nil where the fact is that the record holds.
        public let attribute: String?
        /// The attribute's value.
        public let value: Value?
        /// When it holds.
        public let interval: Interval
        /// Who said so.
        public let origin: Origin
    }

    /// A part of a rule.
    public struct ClauseFinding: Hashable, Sendable {
        /// Its words in the policy.
        public let text: String
        /// What it came to; nil where the audience may not be told.
        public let truth: Truth?
        /// What it rests on; nothing where the audience may not be told what it came to.
        public let facts: [Fact]
    }

    /// A rule.
    public struct RuleFinding: Hashable, Sendable {
        /// The rule.
        public let rule: ProgramRule
        /// What it came to; nil where the audience may not be told.
        public let outcome: Truth?
        /// The class of resources it is about.
        public let head: [ClauseFinding]
        /// When it applies.
        public let when: [ClauseFinding]
        /// What it asks for.
        public let onlyIf: [ClauseFinding]
    }

    /// The decision; its end no later than facts that the audience may not be told can begin to have a part in it.
    public let decision: Decision
    /// Whether the decision's end is left out, since it would tell of such facts.
    public let isEndWithheld: Bool
    /// The rules that determined it.
    public let determining: [RuleFinding]
    /// For want of a permit: the permits for resources of this class, with what they lack.
    public let lacking: [RuleFinding]
}

extension DecisionEngine {
    /// Explains the decision on a request.
    ///
    /// Slower than deciding; for people.
    ///
    /// - Parameters:
    ///   - request: the request.
    ///   - audience: who is told.
    /// - Returns: the decision with its reasons, as far as the audience may be told.
    public func explain(_ request: Request, for audience: Audience = .general) -> Explanation {
        guard request.brought == .nothing else { return explainWithBrought(request, audience) }
        let decision = decide(request)
        guard let question = resolve(request) else {
            return Explanation(
                decision: decision, isEndWithheld: false, determining: [], lacking: [])
        }
        let redaction = Redaction(self, question, for: audience)
        let end = redaction.end(decision.validUntil)
        guard decision.basis != .unknownName else {
            return Explanation(
                decision: decision.ending(end ?? nil), isEndWithheld: end == nil,
                determining: [], lacking: [])
        }
        let names = Set(decision.rules)
        let about = program.rulesByAction[question.action].map { program.rules[$0] }
        let permits = decision.isPermitted ? [] : about.filter { $0.kind == .permit }
        let hasReason = permits.contains {
            evaluate($0.outcome, question, redaction).truth == .true
        }
        let lacking = hasReason ? [] : permits.map { finding($0, question, redaction) }
        return Explanation(
            decision: decision.ending(end ?? nil), isEndWithheld: end == nil,
            determining: about.filter { names.contains($0.name) }
                .map { finding($0, question, redaction) },
            lacking: lacking.filter { $0.head.allSatisfy { $0.truth != .false } })
    }

    private func explainWithBrought(_ request: Request, _ audience: Audience) -> Explanation {
        guard let engines = engines(for: request) else {
            return explain(request.bare, for: audience)
        }
        let alone = engines.alone.explain(request.bare, for: audience)
        guard alone.decision.isPermitted,
            let besides = engines.besides?.explain(request.bare, for: audience)
        else { return alone }
        guard besides.decision.isPermitted else { return besides }
        let isEndWithheld = alone.isEndWithheld || besides.isEndWithheld
        let decision = alone.decision.and(besides.decision)
        return Explanation(
            decision: isEndWithheld ? decision.ending(nil) : decision,
            isEndWithheld: isEndWithheld,
            determining: besides.determining
                + alone.determining.filter { !besides.determining.map(\.rule).contains($0.rule) },
            lacking: [])
    }

    private func finding(
        _ rule: ProgramRule, _ question: ResolvedRequest, _ redaction: Redaction
    ) -> Explanation.RuleFinding {
        Explanation.RuleFinding(
            rule: rule,
            outcome: redaction.hides(rule.outcome)
                ? nil : evaluate(rule.outcome, question, redaction).truth,
            head: rule.head.map { finding($0, question, redaction) },
            when: rule.when.map { finding($0, question, redaction) },
            onlyIf: rule.onlyIf.map { finding($0, question, redaction) })
    }

    private func finding(
        _ clause: ProgramClause, _ question: ResolvedRequest, _ redaction: Redaction
    ) -> Explanation.ClauseFinding {
        guard !redaction.hides(clause.node) else {
            return Explanation.ClauseFinding(text: clause.text, truth: nil, facts: [])
        }
        let (truth, items) = evaluate(clause.node, question, redaction)
        return Explanation.ClauseFinding(
            text: clause.text, truth: truth,
            facts: redaction.hidesFacts(clause.node) ? [] : items.map(fact))
    }

    private func evaluate(
        _ node: NodeIndex, _ question: ResolvedRequest, _ redaction: Redaction
    ) -> (truth: Truth, items: [FactTrace.Item]) {
        var evaluator = ConditionEvaluator(
            tables, snapshot, question: question, time: question.time,
            trace: FactTrace(hiding: redaction.limited))
        let truth = evaluator.truth(of: node)
        return (truth, evaluator.trace.items)
    }

    private func fact(_ item: FactTrace.Item) -> Explanation.Fact {
        switch item {
        case .record(let handle):
            let last = snapshot.columns.value.lastStatement(of: handle)
            return Explanation.Fact(
                entity: snapshot.id(of: handle), owner: owner(of: handle), attribute: nil,
                value: nil,
                interval: last?.span.interval
                    ?? Interval(from: .distantPast, until: .distantPast),
                origin: last.map(snapshot.origin) ?? Origin(source: "", sequence: 0))
        case .cell(let timed, let handle):
            let key = program.tables.columns[Int(timed.column)]
            let type = program.vocabulary.attribute(of: key)?.type
            return Explanation.Fact(
                entity: snapshot.id(of: handle), owner: owner(of: handle),
                attribute: key.attribute, value: type.map { value(of: timed.cell, type: $0) },
                interval: timed.interval, origin: snapshot.origin(of: timed.statement))
        }
    }

    private func owner(of handle: Snapshot.Handle) -> EntityID? {
        snapshot.columns.value.owner(of: handle).map { snapshot.id(of: $0) }
    }

    /// The value a cell stands for.
    func value(of cell: Snapshot.Cell, type: ValueType) -> Value {
        switch type {
        case .boolean: .boolean(cell == 1)
        case .integer: .integer(cell)
        case .text: .text(snapshot.numbers.texts[Int(cell)])
        case .instant, .date, .lastDay: .instant(Instant(secondsSinceEpoch: cell))
        case .enumeration(let name):
            .symbol(program.vocabulary.enumerations[name]?.cases[Int(cell)].name ?? "")
        case .entity: .entity(snapshot.id(of: Snapshot.Handle(cell)))
        case .set(let member):
            .set(of: snapshot.columns.value.members(of: cell).map { value(of: $0, type: member) })
        }
    }
}
