package import Diagnostics

/// What a fix does, in words.
package struct FixText: Sendable {
    private let fix: Fix

    /// Takes a fix.
    package init(_ fix: Fix) { self.fix = fix }

    /// What it does.
    package func text(in language: Language) -> String {
        guard let edit = fix.edits.first, fix.edits.count == 1 else {
            let written = fix.edits.map { Visible.text(Self.trimmed($0.replacement)) }
            let words = Set(written).sorted().map { "`\($0)`" }.joined(separator: " … ")
            return language.pick("write \(words)", "\(words) と書く")
        }
        let text = Visible.text(Self.trimmed(edit.replacement))
        if text.isEmpty, !edit.replacement.isEmpty {
            return language.pick("write a space", "半角の空白にする")
        }
        if text.isEmpty { return language.pick("remove it", "削除する") }
        if edit.place.span.lower == edit.place.span.upper {
            return language.pick("put `\(text)` in", "`\(text)` を入れる")
        }
        return language.pick("write `\(text)`", "`\(text)` と書く")
    }

    /// A replacement without the spaces and line ends that part it from what stands beside it.
    private static func trimmed(_ text: String) -> String {
        let blank: Set<Character> = [" ", "\n"]
        return String(
            text.drop(while: blank.contains).reversed().drop(while: blank.contains).reversed())
    }
}

extension Fix {
    /// The lines as they would be, one excerpt for each source that changes.
    func excerpts(in sources: [SourceText]) -> [Excerpt] {
        let mended = applied(to: sources)
        return Set(edits.map(\.place.source)).sorted().compactMap { index in
            guard mended.indices.contains(index) else { return nil }
            var shift = 0
            var marked: [SourceText.Span] = []
            let here = edits.filter { $0.place.source == index }
            for edit in here.sorted(by: { $0.place.span.lower < $1.place.span.lower }) {
                let written = Array(edit.replacement.utf8)
                let start = edit.place.span.lower + shift
                // Where a new line is written, that line is what there is to see.
                let blank = written.prefix { $0 == UInt8(ascii: "\n") }.count
                marked.append(SourceText.Span(start + blank, start + written.count))
                shift += written.count - (edit.place.span.upper - edit.place.span.lower)
            }
            return Excerpt(source: mended[index], marked: marked, sign: "~")
        }
    }
}
