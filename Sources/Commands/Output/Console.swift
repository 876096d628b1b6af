import DiagnosticText
import Foundation

/// Where a command's words go: results to standard output, all else to standard error.
struct Console: Sendable {
    let language: Language
    /// Whether standard error is a terminal: then long lists of mistakes are cut, and colour is used.
    let isTerminal: Bool

    /// Gives the answer.
    ///
    /// An answer that can't be given, because a disk is full, say, is a failure; a reader that has gone
    /// away (`| head`) is none.
    func result(_ text: String) throws {
        do {
            try FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
        } catch {
            if Self.isReaderGone(error) { return }
            throw CommandFailure(
                .systemFailed, "the answer can't be written to standard output",
                "標準出力に回答を書き込めません")
        }
    }

    private static func isReaderGone(_ error: any Error) -> Bool {
        let outer = error as NSError
        let cause = outer.userInfo[NSUnderlyingErrorKey] as? NSError ?? outer
        return cause.domain == NSPOSIXErrorDomain && cause.code == Int(EPIPE)
    }

    func note(_ english: String, _ japanese: String) {
        write(language.pick(english, japanese) + "\n", to: .standardError)
    }

    func message(_ text: String) { write(text, to: .standardError) }

    private func write(_ text: String, to handle: FileHandle) {
        // Where even this can't be written there is nobody to tell.
        try? handle.write(contentsOf: Data(text.utf8))
    }
}
