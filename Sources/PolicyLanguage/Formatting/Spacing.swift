/// Where a space stands between two words of a line: one answer for the formatter and for the texts that rules are
/// known by.
enum Spacing {
    /// Words of the grammar that a parenthesis may follow without being their list of arguments.
    private static let wordsBeforeParenthesis: Set<String> = [
        "above", "after", "all", "and", "any", "below", "has", "if", "in", "not", "of", "on",
        "only", "or",
        "since", "to", "until", "was", "when", "where",
    ]

    /// Whether a space stands between `left` and `right`, on one line and outside the braces of declarations; `earlier`
    /// is the word before `left`.
    static func isSpaced(_ left: Token, _ right: Token, after earlier: Token?) -> Bool {
        if left.kind == .symbol {
            switch left.text {
            case "(", "[", "{", ".": return false
            default: break
            }
        }
        guard right.kind == .symbol else { return true }
        switch right.text {
        case ",", ";", ".", ")", "]", "}": return false
        // A time would take the colon for its own.
        case ":": return left.kind == .time
        case "[": return left.kind != .identifier
        case "(": return !takesArguments(left, after: earlier)
        default: return true
        }
    }

    private static func takesArguments(_ word: Token, after earlier: Token?) -> Bool {
        guard word.kind == .identifier else { return false }
        return earlier?.isSymbol(".") == true || !wordsBeforeParenthesis.contains(word.text)
    }
}
