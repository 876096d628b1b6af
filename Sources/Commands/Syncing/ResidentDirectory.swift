import DirectorySync
import Facts
import Ledger
import PolicyLanguage
import SystemTime

/// What is held on to between two readings of a directory, so that the next one costs what has changed.
///
/// It is never more than the ledger says: what the ledger has moved past, or what went wrong, is forgotten.
struct ResidentDirectory {
    private var state: DirectoryState?
    private var basis: [UInt8] = []
    /// The facts as last recorded.
    var facts: LiveFacts?

    /// Gives what is held of the directory, if it is what the ledger holds, and forgets it until it is kept again.
    mutating func take(at revision: Int64, basis: [UInt8]) -> DirectoryState? {
        defer { state = nil }
        guard let state, state.copy.revision == revision, self.basis == basis else { return nil }
        return state
    }

    /// Keeps what was read and recorded.
    mutating func keep(_ state: DirectoryState, basis: [UInt8]) {
        self.state = state
        self.basis = basis
    }

    /// Reads from the ledger what isn't held yet, so that the first change costs no more than others.
    mutating func prepare(for run: DirectoryRun) throws {
        let ledger = run.ledger
        if state == nil {
            var state = try run.state()
            do throws(DirectoryError) {
                try state.prepare(effective: SystemClock.now())
            } catch {
                throw DirectoryFailure.failure(error, of: run.path)
            }
            keep(state, basis: run.basis)
        }
        if facts == nil {
            let entries = try LedgerAccess.run(run.path) { try ledger.entries() }
            facts = LiveFacts(
                entries, vocabulary: run.policy.checked.vocabulary, zone: run.policy.checked.zone)
        }
    }

    /// Notes that the ledger has kept a reading that changed nothing.
    mutating func advance(past revision: Int64) {
        guard state?.copy.revision == revision else {
            state = nil
            return
        }
        state?.advance()
    }

    /// Forgets what may depend on a policy that is in force no longer.
    mutating func forget() { self = ResidentDirectory() }
}
