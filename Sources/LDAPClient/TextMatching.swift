import Foundation

/// How a directory compares text (RFC 4518, for the rules that ignore case).
package enum TextMatching {
    /// The form that all texts share which a directory takes for one: compatible characters made
    /// one, case ignored, spaces at the ends dropped and inside reduced to one.
    package static func folded(_ text: String) -> String {
        if isPlain(text) { return lowered(text) }
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

    /// Whether nothing but case can differ between text and its folded form, as with most ids and names: it is ASCII, and has
    /// no space but single ones between words.
    private static func isPlain(_ text: String) -> Bool {
        var isAfterSpace = true
        for byte in text.utf8 {
            guard (0x20...0x7E).contains(byte), !isAfterSpace || byte != 0x20 else { return false }
            isAfterSpace = byte == 0x20
        }
        return !isAfterSpace
    }

    private static func lowered(_ text: String) -> String {
        guard text.utf8.contains(where: { (0x41...0x5A).contains($0) }) else { return text }
        return String(
            decoding: text.utf8.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
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
