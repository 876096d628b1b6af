import DiagnosticText
import Enforcement
import Facts
import Ledger
import SystemTime

/// Keeps a directory's groups as policy and facts say, as time goes by and facts come in.
///
/// It holds nothing that isn't in the ledger: one that is stopped anywhere and started again goes on where it was.
struct Keeper {
    private let store: LedgerOptions
    private let server: String
    private let target: TargetOptions
    private let guards: Guards
    private let inbox: Inbox
    private let console: Console
    private let isJSON: Bool

    private var pause: Pause
    private var ledger: Ledger?
    /// The sequence of the facts that were last looked at.
    private var basis: Int64 = -1
    /// The latest time there was: a clock that is set back brings nothing back.
    private var latest = Instant.distantPast
    /// What was said last of what can't be done, so that it isn't said each time.
    private var complaint = ""

    init(
        store: LedgerOptions, server: String, target: TargetOptions, guards: Guards, inbox: Inbox,
        every: Duration, console: Console, isJSON: Bool
    ) {
        self.store = store
        self.server = server
        self.target = target
        self.guards = guards
        self.inbox = inbox
        self.console = console
        self.isJSON = isJSON
        pause = Pause(every: every)
    }

    /// Takes what came in, and brings the groups up to date if something is due.
    ///
    /// - Parameter isLast: whether there will be no other step.
    /// - Returns: whether all that is due is done.
    /// - Throws: what can't get better by waiting: there is no ledger, no policy, no such file.
    mutating func step(isLast: Bool) async throws -> Bool {
        // Where even the ledger has never been opened, whoever starts us has to know.
        let ledger = try ledger ?? Session.openLedger(store.path, create: false)
        self.ledger = ledger
        do {
            try await inbox.take(isLast: isLast)
            let moved = try LedgerAccess.run(store.path) { try ledger.firstStatement(after: basis) }
            if moved != nil { pause.cut() }
            guard pause.isOver(at: SystemClock.now()) else { return complaint.isEmpty }
            return try await look()
        } catch let failure as CommandFailure
            where !isLast && (basis >= 0 || failure.exit == .systemFailed)
        {
            return complain(failure.text(in: console.language) + "\n", isSaid: false)
        }
    }

    private mutating func look() async throws -> Bool {
        let session = try Session.open(store, console: console)
        basis = session.basis
        latest = max(latest, try session.present(store.path))
        let expected = session.expectedGroups(at: latest)
        let enforcer = GroupEnforcer(
            try target.target(at: server, vocabulary: session.vocabulary),
            journal: session.journal())
        let guards = guards
        let outcome = try await EnforcementFailure.run(store.path) {
            let drift = try await enforcer.drift(from: expected.groups)
            let changes = drift.map(\.correction).filter { !$0.isEmpty }
            var outcome = try await enforcer.carryOut(session.order(changes, guards: guards))
            outcome.undone += drift.flatMap(\.leftovers)
            return outcome
        }
        let report = EnforcementReport(outcome: outcome, isDone: true)
        let isNews = !outcome.done.isEmpty || !outcome.interrupted.isEmpty
        if isNews { try report.say(isJSON: isJSON, console: console) }
        guard outcome.undone.isEmpty else {
            if !isNews, report.problems != complaint {
                try report.say(isJSON: isJSON, console: console)
            }
            return complain(report.problems, isSaid: true)
        }
        pause.succeeded(nextDue: expected.unchangedUntil)
        complaint = ""
        return true
    }

    private mutating func complain(_ text: String, isSaid: Bool) -> Bool {
        if text != complaint, !isSaid { console.message(text) }
        complaint = text
        pause.failed()
        return false
    }
}
