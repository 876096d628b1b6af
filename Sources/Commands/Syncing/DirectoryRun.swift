import DiagnosticText
import Diagnostics
import DirectorySync
import Facts
import Foundation
import LDAPClient
import Ledger
import PolicyLanguage
import SystemTime

/// Reads a directory once, and records what differs from what it said before.
struct DirectoryRun {
    let ledger: Ledger
    let path: String
    let policy: CompiledPolicy
    let mapping: CheckedMapping
    /// What a reading is understood by.
    let basis: [UInt8]
    let console: Console
    /// Who is known though the entry was made anew.
    var identities = Identities.Rebinding.names([])
    /// What may be gone whatever the limits say.
    var accepted: Set<PendingWithdrawals.Item> = []
    /// What was withdrawn a short while ago, kind by kind.
    var recent: [String: Int] = [:]
    /// How much is asked for.
    var extent = Extent.whatChanged

    /// How much is asked for.
    enum Extent {
        /// What has changed, where the server can tell, and whether anything has before that.
        case whatChanged
        /// The same, where something is known to have changed.
        case knownChange
        /// Everything, whatever the server could tell.
        case everything
    }

    /// What was said before of entries that can't be understood.
    var said: Set<String> = []

    /// What came of it.
    struct Result {
        let outcome: Recorder.Outcome
        let receipt: SyncReceipt
        /// Whether the server said at once that nothing has changed.
        var isUnchanged = false
        /// What was said of entries that can't be understood.
        var said: Set<String> = []
        /// What was withdrawn, kind by kind.
        var withdrawn: [String: Int] = [:]
    }

    /// Reads and records.
    ///
    /// The copy of what the server said, with its cookie, is kept in the transaction that records what follows from it, and
    /// stays as it was where nothing is recorded.
    func run(
        servers: [LDAPServer], as credential: LDAPCredential, effective: Instant,
        within limit: Duration, going resident: inout ResidentDirectory
    ) async throws -> Result {
        var rest = servers[...]
        while let server = rest.popFirst() {
            do {
                return try await result(
                    of: server, as: credential, effective: effective, within: limit,
                    going: &resident)
            } catch let error as DirectoryError {
                let failure = DirectoryFailure.failure(error, of: server.url)
                guard let next = rest.first, error.isOfOneServer else { throw failure }
                console.message(failure.text(in: console.language) + "\n")
                console.note("trying \(next.url)", "\(next.url) を試します")
            }
        }
        throw CommandFailure(.usage, "--server says where the directory is", "--server を指定してください")
    }

    private func result(
        of server: LDAPServer, as credential: LDAPCredential, effective: Instant,
        within limit: Duration, going resident: inout ResidentDirectory
    ) async throws -> Result {
        let recorder = Recorder(ledger, at: path, policy: policy.checked)
        let outline = try LedgerAccess.run(path) {
            try ledger.copy(of: mapping.source, withRows: false)
        }
        if extent == .whatChanged, identities == .names([]), outline.basis == basis,
            let (change, receipt) = try await ServerReading(
                of: server, as: credential, mapping: mapping, after: DirectoryCopy(outline)
            ).unchanged(within: limit)
        {
            let outcome = try recorder.record(
                readingOf: mapping.source, at: effective, keeping: change)
            resident.advance(past: outline.revision)
            return Result(outcome: outcome, receipt: receipt, isUnchanged: true, said: said)
        }
        var state =
            try resident.take(at: outline.revision, basis: basis)
            ?? state()
        if extent == .everything { state.forgetCookies() }
        let answer = try await ServerReading(
            of: server, as: credential, mapping: mapping, after: state.copy
        ).answer(within: limit)
        try state.take(answer, effective: effective)
        let said = SyncReport(console: console, said: said).show(answer.receipt, state)
        let changes = try changes(state, of: server)
        var change = answer.change
        change.identities = state.newIdentities
        let isUnderstood = state.problems.isEmpty
        change.basis = isUnderstood ? basis : nil
        let outcome: Recorder.Outcome
        if changes.isEmpty, isUnderstood {
            outcome = try recorder.record(
                readingOf: mapping.source, at: effective, keeping: change)
        } else {
            var gathered = Gathered()
            gathered.items = changes.map { observation in
                Gathered.Item(
                    content: .observation(observation), source: mapping.source, place: .beginning)
            }
            if isUnderstood { gathered.readings[mapping.source] = effective }
            outcome = try recorder.record(gathered, keeping: change, on: &resident.facts)
        }
        guard outcome.gathered.diagnostics.isEmpty else {
            return Result(outcome: outcome, receipt: answer.receipt, said: said)
        }
        state.recorded(changes)
        resident.keep(state, basis: basis)
        let withdrawn = changes.filter { $0.attributes == nil }
        return Result(
            outcome: outcome, receipt: answer.receipt, said: said,
            withdrawn: Dictionary(grouping: withdrawn, by: \.kind).mapValues(\.count))
    }

    /// The way to their facts of the entries that a filter matches, as the first server that is there has them.
    ///
    /// Nothing is recorded.
    func explanations(
        of filter: FilterMatcher, servers: [LDAPServer], as credential: LDAPCredential,
        within limit: Duration
    ) async throws -> [EntryExplanation] {
        var state = try state()
        for server in servers {
            do throws(DirectoryError) {
                let answer = try await ServerReading(
                    of: server, as: credential, mapping: mapping, after: state.copy
                ).answer(within: limit)
                try state.take(answer, effective: SystemClock.now())
                return state.explanations(of: filter)
            } catch {
                guard error.isOfOneServer, server != servers.last else {
                    throw DirectoryFailure.failure(error, of: server.url)
                }
            }
        }
        return []
    }

    /// What the ledger keeps of the directory, and what was stated of it.
    func state() throws -> DirectoryState {
        try LedgerAccess.run(path) {
            DirectoryState(
                try ledger.copy(of: mapping.source),
                stated: try ledger.statements(of: mapping.source), mapping: mapping,
                zone: policy.checked.zone, rebinding: identities)
        }
    }

    private func changes(
        _ state: DirectoryState, of server: LDAPServer
    ) throws -> [Observation] {
        let changes: [Observation]
        do throws(DirectoryError) {
            var limits = WithdrawalGuard()
            limits.accepted = accepted
            limits.recent = recent
            changes = try state.changes(guardedBy: limits)
        } catch {
            try keepPending(error, state.withdrawn, of: server)
            throw error
        }
        console.note(
            "read \(state.count) entities and records, \(changes.count) of them changed",
            "\(state.count) 件を読み取りました。うち変更は \(changes.count) 件です")
        return changes
    }

    /// Keeps what would be taken away, where that is why nothing is recorded.
    private func keepPending(
        _ error: DirectoryError, _ gone: [Observation], of server: LDAPServer
    ) throws {
        switch error {
        case .tooManyWithdrawals, .unclearWithdrawals: break
        default: return
        }
        let pending = PendingWithdrawals(
            server: server.url, readAt: SystemClock.now(), reason: "\(error)",
            gone: gone)
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let body = [UInt8](try encoder.encode(pending))
        try LedgerAccess.run(path) { try ledger.setPending(body, of: mapping.source) }
        console.note(
            "what would be taken away is kept: `ntk sync --pending` shows it, --accept lets it be gone, --discard forgets it",
            "失われるものを取り置きました。`ntk sync --pending` で表示、--accept で承認、--discard で破棄します")
    }
}
