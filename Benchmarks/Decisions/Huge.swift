import Foundation
import NeedToKnow

/// A million people and ten million documents, laid out one after another: their facts are never in memory all at once.
struct Huge {
    private let program: Program
    private let digest = ProgramDigest(hexadecimal: "00")
    private let queries: [(request: Request, isPermitted: Bool)]
    private let people: [String]
    private let engine: DecisionEngine
    private let name = Workload.Size.huge.name

    init() throws {
        let workload = Workload(.huge)
        let (policy, program) = try workload.program()
        self.program = program
        queries = workload.queries.map { (workload.request($0), workload.isPermitted($0)) }
        people = (0..<10).map { workload.userName($0) }
        let stream = FactStream(
            FoldedEntries(workload: workload, policy: policy),
            sequence: Int64(workload.entityCount))
        let clock = ContinuousClock()
        let begin = clock.now
        engine = DecisionEngine(
            program: program, facts: stream, digest: digest, preparedSince: Workload.now)
        print("\(name): made in \(clock.now - begin), with entries folded on the way")
    }

    func run() throws {
        print(
            "\(name): the process takes \(ProcessMemory.text(ProcessMemory.bytes("VmRSS"))), "
                + "1,000,000 requests to ask among it")
        let requests = resolved(engine)
        measure("built in memory", engine, requests)
        var evaluator = engine.evaluator()
        guard let read = engine.action("read") else { return }
        let subjects = people.compactMap(engine.subject)
        var found = 0
        let timing = Timing.each(of: subjects) {
            found += evaluator.whatCan($0, read, at: Workload.now)?.elements.count ?? 0
        }
        report("\(name) what can one read (\(found / subjects.count))", timing)
        try measureFile()
    }

    private func measureFile() throws {
        let file = try SnapshotOnDisk(of: engine)
        defer { file.remove() }
        print("\(name): the file has \(ProcessMemory.text(file.byteCount))")
        var opened = engine
        for (how, checking) in [
            ("looked at as touched", SnapshotChecking.touching), ("looked at whole", .atOnce),
        ] {
            var failure: (any Error)?
            report(
                "\(name) opened from the file, \(how)",
                .single(rounds: 5) {
                    do {
                        opened = try file.open(program, digest, checking: checking)
                    } catch {
                        failure = error
                    }
                })
            if let failure { throw failure }
            measure("from the file, \(how)", opened, resolved(opened))
        }
    }

    private func resolved(_ engine: DecisionEngine) -> [ResolvedRequest] {
        queries.compactMap { engine.resolve($0.request) }
    }

    private func measure(_ how: String, _ engine: DecisionEngine, _ requests: [ResolvedRequest]) {
        var evaluator = engine.evaluator()
        for (query, request) in zip(queries, requests) {
            precondition(evaluator.decide(request).isPermitted == query.isPermitted)
        }
        var count = 0
        report(
            "\(name) decide, handles resolved, \(how)",
            .blocks(of: requests, rounds: 2) { count += evaluator.decide($0).isPermitted ? 1 : 0 })
        report(
            "\(name) decide, by ids, \(how)",
            .blocks(of: queries.prefix(200_000).map(\.request), rounds: 1) {
                guard let request = engine.resolve($0) else { return }
                count += evaluator.decide(request).isPermitted ? 1 : 0
            })
        precondition(count > 0)
    }
}

extension SnapshotChecking {
    static let touching = SnapshotChecking.asTouched { fatalError("\($0)") }
}

/// The histories of a workload's entities, folded a few thousand at a time.
private struct FoldedEntries: Sequence {
    let workload: Workload
    let policy: CheckedPolicy

    var underestimatedCount: Int { workload.entityCount }

    func makeIterator() -> some IteratorProtocol<EntityHistory> {
        let batch = 8_192
        return stride(from: 0, to: workload.entityCount, by: batch).lazy.flatMap { start in
            let end = Swift.min(start + batch, workload.entityCount)
            return Fold.facts(
                from: (start..<end).map(workload.entry), vocabulary: policy.vocabulary,
                zone: policy.zone
            ).facts.histories
        }.makeIterator()
    }
}
