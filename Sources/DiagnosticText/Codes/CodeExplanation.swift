package import Diagnostics

/// What a code means: its cause, and what it looks like before and after it is mended.
package struct CodeExplanation: Hashable, Sendable {
    /// An example: a piece of a policy or of data.
    package struct Example: Hashable, Sendable {
        /// What it is written in: `ntk` for policies, `csv`, `jsonl`, `ldif`, `text`.
        package let format: String
        /// Whether it is a whole policy; others stand after the page's first.
        package let isWhole: Bool
        /// Whether it is a file of scenarios beside that policy.
        package let isBeside: Bool
        /// The lines.
        package let text: String
    }

    /// The code.
    package let code: DiagnosticCode
    /// The example that earns the code.
    package let before: Example
    /// The example mended.
    package let after: Example
    private let titles: [Language: String]
    private let causes: [Language: String]

    /// What it is, in a few words.
    package func title(in language: Language) -> String { titles[language] ?? "" }

    /// How it comes about, and what to do.
    package func cause(in language: Language) -> String { causes[language] ?? "" }

    /// The explanation of a code.
    package static func of(_ code: DiagnosticCode) -> CodeExplanation? { page.explanations[code] }

    /// The policy that examples stand after.
    package static var prelude: String { page.prelude }

    /// The page they all come from, read once.
    private static let page = CodePage(
        String(decoding: PackageResources.codes_md, as: UTF8.self))

    init?(code: DiagnosticCode, heading: [Substring], lines: [Substring]) {
        let (paragraphs, examples) = CodePage.parts(of: lines)
        guard heading.count == 2, paragraphs.count == 2, examples.count == 2,
            examples[0].role == "before", examples[1].role == "after"
        else { return nil }
        self.code = code
        titles = [.english: String(heading[0]), .japanese: String(heading[1])]
        causes = [
            .english: paragraphs[0].joined(separator: " "), .japanese: paragraphs[1].joined(),
        ]
        before = examples[0].example
        after = examples[1].example
    }
}

/// The page `codes.md`: a section for each code, with its title and its cause in English and then in Japanese, and an
/// example before and after.
struct CodePage {
    private(set) var explanations: [DiagnosticCode: CodeExplanation] = [:]
    private(set) var prelude = ""

    init(_ text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let starts = lines.indices.filter { lines[$0].hasPrefix("## ") } + [lines.endIndex]
        prelude = Self.parts(of: lines[..<starts[0]]).examples.first?.example.text ?? ""
        for (start, end) in zip(starts, starts.dropFirst()) {
            // `## NTK2009: an action … / その種類に…`
            let heading = lines[start].dropFirst(3).split(separator: ": ", maxSplits: 1)
            guard heading.count == 2, let code = DiagnosticCode(rawValue: String(heading[0])),
                let explanation = CodeExplanation(
                    code: code, heading: Self.titles(in: heading[1]),
                    lines: Array(lines[start + 1..<end]))
            else { continue }
            explanations[code] = explanation
        }
    }

    private static func titles(in text: Substring) -> [Substring] {
        guard let slash = text.firstRange(of: " / ") else { return [text] }
        return [text[..<slash.lowerBound], text[slash.upperBound...]]
    }

    /// The paragraphs, and what is fenced.
    static func parts(
        of lines: some Sequence<Substring>
    ) -> (paragraphs: [[Substring]], examples: [(role: String, example: CodeExplanation.Example)]) {
        var paragraphs: [[Substring]] = []
        var examples: [(role: String, example: CodeExplanation.Example)] = []
        var open: (words: [Substring], lines: [Substring])?
        var isNew = true
        for line in lines {
            if let (words, inside) = open {
                guard line == "```" else {
                    open = (words, inside + [line])
                    continue
                }
                let example = CodeExplanation.Example(
                    format: String(words.first ?? "text"), isWhole: words.contains("whole"),
                    isBeside: words.contains("scenarios"),
                    text: inside.map { $0 + "\n" }.joined())
                examples.append((String(words.dropFirst().first ?? ""), example))
                open = nil
            } else if line.hasPrefix("```") {
                open = (line.dropFirst(3).split(separator: " "), [])
                isNew = true
            } else if line.isEmpty {
                isNew = true
            } else if isNew {
                paragraphs.append([line])
                isNew = false
            } else {
                paragraphs[paragraphs.count - 1].append(line)
            }
        }
        return (paragraphs, examples)
    }
}
