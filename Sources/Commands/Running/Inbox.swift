import Diagnostics
import DiagnosticText
import Facts
import Foundation
import Ledger
import SystemTime

/// What comes in while `ntk run` is up: files in a folder, lines from standard input.
struct Inbox {
    /// How many lines are recorded at once, and before the clock is looked at again.
    private static let mostLines = 500

    let store: LedgerOptions
    let folder: FeedFolder?
    let lines: LineFeed?
    /// Where lines that were refused are kept.
    let setAside: String
    let console: Console

    /// What was recorded, or refused, and couldn't be moved out of the way: it isn't taken a second time.
    private var dealtWith: [FeedFolder.File: String?] = [:]
    private(set) var refusals = 0

    init(
        store: LedgerOptions, folder: FeedFolder?, lines: LineFeed?, setAside: String,
        console: Console
    ) {
        self.store = store
        self.folder = folder
        self.lines = lines
        self.setAside = setAside
        self.console = console
    }

    /// Records what waits, lines up to a limit; what is refused is said and kept.
    ///
    /// - Returns: whether there may be more.
    /// - Throws: the first of what couldn't be dealt with; everything else was.
    mutating func take() throws -> Bool {
        var failure: (any Error)?
        for file in try folder?.waiting() ?? [] {
            do {
                try take(file)
            } catch {
                // One file that can't be dealt with doesn't keep the next ones.
                failure = failure ?? error
            }
        }
        let items = lines?.take(most: Self.mostLines) ?? []
        do {
            try take(items)
        } catch {
            failure = failure ?? error
        }
        if let failure { throw failure }
        return lines.map { !$0.isOver } ?? false
    }

    // MARK: Files

    private mutating func take(_ path: String) throws {
        guard let folder else { return }
        let (file, source) = try folder.read(path)
        if let problems = dealtWith[file] { return try move(file, problems) }
        guard let source else {
            return try settle(
                file,
                console.language.pick(
                    "this is no plain file, or too large\n", "通常のファイルでないか、大きすぎます\n"))
        }
        let session = try Session.open(store, console: console)
        // What a file says held when it was written, and was read then: one that was left lying for a week says nothing of now.
        let gatherer = session.gatherer(
            at: store.path, effective: min(file.written, SystemClock.now()))
        let outcome: Recorder.Outcome
        do {
            outcome = try Recorder(session, at: store.path).record(try gatherer.gather(source))
        } catch let failure as CommandFailure where failure.exit == .badInput {
            return try settle(file, failure.text(in: console.language) + "\n")
        }
        if problems(in: outcome) == nil { say(outcome, of: path) }
        try settle(file, problems(in: outcome))
    }

    /// Keeps in mind what became of a file, and moves it out of the way.
    private mutating func settle(_ file: FeedFolder.File, _ problems: String?) throws {
        dealtWith.updateValue(problems, forKey: file)
        if problems != nil {
            refusals += 1
            let name = Visible.text(file.path)
            console.note(
                "\(name): refused; nothing of it was recorded, `refused` holds it and says why",
                "\(name): 受け付けませんでした。何も記録していません。`refused` に理由とともに移しました")
        }
        try move(file, problems)
    }

    private mutating func move(_ file: FeedFolder.File, _ problems: String?) throws {
        if let problems {
            try folder?.refused(file, because: problems)
        } else {
            try folder?.done(file)
        }
        dealtWith[file] = nil
    }

    // MARK: Lines

    private mutating func take(_ items: [LineFeed.Item]) throws {
        var lines: [[UInt8]] = []
        for item in items {
            switch item {
            case .line(let line): lines.append(line)
            case .tooLong:
                refusals += 1
                console.note(
                    "-: a line of more than \(LineFeed.longestLine) bytes was left out",
                    "-: \(LineFeed.longestLine) バイトを超える行を除きました")
            case .end(let failure):
                console.note(
                    "-: standard input has ended" + (failure.map { " (\($0))" } ?? ""),
                    "-: 標準入力が終わりました" + (failure.map { "（\($0)）" } ?? ""))
            }
        }
        guard !lines.isEmpty else { return }
        var settled = 0
        do {
            try take(lines[...], in: try Session.open(store, console: console), settled: &settled)
        } catch {
            // What was recorded or refused by then is done with.
            self.lines?.putBack(lines.dropFirst(settled).map(LineFeed.Item.line))
            throw error
        }
    }

    /// Records lines together; where something is wrong with one, those before and behind it by themselves.
    private mutating func take(
        _ lines: ArraySlice<[UInt8]>, in session: Session, settled: inout Int
    ) throws {
        let source = SourceText(
            name: "-", bytes: Array(lines.joined(separator: [UInt8(ascii: "\n")])))
        let gatherer = session.gatherer(at: store.path, effective: SystemClock.now())
        var refusal: String?
        do {
            let outcome = try Recorder(session, at: store.path)
                .record(gatherer.gather(events: source))
            refusal = problems(in: outcome)
            if refusal == nil { say(outcome, of: "-") }
        } catch let failure as CommandFailure where failure.exit == .badInput {
            refusal = failure.text(in: console.language) + "\n"
        }
        if refusal != nil, lines.count > 1 {
            let middle = lines.startIndex + lines.count / 2
            try take(lines[..<middle], in: session, settled: &settled)
            return try take(lines[middle...], in: session, settled: &settled)
        }
        settled += lines.count
        guard let refusal else { return }
        refusals += 1
        console.message(refusal)
        keep(lines[lines.startIndex])
    }

    /// What is left when the process ends: recorded if it can be, else set aside.
    ///
    /// - Returns: whether all of it was recorded.
    mutating func finish() -> Bool {
        guard let lines else { return true }
        let before = refusals
        while case let items = lines.take(most: Self.mostLines), !items.isEmpty {
            do {
                try take(items)
            } catch {
                for case .line(let line) in lines.take(most: .max) { keep(line) }
                return false
            }
        }
        return refusals == before
    }

    /// Adds a line that was refused to those that are set aside.
    private func keep(_ line: [UInt8]) {
        let file = unsafe open(setAside, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
        if file >= 0 {
            let handle = FileHandle(fileDescriptor: file, closeOnDealloc: true)
            if (try? handle.write(contentsOf: Data(line + [UInt8(ascii: "\n")]))) != nil { return }
        }
        // It mustn't keep the next lines; whoever reads this has it.
        let text = Visible.text(String(decoding: line, as: UTF8.self))
        console.note(
            "\(Visible.text(setAside)) can't be written; a line that was refused: \(text)",
            "\(Visible.text(setAside)) に書き込めません。受け付けなかった行: \(text)")
    }

    // MARK: Both

    /// What is wrong with what came in; nil where nothing is.
    private func problems(in outcome: Recorder.Outcome) -> String? {
        let diagnostics = outcome.gathered.diagnostics.inReadingOrder()
        guard !diagnostics.isEmpty else { return nil }
        return DiagnosticRenderer(
            sources: outcome.gathered.sources, language: console.language, usesColour: false
        ).text(of: diagnostics, limit: nil)
    }

    private func say(_ outcome: Recorder.Outcome, of name: String) {
        let name = Visible.text(name)
        console.note(
            "\(name): recorded \(outcome.recorded), known already \(outcome.repeated)",
            "\(name): 記録 \(outcome.recorded) 件、記録済み \(outcome.repeated) 件")
    }
}
