package import Diagnostics

/// A word of a policy, with what stands before it.
package struct Token: Hashable, Sendable {
    /// What kind of word.
    package enum Kind: Hashable, Sendable {
        /// A name or a keyword; which one, the grammar says by the place it stands in.
        case identifier
        /// A whole number.
        case integer
        /// A date or an instant.
        case time
        /// A time of day: `09:00`.
        case clock
        /// Text in quotation marks.
        case text
        /// Punctuation or an operator.
        case symbol
        /// The end of the source.
        case end
    }

    /// What kind of word.
    package let kind: Kind
    /// The word; of a text, what the quotation marks enclose, escapes resolved.
    package let text: String
    /// Where it stands.
    package let place: Place
    /// Where the spaces and comments before it begin; they end where the token begins.
    package let triviaStart: Int
    /// How far its line is indented, where it is the first word of it.
    package let indentation: Int?

    /// Whether it is the first word of its line.
    package var beginsLine: Bool { indentation != nil }

    package func isSymbol(_ symbol: String) -> Bool { kind == .symbol && text == symbol }
    package func isWord(_ word: String) -> Bool { kind == .identifier && text == word }
}
