import ArgumentParser
import DecisionEngine
import DiagnosticText
import Diagnostics
import Facts
import Ledger
import PolicyLanguage
import SystemTime

struct AdoptCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "adopt", abstract: "Makes a policy the one the ledger answers by.",
        discussion: """
            The policy's files are kept in the ledger: what it answers no longer depends on them.
            Adopting the same policy again changes nothing. Example:
              ntk adopt policies/aoba.ntk --ledger aoba.ledger
            """)

    @Argument(help: "The policy's file.")
    var policy: String

    @OptionGroup var store: LedgerOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
        let console = common.console
        let compiled = try PolicyFiles.compile(policy, console: console)
        let ledger = try Session.openLedger(store.path, create: true)
        try Adopting.adopt(compiled, in: ledger, at: store.path, console: console)
    }
}

/// Adopting a policy, for every command that can.
enum Adopting {
    static func adopt(
        _ policy: CompiledPolicy, in ledger: Ledger, at path: String, console: Console
    ) throws {
        let name = "\(policy.checked.name) \(policy.checked.version)"
        let current = try LedgerAccess.run(path) { try ledger.adoption(knownAt: nil) }
        if current?.program == policy.digest {
            console.note("policy \(name) is already adopted", "ポリシー \(name) は採用済みです")
            return
        }
        try checkFit(of: policy, to: ledger, at: path)
        let files = policy.ownFiles.map {
            Adoption.File(name: $0.path, bytes: $0.source.bytes)
        }
        let sequence = try LedgerAccess.run(path) {
            try ledger.adopt(
                Adoption(files: files, program: policy.digest),
                recordedAt: SystemClock.now())
        }
        console.note(
            "adopted policy \(name), program \(policy.digest.description.prefix(12)), as sequence \(sequence)",
            "ポリシー \(name) を採用しました（プログラム \(policy.digest.description.prefix(12))、台帳の通番 \(sequence)）")
    }

    /// A policy without an event that the ledger holds would silently undo what it did.
    private static func checkFit(
        of policy: CompiledPolicy, to ledger: Ledger, at path: String
    ) throws {
        let entries = try LedgerAccess.run(path) { try ledger.entries() }
        let (_, problems) = Fold.facts(
            from: entries, vocabulary: policy.checked.vocabulary, zone: policy.checked.zone)
        guard problems.isEmpty else {
            throw CommandFailure(
                .badInput,
                "\(problems.count) entries of \(path) don't fit this policy, so it was not adopted: \(LedgerMisfit.text(problems, .english))",
                "\(path) の \(problems.count) 件がこのポリシーに合わないため、採用しませんでした: \(LedgerMisfit.text(problems, .japanese))"
            )
        }
    }
}
