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
    private var inbox: Inbox
    private let console: Console
    private let isJSON: Bool

    private var pause: Pause
    private var ledger: Ledger?
    /// The last entry whose coming was noticed.
    private var noticed: Int64 = 0
    /// Whether the directory has ever been looked at to the end.
    private var hasLooked = false
    /// The latest time there was: a clock that is set back brings nothing back.
    private var latest = Instant.distantPast
    /// What was said last of what can't be done, part by part, so that it isn't said each time.
    private var complaints: [String: String] = [:]

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
    /// - Parameter isOnly: whether there will be no other step: all that comes in is waited for.
    /// - Returns: whether all that is due is done, and nothing was refused.
    /// - Throws: what can't get better by waiting: there is no ledger, no policy, no such file.
    mutating func step(isOnly: Bool) async throws -> Bool {
        // Where even the ledger has never been opened, whoever starts us has to know.
        let ledger = try ledger ?? Session.openLedger(store.path, create: false)
        self.ledger = ledger
        // What doesn't come in must not keep what is due from being done.
        let cameIn = try await perhaps(isOnly, "inbox") { keeper in
            while try keeper.inbox.take(), isOnly {
                try await Task.sleep(for: .milliseconds(20))
            }
            return true
        }
        let isKept = try await perhaps(isOnly, "groups") { keeper in
            try keeper.notice(ledger)
            guard keeper.pause.isOver(at: SystemClock.now()) else {
                return keeper.complaints["groups"] == nil
            }
            return try await keeper.look()
        }
        return cameIn && isKept && inbox.refusals == 0
    }

    /// Cuts the pause where facts or the policy have changed; once for each change, so that what fails is not tried at every step.
    private mutating func notice(_ ledger: Ledger) throws {
        let noticed = noticed
        let (moved, last) = try LedgerAccess.run(store.path) {
            (try ledger.firstStatement(after: noticed), try ledger.lastSequence())
        }
        guard moved != nil else { return }
        self.noticed = last
        pause.cut()
    }

    /// Deals with what has come in and was not yet taken.
    ///
    /// - Returns: whether all of it was recorded.
    mutating func finish() -> Bool { inbox.finish() }

    /// Does a part of a step; what goes wrong is said once, and tried again later.
    private mutating func perhaps(
        _ isOnly: Bool, _ part: String, _ body: (inout Keeper) async throws -> Bool
    ) async throws -> Bool {
        do {
            let isFine = try await body(&self)
            if isFine { complaints[part] = nil }
            return isFine
        } catch let failure as CommandFailure
            where !isOnly && (hasLooked || failure.exit == .systemFailed)
        {
            if part == "groups" { pause.failed() }
            let text = failure.text(in: console.language)
            if complaints.updateValue(text, forKey: part) != text { console.message(text + "\n") }
            return false
        }
    }

    private mutating func look() async throws -> Bool {
        let session = try Session.open(store, console: console)
        let present = try session.present(store.path, seen: latest, trustsClock: target.trustClock)
        latest = present.latest
        let expected = session.expectedGroups(at: present)
        let enforcer = try session.enforcer(for: target, at: server)
        let guards = guards
        let outcome = try await EnforcementFailure.run(store.path) {
            let (order, leftovers) = try await session.correction(
                by: enforcer, to: expected.groups, guards: guards)
            var outcome = try await enforcer.carryOut(order)
            outcome.undone += leftovers
            return outcome
        }
        hasLooked = true
        // What only somebody can mend doesn't hurry us; what may pass by itself is tried again soon.
        if outcome.undone.contains(where: \.problem.mayPass) {
            pause.failed(nextDue: expected.unchangedUntil)
        } else {
            pause.succeeded(nextDue: expected.unchangedUntil)
        }
        let report = EnforcementReport(outcome: outcome, isDone: true)
        let problems = outcome.undone.isEmpty ? nil : report.problems
        if !outcome.done.isEmpty || !outcome.interrupted.isEmpty
            || (problems != nil && problems != complaints["groups"])
        {
            try report.say(isJSON: isJSON, console: console)
        }
        complaints["groups"] = problems
        return problems == nil
    }
}
