import Diagnostics
import PolicyLanguage
import TestSupport
import Testing

@Suite("The syntax tree")
struct SyntaxTreeTests {
    /// What is wrong with the tree of a source.
    private static func complaints(about source: SourceText) -> [String] {
        let tree = SyntaxTree(of: source)
        var complaints: [String] = []
        if tree.text(of: source) != source.bytes { complaints.append("loses bytes") }
        for (node, next) in zip(tree.nodes, tree.nodes.dropFirst()) where next.first < node.first {
            complaints.append("has node \(next) behind \(node)")
        }
        for node in tree.nodes where node.end < node.first || node.end >= tree.tokens.count + 1 {
            complaints.append("has a node without place: \(node)")
        }
        return complaints
    }

    @Test("gives every file of the repository back, byte for byte")
    func isLossless() throws {
        let files = try Corpus.files()
        #expect(files.count >= 10)
        for source in files { #expect(Self.complaints(about: source) == [], "\(source)") }
    }

    @Test("gives random policies back, in any layout")
    func isLosslessAtRandom() {
        for seed in 0..<40 * FormattingLaws.multiple {
            var random = SplitMix64(seed: UInt64(seed))
            guard let sample = RandomCase(&random) else { continue }
            var layout = RandomLayout(sample.policy.text)
            let source = SourceText(name: "test.ntk", text: layout.text(&random))
            #expect(Self.complaints(about: source) == [], "seed \(seed)")
        }
    }

    @Test(
        "gives what is broken back: words of each file left out, doubled, changed with the next"
    )
    func isLosslessWhenBroken() throws {
        var count = 0
        for source in try Corpus.files() where source.bytes.count < 2_500 {
            let spans = SyntaxTree(of: source).tokens.map(\.place.span)
            // Every word of a short file, and no more of a long one: it says the same again and again.
            for index in stride(from: 0, to: spans.count - 1, by: 1 + spans.count / 60) {
                let (span, next) = (spans[index], spans[index + 1])
                let word = source.bytes[span.lower..<span.upper]
                let before = source.bytes[..<span.lower]
                let between = source.bytes[span.upper..<next.lower]
                let other = source.bytes[next.lower..<next.upper]
                let after = source.bytes[next.upper...]
                for bytes in [
                    before + between + other + after,
                    before + word + word + between + other + after,
                    before + other + between + word + after,
                ] {
                    let broken = SourceText(name: "test.ntk", bytes: Array(bytes))
                    let complaints = Self.complaints(about: broken)
                    if complaints != [] { Issue.record("\(source) at \(span): \(complaints)") }
                    _ = PolicyFormatter.format(broken)
                    count += 1
                }
            }
        }
        #expect(count > 2_000)
    }

    @Test("gives back what is no text at all, and what is too large to read")
    func isLosslessOnNoise() {
        var random = SplitMix64(seed: 1)
        for _ in 0..<200 {
            let bytes = (0..<random.below(300)).map { _ in UInt8(random.below(256)) }
            #expect(Self.complaints(about: SourceText(name: "noise", bytes: bytes)) == [])
        }
        let large = SourceText(
            name: "large", bytes: Array(repeating: 0x20, count: Grammar.largestSourceBytes + 1))
        #expect(Self.complaints(about: large) == [])
    }
}
