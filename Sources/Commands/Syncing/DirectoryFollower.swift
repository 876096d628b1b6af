import DiagnosticText
import DirectorySync
import Facts
import Foundation
import LDAPClient
import Ledger
import PolicyLanguage
import SystemTime

/// Keeps the facts in step with a directory until it is asked to stop.
///
/// A change wakes it where the server can tell of changes as they come; what it tells is then read and recorded as by one
/// `ntk sync`. So it holds nothing that isn't in the ledger: one that is stopped anywhere and started again goes on where
/// it was.
struct DirectoryFollower {
    /// How often it looks whether it is asked to stop.
    private static let tick = Duration.milliseconds(50)
    /// How long at least from a reading that came to nothing to the next.
    private static let rest = Duration.milliseconds(200)
    /// How often everything is asked for: a server doesn't tell of all that a name can lose, such as what stands above it.
    private static let whole = Duration.seconds(86_400)
    /// How long what was withdrawn counts among what may be gone at once.
    private static let memory = Duration.seconds(3_600)

    let ledger: Ledger
    let path: String
    let mappingFile: String
    let servers: [LDAPServer]
    let credential: LDAPCredential
    /// How long one reading may take.
    let limit: Duration
    /// How long at most without asking: how old the directory may grow.
    let every: Duration
    let console: Console
    let isJSON: Bool

    private var backOff = BackOff()
    private var extent = DirectoryRun.Extent.whatChanged
    private var lastWhole = ContinuousClock.now
    private var said: Set<String> = []
    /// What was withdrawn within the last hour.
    private var losses: [(at: ContinuousClock.Instant, kind: String, count: Int)] = []
    /// When the last reading began, and whether nothing came of it.
    private var last = (begun: ContinuousClock.now, wasEmpty: false)
    private var complaint: String?
    private var hasRead = false
    private var resident = ResidentDirectory()
    private var adopted: (adoption: Adoption, policy: CompiledPolicy)?
    private var understood: (basis: [UInt8], mapping: CheckedMapping)?

    init(
        ledger: Ledger, path: String, mappingFile: String, servers: [LDAPServer],
        credential: LDAPCredential, limit: Duration, every: Duration, console: Console, isJSON: Bool
    ) {
        self.ledger = ledger
        self.path = path
        self.mappingFile = mappingFile
        self.servers = servers
        self.credential = credential
        self.limit = limit
        self.every = every
        self.console = console
        self.isJSON = isJSON
    }

    /// Follows the directory.
    ///
    /// - Throws: what can't get better by waiting, where it shows before anything was read.
    mutating func follow() async throws {
        StopSignals.listen()
        while !StopSignals.isRequested {
            do {
                let run = try sync()
                try await read(by: run)
                try await wait(with: run)
            } catch let failure as CommandFailure
                where hasRead || failure.exit == .systemFailed
            {
                try await complain(failure)
            }
        }
        console.note("stopped", "終了しました")
    }

    /// A reading by the policy that is in force now.
    private mutating func sync() throws -> DirectoryRun {
        let adoption = try LedgerAccess.run(path) { try ledger.adoption() }
        let policy: CompiledPolicy
        if let adopted, adopted.adoption == adoption {
            policy = adopted.policy
        } else {
            policy = try Session.policy(of: ledger, at: path, console: console)
            adopted = adoption.map { ($0, policy) }
            resident.forget()
        }
        let basis = try MappingFiles.basis(of: mappingFile, policy: policy)
        let mapping: CheckedMapping
        if let understood, understood.basis == basis {
            mapping = understood.mapping
        } else {
            mapping = try MappingFiles.read(mappingFile, vocabulary: policy.checked.vocabulary)
            understood = (basis, mapping)
        }
        return DirectoryRun(
            ledger: ledger, path: path, policy: policy, mapping: mapping, basis: basis,
            console: console, recent: recent(), extent: extent, said: said)
    }

