import Foundation

/// How a directory compares text (RFC 4518, for the rules that ignore case).
package enum TextMatching {
    /// The form that all texts share which a directory takes for one: compatible characters made
    /// one, case ignored, spaces at the ends dropped and inside reduced to one.
    package static func folded(_ text: String) -> String {
        let words = foldedCase(text).unicodeScalars.split(whereSeparator: isSpace)
        return words.map(String.init).joined(separator: " ")
    }

    /// The same for a piece out of the middle of a text, where a space at an end counts.
    package static func foldedPiece(_ text: String) -> String {
        let scalars = text.unicodeScalars
        let words = folded(text)
        if words.isEmpty { return scalars.isEmpty ? "" : " " }
        let before = scalars.first.map(isSpace) == true ? " " : ""
        let after = scalars.last.map(isSpace) == true ? " " : ""
        return before + words + after
    }

    private static func foldedCase(_ text: String) -> String {
        // Upper case first, so that ß and ss, or ς and σ, come out alike.
        // The i without a dot has an upper case that is another letter's; RFC 4518's folding leaves it as it is.
        text.precomposedStringWithCompatibilityMapping
            .split(separator: "\u{131}", omittingEmptySubsequences: false)
            .map { $0.uppercased().lowercased() }.joined(separator: "\u{131}")
            .precomposedStringWithCompatibilityMapping
    }

    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isWhitespace }
}
