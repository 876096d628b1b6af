public import Facts
public import PolicyProgram

/// Answers access questions from a program and a snapshot of the facts.
///
/// Immutable and safe to use from any number of threads; new facts or a new policy make a new engine,
/// which replaces the old one whole.
///
///     let engine = DecisionEngine(program: program, facts: facts, digest: digest)
///     let decision = engine.decide(
///         Request(subject: "tanaka", action: "view", resource: "drawing-7", at: now))
public final class DecisionEngine: Sendable {
    /// The program.
    public let program: Program
    /// Its digest.
    public let digest: ProgramDigest
    let tables: ConditionTables
    let snapshot: Snapshot
    /// From when on it was asked to work things out beforehand.
    let preparedSince: Instant?
    /// What was worked out beforehand; nil where nothing was.
    let preparation: Preparation?
    /// Marks the handles that this engine resolves: others' are not taken for its own.
    let lineage: UInt64
    /// Marks numbers that change with the facts.
    let numbering: UInt64
    /// All people, and all resources.
    let people: Register
    /// For each action, the windows of time that rules about it ask about.
    let windowsByAction: [[UInt32]]
    let resources: Register
    /// Whether the policy has leases at all.
    let hasLeases: Bool
    /// What a request says, by the vocabulary: the kinds that ids of people and resources are of, and its contexts.
    private let subjectRoot: UInt16?
    private let resourceRoot: UInt16?
    private let contexts: NameTable<Vocabulary.ContextDeclaration>

    /// Lays `facts` out for `program`.
    ///
    /// - Parameters:
    ///   - program: the policy.
    ///   - facts: what is known.
    ///   - digest: names the program.
    ///   - instant: an instant from which on sources that are fresh then are taken to go on being read, for questions
    ///     about later; nil to go by the readings alone.
    ///   - since: an instant from which on most questions will be asked: what subjects and resources say of the rules
    ///     by themselves is then worked out beforehand, and evaluators answer in a fraction of the time. Nil for an
    ///     engine that is asked little.
    /// - Complexity: linear in the number of facts, and of what is worked out.
    public convenience init(
        program: Program, facts: FactBase, digest: ProgramDigest,
        assumingReadingsFrom instant: Instant? = nil, preparedSince since: Instant? = nil
    ) {
        self.init(
            program: program, facts: FactStream(facts), digest: digest,
            assumingReadingsFrom: instant, preparedSince: since)
    }

    /// The same from facts that come one after another: more of them than there is memory for at once.
    ///
    /// - Complexity: linear in the number of facts, which are gone through up to three times; what is laid out takes
    ///   some hundred bytes for each entity, and twelve for each value.
    public convenience init(
        program: Program, facts: FactStream<some Sequence<EntityHistory>>, digest: ProgramDigest,
        assumingReadingsFrom instant: Instant? = nil, preparedSince since: Instant? = nil
    ) {
        let snapshot = SnapshotBuilder.snapshot(
            of: facts, for: program, assumingReadingsFrom: instant)
        let tables = ConditionTables(program)
        self.init(
            digest: digest, tables: tables, snapshot: snapshot, preparedSince: since,
            preparation: since.flatMap { Preparation(tables, snapshot, since: $0) },
            people: Register(Vocabulary.subjectKind, in: snapshot, program.vocabulary),
            resources: Register(Vocabulary.resourceKind, in: snapshot, program.vocabulary))
    }

    /// Puts together what was worked out of a program and facts.
    init(
        digest: ProgramDigest, tables: ConditionTables, snapshot: Snapshot,
        preparedSince since: Instant?, preparation: Preparation?, people: Register,
        resources: Register
    ) {
        let program = tables.program.value
        self.program = program
        self.digest = digest
        self.snapshot = snapshot
        self.tables = tables
        self.preparation = preparation
        self.people = people
        self.resources = resources
        hasLeases = !program.tables.leases.isEmpty
        lineage = Lineage.digest(program, snapshot)
        numbering = lineage
        preparedSince = since
        subjectRoot = snapshot.root(
            of: program.vocabulary.rootKind(of: Vocabulary.subjectKind))
        resourceRoot = snapshot.root(
            of: program.vocabulary.rootKind(of: Vocabulary.resourceKind))
        contexts = program.vocabulary.contexts
        windowsByAction = program.tables.actions.indices.map {
            program.windows(readBy: $0).sorted()
        }
    }

