import DiagnosticText
import Diagnostics
import FoundationEssentials
import PolicyLanguage
import TestSupport
import Testing

/// Each `Tests/Fixtures/diagnostics/NAME.ntk`, with its `NAME.scenarios.ntk` where there is one, beside all
/// that is said of it, in both languages.
@Suite("Diagnostics of bad policies")
struct DiagnosticGoldenTests {
    @Test(
        "are, every one, exactly what the fixture says",
        arguments: try Self.names())
    func matches(name: String) throws {
        let result = try Self.read(name)
        #expect(result.policy == nil)
        for language in Language.allCases {
            let renderer = DiagnosticRenderer(sources: result.sources, language: language)
            try Golden.check(
                renderer.text(of: result.diagnostics) + "\n"
                    + renderer.count(of: result.diagnostics) + "\n",
                against: "diagnostics/\(name).\(language.rawValue).txt")
        }
    }

    @Test("have fixtures at all")
    func corpusIsThere() throws {
        #expect(try Self.names().count >= 4)
    }

    @Test("have a fixture for every code that a policy can earn")
    func everyCodeIsUsed() throws {
        var seen: Set<DiagnosticCode> = []
        for name in try Self.names() { seen.formUnion(try Self.read(name).diagnostics.map(\.code)) }
        // Codes of data from outside have their tests where files are read; these need what a fixture can't hold.
        let elsewhere: Set<DiagnosticCode> = [
            .invalidUTF8, .sourceTooLarge, .conditionTooLarge, .tooMany, .policyTooLarge,
            .notExported,
        ]
        let missing = DiagnosticCode.allCases.filter {
            !$0.rawValue.hasPrefix("NTK5") && !seen.contains($0) && !elsewhere.contains($0)
        }
        #expect(missing == [])
    }

    static func names() throws -> [String] {
        try Golden.names(in: "diagnostics", endingWith: ".ntk")
            .filter { !$0.hasSuffix(".scenarios") }
    }

    static func read(_ name: String) throws -> PolicyReader.Result {
        let beside = "\(name).scenarios"
        let hasScenarios = try Golden.names(in: "diagnostics", endingWith: ".ntk").contains(beside)
        let scenarios = try (hasScenarios ? [beside] : []).map {
            SourceText(name: "\($0).ntk", text: try Golden.text("diagnostics/\($0).ntk"))
        }
        return Fixtures.read(
            try Golden.text("diagnostics/\(name).ntk"), name: "\(name).ntk", scenarios: scenarios,
            findings: true)
    }
}

@Suite("The catalogue of messages")
struct CatalogueTests {
    @Test(
        "says everything in both languages, with the same gaps", arguments: DiagnosticCode.allCases)
    func isComplete(code: DiagnosticCode) {
        let english = code.message(in: .english)
        let japanese = code.message(in: .japanese)
        #expect(!english.text.text.isEmpty && !japanese.text.text.isEmpty)
        #expect(!english.help.text.isEmpty && !japanese.help.text.isEmpty)
        #expect(english.text.gaps == japanese.text.gaps)
        #expect(english.help.gaps == japanese.help.gaps)
        #expect(english.text.text != japanese.text.text)
    }

    @Test("says what is wrong with LDIF in both languages", arguments: LDIFPhrase.allCases)
    func phrasesAreComplete(phrase: LDIFPhrase) {
        let texts = Language.allCases.map { phrase.text(in: $0, about: "x") }
        #expect(Set(texts).count == 2 && texts.allSatisfy { !$0.isEmpty && !$0.contains("{") })
    }

    @Test("uses no code twice")
    func codesAreUnique() {
        #expect(Set(DiagnosticCode.allCases.map(\.rawValue)).count == DiagnosticCode.allCases.count)
    }
}

@Suite("Display width")
struct DisplayWidthTests {
    @Test(
        "counts the columns a terminal uses",
        arguments: [("abc", 3), ("極秘", 4), ("a\tb", 5), ("e\u{301}", 1), ("ｱ", 1), ("！", 2)])
    func columns(text: String, width: Int) {
        #expect(DisplayWidth.columns(of: text) == width)
    }
}

@Suite("A long list of mistakes")
struct LongListTests {
    @Test("is cut on a terminal, and says how many more there are")
    func isCut() {
        let text =
            "policy a version \"1\" zone \"UTC\"\n"
            + String(repeating: "lease 0 days on resource\n", count: 30)
        let result = Fixtures.read(text)
        #expect(result.diagnostics.count > 25)
        let left = result.diagnostics.count - DiagnosticRenderer.firstOnTerminal
        let renderer = DiagnosticRenderer(sources: result.sources, language: .english)
        let cut = renderer.text(
            of: result.diagnostics, limit: DiagnosticRenderer.firstOnTerminal)
        #expect(cut.hasSuffix("… and \(left) more\n"))
        #expect(cut.components(separatedBy: "error[").count - 1 == 20)
    }
}
