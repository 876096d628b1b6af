import DecisionEngine
import Diagnostics
import DiagnosticText
import Facts
import Ledger
import PolicyLanguage
import PolicyProgram
import SystemTime

/// An open ledger, the policy it has adopted, and the facts that follow from both.
struct Session {
    let ledger: Ledger
    let policy: CompiledPolicy
    let entries: [LedgerEntry]
    /// The sequence of the last entry that facts or policy follow from.
    let basis: Int64
    let facts: FactBase
    /// What lacks what it presupposes, and so has no effect.
    let problems: [FactProblem]
    let console: Console

    var zone: ZoneTable { policy.checked.zone }
    var vocabulary: Vocabulary { policy.checked.vocabulary }

    /// Opens a ledger as it was known at a sequence, or now.
    static func open(
        _ options: LedgerOptions, knownAt sequence: Int64? = nil, console: Console
    ) throws -> Session {
        let ledger = try openLedger(options.path, create: false)
        if let sequence {
            let last = try LedgerAccess.run(options.path) { try ledger.lastSequence() }
            guard (1...max(1, last)).contains(sequence) else {
                throw CommandFailure(
                    .usage, "--known-at takes a sequence from 1 to \(last), not \(sequence)",
                    "--known-at には 1 から \(last) までの通番を指定してください: \(sequence)")
            }
        }
        let (entries, adoption, basis) = try LedgerAccess.run(options.path) {
            try ledger.state(knownAt: sequence)
        }
        let policy = try compile(adoption, of: options.path, console: console)
        let (facts, found) = Fold.facts(
            from: entries, vocabulary: policy.checked.vocabulary, zone: policy.checked.zone)
        let without = found.filter(\.isUnmetNeed)
        if !without.isEmpty {
            console.note(
                "\(without.count) events lack what they presuppose, and have no effect: \(LedgerMisfit.text(without, .english))",
                "前提がないため効果のないイベントが \(without.count) 件あります: \(LedgerMisfit.text(without, .japanese))"
            )
        }
        // Facts that an entry should have changed and couldn't are not to be relied on.
        let problems = found.filter { !$0.isUnmetNeed }
        guard problems.isEmpty else {
            throw CommandFailure(
                .badInput,
                "\(problems.count) entries of the ledger don't fit the adopted policy, so nothing can be answered; adopt a policy that has their events: \(LedgerMisfit.text(problems, .english))",
                "台帳の \(problems.count) 件が採用中のポリシーに合わないため、回答できません。該当するイベントを持つポリシーを採用してください: \(LedgerMisfit.text(problems, .japanese))"
            )
        }
        return Session(
            ledger: ledger, policy: policy, entries: entries, basis: basis, facts: facts,
            problems: without, console: console)
    }

    /// The policy that a ledger has adopted, without its facts.
    static func policy(of ledger: Ledger, at path: String, console: Console) throws
        -> CompiledPolicy
    {
        try compile(
            try LedgerAccess.run(path) { try ledger.adoption() }, of: path, console: console)
    }

    private static func compile(
        _ adoption: Adoption?, of path: String, console: Console
    ) throws -> CompiledPolicy {
        guard let adoption else {
            throw CommandFailure(
                .badInput,
                "\(path) has adopted no policy; run `ntk adopt POLICY --ledger \(path)`",
                "\(path) はまだポリシーを採用していません。`ntk adopt ポリシー --ledger \(path)` を実行してください")
        }
        let sources = adoption.files.map { SourceText(name: $0.name, bytes: $0.bytes) }
        return try PolicyFiles.compile(adopted: sources, console: console)
    }

    static func openLedger(_ path: String, create: Bool) throws -> Ledger {
        try LedgerAccess.run(path) { try Ledger.open(at: path, create: create) }
    }

    /// The engine on these facts, for questions about `time`.
    ///
    /// Of a time to come nobody can know whether sources will have been read by then: those that are fresh now are
    /// taken to go on being read.
    func engine(at time: Instant) -> DecisionEngine {
        let now = SystemClock.now()
        return DecisionEngine(
            program: policy.program, facts: facts, digest: policy.digest,
            assumingReadingsFrom: time > now ? now : nil)
    }

    /// Reads a time from the command line; without one, now.
    func time(_ text: String?, option: String) throws -> Instant {
        guard let text else { return SystemClock.now() }
        return try Self.time(text, option: option, zone: zone)
    }

    static func time(_ text: String, option: String, zone: ZoneTable) throws -> Instant {
        guard let instant = TimeText.instant(text, in: zone) else {
            throw CommandFailure(
                .usage,
                "\(option) takes a time such as 2026-04-01 or 2026-04-01T09:00+09:00, not \(Visible.text(text))",
                "\(option) には 2026-04-01 や 2026-04-01T09:00+09:00 のような日時を指定してください: \(Visible.text(text))"
            )
        }
        return instant
    }

    /// How answers are said.
    func answerText() -> AnswerText {
        let facts = facts
        return AnswerText(
            language: console.language, zone: zone, vocabulary: vocabulary,
            nameOf: { id in
                guard case .text(let name) = facts[id]?.attributes["name"]?.last?.value else {
                    return nil
                }
                return name
            })
    }
}
