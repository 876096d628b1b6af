import DecisionEngine
import Facts
import PolicyCompiler
import PolicyLanguage
import PolicyProgram
import TestSupport

/// One policy over one ledger, ready to be asked on both sides: the engine's and the page's.
struct Sides {
    let engine: DecisionEngine
    /// The engine with the program that was encoded and read again.
    let decoded: DecisionEngine
    let naive: NaiveEvaluator
    let facts: FactBase
    /// Evaluators of engines prepared from the first change on, and from one in the middle.
    private let prepared: [PreparedSide]

    /// One evaluator for all requests, so that what it remembers is put to the test.
    private final class PreparedSide {
        private let engine: DecisionEngine
        private var evaluator: Evaluator

        init(_ engine: DecisionEngine) {
            self.engine = engine
            evaluator = engine.evaluator()
        }

        func decide(_ request: Request) -> Decision? {
            guard let resolved = engine.resolve(request) else { return nil }
            return evaluator.decision(on: resolved)
        }

        /// Who may, page by page.
        func whoCan(_ request: Request) -> [EntityID] {
            guard let action = engine.action(request.action),
                let resource = engine.resource(request.resource)
            else { return [] }
            let circumstances = engine.circumstances(request.context)
            var found: [EntityID] = []
            while true {
                let page = evaluator.whoCan(
                    action, resource, circumstances: circumstances, at: request.time,
                    after: found.last, most: 2)
                guard let page else { return [] }
                found += page.elements.compactMap(engine.id)
                if page.isLast { return found }
            }
        }

        /// With what one may, page by page.
        func whatCan(_ request: Request) -> [EntityID] {
            guard let action = engine.action(request.action),
                let subject = engine.subject(request.subject)
            else { return [] }
            let circumstances = engine.circumstances(request.context)
            var found: [EntityID] = []
            while true {
                let page = evaluator.whatCan(
                    subject, action, circumstances: circumstances, at: request.time,
                    after: found.last, most: 2)
                guard let page else { return [] }
                found += page.elements.compactMap(engine.id)
                if page.isLast { return found }
            }
        }

        /// Whether somebody may at an instant, by the intervals of a range around it.
        func whoCan(_ request: Request, within range: Interval) -> [EntityID] {
            guard let action = engine.action(request.action),
                let resource = engine.resource(request.resource)
            else { return [] }
            let page = evaluator.whoCan(
                action, resource, circumstances: engine.circumstances(request.context),
                during: range)
            guard let page else { return [] }
            return page.elements.filter { answer in
                answer.intervals.contains { $0.contains(request.time) }
            }.compactMap { engine.id(of: $0.element) }
        }

        func isPrepared(for request: Request) -> Bool {
            engine.resolve(request).map(engine.isPrepared) ?? false
        }
    }

    /// A way in which the two sides don't agree.
    struct Difference: Error, CustomStringConvertible {
        let question: String
        let engine: String
        let naive: String

        var description: String { "\(question)\n  engine: \(engine)\n  naive:  \(naive)" }
    }

    /// Lays the facts of a ledger out for both.
    ///
    /// The naive evaluator walks `definition`, which is another policy than `policy` only to see that
    /// a difference would be found; what only puts the engine to the test is then left out, unless `isThorough`.
    init(
        policy: CheckedPolicy, definition: CheckedPolicy, entries: [LedgerEntry],
        isThorough: Bool = true
    ) throws {
        facts = Fold.facts(from: entries, vocabulary: policy.vocabulary, zone: policy.zone).facts
        let program = try PolicyCompiler.compile(policy)
        let bytes = program.encoded()
        let again = try ProgramTables(decoding: bytes).verified()
        guard again.encoded() == bytes else {
            throw Difference(question: "encoding", engine: "other bytes", naive: "the same bytes")
        }
        let digest = ProgramDigest(hexadecimal: "00")
        engine = DecisionEngine(program: program, facts: facts, digest: digest)
        decoded = DecisionEngine(program: again, facts: facts, digest: digest)
        let naive = NaiveEvaluator(policy: definition, facts: facts)
        self.naive = naive
        let boundaries = naive.boundaries.sorted()
        let starts = [boundaries.first, boundaries.dropFirst(boundaries.count / 2).first]
        let facts = facts
        var engines = starts.compactMap(\.self).map { start in
            DecisionEngine(program: program, facts: facts, digest: digest, preparedSince: start)
        }
        // The last one is written to a file and opened again.
        if let last = engines.popLast() { engines.append(try last.reopened()) }
        if isThorough {
            engines.append(
                try Sides.grown(
                    entries, policy, program, expecting: facts, since: starts.last ?? nil))
        }
        prepared = engines.map(PreparedSide.init)
    }

