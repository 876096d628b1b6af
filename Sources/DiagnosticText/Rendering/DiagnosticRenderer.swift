package import Diagnostics

/// Diagnostics as people read them: what, where, the line with the place underlined, and what to do.
package struct DiagnosticRenderer: Sendable {
    /// How many a terminal is shown at first.
    package static let firstOnTerminal = 20

    private let sources: [SourceText]
    private let language: Language
    private let usesColour: Bool

    /// Creates a renderer for diagnostics about `sources`.
    package init(sources: [SourceText], language: Language, usesColour: Bool = false) {
        self.sources = sources
        self.language = language
        self.usesColour = usesColour
    }

    /// All of them, or the first `limit` and how many more there are.
    package func text(of diagnostics: [Diagnostic], limit: Int? = nil) -> String {
        let shown = limit.map { Array(diagnostics.prefix($0)) } ?? diagnostics
        var text = shown.map(text(of:)).joined(separator: "\n")
        let left = diagnostics.count - shown.count
        if left > 0 {
            text += "\n" + language.pick("… and \(left) more\n", "… ほか \(left) 件\n")
        }
        return text
    }

    /// One of them.
    package func text(of diagnostic: Diagnostic) -> String {
        let message = diagnostic.code.message(in: language)
        let severity = severityText(diagnostic.severity)
        var lines = [
            coloured(diagnostic.severity, "\(severity)[\(diagnostic.code.rawValue)]")
                + ": \(message.text.filled(with: diagnostic.arguments(in: language)))"
        ]
        lines += excerpt(at: diagnostic.place)
        for note in diagnostic.notes {
            let text = note.code.text(in: language).filled(with: note.arguments)
            lines.append("   = \(text)")
            if let place = note.place { lines += excerpt(at: place) }
        }
        let help = language.pick("help", "対処")
        lines.append("   = \(help): \(message.help.filled(with: diagnostic.arguments))")
        return lines.map { $0 + "\n" }.joined()
    }

    private func severityText(_ severity: Diagnostic.Severity) -> String {
        switch severity {
        case .error: language.pick("error", "エラー")
        case .warning: language.pick("warning", "警告")
        case .note: language.pick("note", "注記")
        }
    }

    private func coloured(_ severity: Diagnostic.Severity, _ text: String) -> String {
        guard usesColour else { return text }
        let code =
            switch severity {
            case .error: "31"
            case .warning: "33"
            case .note: "36"
            }
        return "\u{1B}[1;\(code)m\(text)\u{1B}[0m"
    }

    // MARK: The line

    /// The longest piece of a line that is shown.
    private static let longestExcerpt = 160

    private func excerpt(at place: Place) -> [String] {
        guard sources.indices.contains(place.source) else { return [] }
        let source = sources[place.source]
        let line = source.line(at: place.span.lower)
        let column = source.column(at: place.span.lower)
        let number = String(line)
        let margin = String(repeating: " ", count: number.count)
        let bytes = source.bytes(ofLine: line)
        let location = "  --> \(Visible.text(source.name)):\(line):\(column)"
        guard bytes.count <= Self.longestExcerpt * 4 else { return [location] }
        let lower = min(max(place.span.lower, bytes.startIndex), bytes.endIndex)
        let upper = min(max(place.span.upper, lower), bytes.endIndex)
        let before = shown(bytes[bytes.startIndex..<lower])
        let marked = shown(bytes[bytes.startIndex..<upper])
        let indent = DisplayWidth.columns(of: before)
        let width = max(1, DisplayWidth.columns(of: marked) - indent)
        return [
            location,
            " \(number) | \(DisplayWidth.expandingTabs(in: shown(bytes)))",
            " \(margin) | \(String(repeating: " ", count: indent))\(String(repeating: "^", count: width))",
        ]
    }

    /// A piece of a line as it is shown; tabs stay, to be made spaces later.
    private func shown(_ bytes: ArraySlice<UInt8>) -> String {
        let text = String(decoding: bytes, as: UTF8.self)
        return text.split(separator: "\t", omittingEmptySubsequences: false)
            .map { Visible.text(String($0)) }.joined(separator: "\t")
    }
}
