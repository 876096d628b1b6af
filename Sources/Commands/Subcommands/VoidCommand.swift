import ArgumentParser
import DiagnosticText
import Facts
import Ledger
import Lifecycle

struct VoidCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "void",
        abstract: "Records that an event did not happen, and shows what that changes.",
        discussion: """
            The event stays in the ledger, and so does the correction; from then on the facts are as if it had never been
            recorded, also for the past. What was known before the correction stays answerable: --known-at. With --dry-run
            nothing is recorded. An event that did happen and is over is ended by another event, not voided. Examples:
              ntk void hr-2026-00558 --dry-run
              ntk void hr-2026-00558
            """)

    @Argument(help: ArgumentHelp("The event's id; `ntk log` shows them.", valueName: "id"))
    var event: String

    @Option(help: ArgumentHelp("Who reports it.", valueName: "source"))
    var source = "hr"

    @Flag(help: "Show what would change, and record nothing.")
    var dryRun = false

    @OptionGroup var shown: PlanOptions
    @OptionGroup var store: LedgerOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
        let session = try Session.open(store, console: common.console)
        try shown.check(session.vocabulary)
        let isVoid = session.entries.contains { $0.content == .correction(voiding: event) }
        guard !isVoid else {
            throw CommandFailure(
                .badInput, "the event `\(Visible.text(event))` has been voided already",
                "イベント `\(Visible.text(event))` は既に取り消されています")
        }
        let correction = LedgerEntry.Content.correction(voiding: event)
        let plan = try session.plan(of: session.change(supposing: correction, from: source))
        var sequence: Int64?
        if !dryRun {
            let last = try Recorder(session, at: store.path).record(correction, from: source)
            session.console.note("recorded, sequence \(last)", "記録しました（台帳の通番 \(last)）")
            sequence = last
        }
        try shown.show(plan, events: [], isJSON: common.json, in: session, sequence: sequence)
    }
}
