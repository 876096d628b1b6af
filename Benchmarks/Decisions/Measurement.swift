import NeedToKnow

/// Measures one workload, after a look whether every decision is as the rules say.
struct Measurement {
    let workload: Workload
    let policy: CheckedPolicy
    let program: Program
    let facts: FactBase
    let digest = ProgramDigest(hexadecimal: "00")

    init(of workload: Workload) throws {
        self.workload = workload
        (policy, program) = try Workload.program()
        facts = Measurement.fold(workload.entries, policy)
    }

    private static func fold(_ entries: [LedgerEntry], _ policy: CheckedPolicy) -> FactBase {
        Fold.facts(from: entries, vocabulary: policy.vocabulary, zone: policy.zone).facts
    }

    private func engine(preparedSince since: Instant?) -> DecisionEngine {
        DecisionEngine(program: program, facts: facts, digest: digest, preparedSince: since)
    }

    func run() {
        let name = workload.size.name
        let engine = engine(preparedSince: Workload.now)
        let requests = workload.queries.map(workload.request)
        let resolved = requests.compactMap(engine.resolve)
        precondition(resolved.count == requests.count)
        var evaluator = engine.evaluator()
        for (index, query) in workload.queries.enumerated() {
            let isPermitted = workload.isPermitted(query)
            precondition(engine.decide(requests[index]).isPermitted == isPermitted)
            precondition(evaluator.decide(resolved[index]).isPermitted == isPermitted)
        }
        let permitted = workload.queries.count(where: workload.isPermitted)
        print("\(name): \(permitted) of \(requests.count) permitted, as the rules say")

        var count = 0
        // More rounds for whoever looks where the time goes.
        let rounds = CommandLine.arguments.dropFirst().first.flatMap(Int.init) ?? 10
        report(
            "\(name) decide, handles resolved",
            .blocks(of: resolved, rounds: rounds) {
                count += evaluator.decide($0).isPermitted ? 1 : 0
            })
        report(
            "\(name) decide, by ids",
            .blocks(of: requests, rounds: 10) {
                guard let request = engine.resolve($0) else { return }
                count += evaluator.decide(request).isPermitted ? 1 : 0
            })
        report(
            "\(name) decide, by ids, without an evaluator",
            .blocks(of: requests, rounds: 3) { count += engine.decide($0).isPermitted ? 1 : 0 })
        precondition(count > 0)
        let entries = workload.entries
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
    }
}
