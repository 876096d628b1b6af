import NeedToKnow

/// Measures one workload, after a look whether every decision is as the rules say.
struct Measurement {
    let workload: Workload
    private let policy: CheckedPolicy
    private let program: Program
    private let entries: [LedgerEntry]
    private let facts: FactBase
    private let digest = ProgramDigest(hexadecimal: "00")
    private var name: String { workload.size.name }

    init(of workload: Workload, rulesPerDepartment: Bool = false) throws {
        self.workload = workload
        (policy, program) = try workload.program(rulesPerDepartment: rulesPerDepartment)
        entries = workload.entries
        facts = Measurement.fold(entries, policy)
    }

    private static func fold(_ entries: [LedgerEntry], _ policy: CheckedPolicy) -> FactBase {
        Fold.facts(from: entries, vocabulary: policy.vocabulary, zone: policy.zone).facts
    }

    private func engine(preparedSince since: Instant?) -> DecisionEngine {
        DecisionEngine(program: program, facts: facts, digest: digest, preparedSince: since)
    }

    // MARK: What is measured

    func run() {
        let engine = runDecisions()
        runElsewhen(engine)
        runThreads(engine)
        runReverse(engine)
        runChanges(engine)
        runBuilding()
    }

    /// Decisions by handles and by ids.
    @discardableResult
    func runDecisions() -> DecisionEngine {
        let engine = engine(preparedSince: Workload.now)
        let requests = workload.queries.map(workload.request)
        let resolved = requests.compactMap(engine.resolve)
        precondition(resolved.count == requests.count)
        var evaluator = engine.evaluator()
        var permitted = 0
        for (index, query) in workload.queries.enumerated() {
            let isPermitted = workload.isPermitted(query)
            precondition(evaluator.decide(resolved[index]).isPermitted == isPermitted)
            permitted += isPermitted ? 1 : 0
        }
        print(
            "\(name), \(program.rules.count) rules: \(permitted) of \(requests.count) permitted, as the rules say"
        )
        var count = 0
        report(
            "\(name) decide, handles resolved",
            .blocks(of: resolved, rounds: 10) {
                count += evaluator.decide($0).isPermitted ? 1 : 0
            })
        report(
            "\(name) decide, by ids",
            .blocks(of: requests, rounds: 10) {
                guard let request = engine.resolve($0) else { return }
                count += evaluator.decide(request).isPermitted ? 1 : 0
            })
        precondition(count == 20 * permitted - 20 * unseen(resolved, &evaluator))
        return engine
    }

    /// How many of the requests that fill no whole block are permitted.
    private func unseen(_ requests: [ResolvedRequest], _ evaluator: inout Evaluator) -> Int {
        var count = 0
        for index in (requests.count / Timing.block * Timing.block)..<requests.count {
            count += evaluator.decide(requests[index]).isPermitted ? 1 : 0
        }
        return count
    }

    /// Decisions at other times than now: later, by rows to come; earlier, from intervals.
    private func runElsewhen(_ engine: DecisionEngine) {
        var evaluator = engine.evaluator()
        var count = 0
        for (what, days) in [("200 days from now", 200), ("200 days ago", -200)] {
            let time = Workload.now.advanced(bySeconds: Int64(days) * 86_400)
            let resolved = workload.queries.map(workload.request).compactMap(engine.resolve)
                .map { request in
                    var request = request
                    request.time = time
                    return request
                }
            report(
                "\(name) decide, handles resolved, \(what)",
                .blocks(of: resolved, rounds: 5) {
                    count += evaluator.decide($0).isPermitted ? 1 : 0
                })
        }
        precondition(count > 0)
    }

    /// The whole list of queries by one thread, and by two at once.
    private func runThreads(_ engine: DecisionEngine) {
        let resolved = workload.queries.map(workload.request).compactMap(engine.resolve)
        let one = Threads.decisionsPerSecond(engine, resolved, threads: 1)
        let two = Threads.decisionsPerSecond(engine, resolved, threads: 2)
        print("\(name) two threads: \(tenths(two / one)) times one")
    }

    private func tenths(_ number: Double) -> String {
        let hundredths = Int((number * 100).rounded())
        let rest = hundredths % 100
        return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
    }

