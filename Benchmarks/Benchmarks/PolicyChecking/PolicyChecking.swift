import Benchmark
import NeedToKnow

/// Reading and checking a policy: what `ntk check` does with the text of its files.
let benchmarks: @Sendable () -> Void = {
    Benchmark.defaultConfiguration = .init(
        metrics: [.wallClock], maxDuration: .seconds(10), maxIterations: 100)
    for rules in [1_000, 2_500, 5_000, 10_000] {
        let source = SourceText(name: "large.ntk", text: LargePolicy.text(rules: rules))
        let tokyo = ZoneTable(name: "Asia/Tokyo", initialOffsetSeconds: 9 * 3_600)
        let read: @Sendable (Bool) -> PolicyReader.Result = { findings in
            PolicyReader.read(
                [source], findings: findings, file: { _ in nil }, zone: { _ in tokyo })
        }
        guard let policy = read(true).policy else {
            fatalError("the policy has a mistake: \(read(true).diagnostics.prefix(3))")
        }
        // Without findings: what every command but `ntk check` and `ntk adopt` does.
        Benchmark("check \(rules) rules") { benchmark in
            for _ in benchmark.scaledIterations { blackHole(read(false)) }
        }
        Benchmark("check \(rules) rules, with findings") { benchmark in
            for _ in benchmark.scaledIterations { blackHole(read(true)) }
        }
        Benchmark("compile \(rules) rules") { benchmark in
            for _ in benchmark.scaledIterations { blackHole(try? PolicyCompiler.compile(policy)) }
        }
    }
}
