import DiagnosticText
import Diagnostics
import DirectorySync

/// Says what came of a reading of a directory, to people or to programs.
enum SyncResult {
    private struct Summary: Encodable {
        let recorded: Int
        let lastSequence: Int64
        let isUnchanged: Bool
        let diagnostics: [DiagnosticJSON]
        let receipt: SyncReceipt
    }

    /// Shows it.
    ///
    /// - Throws: the end of a command whose input was refused.
    static func show(_ result: DirectoryRun.Result, console: Console, isJSON: Bool) throws {
        guard isJSON else {
            return try ImportReport.finish(
                result.outcome, console: console, keepsGoing: false, isJSON: false)
        }
        let gathered = result.outcome.gathered
        let summary = Summary(
            recorded: result.outcome.recorded, lastSequence: result.outcome.lastSequence,
            isUnchanged: result.isUnchanged,
            diagnostics: gathered.diagnostics.inReadingOrder().map {
                DiagnosticJSON($0, sources: gathered.sources, language: console.language)
            }, receipt: result.receipt)
        try console.result(try JSONText.text(summary))
        if !gathered.diagnostics.isEmpty { throw CommandEnd(exit: .badInput) }
    }
}
