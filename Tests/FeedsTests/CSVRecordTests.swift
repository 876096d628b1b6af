import Feeds
import TestSupport
import Testing

@Suite("Records of a CSV file")
struct CSVRecordTests {
    @Test("without a quote are read as they are with one")
    func withAndWithoutQuotes() {
        for seed in 0..<2_000 {
            var random = SplitMix64(seed: UInt64(seed))
            let parts = ["a", " ", "b c", ",", ",,", "極秘", "か\u{3099}", "\t", "\u{a0}", "'", ";"]
            let plain = (0..<random.below(8)).map { _ in random.pick(parts) }.joined()
            guard !plain.isEmpty else { continue }
            let quoted = fields(of: plain + #","x""#)
            #expect(fields(of: plain) == quoted.map { Array($0.dropLast()) }, "seed \(seed)")
        }
    }

    private func fields(of line: String) -> [String]? {
        let bytes = Array(line.utf8)
        return CSVRecord(range: 0..<bytes.count, fault: nil).fields(in: bytes)
    }
}
