import ArgumentParser
import DiagnosticText
import Diagnostics
import Enforcement
import Facts
import Foundation
import Lifecycle
import PolicyProgram
import SystemTime

struct EventCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "event", abstract: "Records what happened, and shows what it changes.",
        discussion: """
            The event is one of the policy's, by its verb or its name; its first field comes next, the
            others as --FIELD VALUE or FIELD=VALUE. Several values of one field are parted by commas.
            With --dry-run nothing is recorded. Examples:
              ntk event transfer tanaka --to sales --on 2026-12-01 --dry-run
              ntk event resign sato --last-day 2026-12-31 --handover drawing-8 --on 2026-12-01 --dry-run
              ntk event member-added kato project=lithium approved=true consented=true
            """)

    @Argument(help: "The event: transfer, resign, travel …")
    var event: String

    @Argument(parsing: .allUnrecognized, help: "Whom it is about, and its fields.")
    var words: [String] = []

    @Option(help: ArgumentHelp("When it takes effect; without it, now.", valueName: "time"))
    var on: String?

    @Option(help: ArgumentHelp("The event's id; without it, a new one.", valueName: "id"))
    var id: String?

    @Option(help: ArgumentHelp("Who reports it.", valueName: "source"))
    var source = "hr"

    @Flag(help: "Show what would change, and record nothing.")
    var dryRun = false

    @OptionGroup var shown: PlanOptions
    @OptionGroup var store: LedgerOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
        let console = common.console
        let session = try Session.open(store, console: console)
        let typed = try typedEvent(in: session)
        let plan = try plan(for: typed, in: session)
        if dryRun {
            console.note("nothing was recorded", "何も記録していません")
        } else {
            try record(typed, in: session)
        }
        try shown.show(plan, events: [typed.id], isJSON: common.json, in: session)
    }

    // MARK: The event

    private func typedEvent(in session: Session) throws -> Event {
        guard let declaration = session.vocabulary.event(command: event) else {
            let commands = session.vocabulary.events.map(\.command)
            let problem = FactProblem(
                .unknownEvent(name: event, similar: Similarity.nearest(to: event, in: commands)))
            let list = commands.joined(separator: ", ")
            throw CommandFailure(
                .badInput, "\(Refusal.text(problem, .english)); events: \(list)",
                "\(Refusal.text(problem, .japanese)); イベント: \(list)")
        }
        let fields = try fields(of: declaration)
        let time = try session.time(on, option: "--on")
        do throws(FactProblem) {
            return try session.vocabulary.event(
                id: id ?? "ntk-\(UUID().uuidString.lowercased())", name: declaration.name,
                at: TimeText.rfc3339(time, in: session.zone), fields: fields, zone: session.zone)
        } catch {
            throw Refusal.failure(error)
        }
    }

    /// `tanaka --to sales role=engineer`, where the first word is the first field's value.
    private func fields(of declaration: EventDeclaration) throws -> [String: RawValue] {
        var fields: [String: RawValue] = [:]
        var rest = words[...]
        var isFirst = true
        while let word = rest.popFirst() {
            let name: String
            let text: String
            let bare = word.hasPrefix("--") ? String(word.dropFirst(2)) : word
            if isFirst, !word.hasPrefix("--"), let first = declaration.fields.first {
                (name, text) = (first.name, word)
            } else if let equals = bare.firstIndex(of: "=") {
                name = String(bare[..<equals])
                text = String(bare[bare.index(after: equals)...])
            } else if word.hasPrefix("--") {
                guard let value = rest.popFirst() else {
                    throw CommandFailure(.usage, "\(word) needs a value", "\(word) に値を指定してください")
                }
                (name, text) = (bare, value)
            } else {
                throw CommandFailure(
                    .usage, "`\(Visible.text(word))` belongs to no field; write FIELD=VALUE",
                    "`\(Visible.text(word))` がどの項目のものか分かりません。項目=値 と書いてください")
            }
            isFirst = false
            guard
                fields.updateValue(
                    RawValue(argument: text, as: declaration.fields[name]?.type), forKey: name)
                    == nil
            else {
                throw CommandFailure(
                    .usage, "the field `\(Visible.text(name))` is given twice",
                    "項目 `\(Visible.text(name))` が二度指定されています")
            }
        }
        return fields
    }

    // MARK: The plan

    private func plan(for event: Event, in session: Session) throws -> Plan {
        let isTaken = session.entries.contains { entry in
            guard case .event(let other) = entry.content else { return false }
            return other.id == event.id
        }
        if isTaken {
            throw Refusal.failure(FactProblem(.idUsedBefore(event.id)))
        }
        return try session.plan(
            of: session.change(supposing: .event(event), from: source), for: [event])
    }

    private func record(_ event: Event, in session: Session) throws {
        let last = try Recorder(session, at: store.path).record(.event(event), from: source)
        session.console.note(
            "recorded as \(event.id), sequence \(last)",
            "\(event.id) として記録しました（台帳の通番 \(last)）")
    }
}
