public import Diagnostics
import Foundation
import PolicyLanguage

/// What formatting promises, as a function that can be tried on bad samples.
public enum FormattingLaws {
    /// How many times as many cases as usual: from the environment.
    public static let multiple =
        ProcessInfo.processInfo.environment["NTK_COMPARISONS"].flatMap { Int($0) } ?? 1

    /// What formatting a source breaks.
    public static func complaints(about source: SourceText) -> [String] {
        complaints(about: source) { PolicyFormatter.format($0).text }
    }

    /// What a formatter breaks on a source.
    public static func complaints(
        about source: SourceText, format: (SourceText) -> String
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
