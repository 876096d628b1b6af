import DecisionEngine
import Foundation
import TestSupport
import Testing

@Suite("The engine and the page")
struct ComparisonTests {
    /// Enough for tens of thousands of comparisons in some seconds.
    static let seedsPerPart: UInt64 = 20

    @Test(
        "agree on every decision, its rules, obligations and end",
        arguments: 0..<4 as Range<UInt64>)
    func agree(part: UInt64) throws {
        let count = ComparisonTests.seedsPerPart * Run.multiple
        let seeds = Run.onlySeed.map { [$0] } ?? Array((part * count)..<((part + 1) * count))
        let start = ContinuousClock.now
        let tally = try Run().tally(over: seeds.lazy.map { Run.Seeded(seed: $0) })
        print("part \(part): \(tally), in \(ContinuousClock.now - start)")
        for example in tally.counterexamples { Issue.record("\(example.shrunk().report)") }
        guard tally.counterexamples.isEmpty, Run.onlySeed == nil else { return }
        #expect(
            tally.refusals.count * 20 <= tally.policies, "the checker refused: \(tally.refusals)")
        // A comparison of nothing but denials would prove little.
        for basis in [Decision.Basis.permitted, .inTheWay, .noPermit, .unknownName] {
            #expect(tally.decisions[basis, default: 0] * 50 > tally.comparisons, "\(basis)")
        }
        #expect(tally.ends * 10 > tally.comparisons)
        #expect(tally.prepared * 5 > tally.comparisons)
    }

    @Test(
        "agree on policies that compare values and no more, from rows",
        arguments: 0..<2 as Range<UInt64>)
    func agreeOnPlainOnes(part: UInt64) throws {
        let count = ComparisonTests.seedsPerPart * Run.multiple
        let seeds = (500 + part * count)..<(500 + (part + 1) * count)
        let tally = try Run().tally(over: seeds.lazy.map { Run.Seeded(seed: $0, isPlain: true) })
        print("plain, part \(part): \(tally)")
        for example in tally.counterexamples { Issue.record("\(example.shrunk().report)") }
        #expect(
            tally.refusals.count * 4 <= tally.policies, "the checker refused: \(tally.refusals)")
        #expect(tally.prepared * 3 > tally.comparisons)
        #expect(tally.decisions[.permitted, default: 0] * 20 > tally.comparisons)
    }
}
