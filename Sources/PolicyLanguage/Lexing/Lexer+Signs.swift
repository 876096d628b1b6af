import Diagnostics

/// Signs, quotation marks and comments, and how other languages and keyboards write them.
///
/// What can only be one of ours is an error, and is then read as that one.
extension Lexer {
    /// How other languages write what this one has, and how it does.
    private static let foreignSpellings = [
        "==": "=", "&&": "and", "||": "or", "<>": "!=", "=<": "<=", "=>": ">=", "≤": "<=",
        "≦": "<=",
        "≥": ">=", "≧": ">=", "≠": "!=",
    ]

    /// Signs of two characters.
    private static let pairs: Set<String> = ["<=", ">=", "!=", "->"]

    private static let signs = Set("{}()[],;:=<>.".unicodeScalars)

    mutating func symbol(_ scalar: Unicode.Scalar) -> String? {
        let start = offset
        let following = self.scalar(at: start + scalar.utf8Length)
        let one = String(scalar.plain)
        let two = following.map { one + String($0.plain) } ?? one
        let length = scalar.utf8Length + (following?.utf8Length ?? 0)
        if let ours = Lexer.foreignSpellings[two] {
            // In other languages `=>` is an arrow, too.
            return foreign(ours, length: length, two == "=>" ? .maybe : .sure)
        }
        if let ours = Lexer.foreignSpellings[one] {
            return foreign(ours, length: scalar.utf8Length)
        }
        if Lexer.pairs.contains(two) {
            guard two.utf8.count == length else { return foreign(two, length: length) }
            offset += length
            return two
        }
        guard Lexer.signs.contains(scalar.plain) else { return nil }
        guard scalar.plain == scalar else { return foreign(one, length: scalar.utf8Length) }
        offset += scalar.utf8Length
        return one
    }

    private mutating func foreign(
        _ ours: String, length: Int, _ applicability: Fix.Applicability = .sure
    ) -> String {
        let start = offset
        offset += length
        let place = place(from: start, to: offset)
        report(
            .foreignSpelling, [source.text(in: place.span), ours], from: start, to: offset,
            fix: .replacing(place, with: parted(ours, at: place.span), applicability))
        return ours
    }

    /// A word with spaces where it would run into the words beside it.
    private func parted(_ word: String, at span: SourceText.Span) -> String {
        guard word.first?.isLetter == true else { return word }
        let before = source.text(in: SourceText.Span(max(0, span.lower - 4), span.lower))
        let touchesBefore = before.unicodeScalars.last?.plain.continuesName == true
        let touchesAfter = scalar(at: span.upper)?.plain.continuesName == true
        return (touchesBefore ? " " : "") + word + (touchesAfter ? " " : "")
    }

    /// Passes over a character that no word begins with.
    mutating func skipBad(_ scalar: Unicode.Scalar) {
        let start = offset
        offset += scalar.utf8Length
        if scalar.isBidirectionalControl {
            reportHidden(.bidirectionalControl, [], from: start, to: offset, .maybe)
        } else if scalar.endsLineForSome {
            report(.otherLineEnd, [scalar.number], from: start, to: offset)
        } else if scalar.isInvisible {
            reportHidden(.invisibleCharacter, [scalar.number], from: start, to: offset, .maybe)
        } else if scalar.plain == " " {
            while let next = self.scalar(at: offset), next == scalar { offset += next.utf8Length }
            let place = place(from: start, to: offset)
            let count = (offset - start) / scalar.utf8Length
            report(
                .foreignSpelling, [scalar.number, scalar.plain.number], from: start, to: offset,
                fix: .replacing(place, with: String(repeating: " ", count: count), .sure))
        } else {
            report(.unexpectedCharacter, [scalar.shown], from: start, to: offset)
        }
    }

    // MARK: Comments

    /// Passes over a comment that begins with full-width strokes, or a line that begins with `#`.
    mutating func takeForeignComment() -> Bool {
        guard let scalar = scalar(at: offset) else { return false }
        let following = self.scalar(at: offset + scalar.utf8Length)
        let length: Int
        if scalar.plain == "#", beginsLine {
            length = scalar.utf8Length
        } else if let following, scalar.plain == "/", following.plain == "/" {
            length = scalar.utf8Length + following.utf8Length
        } else {
            return false
        }
        _ = foreign("//", length: length)
        skipComment()
        return true
    }

    // MARK: Text

    /// Whether text in other quotation marks than ours begins here.
    ///
    /// What apostrophes enclose is text only if there is one on the same line to close it.
    func beginsForeignText() -> Bool {
        guard let opening = scalar(at: offset), opening.isApostrophe else { return false }
        var position = offset + opening.utf8Length
        while let scalar = scalar(at: position), scalar != "\n", scalar.plain != "\"" {
            if scalar.isApostrophe { return true }
            position += scalar.utf8Length
        }
        return false
    }

    mutating func quotedText() -> String {
        let start = offset
        guard let opening = scalar(at: offset) else { return "" }
        offset += opening.utf8Length
        var edits: [Fix.Edit] = []
        if opening != "\"" { edits.append(Fix.Edit(place(from: start, to: offset), "\"")) }
        var text = String.UnicodeScalarView()
        var isClosed = false
        while !isClosed, let scalar = scalar(at: offset), scalar != "\n" {
            let here = offset
            offset += scalar.utf8Length
            if closes(scalar, opening) {
                if scalar != "\"" { edits.append(Fix.Edit(place(from: here, to: offset), "\"")) }
                isClosed = true
            } else if scalar == "\\" {
                guard let escaped = self.scalar(at: offset), escaped == "\"" || escaped == "\\"
                else {
                    report(.unexpectedCharacter, ["\\"], from: here, to: offset)
                    continue
                }
                offset += 1
                text.append(escaped)
            } else {
                check(scalar, at: here, .maybe)
                if !scalar.isBidirectionalControl { text.append(scalar) }
            }
        }
        if opening != "\"" {
            let end = start + opening.utf8Length
            report(
                .foreignSpelling, [String(opening), "\""], from: start, to: end,
                fix: Fix(edits, isClosed ? .sure : .maybe))
        }
        if !isClosed { report(.unterminatedText, [], from: start, to: offset) }
        return NormalForm.composed(cut(String(text), to: Lexer.longestText, from: start))
    }

    /// Whether a text that began with `opening` ends here.
    ///
    /// One begun with another kind of quotation mark may end with one.
    private func closes(_ scalar: Unicode.Scalar, _ opening: Unicode.Scalar) -> Bool {
        if opening.isApostrophe { return scalar.isApostrophe }
        return scalar == "\"" || (opening != "\"" && scalar.plain == "\"")
    }
}
