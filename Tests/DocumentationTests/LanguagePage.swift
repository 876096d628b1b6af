import DecisionEngine
import Diagnostics
import PolicyCompiler
import PolicyLanguage
import Scenarios
import TestSupport

/// The examples and the grammar of `docs/language.md`, and complaints about them, as functions from text
/// so that they can be tried on bad samples.
struct LanguagePage {
    let page: Markdown

    /// Fences that must read and compile.
    var examples: [Markdown.Fence] { page.fences.filter { $0.info == "ntk" } }
    /// Fences that must earn the code they name.
    var mistakes: [Markdown.Fence] { page.fences.filter { $0.info.hasPrefix("ntk-wrong") } }
    /// Fences that must earn the warning or note they name, and may be used all the same.
    var doubtful: [Markdown.Fence] { page.fences.filter { $0.info.hasPrefix("ntk-note") } }
    /// The policy in which fragments stand: the page's first example.
    var prelude: String { examples.first?.text ?? "" }
    /// The grammar.
    var grammar: String { page.fences.first { $0.info == "ebnf" }?.text ?? "" }

    /// The example as a policy of its own.
    func wholePolicy(_ example: Markdown.Fence) -> String {
        isWhole(example) ? example.text : prelude + "\n" + example.text
    }

    private func isWhole(_ example: Markdown.Fence) -> Bool {
        example.text.contains(#/(?m)^policy /#)
    }

    /// What is said of an example, less the warnings and notes about what the prelude has and the example leaves aside.
    private func read(
        _ example: Markdown.Fence
    ) -> (result: PolicyReader.Result, said: [Diagnostic]) {
        let result = Fixtures.read(wholePolicy(example), findings: true)
        let own = isWhole(example) ? 0 : prelude.utf8.count
        return (
            result,
            result.diagnostics.filter { $0.severity == .error || $0.place.span.lower >= own }
        )
    }

    /// What is wrong with an example that should be right.
    func complaints(about example: Markdown.Fence) -> [String] {
        let (result, said) = read(example)
        var complaints = said.map { diagnostic in
            let source = result.sources[diagnostic.place.source]
            let words = source.text(in: diagnostic.place.span)
            return "\(diagnostic.code.rawValue) \(diagnostic.arguments) at `\(words)`"
        }
        guard let policy = result.policy else { return complaints + ["gives no policy"] }
        do {
            let program = try PolicyCompiler.compile(policy)
            let scenarios = ScenarioRunner.run(
                policy, program: program, digest: ProgramDigest(hexadecimal: "test"))
            for scenario in scenarios {
                for outcome in scenario.outcomes where !outcome.isMet {
                    complaints.append("\(outcome.expectation.content): \(outcome.mismatches)")
                }
            }
        } catch {
            complaints.append("does not compile: \(error)")
        }
        return complaints
    }

    /// What is wrong with an example that should be wrong, or doubtful, in the way it names.
    func complaints(aboutMistake example: Markdown.Fence) -> [String] {
        let code = String(example.info.drop { $0 != " " }.dropFirst())
        guard DiagnosticCode(rawValue: code) != nil else { return ["names no code"] }
        let said = read(example).said
        let found = Set(said.map(\.code.rawValue))
        guard found == [code] else { return ["gives \(found.sorted()), not \(code)"] }
        let isMistake = example.info.hasPrefix("ntk-wrong")
        return said.hasErrors == isMistake ? [] : ["is an error, or should be one"]
    }

    /// The declaration words that no example uses.
    func wordsWithoutExample(of words: Set<String>) -> [String] {
        let used = examples.flatMap { $0.text.split(separator: "\n") }.compactMap { line in
            line.prefixMatch(of: /[a-z]+/).map { String($0.output) }
        }
        return words.subtracting(used).sorted()
    }

    /// The words that the grammar does not quote.
    func wordsMissingInGrammar(of words: Set<String>) -> [String] {
        words.filter { !grammar.contains("\"\($0)\"") }.sorted()
    }

    /// The names that the grammar uses and does not say, the kinds of word of section 1 apart.
    var undefinedInGrammar: [String] {
        let plain = grammar.replacing(#/\(\*.*?\*\)/#, with: "").replacing(/"[^"]*"/, with: "")
        let defined = plain.matches(of: #/(?m)^([a-z]+) *=/#).map { String($0.output.1) }
        let used = plain.matches(of: /[a-z]+/).map { String($0.output) }
        let kindsOfWord = ["name", "text", "number", "time", "clock", "phrase"]
        return Set(used).subtracting(defined + kindsOfWord).sorted()
    }

    /// The words that the paragraph beginning with `beginning` puts in backquotes.
    func words(ofParagraph beginning: String) -> Set<String> {
        let lines = page.prose.drop { !$0.hasPrefix(beginning) }.prefix { !$0.isEmpty }
        return Set(
            lines.joined(separator: " ").matches(of: /`([a-z]+)`/).map { String($0.output.1) })
    }

    /// The rows of the table of limits: what is limited, and how far.
    var limits: [String: String] {
        var limits: [String: String] = [:]
        for line in page.prose.drop(while: { !$0.hasPrefix("## 10. Limits") }) {
            if line.hasPrefix("## 11") { break }
            let cells = line.split(separator: "|").map { $0.trimmingPrefix(" ") }
            guard cells.count == 2, cells[1].contains(/[0-9]/) else { continue }
            limits[cells[0].description.trimmed] = cells[1].description.trimmed
        }
        return limits
    }
}

extension String {
    fileprivate var trimmed: String {
        String(reversed().drop { $0 == " " }.reversed())
    }
}
