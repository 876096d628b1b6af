import DiagnosticText
import Diagnostics
import DirectorySync
import Facts
import Foundation
import LDAPClient
import Ledger
import SystemTime

/// Reads a directory once, and records what differs from what it said before.
struct DirectoryRun {
    let session: Session
    let path: String
    let mapping: CheckedMapping
    /// Who is known though the entry was made anew.
    var identities = Identities.Rebinding.names([])
    /// What may be gone whatever the limits say.
    var accepted: Set<PendingWithdrawals.Item> = []

    init(session: Session, path: String, mapping: CheckedMapping) {
        self.session = session
        self.path = path
        self.mapping = mapping
    }

    /// Reads and records.
    ///
    /// The copy of what the server said, with its cookie, is kept in the transaction that records what follows from it, and
    /// stays as it was where nothing is recorded.
    func run(
        servers: [LDAPServer], as credential: LDAPCredential, effective: Instant,
        within limit: Duration
    ) async throws -> Recorder.Outcome {
        let (copy, stated) = try LedgerAccess.run(path) {
            (
                try session.ledger.copy(of: mapping.source),
                try session.ledger.statements(of: mapping.source)
            )
        }
        var known = Identities(copy.identities, rebinding: identities)
        let (server, answer) = try await answer(
            of: servers, as: credential, after: copy, within: limit)
        let reading = DirectoryReader.reading(
            of: answer.entries, mapping: mapping, zone: session.zone, effective: effective,
            identities: &known)
        let changes: [Observation]
        SyncReport(console: session.console).show(answer.receipt, reading)
        do throws(DirectoryError) {
            var limits = WithdrawalGuard()
            limits.accepted = accepted
            changes = try reading.changes(since: stated, guardedBy: limits)
        } catch {
            try keepPending(error, reading, stated, of: server)
            throw DirectoryFailure.failure(error, of: server.url)
        }
        session.console.note(
            "read \(reading.observations.count) entities and records, \(changes.count) of them changed",
            "\(reading.observations.count) 件を読み取りました。うち変更は \(changes.count) 件です")
        var gathered = Gathered()
        gathered.items = changes.map { observation in
            Gathered.Item(
                content: .observation(observation), source: mapping.source, place: .beginning)
        }
        if reading.problems.isEmpty { gathered.readings[mapping.source] = effective }
        var change = answer.change
        change.identities = known.kept
        return try Recorder(session, at: path).record(gathered, keeping: change)
    }

    /// What the first of the servers says that can be spoken to.
    private func answer(
        of servers: [LDAPServer], as credential: LDAPCredential, after copy: SourceCopy,
        within limit: Duration
    ) async throws -> (LDAPServer, ServerAnswer) {
        var rest = servers[...]
        while let server = rest.popFirst() {
            do throws(DirectoryError) {
                let reading = ServerReading(
                    of: server, as: credential, mapping: mapping, after: copy)
                return (server, try await reading.answer(within: limit))
            } catch {
                let failure = DirectoryFailure.failure(error, of: server.url)
                guard let next = rest.first, error.isOfOneServer else { throw failure }
                session.console.message(failure.text(in: session.console.language) + "\n")
                session.console.note("trying \(next.url)", "\(next.url) を試します")
            }
        }
        throw CommandFailure(.usage, "--server says where the directory is", "--server を指定してください")
    }

    /// Keeps what would be taken away, where that is why nothing is recorded.
    private func keepPending(
        _ error: DirectoryError, _ reading: DirectoryReading,
        _ stated: [EntityID: Observation], of server: LDAPServer
    ) throws {
        switch error {
        case .tooManyWithdrawals, .unclearWithdrawals: break
        default: return
        }
        let pending = PendingWithdrawals(
            server: server.url, readAt: SystemClock.now(), reason: "\(error)",
            gone: reading.withdrawn(from: stated))
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let body = [UInt8](try encoder.encode(pending))
        try LedgerAccess.run(path) { try session.ledger.setPending(body, of: mapping.source) }
        session.console.note(
            "what would be taken away is kept: `ntk sync --pending` shows it, --accept lets it be gone, --discard forgets it",
            "失われるものを取り置きました。`ntk sync --pending` で表示、--accept で承認、--discard で破棄します")
    }
}
