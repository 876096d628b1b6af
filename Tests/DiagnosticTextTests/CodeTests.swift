import DiagnosticText
import Diagnostics
import FoundationEssentials
import PolicyLanguage
import TestSupport
import Testing

@Suite("The explanation of every code")
struct CodeTests {
    /// Codes whose examples a policy in a page can't be: bytes that are no text, a file of 4 MiB, several files.
    private static let untold: Set<DiagnosticCode> = [
        .invalidUTF8, .sourceTooLarge, .notExported, .circularUse,
    ]

    /// Codes that a policy earns, and those of data whose example is a policy's scenario.
    static let told = DiagnosticCode.allCases.filter { code in
        let isPolicy = CodeExplanation.of(code)?.before.format == "ntk"
        return isPolicy || !(code.rawValue.hasPrefix("NTK5") || untold.contains(code))
    }

    @Test(
        "is there, with a title and a cause in both languages", arguments: DiagnosticCode.allCases)
    func isComplete(code: DiagnosticCode) throws {
        let explanation = try #require(CodeExplanation.of(code))
        for text in [explanation.title(in:), explanation.cause(in:)] {
            #expect(!text(.english).isEmpty && !text(.english).contains(where: isJapanese))
            #expect(text(.japanese).contains(where: isJapanese))
        }
        #expect(explanation.before.text != explanation.after.text)
        #expect(!explanation.before.text.isEmpty && !explanation.after.text.isEmpty)
    }

    private func isJapanese(_ character: Character) -> Bool {
        character.unicodeScalars.contains { (0x3040...0x30FF).contains($0.value) }
    }

    /// The example as a policy of its own; characters that are shown by their number are themselves again.
    private func policy(_ example: CodeExplanation.Example) -> String {
        let text = example.isWhole ? example.text : CodeExplanation.prelude + "\n" + example.text
        return text.replacing("<U+202E>", with: "\u{202E}")
    }

    private func read(_ example: CodeExplanation.Example) -> PolicyReader.Result {
        guard example.isBeside else { return Fixtures.read(policy(example)) }
        return Fixtures.read(
            CodeExplanation.prelude,
            scenarios: [SourceText(name: "test.scenarios.ntk", text: example.text)])
    }

    @Test("shows what earns exactly that code, and what earns none", arguments: told)
    func examplesAreTrue(code: DiagnosticCode) throws {
        let explanation = try #require(CodeExplanation.of(code))
        #expect(explanation.before.format == "ntk" && explanation.after.format == "ntk")
        let before = read(explanation.before).diagnostics
        #expect(Set(before.map(\.code)) == [code], "\(before)")
        let after = read(explanation.after)
        #expect(after.diagnostics == [], "after")
        #expect(after.policy != nil)
    }

    @Test("shows what sure fixes make of the example, where they mend it", arguments: told)
    func fixesLeadThere(code: DiagnosticCode) throws {
        let explanation = try #require(CodeExplanation.of(code))
        let before = read(explanation.before)
        guard before.diagnostics.allSatisfy({ $0.fix?.applicability == .sure }) else { return }
        let (sources, _) = before.diagnostics.applyingSureFixes(to: before.sources, within: [0])
        func plain(_ text: String) -> String { text.filter { $0 != " " } }
        #expect(
            plain(String(decoding: sources[0].bytes, as: UTF8.self))
                == plain(policy(explanation.after)))
    }

    @Test("covers the codes of policies, and a good part of those of data")
    func corpusIsThere() {
        #expect(Self.told.count >= 45)
    }

    @Test("is a page of lines that fit", arguments: Language.allCases)
    func fits(language: Language) throws {
        let texts = CodeText(language: language)
        for code in DiagnosticCode.allCases {
            let text = texts.text(try #require(CodeExplanation.of(code)))
            for line in text.split(separator: "\n") where !line.hasPrefix("    ") {
                #expect(DisplayWidth.columns(of: String(line)) <= 102, "\(line)")
            }
        }
        #expect(texts.list().split(separator: "\n").count == DiagnosticCode.allCases.count)
    }
}