    /// Who may, for documents of each tier; what may one.
    private func runReverse(_ engine: DecisionEngine) {
        guard let read = engine.action("read") else { return }
        var evaluator = engine.evaluator()
        for tier in 1...3 {
            let places = workload.documents.indices.filter { workload.documents[$0].tier == tier }
            let resources = places.prefix(50).compactMap {
                engine.resource(workload.documentName($0))
            }
            var found = 0
            let timing = Timing.each(of: resources) {
                let page = evaluator.whoCan(read, $0, at: Workload.now)
                found += page?.elements.count ?? 0
            }
            report(
                "\(name) who can read a document of tier \(tier) (\(found / max(1, resources.count)) of \(workload.users.count))",
                timing)
        }
        let people = (0..<20).compactMap { engine.subject(workload.userName($0)) }
        var found = 0
        let timing = Timing.each(of: people) {
            let page = evaluator.whatCan($0, read, at: Workload.now)
            found += page?.elements.count ?? 0
        }
        report(
            "\(name) what can one read (\(found / people.count) of \(workload.documents.count))",
            timing)
    }

    /// One person after another moves to another department: the facts, and the engine.
    private func runChanges(_ first: DecisionEngine) {
        var live = LiveFacts(entries, vocabulary: policy.vocabulary, zone: policy.zone)
        let people = workload.users.indices.prefix(1_000)
        let moves = people.map { user in
            workload.entry(
                moving: user, sequence: Int64(entries.count + 1 + user), at: Workload.now)
        }
        var changes: [FactChange] = []
        report(
            "\(name) facts after one event", .each(of: moves) { changes.append(live.append([$0])) })
        var engine = first
        report(
            "\(name) engine after one event",
            .each(of: changes) { engine = engine.applying($0) })
        precondition(engine.sequence == Int64(entries.count + moves.count))
    }

    private func runBuilding() {
        var count = 0
        report(
            "\(name) fold facts",
            .single(rounds: 5) { count += Measurement.fold(entries, policy).histories.count })
        report(
            "\(name) engine from facts",
            .single(rounds: 10) { count += self.engine(preparedSince: nil).sequence > 0 ? 1 : 0 })
        report(
            "\(name) prepared engine from facts",
            .single(rounds: 10) {
                count += self.engine(preparedSince: Workload.now).sequence > 0 ? 1 : 0
            })
        precondition(count > 0)
    }

    /// What is asked of very many people.
    func runMillion() throws {
        let engine = runDecisions()
        runReverse(engine)
        runMidnight(engine)
        try runFile(engine)
    }

    /// A midnight at which the checks of some thousand people lapse: the first decision on each of them after it.
    private func runMidnight(_ engine: DecisionEngine) {
        let day = Workload.today + 30
        let midnight = Instant(secondsSinceEpoch: Int64(day + 1) * 86_400)
        let lapsing = workload.users.indices.filter { workload.users[$0].aptitudeExpires == day }
        let requests = lapsing.enumerated().compactMap { place, user in
            engine.resolve(
                Request(
                    subject: workload.userName(user), action: "read",
                    resource: workload.documentName(place), at: midnight))
        }
        var count = 0
        report(
            "\(name), a midnight at which the checks of \(requests.count) lapse: deciding on each, by an evaluator of their own",
            .single(rounds: 20) {
                var evaluator = engine.evaluator()
                for request in requests { count += evaluator.decide(request).isPermitted ? 1 : 0 }
            })
        precondition(count > 0)
    }

    /// What a gateway does that has a snapshot's file.
    private func runFile(_ engine: DecisionEngine) throws {
        let file = try SnapshotOnDisk(of: engine)
        defer { file.remove() }
        print("\(name): the file has \(file.byteCount >> 20) MiB")
        var opened = engine
        for (how, checking) in [
            ("looked at as touched", SnapshotChecking.touching), ("looked at whole", .atOnce),
        ] {
            var failure: (any Error)?
            report(
                "\(name) opened from the file, \(how)",
                .single(rounds: 10) {
                    do {
                        opened = try file.open(program, digest, checking: checking)
                    } catch {
                        failure = error
                    }
                })
            if let failure { throw failure }
        }
        let requests = workload.queries.map(workload.request).compactMap(opened.resolve)
        var evaluator = opened.evaluator()
        var count = 0
        report(
            "\(name) decide, handles resolved, from the file",
            .blocks(of: requests, rounds: 5) { count += evaluator.decide($0).isPermitted ? 1 : 0 })
        precondition(count > 0)
    }
}
