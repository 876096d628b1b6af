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
