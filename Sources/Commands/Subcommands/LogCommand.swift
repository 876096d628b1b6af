import ArgumentParser
import DiagnosticText
import Facts
import Foundation
import Ledger
import SystemTime

struct LogCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log", abstract: "Shows the ledger's history, and proves that it is whole.",
        discussion: """
            Each entry has a digest that stands for it and for all before it; docs/ledger.md says how it is made. Keep a
            head where nobody can write who can write the ledger. Examples:
              ntk log --limit 20
              ntk log head > /mnt/archive/2026-12-01.head
              ntk log verify --head /mnt/archive/2026-12-01.head
            """,
        subcommands: [List.self, Head.self, Verify.self], defaultSubcommand: List.self)

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "Shows entries, the last one first.",
            discussion: """
                Examples:
                  ntk log
                  ntk log list --limit 5 --before 4800 --json
                """)

        @Option(help: ArgumentHelp("How many entries at most.", valueName: "number"))
        var limit = 50

        @Option(help: ArgumentHelp("Only those before this sequence.", valueName: "sequence"))
        var before: Int64?

        @OptionGroup var store: LedgerOptions
        @OptionGroup var common: CommonOptions

        private struct Line: Encodable {
            let sequence: Int64
            let recordedAt: String
            let source: String
            let kind: String
            let subject: String

            init(_ line: JournalLine) {
                (kind, subject) = List.summary(line.content)
                sequence = line.sequence
                recordedAt = TimeText.text(line.recordedAt, in: .utc)
                source = line.source
            }

            var text: String {
                "\(sequence)  \(recordedAt)  \(Visible.text(source))  \(Visible.text(kind)) \(Visible.text(subject))"
            }
        }

        /// An entry on a line.
        static func text(of line: JournalLine) -> String { Line(line).text }

        func validate() throws {
            guard limit > 0 else { throw ValidationError("--limit takes a number from 1 on") }
        }

        func run() throws {
            let ledger = try Session.openLedger(store.path, create: false)
            let lines = try LedgerAccess.run(store.path) {
                try ledger.journal(limit: limit, before: before)
            }.map(Line.init)
            try common.console.result(
                common.json
                    ? try JSONText.text(lines) : lines.map { $0.text + "\n" }.joined())
        }

        /// How many enter and leave.
        private static func count(_ changes: [MembershipChange]) -> String {
            let joins = changes.reduce(0) { $0 + $1.joins.count }
            let leaves = changes.reduce(0) { $0 + $1.leaves.count }
            return "+\(joins) -\(leaves)"
        }

        /// What an entry is, and about whom; no values, since some are limited to a purpose.
        private static func summary(_ content: JournalLine.Content) -> (String, String) {
            switch content {
            case .adoption(let adoption): ("adoption", "\(adoption.program)")
            case .enforcement(.begun(let run)):
                (
                    "run-begun",
                    "\(run.target): \(count(run.changes))"
                        + (run.approvals.isEmpty
                            ? ""
                            : ", approved by \(run.approvals.map(\.approver).joined(separator: ", "))")
                )
            case .enforcement(.done(let change, let run)):
                ("change-done", "\(run): \(change.group) \(count([change]))")
            case .enforcement(.ended(let run, let undone)):
                (
                    "run-ended",
                    undone.isEmpty ? "\(run)" : "\(run): not done \(count(undone))"
                )
            case .fact(.event(let event)):
                (
                    event.name,
                    ([event.id]
                        + event.fields.values.compactMap { value in
                            guard case .entity(let id) = value else { return nil }
                            return id.name
                        }.sorted()).joined(separator: " ")
                )
            case .fact(.observation(let observation)):
                (
                    observation.attributes == nil ? "gone" : "observation",
                    "\(observation.kind) \(observation.entity.name)"
                )
            case .fact(.correction(let id)): ("correction", id)
            case .fact(.reading(let instant)):
                ("reading", TimeText.text(instant, in: .utc))
            }
        }
    }

    struct Head: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "head",
            abstract: "Prints the last sequence and the digest that stands for the whole ledger.",
            discussion: """
                Example:
                  ntk log head > /mnt/archive/2026-12-01.head
                """)

        @OptionGroup var store: LedgerOptions
        @OptionGroup var common: CommonOptions

        private struct Answer: Encodable {
            let sequence: Int64
            let digest: String
        }

        func run() throws {
            let ledger = try Session.openLedger(store.path, create: false)
            let head = try LedgerAccess.run(store.path) { try ledger.head() }
            try common.console.result(
                common.json
                    ? try JSONText.text(
                        Answer(sequence: head.sequence, digest: head.digest.description))
                    : "\(head)\n")
        }
    }
}