    private mutating func recent() -> [String: Int] {
        let now = ContinuousClock.now
        losses.removeAll { $0.at.duration(to: now) > Self.memory }
        return losses.reduce(into: [:]) { $0[$1.kind, default: 0] += $1.count }
    }

    private mutating func read(by run: DirectoryRun) async throws {
        // Who is woken for nothing, again and again, must not keep the server busy.
        if last.wasEmpty {
            let rest = Self.rest - last.begun.duration(to: .now)
            if rest > .zero { _ = try await untilStopped { try await Task.sleep(for: rest) } }
        }
        last = (.now, false)
        let result = try await run.run(
            servers: servers, as: credential, effective: SystemClock.now(), within: limit,
            going: &resident)
        if extent == .everything { lastWhole = .now }
        said = result.said
        last.wasEmpty = result.outcome.recorded == 0
        losses += result.withdrawn.map { (.now, $0.key, $0.value) }
        if result.outcome.recorded > 0 || !result.outcome.gathered.diagnostics.isEmpty || !hasRead {
            try say(result)
        }
        if complaint != nil { console.note("in step again", "再び追随しています") }
        complaint = nil
        if !hasRead {
            try resident.prepare(for: run)
            console.note(
                "following \(result.receipt.server)", "\(result.receipt.server) を追随しています")
        }
        hasRead = true
        backOff.reset()
    }

    private func say(_ result: DirectoryRun.Result) throws {
        if !isJSON, !result.isUnchanged, hasRead,
            let lag = result.receipt.lag(at: Int64(Date.now.timeIntervalSince1970 * 1_000))
        {
            console.note(
                "\(lag) ms after the server's last change", "サーバーの最後の変更から \(lag) ミリ秒")
        }
        do {
            try SyncResult.show(result, console: console, isJSON: isJSON)
        } catch is CommandEnd {
            // What was refused has been said; the same is asked for again.
            throw CommandFailure(.badInput, "nothing was recorded", "何も記録していません")
        }
    }

    /// Waits until something has changed, or the directory would grow too old.
    private mutating func wait(with run: DirectoryRun) async throws {
        let copy = try LedgerAccess.run(path) {
            try ledger.copy(of: run.mapping.source, withRows: false)
        }
        let credential = credential
        let every = every
        for server in servers {
            let reading = ServerReading(
                of: server, as: credential, mapping: run.mapping, after: DirectoryCopy(copy))
            do {
                switch try await untilStopped({ try await reading.notice(within: every) }) {
                case .changed: extent = .knownChange
                case .quiet, nil: extent = .whatChanged
                case .unable:
                    _ = try await untilStopped { try await Task.sleep(for: every) }
                    extent = .whatChanged
                }
                if lastWhole.duration(to: .now) > Self.whole { extent = .everything }
                return
            } catch let error as DirectoryError where error.isOfOneServer {
                extent = .whatChanged
                // The next reading tries them all; here the first that is there will do.
                guard server != servers.last else {
                    throw DirectoryFailure.failure(error, of: server.url)
                }
            } catch let error as DirectoryError {
                throw DirectoryFailure.failure(error, of: server.url)
            }
        }
    }

    /// Says what went wrong, once, and waits before the next try.
    private mutating func complain(_ failure: CommandFailure) async throws {
        let text = failure.text(in: console.language)
        if complaint != text { console.message(text + "\n") }
        complaint = text
        let wait = backOff.next()
        _ = try await untilStopped { try await Task.sleep(for: wait) }
    }

    /// Does something that waits; nil where we are asked to stop before it is over.
    private func untilStopped<R: Sendable>(
        _ body: @escaping @Sendable () async throws -> R
    ) async throws -> R? {
        try await withThrowingTaskGroup(of: R?.self) { group in
            group.addTask { try await body() }
            group.addTask {
                while !StopSignals.isRequested { try await Task.sleep(for: Self.tick) }
                return nil
            }
            let first = try await group.next() ?? nil
            group.cancelAll()
            // Cancelled, the other one ends with an error of no interest.
            while let result = await group.nextResult() { _ = result }
            return first
        }
    }
}
