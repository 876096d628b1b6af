public import Diagnostics

/// Gives policy text its one canonical form.
///
/// Formatting changes spaces and line breaks, and the semicolons that line breaks stand in for; never a word, nor what a
/// policy means. Formatting twice gives what formatting once gives.
public enum PolicyFormatter {
    /// What formatting gave.
    public struct Result: Sendable {
        /// The text in its form; what has a mistake is as it was.
        public let text: String
        /// What is wrong with the text's characters and grammar.
        public let diagnostics: [Diagnostic]
    }

    /// Formats a file of a policy, of a vocabulary or of scenarios.
    ///
    /// - Complexity: linear in the length of the text.
    public static func format(_ source: SourceText) -> Result {
        let (file, diagnostics) = Parser.parse(source, index: 0)
        let errors = diagnostics.filter { $0.severity == .error }
        let isHopeless = errors.contains { $0.code == .invalidUTF8 || $0.code == .sourceTooLarge }
        guard !isHopeless, diagnostics.count < Lexer.mostMistakes else {
            return Result(
                text: String(decoding: source.bytes, as: UTF8.self), diagnostics: diagnostics)
        }
        let formatter = Formatter(file.tree, of: source, mistakes: errors.map(\.place.span.lower))
        return Result(text: formatter.text(), diagnostics: diagnostics)
    }
}
