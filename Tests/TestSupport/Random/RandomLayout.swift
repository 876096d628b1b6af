import Diagnostics
import PolicyLanguage

/// Changes the spaces, line breaks and comments of a policy without changing what it says.
///
/// Where line ends count (before adjectives, in scenarios, before `from` and `limited to`) it breaks no line.
public struct RandomLayout {
    private let source: SourceText
    private let tree: SyntaxTree
    private let starts: [Int: SyntaxTree.Kind]
    private let tables: [Range<Int>]
    private let statements: [Range<Int>]
    private let addsComments: Bool
    private var comments = 0

    /// Takes a source that has no mistakes.
    ///
    /// `addsComments` says whether comments and empty lines may be added; without, only spaces and line breaks change.
    public init(_ text: String, addsComments: Bool = true) {
        self.addsComments = addsComments
        source = SourceText(name: "test.ntk", text: text)
        let tree = SyntaxTree(of: source)
        self.tree = tree
        var starts: [Int: SyntaxTree.Kind] = [:]
        for node in tree.nodes where [.declaration, .member, .statement].contains(node.kind) {
            starts[node.first] = node.kind
        }
        self.starts = starts
        let statements = tree.nodes.filter { $0.kind == .statement }.map { $0.first..<$0.end }
        self.statements = statements
        tables = statements.filter { range in
            range.count > 2 && tree.tokens[range.lowerBound].text == "expect"
                && tree.tokens[range.lowerBound + 1].text == "cases"
        }
    }

    /// The text with another layout.
    public mutating func text(_ random: inout SplitMix64) -> String {
        var text = random.chance(10) ? "\u{FEFF}" : ""
        let lineEnd = random.chance(20) ? "\r\n" : "\n"
        for (index, token) in tree.tokens.enumerated() {
            let trivia = source.text(
                in: SourceText.Span(token.triviaStart, token.place.span.lower))
            text += gap(before: index, trivia, &random).replacing("\n", with: lineEnd)
            text += source.text(in: token.place.span)
        }
        return text
    }

    private mutating func gap(
        before index: Int, _ trivia: String, _ random: inout SplitMix64
    ) -> String {
        guard random.chance(25) else { return trivia }
        let token = tree.tokens[index]
        if trivia.contains("\n") || index == 0 {
            if let joined = joined(index, trivia, &random) { return joined }
            let indentation =
                token.indentation == 0 || token.kind == .end
                ? "" : String(repeating: " ", count: 1 + random.below(9))
            guard addsComments else {
                let lines = trivia.split(separator: "\n", omittingEmptySubsequences: false)
                return lines.dropLast().joined(separator: "\n") + "\n" + indentation
            }
            var lines = random.chance(50) && !trivia.contains("//") ? "\n" : trivia + "\n"
            if index == 0 { lines = trivia + "\n" }
            for _ in 0..<random.below(3) {
                let behind = String(repeating: " ", count: random.below(4))
                lines += random.chance(50) ? "\(behind)\n" : behind + comment(&random)
            }
            return lines + indentation
        }
        if random.chance(30), mayBreak(before: index) {
            let first = addsComments && random.chance(40) ? " " + comment(&random) : "\n"
            let more = addsComments && random.chance(30) ? "   " + comment(&random) : ""
            return first + more + String(repeating: " ", count: 1 + random.below(9))
        }
        if trivia.isEmpty, !mayStandApart(index) { return trivia }
        return random.pick([" ", "  ", "\t", "     "])
    }

    /// Lines put together where one is enough.
    private func joined(
        _ index: Int, _ trivia: String, _ random: inout SplitMix64
    ) -> String? {
        let hasEmptyLines =
            trivia.split(separator: "\n", omittingEmptySubsequences: false).count > 2
        guard index > 0, !trivia.contains("//"), addsComments || !hasEmptyLines, random.chance(40),
            let kind = starts[index]
        else {
            return nil
        }
        switch kind {
        case .declaration: return " "
        case .statement:
            let previous = tree.tokens[index - 1]
            return previous.isSymbol("{") ? " " : previous.isSymbol(";") ? "  " : " ; "
        default: return nil
        }
    }

    private mutating func comment(_ random: inout SplitMix64) -> String {
        comments += 1
        let words = random.pick(["note", "極秘の理由", "// twice", "a \"b\" { c", ""])
        return
            "//\(random.chance(50) ? " " : "")\(words) \(comments)\(random.pick(["", "  ", "\t"]))\n"
    }

    /// Whether spaces may part a word from the one before it.
    private func mayStandApart(_ index: Int) -> Bool {
        index > 0 && tree.tokens[index].kind != .end
    }

    private func mayBreak(before index: Int) -> Bool {
        let token = tree.tokens[index]
        let previous = tree.tokens[index - 1]
        if tables.contains(where: { $0.contains(index) }) { return false }
        let isAfterOpening =
            previous.kind == .symbol && !["}", ")", "]", "."].contains(previous.text)
        if statements.contains(where: { $0.contains(index) }) {
            return previous.isSymbol(",") && starts[index] == nil
        }
        guard starts[index] == nil, token.kind != .end else { return false }
        let words: Set<String> = [
            "and", "or", "where", "when", "only", "because", "cites", "in", "below", "within", "on",
        ]
        if token.kind == .identifier, words.contains(token.text) { return true }
        return isAfterOpening || (token.kind == .symbol && token.text != "}")
    }
}
