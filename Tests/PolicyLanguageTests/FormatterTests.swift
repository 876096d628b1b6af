import Diagnostics
import Foundation
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

    @Test("keeps them in random policies of any layout, and gives all layouts one form")
    func keepsRandomPolicies() {
        var count = 0
        for seed in 0..<40 * FormattingLaws.multiple {
            var random = SplitMix64(seed: UInt64(seed))
            guard let sample = RandomCase(&random), let checked = sample.checked else { continue }
            var layout = RandomLayout(sample.policy.text)
            let varied = SourceText(name: "test.ntk", text: layout.text(&random))
            #expect(FormattingLaws.complaints(about: varied) == [], "seed \(seed)")
            let formatted = Fixtures.read(PolicyFormatter.format(varied).text).policy
            #expect(formatted?.withoutPlaces == checked.withoutPlaces, "seed \(seed)")
            var plain = RandomLayout(sample.policy.text, addsComments: false)
            #expect(
                Self.formatted(plain.text(&random)) == Self.formatted(sample.policy.text),
                "seed \(seed)")
            count += 1
        }
        #expect(count > 20)
    }

    @Test(
        "keeps them in every file without mistakes, in any layout, and gives all layouts one form")
    func keepsFilesInAnyLayout() throws {
        var count = 0
        for source in try Corpus.files() {
            guard !PolicyFormatter.format(source).diagnostics.hasErrors else { continue }
            let text = String(decoding: source.bytes, as: UTF8.self)
            for seed in 0..<10 * FormattingLaws.multiple {
                var random = SplitMix64(seed: UInt64(seed))
                var layout = RandomLayout(text)
                let varied = SourceText(name: "test.ntk", text: layout.text(&random))
                #expect(
                    FormattingLaws.complaints(about: varied) == [], "\(source), seed \(seed)")
                var plain = RandomLayout(text, addsComments: false)
                #expect(
                    Self.formatted(plain.text(&random)) == Self.formatted(text),
                    "\(source), seed \(seed)")
                count += 1
            }
        }
        #expect(count >= 50)
    }

    @Test("changes nothing of what a policy means, be it written ever so badly")
    func keepsMeaning() throws {
        for name in ["formatting/everything.ntk", "scenarios/failing.ntk"] {
            let text = try Golden.text(name)
            let policy = try #require(Fixtures.read(text).policy)
            let formatted = Fixtures.read(Self.formatted(text)).policy
            #expect(policy.withoutPlaces == formatted?.withoutPlaces)
            #expect(
                policy.rules.contains { $0.name.hasPrefix("rule-") }
                    || name != "formatting/everything.ntk")
            for seed in 0..<10 {
                var random = SplitMix64(seed: UInt64(seed))
                var layout = RandomLayout(text)
                let varied = Fixtures.read(layout.text(&random)).policy
                #expect(varied?.withoutPlaces == policy.withoutPlaces, "\(name), seed \(seed)")
            }
        }
    }

    @Test("gives every construct the form of the fixture")
    func hasItsForm() throws {
        let text = try Golden.text("formatting/everything.ntk")
        try Golden.check(Self.formatted(text), against: "formatting/everything.formatted.txt")
    }

    @Test("leaves a declaration with a mistake as it is, and formats those around it")
    func leavesMistakes() {
        let text = "define  a=1\ndefine  b =  = // so\n  2\npermit  p:view on document\n"
        #expect(
            Self.formatted(text)
                == "define a = 1\ndefine  b =  = // so\n  2\npermit p: view on document\n")
    }

    @Test(
        "keeps what looks like layout and is not",
        arguments: [
            // A time takes a colon for its own.
            (
                "table t : date->integer {2026-04-01 :1}\n",
                "table t: date -> integer { 2026-04-01 : 1 }\n"
            ),
            // After a comma a line's end would not end the statement.
            (
                "scenario \"s\" { a b on 2026-01-01,; c d }\n",
                "scenario \"s\" {\n  a b on 2026-01-01,;\n  c d\n}\n"
            ),
            (
                "scenario \"s\" { expect cases { a by;b c,;d e // f\ng h,// i\n j } }\n",
                "scenario \"s\" {\n  expect cases {\n    a by\n    b c,;\n    d e  // f\n    g h,  // i\n      j\n  }\n}\n"
            ),
            // Texts and comments are nobody's to change.
            ("use  \"a  b\" //  c  d\t\n", "use \"a  b\"  //  c  d\n"),
            // `from` on its own line is an attribute.
            ("context c { a text\nfrom text }\n", "context c {\n  a     text\n  from  text\n}\n"),
            ("\u{FEFF}use a\r\n\r\n\r\nuse b", "use a\n\nuse b\n"),
            ("", ""), ("\n\n", ""), ("// only", "// only\n"),
        ])
    func keepsWhatCounts(text: String, form: String) {
        #expect(Self.formatted(text) == form)
        #expect(Self.formatted(form) == form)
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
    /// How many times as many cases as usual: from the environment.
    static let multiple =
        ProcessInfo.processInfo.environment["NTK_COMPARISONS"].flatMap { Int($0) } ?? 1

    /// What formatting a source breaks.
    static func complaints(
        about source: SourceText,
        format: (SourceText) -> String = { PolicyFormatter.format($0).text }
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
        return complaints
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

@Suite("The laws of formatting")
struct FormattingLawTests {
    /// Formatters that break a law each.
    static let bad: [(name: String, format: @Sendable (String) -> String)] = [
        ("is not idempotent", { "//\n" + $0 }),
        ("loses comments", { $0.replacing(#/ *//[^\n]*\n/#, with: "\n") }),
        ("moves comments", { $0.replacing("// a b", with: "// b a") }),
        ("loses a word", { $0.replacing("staff", with: "") }),
        ("changes a text", { $0.replacing("\"a\"", with: "\"b\"") }),
        ("joins lines that count", { $0.replacing("country text\n", with: "country text ") }),
        (
            "breaks lines that count",
            { $0.replacing("sample on-leave", with: "sample\n  on-leave") }
        ),
        ("leaves spaces at a line's end", { $0.replacing("staff\n", with: "staff \n") }),
        ("leaves empty lines", { $0.replacing("staff\n", with: "staff\n\n\n") }),
        ("forgets the last line's end", { String($0.dropLast()) }),
    ]

    static let text = """
        // a b
        context site {
          country text
          from text
        }
        define staff = "a"
        define other = sample on-leave
        scenario "s" {
          thing one
          thing staff
        }

        """

    @Test("hold for a formatter that changes nothing")
    func hold() {
        let source = SourceText(name: "test.ntk", text: Self.text)
        #expect(FormattingLaws.complaints(about: source) { Self.text(of: $0) } == [])
    }

    @Test("complain about formatters that break them", arguments: bad.indices)
    func complain(index: Int) {
        let source = SourceText(name: "test.ntk", text: Self.text)
        let format = Self.bad[index].format
        #expect(
            FormattingLaws.complaints(about: source) { format(Self.text(of: $0)) } != [],
            "\(Self.bad[index].name)")
    }

    private static func text(of source: SourceText) -> String {
        String(decoding: source.bytes, as: UTF8.self)
    }
}
