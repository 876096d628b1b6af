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
        let arguments = diagnostic.arguments(in: language)
        var lines = [
            coloured(diagnostic.severity, "\(severity)[\(diagnostic.code.rawValue)]")
                + ": \(message.text.filled(with: arguments))"
        ]
        lines += excerpt(at: diagnostic.place)
        for note in diagnostic.notes where !isSaidByFix(note, of: diagnostic) {
            let text = note.code.text(in: language).filled(with: note.arguments)
            lines.append("   = \(text)")
            if let place = note.place { lines += excerpt(at: place) }
        }
        let help = language.pick("help", "対処")
        lines.append("   = \(help): \(message.help.filled(with: arguments))")
        if let fix = diagnostic.fix { lines += suggestion(fix) }
        return lines.map { $0 + "\n" }.joined()
    }

    /// How many there are, how grave, and how many of them can be mended without asking.
    package func count(of diagnostics: [Diagnostic]) -> String {
        let counts = [Diagnostic.Severity.error, .warning, .note].compactMap { severity in
            let count = diagnostics.filter { $0.severity == severity }.count
            let word = severityText(severity)
            return count == 0
                ? nil
                : language.pick("\(count) \(word)\(count == 1 ? "" : "s")", "\(word) \(count) 件")
        }
        let text = counts.joined(separator: language.pick(", ", "、"))
        let sure = diagnostics.filter { $0.fix?.applicability == .sure }.count
        guard sure > 0 else { return text }
        return text
            + language.pick(
                "; `ntk check --fix` mends \(sure) of them",
                "。うち \(sure) 件は `ntk check --fix` で直せます")
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

    // MARK: Places

    private func excerpt(at place: Place) -> [String] {
        guard sources.indices.contains(place.source) else { return [] }
        let source = sources[place.source]
        let line = source.line(at: place.span.lower)
        let column = source.column(at: place.span.lower)
        return ["  --> \(Visible.text(source.name)):\(line):\(column)"]
            + Excerpt(source: source, marked: [place.span], sign: "^").rows
    }

    // MARK: Fixes

    /// The fix in words, where it is not sure, and the lines as they would be.
    private func suggestion(_ fix: Fix) -> [String] {
        let text = FixText(fix).text(in: language)
        // Where something only goes, the help has said so.
        guard fix.edits.contains(where: { !$0.replacement.isEmpty }) else { return [] }
        let label = language.pick("perhaps", "候補")
        let words = fix.applicability == .sure ? [] : ["   = \(label): \(text)"]
        return words + fix.excerpts(in: sources).flatMap(\.rows)
    }

    /// Whether the fix names what the note does.
    private func isSaidByFix(_ note: Diagnostic.Note, of diagnostic: Diagnostic) -> Bool {
        note.code == .similarName && diagnostic.fix?.edits.map(\.replacement) == note.arguments
    }
}
