import Diagnostics

/// A word of a policy, with what stands before it.
struct Token: Hashable, Sendable {
    /// What kind of word.
    enum Kind: Hashable, Sendable {
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
    let kind: Kind
    /// The word; of a text, what the quotation marks enclose, escapes resolved.
    let text: String
    /// Where it stands.
    let place: Place
    /// Where the spaces and comments before it begin; they end where the token begins.
    let triviaStart: Int
    /// How far its line is indented, where it is the first word of it.
    let indentation: Int?

    /// Whether it is the first word of its line.
    var beginsLine: Bool { indentation != nil }

    func isSymbol(_ symbol: String) -> Bool { kind == .symbol && text == symbol }
    func isWord(_ word: String) -> Bool { kind == .identifier && text == word }
}
