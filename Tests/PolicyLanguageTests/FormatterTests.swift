import Diagnostics
import PolicyLanguage
import TestSupport
import Testing

@Suite("Formatting")
struct FormatterTests {
    static func formatted(_ text: String) -> String {
        PolicyFormatter.format(SourceText(name: "test.ntk", text: text)).text
    }

    @Test("keeps words, comments and meaning in every file, and once is enough")
    func keepsFiles() throws {
        for source in try Corpus.files() {
            #expect(FormattingLaws.complaints(about: source) == [], "\(source)")
        }
    }

    @Test("keeps them in random policies of any layout")
    func keepsRandomPolicies() {
        var count = 0
        for seed in 0..<300 {
            var random = SplitMix64(seed: UInt64(seed))
            guard let sample = RandomCase(&random), let checked = sample.checked else { continue }
            var layout = RandomLayout(sample.policy.text)
            let text = layout.text(&random)
            let again = Fixtures.read(text)
            #expect(
                again.policy?.withoutPlaces == checked.withoutPlaces,
                "seed \(seed): the layout changes the policy \(again.diagnostics.map(\.code))")
            let complaints = FormattingLaws.complaints(
                about: SourceText(name: "test.ntk", text: text), reading: true)
            #expect(complaints == [], "seed \(seed)")
            // Whatever the layout was, there is one form, comments and empty lines apart.
            count += 1
        }
        #expect(count > 150)
    }

    @Test("keeps them in every file without mistakes, in any layout")
    func keepsFilesInAnyLayout() throws {
        var count = 0
        for source in try Corpus.files() {
            guard !PolicyFormatter.format(source).diagnostics.hasErrors else { continue }
            let text = String(decoding: source.bytes, as: UTF8.self)
            for seed in 0..<20 {
                var random = SplitMix64(seed: UInt64(seed))
                var layout = RandomLayout(text)
                let varied = SourceText(name: "test.ntk", text: layout.text(&random))
                #expect(
                    FormattingLaws.complaints(about: varied) == [], "\(source), seed \(seed)")
                count += 1
            }
        }
        #expect(count >= 60)
    }

    @Test("has given Aoba's policy and the standard vocabulary their form")
    func ownFilesAreFormatted() throws {
        for source in try Corpus.files() where !source.name.hasPrefix("Tests") {
            let text = PolicyFormatter.format(source).text
            #expect(Array(text.utf8) == source.bytes, "\(source) is not formatted")
        }
    }
}

/// What formatting promises, as a function that can be tried on bad samples.
enum FormattingLaws {
    /// What formatting a source breaks.
    ///
    /// - Parameter reading: whether the source is a whole policy whose meaning must stay.
    static func complaints(about source: SourceText, reading: Bool = false) -> [String] {
        complaints(about: source, reading: reading) { PolicyFormatter.format($0).text }
    }

    static func complaints(
        about source: SourceText, reading: Bool, format: (SourceText) -> String
    ) -> [String] {
        let text = format(source)
        let result = SourceText(name: source.name, text: text)
        var complaints: [String] = []
        let again = format(result)
        if again != text {
            complaints.append("twice is not once:\n\(text)\n--- then ---\n\(again)")
        }
        let (old, new) = (SyntaxTree(of: source), SyntaxTree(of: result))
        if old.comments(of: source) != new.comments(of: result) {
            complaints.append("changes comments:\n\(text)")
        }
        if words(old, of: source) != words(new, of: result) {
            complaints.append("changes words:\n\(text)")
        }
        if nodes(old) != nodes(new) { complaints.append("changes the tree:\n\(text)") }
        let mistakes = PolicyFormatter.format(source).diagnostics.map(\.code)
        if mistakes != PolicyFormatter.format(result).diagnostics.map(\.code) {
            complaints.append("changes the mistakes:\n\(text)")
        }
        if mistakes.isEmpty { complaints += breaches(of: text) }
        if reading {
            let (before, after) = (policy(source), policy(result))
            if before == nil || before?.withoutPlaces != after?.withoutPlaces {
                complaints.append("changes the policy:\n\(text)")
            }
        }
        return complaints
    }

    private static func policy(_ source: SourceText) -> CheckedPolicy? {
        Fixtures.read(String(decoding: source.bytes, as: UTF8.self)).policy
    }

    /// What the form of a text without mistakes never has.
    private static func breaches(of text: String) -> [String] {
        var breaches: [String] = []
        if !text.isEmpty, !text.hasSuffix("\n") || text.hasSuffix("\n\n") {
            breaches.append("does not end with one newline")
        }
        if text.utf8.starts(with: [0xEF, 0xBB, 0xBF]) {
            breaches.append("keeps a byte order mark")
        }
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasSuffix(" ") || line.hasSuffix("\r") || line.hasSuffix("\t") {
                breaches.append("leaves spaces at the end of `\(line)`")
            }
        }
        if text.contains("\n\n\n") { breaches.append("leaves two empty lines") }
        return breaches
    }

    /// The words as written, semicolons apart, which line ends stand in for.
    private static func words(_ tree: SyntaxTree, of source: SourceText) -> [String] {
        tree.tokens.map { source.text(in: $0.place.span) }.filter { $0 != ";" }
    }

    /// The nodes, counted in words without semicolons; a statement that was nothing but one apart.
    private static func nodes(_ tree: SyntaxTree) -> [String] {
        var places = [0]
        for token in tree.tokens {
            places.append(places[places.count - 1] + (token.isSymbol(";") ? 0 : 1))
        }
        return tree.nodes.compactMap { node in
            let (first, end) = (places[node.first], places[node.end])
            return first < end ? "\(node.kind) \(first)..<\(end)" : nil
        }
    }
}