    /// The engine after a change of the facts.
    ///
    /// Its answers are those of an engine made anew. It understands the handles of this one, and those of everybody who
    /// is new have to be looked up; circumstances that name texts or entities, too, once others have come up.
    ///
    /// - Parameter change: what has changed, as `LiveFacts` tells.
    /// - Returns: another engine; this one goes on as it was.
    /// - Complexity: linear in what is known of those it is about, of some hundred others beside each of them, and of those
    ///   whose classes rest on theirs. Where it changes when sources were read, and the policy asks how fresh they are, what
    ///   was worked out beforehand is worked out anew for everybody.
    public func applying(_ change: FactChange) -> DecisionEngine {
        DecisionEngine(self, change, isPrepared: true)
    }

    /// The engine, were this so of some: for one question, so that nothing is worked out beforehand.
    func supposing(_ histories: [EntityID: EntityHistory?]) -> DecisionEngine {
        DecisionEngine(
            self, FactChange(sequence: sequence, histories: histories), isPrepared: false)
    }

    init(_ before: DecisionEngine, _ change: FactChange, isPrepared: Bool) {
        program = before.program
        digest = before.digest
        tables = before.tables
        hasLeases = before.hasLeases
        lineage = before.lineage
        preparedSince = isPrepared ? before.preparedSince : nil
        windowsByAction = before.windowsByAction
        contexts = before.contexts
        let (snapshot, changed) = before.snapshot.applying(change)
        self.snapshot = snapshot
        numbering = Lineage.numbering(lineage, snapshot)
        subjectRoot = snapshot.root(of: program.vocabulary.rootKind(of: Vocabulary.subjectKind))
        resourceRoot = snapshot.root(
            of: program.vocabulary.rootKind(of: Vocabulary.resourceKind))
        let isFreshnessChanged =
            change.readings != nil && program.vocabulary.sources.contains { $0.fresh != nil }
        if isPrepared, let preparation = before.preparation, !isFreshnessChanged {
            self.preparation = Preparation(preparation, snapshot, changed: changed)
        } else {
            preparation = preparedSince.flatMap { [tables, snapshot] in
                Preparation(tables, snapshot, since: $0)
            }
        }
        people = before.people.updated(changed, from: before.snapshot, to: snapshot)
        resources = before.resources.updated(changed, from: before.snapshot, to: snapshot)
    }

    /// The ledger sequence of the facts.
    public var sequence: Int64 { snapshot.sequence }

    // MARK: Deciding

    /// Decides a request.
    ///
    /// `docs/semantics.md`, section 5, is the definition. Whoever decides many asks an `evaluator()`.
    ///
    /// - Complexity: linear in the size of the rules about the action.
    public func decide(_ request: Request) -> Decision {
        guard request.brought == .nothing else { return decideWithBrought(request) }
        guard let question = resolve(request) else { return unknownName(until: nil) }
        return decide(question)
    }

    private func decideWithBrought(_ request: Request) -> Decision {
        guard let engines = engines(for: request) else { return decide(request.bare) }
        let alone = engines.alone.decide(request.bare)
        guard alone.isPermitted, let besides = engines.besides?.decide(request.bare) else {
            return alone
        }
        return besides.isPermitted ? alone.and(besides) : besides
    }

    func decide(_ question: ResolvedRequest) -> Decision {
        let (outcomes, validUntil) = outcomes(of: question)
        guard let outcomes, outcomes.exists else { return unknownName(until: validUntil) }
        return decision(
            verdict(outcomes.truths, action: question.action), on: question, until: validUntil)
    }

