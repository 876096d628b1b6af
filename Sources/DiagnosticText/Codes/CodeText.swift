import Diagnostics

/// Explanations as people read them.
package struct CodeText: Sendable {
    private static let width = 100

    private let language: Language

    /// Creates texts in a language.
    package init(language: Language) { self.language = language }

    /// A code's title, its cause and its examples.
    package func text(_ explanation: CodeExplanation) -> String {
        let code = explanation.code.rawValue
        let cause = Self.wrapped(explanation.cause(in: language))
        return """
            \(code): \(explanation.title(in: language))

            \(cause)
            \(language.pick("Before:", "直す前:"))

            \(Self.indented(explanation.before.text))
            \(language.pick("After:", "直した後:"))

            \(Self.indented(explanation.after.text))
            """
    }

    /// All codes with their titles, a line each.
    package func list() -> String {
        DiagnosticCode.allCases.compactMap(CodeExplanation.of).map { explanation in
            "\(explanation.code.rawValue)  \(explanation.title(in: language))\n"
        }.joined()
    }

    private static func indented(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.isEmpty ? "" : "    \($0)" }.joined(separator: "\n")
    }

    /// Lines of the width of a page; between Japanese characters a line may end anywhere but before a sign that closes.
    private static func wrapped(_ text: String) -> String {
        var lines: [String] = [""]
        for piece in pieces(of: text) {
            let last = lines[lines.count - 1]
            let isFull = DisplayWidth.columns(of: last + piece) > width
            if isFull, !last.isEmpty, piece.first.map({ !"、。）」".contains($0) }) ?? true {
                lines.append(piece == " " ? "" : piece)
            } else {
                lines[lines.count - 1] += piece
            }
        }
        return lines.map { line in
            String(line.reversed().drop { $0 == " " }.reversed()) + "\n"
        }.joined()
    }

    /// Words and spaces; each Japanese character on its own.
    private static func pieces(of text: String) -> [String] {
        var pieces: [String] = []
        var word = ""
        for character in text {
            if character == " " || DisplayWidth.columns(of: String(character)) > 1 {
                if !word.isEmpty { pieces.append(word) }
                word = ""
                pieces.append(String(character))
            } else {
                word.append(character)
            }
        }
        return word.isEmpty ? pieces : pieces + [word]
    }
}
