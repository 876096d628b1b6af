import ArgumentParser
import DiagnosticText
import Diagnostics
import DirectorySync
import Facts
import Foundation
import Ledger
import PolicyLanguage
import SystemTime

struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Records people, resources and events from files.",
        discussion: """
            Files are told apart by their endings: .ldif for directory entries, .jsonl for events, .csv for entities, or
            for events where it has a column `event`. All files of one command are recorded together, or none is. With --keep-going bad
            records are set aside in FILE.set-aside and counted.

            A CSV file has the columns `entity` (document, organisation, …), `id`, and attributes of the
            vocabulary; several values of one cell are parted by semicolons. It adds and changes; what it
            doesn't list stays. An LDIF file is the whole directory: who is not in it is gone. A line of
            JSON, or a row with these columns, is an event with `id`, `event`, `at` and its fields; `ntk check --event-schema`
            prints its JSON Schema. Times are dates or RFC 3339 instants.

            Examples:
              ntk import resources.csv events.jsonl
              ntk import people.ldif --mapping directory.yaml --as-of 2025-12-01 --policy aoba.ntk
            """)

    @Argument(help: "The files.")
    var files: [String]

    @Option(help: ArgumentHelp("Adopt this policy first, if it isn't yet.", valueName: "file"))
    var policy: String?

    @Option(help: ArgumentHelp("How entries become facts, in YAML.", valueName: "file"))
    var mapping: String?

    @Option(
        help: ArgumentHelp(
            "From when on what LDIF and CSV files state holds; without it, from now on.",
            valueName: "time"))
    var asOf: String?

    @Option(help: ArgumentHelp("Who reports the events.", valueName: "source"))
    var source = "hr"

    @Flag(help: "Set bad records aside and record the rest.")
    var keepGoing = false

    @OptionGroup var store: LedgerOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard mapping != nil || !files.contains(where: { $0.lowercased().hasSuffix(".ldif") })
        else {
            throw ValidationError("an LDIF file needs --mapping, which says what its entries mean")
        }
    }

    func run() async throws {
        let console = common.console
        if let policy {
            let compiled = try PolicyFiles.compile(policy, console: console)
            let ledger = try Session.openLedger(store.path, create: true)
            try Adopting.adopt(compiled, in: ledger, at: store.path, console: console)
        }
        let session = try Session.open(store, console: console)
        let effective = try session.time(asOf, option: "--as-of")
        let gatherer = session.gatherer(
            at: store.path, effective: effective,
            mapping: try mapping.map { try MappingFiles.read($0, vocabulary: session.vocabulary) },
            eventSource: source, keepsGoing: keepGoing)
        let gathered = try await gatherer.gather(files)
        try ImportReport.finish(
            try Recorder(session, at: store.path, keepsGoing: keepGoing).record(gathered),
            console: console, keepsGoing: keepGoing, isJSON: common.json)
    }
}

/// Says what came of an import or a sync.
enum ImportReport {
    struct Summary: Encodable {
        let recorded: Int
        let repeated: Int
        let setAside: Int
        let lastSequence: Int64
        let diagnostics: [DiagnosticJSON]
    }

    static func finish(
        _ outcome: Recorder.Outcome, console: Console, keepsGoing: Bool, isJSON: Bool
    ) throws {
        let gathered = outcome.gathered
        let diagnostics = gathered.diagnostics.inReadingOrder()
        if !diagnostics.isEmpty, !isJSON {
            let renderer = DiagnosticRenderer(
                sources: gathered.sources, language: console.language,
                usesColour: console.isTerminal)
            let limit = console.isTerminal ? DiagnosticRenderer.firstOnTerminal : nil
            console.message(renderer.text(of: diagnostics, limit: limit))
        }
        let isRefused = !keepsGoing && !diagnostics.isEmpty
        let setAside = outcome.setAside
        let setAsideCount = setAside.reduce(0) { $0 + $1.count }
        if isJSON {
            let summary = Summary(
                recorded: outcome.recorded, repeated: outcome.repeated, setAside: setAsideCount,
                lastSequence: outcome.lastSequence,
                diagnostics: diagnostics.map {
                    DiagnosticJSON($0, sources: gathered.sources, language: console.language)
                })
            try console.result(try JSONText.text(summary))
        }
        if isRefused {
            let count = diagnostics.count
            console.note(
                "refused: \(count) \(count == 1 ? "mistake" : "mistakes"); nothing was recorded. --keep-going would set the bad records aside",
                "受け付けませんでした: 誤り \(count) 件。何も記録していません。--keep-going を付けると誤りのある記録を別に取り置きます")
            throw CommandEnd(exit: .badInput)
        }
        for (path, count) in setAside {
            console.note(
                "set aside \(count) bad records in \(path)", "誤りのある記録 \(count) 件を \(path) に取り置きました")
        }
        guard !isJSON else { return }
        try console.result(
            console.language.pick(
                "recorded \(outcome.recorded), known already \(outcome.repeated), ledger sequence \(outcome.lastSequence)\n",
                "記録 \(outcome.recorded) 件、記録済み \(outcome.repeated) 件、台帳の通番 \(outcome.lastSequence)\n"
            ))
    }
}
