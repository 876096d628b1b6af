import DiagnosticText
import Foundation

/// Where a command's words go: results to standard output, all else to standard error.
struct Console: Sendable {
    let language: Language
    /// Whether standard error is a terminal: then long lists of mistakes are cut, and colour is used.
    let isTerminal: Bool

    func result(_ text: String) { write(text, to: .standardOutput) }

    func note(_ english: String, _ japanese: String) {
        write(language.pick(english, japanese) + "\n", to: .standardError)
    }

    func message(_ text: String) { write(text, to: .standardError) }

    private func write(_ text: String, to handle: FileHandle) {
        // A reader that has gone away (`| head`) is no failure of ours.
        try? handle.write(contentsOf: Data(text.utf8))
    }
}
