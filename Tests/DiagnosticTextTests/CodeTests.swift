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
        return text.replacing(#/<U\+([0-9A-F]+)>/#) { match in
            UInt32(match.output.1, radix: 16).flatMap(Unicode.Scalar.init).map(String.init) ?? ""
        }
    }

    /// What is said of an example; findings only where they are explained, and only about the example's own lines.
    private func read(
        _ example: CodeExplanation.Example, about code: DiagnosticCode
    ) -> (result: PolicyReader.Result, said: [Diagnostic]) {
        guard !example.isBeside else {
            let result = Fixtures.read(
                CodeExplanation.prelude,
                scenarios: [SourceText(name: "test.scenarios.ntk", text: example.text)])
            return (result, result.diagnostics)
        }
        let result = Fixtures.read(
            policy(example), findings: code.rawValue.hasPrefix("NTK31"))
        let own = example.isWhole ? 0 : CodeExplanation.prelude.utf8.count
        let said = result.diagnostics.filter {
            $0.severity == .error || $0.place.span.lower >= own
        }
        return (result, said)
    }

    @Test("shows what earns exactly that code, and what earns none", arguments: told)
    func examplesAreTrue(code: DiagnosticCode) throws {
        let explanation = try #require(CodeExplanation.of(code))
        #expect(explanation.before.format == "ntk" && explanation.after.format == "ntk")
        let before = read(explanation.before, about: code).said
        #expect(Set(before.map(\.code)) == [code], "\(before)")
        let after = read(explanation.after, about: code)
        #expect(after.said == [], "after")
        #expect(after.result.policy != nil)
    }

    @Test("shows what sure fixes make of the example, where they mend it", arguments: told)
    func fixesLeadThere(code: DiagnosticCode) throws {
        let explanation = try #require(CodeExplanation.of(code))
        let before = read(explanation.before, about: code)
        guard before.said.allSatisfy({ $0.fix?.applicability == .sure }) else { return }
        let (sources, _) = before.said.applyingSureFixes(
            to: before.result.sources, within: [0])
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
