/// The languages people are spoken to in.
package enum Language: String, Hashable, Sendable, CaseIterable {
    /// English.
    case english = "en"
    /// Japanese.
    case japanese = "ja"

    /// The language a locale's name asks for, such as `ja_JP.UTF-8`; English where it asks for none of
    /// ours.
    package init(locale: String) {
        self = locale.lowercased().hasPrefix("ja") ? .japanese : .english
    }

    /// One of two texts.
    package func pick(_ english: @autoclosure () -> String, _ japanese: @autoclosure () -> String)
        -> String
    {
        self == .english ? english() : japanese()
    }
}

/// A text with numbered gaps: `{0}` is the first argument.
package struct Template: Hashable, Sendable {
    /// The text with its gaps.
    package let text: String

    /// The text with its gaps filled.
    ///
    /// Control characters in arguments are made visible, so that a file's content can't speak
    /// to the terminal, and what is long is cut.
    package func filled(with arguments: [String]) -> String {
        var filled = ""
        var rest = text[...]
        while let start = rest.firstIndex(of: "{") {
            filled += rest[..<start]
            rest = rest[start...]
            guard let end = rest.firstIndex(of: "}"),
                let index = Int(rest[rest.index(after: start)..<end]),
                arguments.indices.contains(index)
            else {
                filled.append(rest.removeFirst())
                continue
            }
            filled += Visible.text(Visible.cut(arguments[index]))
            rest = rest[rest.index(after: end)...]
        }
        return filled + rest
    }

    /// How many gaps there are: one more than the highest number.
    package var gaps: Int {
        (0..<10).last { text.contains("{\($0)}") }.map { $0 + 1 } ?? 0
    }
}

/// Makes text safe to show.
package enum Visible {
    /// The text with control characters and those without a shape replaced by their numbers.
    package static func text(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isHidden) else { return text }
        return text.unicodeScalars.map { scalar in
            isHidden(scalar)
                ? "<U+\(String(scalar.value, radix: 16, uppercase: true))>" : String(scalar)
        }.joined()
    }

    /// How much of a piece of a source is shown in a sentence, in characters of Unicode.
    package static let longestPiece = 500

    /// The text, cut where it is too long for a sentence.
    package static func cut(_ text: String) -> String {
        guard text.utf8.count > longestPiece, text.unicodeScalars.count > longestPiece else {
            return text
        }
        return String(text.unicodeScalars.prefix(longestPiece)) + "…"
    }

    private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x00...0x1F, 0x7F...0x9F, 0x2028, 0x2029: true
        default: scalar.value >= 0xAD && scalar.properties.isDefaultIgnorableCodePoint
        }
    }
}
