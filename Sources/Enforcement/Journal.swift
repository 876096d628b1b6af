package import Facts
package import Ledger

/// Writes down, in the ledger, what is about to be changed in another system, and what was.
package struct Journal: Sendable {
    private let ledger: Ledger
    private let source: String
    private let now: @Sendable () -> Instant

    /// Prepares to write.
    ///
    /// - Parameters:
    ///   - ledger: where to.
    ///   - source: who carries changes out.
    ///   - now: the clock.
    package init(
        _ ledger: Ledger, source: String, now: @escaping @Sendable () -> Instant
    ) {
        self.ledger = ledger
        self.source = source
        self.now = now
    }

    /// How long to wait for somebody else who is changing other systems.
    private static let patience = Duration.seconds(60)

    /// Waits for the turn to change other systems.
    func turn() async throws -> EnforcementTurn {
        let end = ContinuousClock.now + Self.patience
        repeat {
            if let turn = try ledger.takeTurn() { return turn }
            try await Task.sleep(for: .milliseconds(50))
        } while ContinuousClock.now < end
        throw EnforcementError.busy
    }

    /// Begins a run; refused where what its changes follow from has moved on.
    func begin(_ run: EnforcementRun) throws(LedgerError) -> Int64 {
        try ledger.record(
            .begun(run), source: source, ifUnchangedSince: run.basis, recordedAt: now())
    }

    /// Says that a change is made.
    func done(_ change: MembershipChange, in run: Int64) throws(LedgerError) {
        _ = try ledger.record(.done(change, run: run), source: source, recordedAt: now())
    }

    /// Ends a run.
    func end(_ run: Int64, undone: [MembershipChange]) throws(LedgerError) {
        _ = try ledger.record(
            .ended(run: run, undone: undone), source: source, recordedAt: now())
    }

    /// The runs that were interrupted.
    func interrupted(on target: String) throws(LedgerError) -> [(run: Int64, begun: EnforcementRun)]
    {
        try ledger.openRuns(on: target)
    }

    /// The people whom runs that nobody has looked at have touched within a day.
    func touchedLately(on target: String) throws(LedgerError) -> Set<String> {
        let day: Int64 = 86_400
        let since = Instant(secondsSinceEpoch: now().secondsSinceEpoch - day)
        return try ledger.peopleTouched(on: target, since: since)
    }

    /// Whether facts or policy have moved on; also where that can't be read.
    func hasMovedOn(since basis: Int64) -> Bool {
        do {
            return try ledger.firstStatement(after: basis) != nil
        } catch {
            return true
        }
    }
}
