import Benchmark
import NeedToKnow

/// Reading and checking a policy: what `ntk check` does with the text of its files.
let benchmarks: @Sendable () -> Void = {
    Benchmark.defaultConfiguration = .init(
        metrics: [.wallClock], maxDuration: .seconds(10), maxIterations: 100)
    for rules in [1_000, 2_500, 5_000, 10_000] {
        let source = SourceText(name: "large.ntk", text: LargePolicy.text(rules: rules))
        let tokyo = ZoneTable(name: "Asia/Tokyo", initialOffsetSeconds: 9 * 3_600)
        let read: @Sendable () -> PolicyReader.Result = {
            PolicyReader.read([source], file: { _ in nil }, zone: { _ in tokyo })
        }
        guard let policy = read().policy else {
            fatalError("the policy has a mistake: \(read().diagnostics.prefix(3))")
        }
        Benchmark("check \(rules) rules") { benchmark in
            for _ in benchmark.scaledIterations { blackHole(read()) }
        }
        Benchmark("compile \(rules) rules") { benchmark in
            for _ in benchmark.scaledIterations { blackHole(try? PolicyCompiler.compile(policy)) }
        }
    }
}
