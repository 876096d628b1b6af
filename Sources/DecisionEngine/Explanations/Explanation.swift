public import Facts
public import PolicyProgram

/// Why a decision is what it is: rules, the parts that held or failed, and the facts they rest on.
///
/// Values only; `DiagnosticText` makes them text.
public struct Explanation: Sendable {
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
    public struct ClauseFinding: Sendable {
        /// Its words in the policy.
        public let text: String
        /// What it came to.
        public let truth: Truth
        /// What it rests on.
        ///
        /// Nothing that an aptitude check says is among it.
        public let facts: [Fact]
    }

    /// A rule.
    public struct RuleFinding: Sendable {
        /// The rule.
        public let rule: ProgramRule
        /// What it came to.
        public let outcome: Truth
        /// The class of resources it is about.
        public let head: [ClauseFinding]
        /// When it applies.
        public let when: [ClauseFinding]
        /// What it asks for.
        public let onlyIf: [ClauseFinding]
    }

    /// The decision.
    public let decision: Decision
    /// The rules that determined it.
    public let determining: [RuleFinding]
    /// For want of a permit: the permits for resources of this class, with what they lack.
    public let lacking: [RuleFinding]
}

extension DecisionEngine {
    /// Explains the decision on a request.
    ///
    /// Slower than deciding; for people.
    public func explain(_ request: Request) -> Explanation {
        let decision = decide(request)
        guard let question = resolve(request), decision.basis != .unknownName else {
            return Explanation(decision: decision, determining: [], lacking: [])
        }
        let names = Set(decision.rules)
        let about = program.rulesByAction[question.action].map { program.rules[$0] }
        let determining = about.filter { names.contains($0.name) }
        let hasPermit = decision.isPermitted
        let permits = hasPermit ? [] : about.filter { $0.kind == .permit }
        let findings = permits.map { finding($0, question) }
        let hasReason = findings.contains { $0.outcome == .true }
        return Explanation(
            decision: decision, determining: determining.map { finding($0, question) },
            lacking: hasReason
                ? [] : findings.filter { $0.head.allSatisfy { $0.truth != .false } })
    }

    private func finding(_ rule: ProgramRule, _ question: ResolvedRequest)
        -> Explanation.RuleFinding
    {
        Explanation.RuleFinding(
            rule: rule, outcome: evaluate(rule.outcome, question).truth,
            head: rule.head.map { finding($0, question) },
            when: rule.when.map { finding($0, question) },
            onlyIf: rule.onlyIf.map { finding($0, question) })
    }

    private func finding(
        _ clause: ProgramClause, _ question: ResolvedRequest
    ) -> Explanation.ClauseFinding {
        let (truth, items) = evaluate(clause.node, question)
        return Explanation.ClauseFinding(
            text: clause.text, truth: truth, facts: items.map(fact))
    }

    private func evaluate(
        _ node: NodeIndex, _ question: ResolvedRequest
    ) -> (truth: Truth, items: [FactTrace.Item]) {
        var evaluator = ConditionEvaluator(
            tables, snapshot, question: question, time: question.time,
            trace: FactTrace(hiding: LimitedReads(program, for: .general)))
        let truth = evaluator.truth(of: node)
        return (truth, evaluator.trace.items)
    }

    private func fact(_ item: FactTrace.Item) -> Explanation.Fact {
        switch item {
        case .record(let handle):
            let span = snapshot.columns.value.lastSpan(of: handle)
            return Explanation.Fact(
                entity: snapshot.id(of: handle), owner: owner(of: handle), attribute: nil,
                value: nil,
                interval: span?.interval ?? Interval(from: .distantPast, until: .distantPast),
                origin: snapshot.origin(source: span?.source ?? 0, sequence: span?.sequence ?? 0))
        case .cell(let timed, let handle):
            let key = program.tables.columns[Int(timed.column)]
            let type = program.vocabulary.kinds[key.kind]?.attributes[key.attribute]?.type
            return Explanation.Fact(
                entity: snapshot.id(of: handle), owner: owner(of: handle),
                attribute: key.attribute, value: type.map { value(of: timed.cell, type: $0) },
                interval: Interval(from: timed.from, until: timed.until),
                origin: snapshot.origin(source: timed.source, sequence: timed.sequence))
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
