package import Diagnostics

/// A diagnostic in JSON.
package struct DiagnosticJSON: Encodable, Sendable {
    let code: String
    let severity: String
    let message: String
    let help: String
    let arguments: [String]
    let file: String
    let line: Int
    let column: Int
    let byteRange: [Int]
    let notes: [String]

    /// Puts a diagnostic in JSON.
    package init(_ diagnostic: Diagnostic, sources: [SourceText], language: Language) {
        let message = diagnostic.code.message(in: language)
        let arguments = diagnostic.arguments(in: language)
        let source =
            sources.indices.contains(diagnostic.place.source)
            ? sources[diagnostic.place.source] : SourceText(name: "", text: "")
        code = diagnostic.code.rawValue
        severity = diagnostic.severity.rawValue
        self.message = message.text.filled(with: arguments)
        help = message.help.filled(with: arguments)
        self.arguments = diagnostic.arguments
        file = source.name
        line = source.line(at: diagnostic.place.span.lower)
        column = source.column(at: diagnostic.place.span.lower)
        byteRange = [diagnostic.place.span.lower, diagnostic.place.span.upper]
        notes = diagnostic.notes.map { note in
            note.code.text(in: language).filled(with: note.arguments)
        }
    }
}
