import Diagnostics

/// Lines of a source with places in them underlined, as a terminal shows them.
struct Excerpt {
    /// The longest line that is shown, in bytes.
    private static let longestLine = 640
    /// The most lines that are shown of one place; of more, the first ones and the last.
    private static let mostLines = 4

    let source: SourceText
    /// The places, in order.
    let marked: [SourceText.Span]
    /// What underlines them.
    let sign: Character

    /// The lines, each with its number, and below it the signs.
    ///
    /// None where a line is too long to be of use to anybody.
    var rows: [String] {
        let numbers = lineNumbers
        guard let last = numbers.last,
            numbers.allSatisfy({ source.bytes(ofLine: $0).count <= Self.longestLine })
        else { return [] }
        let width = String(last).count
        let margin = String(repeating: " ", count: width)
        var rows: [String] = []
        var previous: Int?
        for number in numbers {
            if let previous, number > previous + 1 { rows.append(" \(margin) | …") }
            previous = number
            let digits = String(number)
            let padding = String(repeating: " ", count: width - digits.count)
            let text = DisplayWidth.expandingTabs(in: shown(source.bytes(ofLine: number)))
            rows.append(" \(padding)\(digits) | \(text)")
            let signs = signs(inLine: number)
            if !signs.isEmpty { rows.append(" \(margin) | \(signs)") }
        }
        return rows
    }

    /// The lines to show: all that a place touches, or the first ones and the last.
    private var lineNumbers: [Int] {
        var numbers: Set<Int> = []
        for span in marked {
            let first = source.line(at: span.lower)
            // A place that ends with a line end does not reach into the next line.
            let last = max(first, source.line(at: max(span.lower, span.upper - 1)))
            if last - first < Self.mostLines {
                numbers.formUnion(first...last)
            } else {
                numbers.formUnion(first..<first + Self.mostLines - 1)
                numbers.insert(last)
            }
        }
        return numbers.sorted()
    }

    private func signs(inLine number: Int) -> String {
        let bytes = source.bytes(ofLine: number)
        var signs = ""
        for span in marked {
            let isFirst = source.line(at: span.lower) == number
            guard isFirst || (span.lower < bytes.startIndex && span.upper > bytes.startIndex) else {
                continue
            }
            let (lower, upper) = isFirst ? ends(of: span, in: bytes) : inside(span, bytes)
            guard isFirst || lower < upper else { continue }
            let indent = DisplayWidth.columns(of: shown(bytes[bytes.startIndex..<lower]))
            let end = DisplayWidth.columns(of: shown(bytes[bytes.startIndex..<upper]))
            signs += String(repeating: " ", count: max(0, indent - signs.count))
            signs += String(repeating: sign, count: max(1, end - max(indent, signs.count)))
        }
        return signs
    }

    /// Where a place begins in its first line, and how far it reaches in it.
    private func ends(
        of span: SourceText.Span, in bytes: ArraySlice<UInt8>
    ) -> (lower: Int, upper: Int) {
        var lower = min(max(span.lower, bytes.startIndex), bytes.endIndex)
        // A mark that sits on the letter before it is seen there.
        while lower > bytes.startIndex, isCombining(in: bytes, at: lower) {
            lower -= 1
            while lower > bytes.startIndex, bytes[lower] & 0xC0 == 0x80 { lower -= 1 }
        }
        let isWhole = span.upper > bytes.endIndex
        let upper = isWhole ? trimmedEnd(of: bytes) : span.upper
        return (lower, max(lower, upper))
    }

    /// What a place that began in an earlier line covers of this one: no indentation.
    private func inside(
        _ span: SourceText.Span, _ bytes: ArraySlice<UInt8>
    ) -> (lower: Int, upper: Int) {
        let lower = bytes.firstIndex { !Self.isBlank($0) } ?? bytes.endIndex
        return (lower, min(span.upper, trimmedEnd(of: bytes)))
    }

    private func trimmedEnd(of bytes: ArraySlice<UInt8>) -> Int {
        (bytes.lastIndex { !Self.isBlank($0) } ?? bytes.startIndex - 1) + 1
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
    }

    private func isCombining(in bytes: ArraySlice<UInt8>, at offset: Int) -> Bool {
        let text = String(decoding: bytes[offset...].prefix(4), as: UTF8.self)
        guard let scalar = text.unicodeScalars.first else { return false }
        return DisplayWidth.joinsLetterBefore(scalar)
    }

    /// A piece of a line as it is shown; tabs stay, to be made spaces later.
    private func shown(_ bytes: ArraySlice<UInt8>) -> String {
        let text = String(decoding: bytes, as: UTF8.self)
        return text.split(separator: "\t", omittingEmptySubsequences: false)
            .map { Visible.text(String($0)) }.joined(separator: "\t")
    }
}
