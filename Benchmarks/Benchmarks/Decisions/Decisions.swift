import Benchmark
import NeedToKnow

/// Deciding, and what comes before: the workload that peers are measured by (docs/performance.md).
let benchmarks: @Sendable () -> Void = {
    Benchmark.defaultConfiguration = .init(
        metrics: [.wallClock, .mallocCountTotal], maxDuration: .seconds(10), maxIterations: 200_000)
    for size in [Workload.Size.w2, .w1] { measure(Workload(size)) }
}

private func measure(_ workload: Workload) {
    let name = workload.size.name
    guard let (policy, program) = try? Workload.program() else { fatalError("no program") }
    let entries = workload.entries
    let fold: @Sendable () -> FactBase = {
        Fold.facts(from: entries, vocabulary: policy.vocabulary, zone: policy.zone).facts
    }
    let facts = fold()
    let digest = ProgramDigest(hexadecimal: "00")
    let engine = DecisionEngine(program: program, facts: facts, digest: digest)
    let requests = workload.queries.map(workload.request)
    for (query, request) in zip(workload.queries, requests) {
        precondition(
            engine.decide(request).isPermitted == workload.isPermitted(query), "\(request)")
    }
    let permitted = workload.queries.count(where: workload.isPermitted)
    print("\(name): \(permitted) of \(requests.count) permitted, as the rules say")

    // In blocks, because reading the clock takes as long as a good decision.
    let block = 64
    Benchmark("\(name) decide by ids, 64 requests") { benchmark in
        var next = 0
        for _ in benchmark.scaledIterations {
            for index in next..<next + block { blackHole(engine.decide(requests[index])) }
            next = (next + block) % (requests.count - block)
        }
    }
    let slow = Benchmark.Configuration(
        metrics: [.wallClock], maxDuration: .seconds(10), maxIterations: 20)
    Benchmark("\(name) fold facts", configuration: slow) { benchmark in
        for _ in benchmark.scaledIterations { blackHole(fold()) }
    }
    Benchmark("\(name) snapshot of facts", configuration: slow) { benchmark in
        for _ in benchmark.scaledIterations {
            blackHole(DecisionEngine(program: program, facts: facts, digest: digest))
        }
    }
}