    /// What the rules come to and until when; nil where the action is none for the resource.
    ///
    /// Where `isLeased`, the end is no later than leases allow.
    func outcomes(
        of question: borrowing ResolvedRequest, isLeased: Bool = true
    ) -> (now: Outcomes?, validUntil: Instant?) {
        guard snapshot.columns.value.applies(action: question.action, to: question.resource),
            people.lists(question.subject, in: snapshot)
        else { return (nil, nil) }
        var horizon = Instant.distantFuture
        let now = outcomes(of: question, at: question.time, horizon: &horizon)
        let limit = min(
            isLeased ? leaseEnd(question) : .distantFuture,
            nextWindowBoundary(of: question.action, after: question.time))
        return (now, validUntil(question, now: now, horizon: horizon, limit: limit))
    }

    func unknownName(until validUntil: Instant?) -> Decision {
        Decision(
            basis: .unknownName, validUntil: validUntil, program: digest, sequence: sequence)
    }

    /// What follows from the rules, in words.
    func decision(
        _ verdict: OutcomeTable.Entry, on question: borrowing ResolvedRequest,
        until validUntil: Instant?
    ) -> Decision {
        Decision(
            basis: verdict.basis, rules: verdict.rules.map { program.rules[$0].name },
            obligations: obligations(of: question, rules: verdict.obliging),
            validUntil: validUntil, program: digest, sequence: sequence)
    }

    // MARK: Names

    /// A request with its names looked up; nil where one is unknown, or the action is none for the resource, or where it
    /// brings something: such requests are decided by their ids.
    ///
    /// - Complexity: constant.
    public func resolve(_ request: Request) -> ResolvedRequest? {
        guard request.brought == .nothing, let subject = subject(request.subject),
            let action = action(request.action),
            let (resource, kind) = resourceAndKind(request.resource),
            snapshot.columns.value.applies(action: Int(action.number), toKind: kind)
        else { return nil }
        return ResolvedRequest(
            subject: subject, action: action, resource: resource,
            circumstances: circumstances(request.context), at: request.time)
    }

    /// The person with this id; nil where nobody has spoken of them.
    public func subject(_ id: String) -> SubjectHandle? {
        guard let subjectRoot, let number = snapshot.names[subjectRoot, id] else { return nil }
        let isPerson =
            if let prepared = preparation?.layout {
                prepared.value.rows.firstClass(of: number) != nil
            } else {
                people.lists(number, in: snapshot)
            }
        return isPerson ? subjectHandle(number) : nil
    }

    /// The resource with this id; nil where nobody has spoken of it.
    public func resource(_ id: String) -> ResourceHandle? { resourceAndKind(id)?.handle }

    private func resourceAndKind(_ id: String) -> (handle: ResourceHandle, kind: UInt16)? {
        guard let resourceRoot, let number = snapshot.names[resourceRoot, id] else { return nil }
        if let prepared = preparation?.layout {
            return prepared.value.rows.firstClass(of: number).map { place in
                (resourceHandle(number), prepared.value.resources.kinds[place])
            }
        }
        guard resources.lists(number, in: snapshot) else { return nil }
        return (resourceHandle(number), snapshot.columns.value.kind(of: number))
    }

    /// The action with this name; nil where the policy has none.
    public func action(_ name: String) -> ActionHandle? {
        tables.actions[0, name].map { ActionHandle(number: UInt16($0), lineage: lineage) }
    }

    /// The context's values as cells; what the vocabulary doesn't know is left out, so it is unknown.
    func contextCells(_ context: [String: Value]) -> [Snapshot.Cell?] {
        contexts.map { declaration in
            context[declaration.name].flatMap { contextCell($0, declaration.type) }
        }
    }

    func contextCell(_ value: Value, _ type: ValueType) -> Snapshot.Cell? {
        switch (value, type) {
        case (.boolean(let boolean), .boolean): boolean ? 1 : 0
        case (.integer(let number), .integer): number
        case (.instant(let instant), .instant), (.instant(let instant), .date),
            (.instant(let instant), .lastDay):
            instant.secondsSinceEpoch
        case (.text(let text), .text):
            snapshot.numbers.texts.place(ofKnown: text).map(Snapshot.Cell.init)
                ?? Snapshot.stranger
        case (.symbol(let name), .enumeration(let enumeration)):
            program.vocabulary.enumerations[enumeration]?.rank(of: name).map(Snapshot.Cell.init)
        case (.entity(let id), .entity(let kind)):
            snapshot[id].flatMap { isKind($0, kind) ? Snapshot.Cell($0) : nil }
        default: nil
        }
    }

