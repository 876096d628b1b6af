import Diagnostics
import DiagnosticText
import Facts
import Ledger
import SystemTime

/// What comes in while `ntk run` is up: files in a folder, lines from standard input.
struct Inbox {
    let store: LedgerOptions
    let folder: FeedFolder?
    let lines: LineFeed?
    let console: Console

    /// Records all that waits; what is refused is said and kept.
    ///
    /// - Parameter isLast: whether to wait for the end of standard input.
    /// - Throws: where the ledger or the folder can't be used.
    func take(isLast: Bool) async throws {
        if let folder {
            for file in try folder.waiting() { try await take(file, from: folder) }
        }
        guard let lines else { return }
        repeat {
            for line in lines.take() { try take(line) }
            if isLast, !lines.isOver { try await Task.sleep(for: .milliseconds(20)) }
        } while isLast && !lines.isOver
    }

    private func take(_ file: String, from folder: FeedFolder) async throws {
        let session = try Session.open(store, console: console)
        let outcome: Recorder.Outcome
        do {
            outcome = try Recorder(session, at: store.path)
                .record(try await gatherer(session).gather([file]))
        } catch let failure as CommandFailure where failure.exit == .badInput {
            return try refuse(file, failure.text(in: console.language) + "\n", from: folder)
        }
        if let problems = problems(in: outcome) { return try refuse(file, problems, from: folder) }
        try folder.done(file)
        say(outcome, of: file)
    }

    private func take(_ line: [UInt8]) throws {
        let session = try Session.open(store, console: console)
        let gathered = gatherer(session).gather(events: SourceText(name: "-", bytes: line))
        let outcome: Recorder.Outcome
        do {
            outcome = try Recorder(session, at: store.path).record(gathered)
        } catch let failure as CommandFailure where failure.exit == .badInput {
            return console.message(failure.text(in: console.language) + "\n")
        }
        if let problems = problems(in: outcome) { return console.message(problems) }
        say(outcome, of: "-")
    }

    private func gatherer(_ session: Session) -> FileGatherer {
        FileGatherer(
            vocabulary: session.vocabulary, zone: session.zone, effective: SystemClock.now(),
            mapping: nil, eventSource: "hr", keepsGoing: false,
            stated: { name in
                try LedgerAccess.run(store.path) { try session.ledger.statements(of: name) }
            })
    }

    /// What is wrong with what came in; nil where nothing is.
    private func problems(in outcome: Recorder.Outcome) -> String? {
        let diagnostics = outcome.gathered.diagnostics.inReadingOrder()
        guard !diagnostics.isEmpty else { return nil }
        return DiagnosticRenderer(
            sources: outcome.gathered.sources, language: console.language, usesColour: false
        ).text(of: diagnostics, limit: nil)
    }

    private func refuse(_ file: String, _ problems: String, from folder: FeedFolder) throws {
        try folder.refused(file, because: problems)
        console.note(
            "\(file): refused; nothing of it was recorded, `refused` holds it and says why",
            "\(file): 受け付けませんでした。何も記録していません。`refused` に理由とともに移しました")
    }

    private func say(_ outcome: Recorder.Outcome, of name: String) {
        console.note(
            "\(name): recorded \(outcome.recorded), known already \(outcome.repeated)",
            "\(name): 記録 \(outcome.recorded) 件、記録済み \(outcome.repeated) 件")
    }
}
