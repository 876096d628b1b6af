import ArgumentParser
import DiagnosticText
import Diagnostics
import Facts
import Foundation
import Ledger
import Lifecycle
import SystemTime

struct PlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Shows what events would change, did change, or what falls due. Records nothing.",
        discussion: """
            Files of events (.jsonl, .csv), and of entities (.csv), are taken together, as if they were recorded: what if? With
            --recorded, events of the ledger are compared with the ledger without them. With --due, access is compared
            with itself: what ends and begins by a time because of nothing but time. Examples:
              ntk plan april.jsonl
              ntk plan moves.jsonl reclassified.csv --each --json
              ntk plan april.jsonl --by tier
              ntk plan --recorded e17
              ntk plan --due 2026-12-31
              ntk plan --due 2026-12-31 --from 2026-12-01 --person tanaka --csv
            """)

    @Argument(help: "Files of events and entities.")
    var files: [String] = []

    @Option(
        help: ArgumentHelp(
            "The id of an event in the ledger. May be given several times.", valueName: "id"))
    var recorded: [String] = []

    @Option(help: ArgumentHelp("What falls due before this time.", valueName: "time"))
    var due: String?

    @Option(
        help: ArgumentHelp("With --due: from when on; without it, from now on.", valueName: "time")
    )
    var from: String?

    @Option(
        help: ArgumentHelp(
            "With --due: whom it is about; without it, everybody. May be given several times.",
            valueName: "id"))
    var person: [String] = []

    @Option(
        help: ArgumentHelp(
            "From when on what CSV files state would hold; without it, from now on.",
            valueName: "time"))
    var asOf: String?

    @Option(help: ArgumentHelp("Plan as known at this ledger sequence.", valueName: "sequence"))
    var knownAt: Int64?

    @OptionGroup var shown: PlanOptions
    @OptionGroup var store: LedgerOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
        let modes = [!files.isEmpty, !recorded.isEmpty, due != nil].filter(\.self).count
        guard modes == 1 else {
            throw ValidationError("give files of events, or --recorded ID, or --due TIME")
        }
        guard from == nil || due != nil else { throw ValidationError("--from goes with --due") }
        guard person.isEmpty || due != nil else {
            throw ValidationError("--person goes with --due")
        }
        guard asOf == nil || !files.isEmpty else {
            throw ValidationError("--as-of goes with files")
        }
        if let other = files.first(where: {
            !["jsonl", "ndjson", "csv"].contains(URL(filePath: $0).pathExtension.lowercased())
        }) {
            throw ValidationError("\(other): give files of events (.jsonl) or entities (.csv)")
        }
    }

    func run() async throws {
        let session = try Session.open(store, knownAt: knownAt, console: common.console)
        if let due {
            let end = try session.time(due, option: "--due")
            let start = try session.time(from, option: "--from")
            guard start < end else {
                throw CommandFailure(
                    .usage, "--due takes a time after the one it is compared with (--from, or now)",
                    "--due には比べる時点（--from、または現在）より後の日時を指定してください")
            }
            let people = try people(in: session)
            try show(session.due(from: start, until: end, for: people), [], session)
        } else if files.isEmpty {
            let events = try recordedEvents(in: session)
            let ids = Set(events.map(\.id))
            let without = session.entries.filter { entry in
                switch entry.content {
                case .event(let event): !ids.contains(event.id)
                case .correction(let id): !ids.contains(id)
                case .observation, .reading: true
                }
            }
            let before = try session.facts(of: without)
            let change = FactChange(from: before, to: session.facts)
            try show(session.plan(of: change, from: before, for: events), events, session)
        } else {
            let (change, events) = try await hypothetical(in: session)
            try show(session.plan(of: change, for: events), events, session)
        }
    }

    private func show(_ plan: Plan, _ events: [Event], _ session: Session) throws {
        try shown.show(plan, events: events.map(\.id), isJSON: common.json, in: session)
    }

    /// What would change of the facts, were what the files say recorded; and its events.
    private func hypothetical(in session: Session) async throws -> (FactChange, [Event]) {
        let gatherer = session.gatherer(
            at: store.path, effective: try session.time(asOf, option: "--as-of"))
        var gathered = try await gatherer.gather(files)
        let facts = session.liveFacts
        let sound = Recorder(session, at: store.path)
            .sound(&gathered, after: session.entries, facts)
        guard gathered.diagnostics.isEmpty else {
            let diagnostics = gathered.diagnostics.inReadingOrder()
            common.console.message(
                DiagnosticRenderer(
                    sources: gathered.sources, language: common.language,
                    usesColour: common.console.isTerminal
                ).text(of: diagnostics, limit: nil))
            throw CommandEnd(exit: .badInput)
        }
        let next = facts.sequence + 1
        let entries = sound.enumerated().map { offset, item in
            LedgerEntry(
                sequence: next + Int64(offset), source: item.source, content: item.content)
        }
        let events = sound.compactMap { item in
            if case .event(let event) = item.content { event } else { nil }
        }
        let known = gathered.items.count - sound.count
        if known > 0 {
            common.console.note(
                "\(known) events are in the ledger already; `ntk plan --recorded ID` shows what one did",
                "\(known) 件のイベントは既に台帳にあります。`ntk plan --recorded ID` でその影響を確認できます")
        }
        return (facts.change(by: entries), events)
    }

    /// Those that were named; nil where nobody was.
    private func people(in session: Session) throws -> [EntityID]? {
        guard !person.isEmpty else { return nil }
        return try Set(person).sorted().map { name in
            let id = session.vocabulary.subject(name)
            guard session.facts[id] != nil else {
                throw CommandFailure(
                    .badInput, "no person `\(Visible.text(name))` is known",
                    "`\(Visible.text(name))` という人は知られていません")
            }
            return id
        }
    }

    private func recordedEvents(in session: Session) throws -> [Event] {
        var events: [String: Event] = [:]
        for case .event(let event) in session.entries.map(\.content) { events[event.id] = event }
        return try Set(recorded).sorted().map { id in
            guard let event = events[id] else {
                throw CommandFailure(
                    .badInput,
                    "the ledger has no event `\(Visible.text(id))`; `ntk log` shows its history",
                    "台帳にイベント `\(Visible.text(id))` はありません。`ntk log` で履歴を確認できます")
            }
            return event
        }
    }
}

extension Session {
    /// The facts of some of the ledger's entries; refused where some of them can't be folded without the others.
    fileprivate func facts(of entries: [LedgerEntry]) throws -> FactBase {
        let (facts, problems) = Fold.facts(from: entries, vocabulary: vocabulary, zone: zone)
        if let problem = problems.first {
            throw CommandFailure(
                .badInput,
                "other entries rest on these events: \(Refusal.text(problem, .english)); name those too",
                "他の記録がこれらのイベントに依存しています: \(Refusal.text(problem, .japanese))。それらも指定してください")
        }
        return facts
    }
}
