import Ledger

/// Hands changes on in a file, for another system to take, and records that it did.
package struct FileEnforcer: Sendable {
    private let name: String
    private let journal: Journal

    /// Prepares to hand changes on.
    ///
    /// - Parameters:
    ///   - name: the file's name, for the journal.
    ///   - journal: keeps what is done.
    package init(file name: String, journal: Journal) {
        self.name = name
        self.journal = journal
    }

    /// Writes the file and records it.
    ///
    /// - Parameters:
    ///   - order: the changes.
    ///   - write: writes the file, whole or not at all.
    /// - Returns: the run's name; nil where there is nothing to hand on.
    /// - Throws: `EnforcementError`, `LedgerError`, and what `write` throws.
    package func carryOut(_ order: Order, write: () throws -> Void) async throws -> Int64? {
        try order.check(order.changes)
        let turn = try await journal.turn()
        defer { turn.end() }
        // Nobody knows of a run that was interrupted whether its file was taken; this one's stands in its place.
        for (run, begun) in try journal.interrupted(on: name) {
            try journal.end(run, undone: begun.changes)
        }
        guard !order.changes.isEmpty else {
            // What stands there from before must not be taken a second time.
            try write()
            return nil
        }
        let run = try journal.begin(
            EnforcementRun(
                target: name, basis: order.basis, program: order.program, changes: order.changes,
                approvals: order.approvals))
        do {
            try write()
        } catch {
            try journal.end(run, undone: order.changes)
            throw error
        }
        for change in order.changes { try journal.done(change, in: run) }
        try journal.end(run, undone: [])
        return run
    }
}