    /// Whether somebody has spoken of the entity, as of one of this kind.
    private func isKind(_ handle: Snapshot.Handle, _ kind: String) -> Bool {
        program.vocabulary.kinds.index(of: kind).flatMap {
            snapshot.columns.value.isKind(handle, $0)
        } ?? false
    }

    // MARK: Outcomes

    /// What each rule about the action comes to, at one instant.
    struct Outcomes {
        // Apart, since either of them beginning or ceasing to exist ends an answer.
        var subjectExists: Bool
        var resourceExists: Bool
        var truths: [Truth]
        /// What goes with the obligations of the rules, held or not.
        var parameters: [Snapshot.Cell?] = []
        /// Whether another context could have given other outcomes.
        var dependsOnContext = false

        var exists: Bool { subjectExists && resourceExists }

        func says(theSameAs other: Outcomes) -> Bool {
            subjectExists == other.subjectExists && resourceExists == other.resourceExists
                && truths == other.truths && parameters == other.parameters
        }
    }

    func outcomes(of question: borrowing ResolvedRequest, at time: Instant) -> Outcomes {
        var horizon = Instant.distantFuture
        return outcomes(of: question, at: time, horizon: &horizon)
    }

    /// The outcomes, and in `horizon` an instant before which none of them changes.
    func outcomes(
        of question: borrowing ResolvedRequest, at time: Instant, horizon: inout Instant
    ) -> Outcomes {
        var evaluator = ConditionEvaluator(
            tables, snapshot, question: question, time: time, trace: NoTrace())
        var outcomes = Outcomes(
            subjectExists: evaluator.exists(question.subject),
            resourceExists: evaluator.exists(question.resource), truths: [])
        for index in program.rulesByAction[question.action] {
            // Field by field: a copy of the whole rule costs more than its outcome.
            let rules = program.tables.rules
            outcomes.truths.append(evaluator.truth(of: rules[index].outcome))
            guard !rules[index].obligations.isEmpty else { continue }
            for obligation in rules[index].obligations {
                for parameter in obligation.parameters {
                    outcomes.parameters.append(evaluator.value(of: parameter.value))
                }
            }
        }
        horizon = min(horizon, evaluator.horizon)
        outcomes.dependsOnContext = evaluator.hasReadContext
        return outcomes
    }

    /// Steps from one possible change to the next until an outcome has changed.
    ///
    /// - Parameters:
    ///   - question: what was asked.
    ///   - now: its outcomes.
    ///   - horizon: an instant before which none of these changes.
    ///   - limit: when the lease is over, or a window that a rule asks about begins or ends.
    /// - Returns: when one has changed, or the limit; nil where none of this will be.
    private func validUntil(
        _ question: borrowing ResolvedRequest, now: Outcomes, horizon: Instant, limit: Instant
    ) -> Instant? {
        var time = horizon
        while time < limit {
            var next = Instant.distantFuture
            if !outcomes(of: question, at: time, horizon: &next).says(theSameAs: now) {
                return time
            }
            time = next
        }
        return limit == .distantFuture ? nil : limit
    }

    func leaseEnd(
        _ question: borrowing ResolvedRequest, preparation: Borrowed<Preparation.Layout>? = nil
    ) -> Instant {
        guard hasLeases else { return .distantFuture }
        var evaluator = ConditionEvaluator(
            tables, snapshot, question: question, time: question.time, trace: NoTrace(),
            preparation: preparation)
        var end = Instant.distantFuture
        for lease in program.tables.leases where evaluator.truth(of: lease.head) != .false {
            end = min(end, lease.period.end(from: question.time, in: program.zone))
        }
        return end
    }

    /// What follows from the outcomes of all rules about an action.
    func verdict(_ truths: [Truth], action: Int) -> OutcomeTable.Entry {
        let layout = tables.layout.value
        return OutcomeTable.Entry(
            zip(layout.rulesByAction[action], truths).lazy.map(OutcomeTable.RuleTruth.init),
            layout.rules)
    }
}