    /// An engine that has come to its facts by one change after another.
    private static func grown(
        _ entries: [LedgerEntry], _ policy: CheckedPolicy, _ program: Program,
        expecting facts: FactBase, since start: Instant?
    ) throws -> DecisionEngine {
        // From nothing at all, or from some of them: what is there from the beginning is laid out otherwise.
        let first = entries.count * (entries.count % 4) / 4
        var live = LiveFacts(
            Array(entries[..<first]), vocabulary: policy.vocabulary, zone: policy.zone)
        var engine = DecisionEngine(
            program: program, facts: live.facts, digest: ProgramDigest(hexadecimal: "00"),
            preparedSince: start)
        // What was written to a file and opened changes like any other.
        if entries.count % 8 < 4 { engine = try engine.reopened() }
        for entry in entries[first...] { engine = engine.applying(live.append([entry])) }
        guard live.facts.histories == facts.histories, live.facts.readings == facts.readings,
            live.facts.disagreements == facts.disagreements
        else {
            let differing = zip(live.facts.histories, facts.histories).first { $0 != $1 }
            throw Difference(
                question: "facts that grew", engine: "\(differing?.0.id.description ?? "fewer")",
                naive: "\(differing.map { "\($0.0)\n\($0.1)" } ?? "more")")
        }
        return engine
    }

    /// How the decisions on a request differ, if they do.
    func differenceDeciding(_ request: Request) -> Difference? {
        let expected = naive.decide(request)
        if let found = difference(
            "decide", NaiveDecision(engine.decide(request)), expected, request)
        {
            return found
        }
        for side in prepared {
            guard let decision = side.decide(request) else { continue }
            if let found = difference("prepared", NaiveDecision(decision), expected, request) {
                return found
            }
        }
        return nil
    }

    /// How the decisions on a request that brings something differ, if they do.
    func differenceBringing(_ request: Request) -> Difference? {
        let expected = naive.decide(request)
        return difference("bringing", NaiveDecision(engine.decide(request)), expected, request)
            ?? difference(
                "bringing, explained",
                NaiveDecision(
                    engine.explain(request, for: .entitled(under: engine.program.vocabulary))
                        .decision), expected, request)
    }

    /// Whether an evaluator answers a request from what was prepared.
    func isPrepared(for request: Request) -> Bool {
        prepared.contains { $0.isPrepared(for: request) }
    }

    /// How the answers to everything else about a request differ, if they do.
    func differenceAround(_ request: Request) -> Difference? {
        let who = naive.whoCan(
            request.action, request.resource, context: request.context, at: request.time)
        let what = naive.whatCan(
            request.subject, request.action, context: request.context, at: request.time)
        let found =
            difference("decoded", decoded.decide(request), engine.decide(request), request)
            ?? difference(
                "whoCan",
                engine.whoCan(
                    request.action, request.resource, context: request.context, at: request.time),
                who, request)
            ?? difference(
                "whatCan",
                engine.whatCan(
                    request.subject, request.action, context: request.context, at: request.time),
                what, request)
        if let found { return found }
        // So that the instant is somewhere in the middle.
        let range = Interval(
            from: request.time.advanced(bySeconds: -4_000_000),
            until: request.time.advanced(bySeconds: 60))
        for side in prepared {
            let found =
                difference("whoCan by pages", side.whoCan(request), who, request)
                ?? difference("whatCan by pages", side.whatCan(request), what, request)
                ?? difference(
                    "whoCan over a range", side.whoCan(request, within: range), who, request)
            if let found { return found }
        }
        return nil
    }

    private func difference<Answer: Equatable>(
        _ name: String, _ engine: Answer, _ naive: Answer, _ request: Request
    ) -> Difference? {
        guard engine != naive else { return nil }
        return Difference(question: "\(name) \(request)", engine: "\(engine)", naive: "\(naive)")
    }
}
