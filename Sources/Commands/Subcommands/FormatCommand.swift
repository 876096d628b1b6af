import ArgumentParser
import Artifacts
import DiagnosticText
import Diagnostics
import Foundation
import PolicyLanguage

struct FormatCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fmt", abstract: "Gives policies their one canonical form.",
        discussion: """
            Changes spaces and line breaks, never what a policy means. A file with mistakes is left as it is.

            Examples:
              ntk fmt policies/aoba.ntk policies/aoba.scenarios.ntk
              ntk fmt --check --diff policies/*.ntk
              ntk fmt - < draft.ntk
            """)

    @Argument(help: "Files of policies, vocabularies or scenarios; - for standard input.")
    var files: [String]

    @Flag(help: "Change nothing; name the files that are not formatted, and exit with 1.")
    var check = false

    @Flag(help: "With --check, show what would change.")
    var diff = false

    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard !diff || check else { throw ValidationError("--diff goes with --check") }
        guard !files.contains("-") || files.count == 1 else {
            throw ValidationError("- stands alone")
        }
    }

    func run() throws {
        let console = common.console
        var outcomes: [FormatOutcome] = []
        for path in files {
            let source =
                path == "-"
                ? try FileReading.standardInput() : try FileReading.source(at: path)
            outcomes.append(FormatOutcome(source))
        }
        let bad = outcomes.filter(\.hasErrors)
        for outcome in bad {
            let renderer = DiagnosticRenderer(
                sources: [outcome.source], language: console.language,
                usesColour: console.isTerminal)
            console.message(renderer.text(of: outcome.diagnostics))
            let name = outcome.source.name
            console.note(
                "\(name): not formatted: mend the mistakes first", "\(name): 整形していません。先に誤りを直してください")
        }
        let changed = outcomes.filter { !$0.hasErrors && $0.isChanged }
        if check {
            try report(changed, console: console)
        } else if files == ["-"] {
            for outcome in outcomes where !outcome.hasErrors { try console.result(outcome.text) }
        } else {
            for outcome in changed { try write(outcome) }
            try report(changed, console: console)
        }
        if !bad.isEmpty { throw CommandEnd(exit: .badInput) }
        if check, !changed.isEmpty { throw CommandEnd(exit: .no) }
    }

    private func report(_ changed: [FormatOutcome], console: Console) throws {
        if common.json {
            let list = changed.map { outcome in
                FormatJSON(
                    file: outcome.source.name, wouldChange: check ? true : nil,
                    changed: check ? nil : true)
            }
            try console.result(try JSONText.text(list))
            return
        }
        for outcome in changed {
            let name = outcome.source.name
            try console.result(
                check
                    ? console.language.pick("\(name): not formatted\n", "\(name): 整形されていません\n")
                    : console.language.pick("\(name): formatted\n", "\(name): 整形しました\n"))
            if diff { try console.result(outcome.difference) }
        }
    }

    private func write(_ outcome: FormatOutcome) throws {
        let path = outcome.source.name
        do throws(WholeFile.Failure) {
            try TextFile.write(Array(outcome.text.utf8), to: path)
        } catch {
            throw CommandFailure(
                .systemFailed, "\(path) can't be written: \(error.message)",
                "\(path) に書き込めません: \(error.message)")
        }
    }
}

/// A file and its canonical form.
private struct FormatOutcome {
    let source: SourceText
    let text: String
    let diagnostics: [Diagnostic]

    init(_ source: SourceText) {
        self.source = source
        let result = PolicyFormatter.format(source)
        text = result.text
        diagnostics = result.diagnostics.inReadingOrder()
    }

    var hasErrors: Bool { diagnostics.hasErrors }
    var isChanged: Bool { Array(text.utf8) != source.bytes }

    /// What formatting changes, as a unified diff.
    var difference: String {
        UnifiedDiff.text(
            from: String(decoding: source.bytes, as: UTF8.self), to: text,
            name: source.name)
    }
}

private struct FormatJSON: Encodable {
    let file: String
    let wouldChange: Bool?
    let changed: Bool?
}
