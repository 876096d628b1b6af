package import Facts
import Foundation
import GRDB

extension Ledger {
    /// Records what a run is about to do, is doing or has done.
    ///
    /// - Parameters:
    ///   - record: what to record.
    ///   - source: who carries it out.
    ///   - basis: refused where facts or the policy have moved on since this sequence; nil to record it all the same.
    ///   - recordedAt: the present.
    /// - Returns: the entry's sequence; that of a run's beginning is the run's name.
    /// - Throws: `.movedOn`, and what appending throws; then nothing was stored.
    /// - Complexity: logarithmic in the size of the ledger.
    package func record(
        _ record: EnforcementRecord, source: String, ifUnchangedSince basis: Int64? = nil,
        recordedAt: Instant
    ) throws(LedgerError) -> Int64 {
        do {
            return try write { database in
                if let basis, let first = try Ledger.firstStatement(after: basis, in: database) {
                    throw LedgerError.movedOn(at: first)
                }
                let head = try Ledger.head(database)
                let (kind, body) =
                    switch record {
                    case .begun(let run):
                        (StoredEntry.Kind.runBegun, try RunBegunBody(run).encodedBody())
                    case .done(let change, let run):
                        (.changeDone, try ChangeDoneBody(change, run: run).encodedBody())
                    case .ended(let run, let undone):
                        (.runEnded, try RunEndedBody(undone, run: run).encodedBody())
                    }
                if case .done(_, let run) = record { try Ledger.checkIsOpen(run, in: database) }
                if case .ended(let run, _) = record { try Ledger.checkIsOpen(run, in: database) }
                let entry = StoredForm(
                    sequence: head.sequence + 1, kind: kind.rawValue, source: source,
                    recordedAt: try Ledger.notBefore(recordedAt, in: database), body: body)
                return try Ledger.insert(entry, after: head, into: database).sequence
            }
        } catch {
            throw LedgerError(error, path: path)
        }
    }

    /// The first entry after a sequence that states something, or adopts a policy; nil where there is none.
    ///
    /// What was carried out in other systems changes neither facts nor policy.
    ///
    /// - Complexity: linear in the entries after the sequence.
    package func firstStatement(after sequence: Int64) throws(LedgerError) -> Int64? {
        try read { try Ledger.firstStatement(after: sequence, in: $0) }
    }

    /// The runs that began and haven't ended: they were interrupted, unless somebody is at them now.
    ///
    /// - Parameter target: the system they change.
    /// - Returns: the runs' names and what they began with, in order.
    /// - Throws: `.corrupt`.
    /// - Complexity: linear in what the ledger tells of runs.
    package func openRuns(
        on target: String
    ) throws(LedgerError) -> [(run: Int64, begun: EnforcementRun)] {
        try read { database in
            var open: [(run: Int64, begun: EnforcementRun)] = []
            let rows = try Row.fetchCursor(
                database,
                sql: """
                    SELECT \(StoredEntry.columns) FROM entry
                    WHERE kind IN ('run-begun', 'run-ended') ORDER BY sequence
                    """)
            while let row = try rows.next() {
                let entry = try StoredEntry(row)
                guard case .enforcement(let record) = entry.content else { continue }
                switch record {
                case .begun(let run):
                    if run.target == target.inNFC { open.append((entry.sequence, run)) }
                case .ended(let run, _): open.removeAll { $0.run == run }
                case .done: continue
                }
            }
            return open
        }
    }

    /// The people who entered or left a group lately, by runs that nobody has looked at.
    ///
    /// - Parameters:
    ///   - target: the system that has the groups.
    ///   - since: from when on.
    /// - Returns: their ids.
    /// - Throws: `.corrupt`.
    /// - Complexity: linear in the entries since then.
    package func peopleTouched(
        on target: String, since: Instant
    ) throws(LedgerError) -> Set<String> {
        try read { database in
            var people: Set<String> = []
            var runs: Set<Int64> = []
            // Times don't go backwards in a ledger, so that the end of it is all that is wanted.
            let rows = try Row.fetchCursor(
                database,
                sql: "SELECT \(StoredEntry.columns) FROM entry ORDER BY sequence DESC")
            var changes: [(MembershipChange, run: Int64)] = []
            while let row = try rows.next(),
                Int64.fromDatabaseValue(row[3]) ?? .min >= since.secondsSinceEpoch
            {
                let kind = String.fromDatabaseValue(row[1]).flatMap(StoredEntry.Kind.init)
                guard kind == .runBegun || kind == .changeDone else { continue }
                let entry = try StoredEntry(row)
                switch entry.content {
                case .enforcement(.done(let change, let run)): changes.append((change, run))
                case .enforcement(.begun(let run))
                where run.target == target.inNFC && !run.isLookedAt:
                    runs.insert(entry.sequence)
                default: continue
                }
            }
            for (change, run) in changes where runs.contains(run) {
                people.formUnion(change.joins + change.leaves)
            }
            return people
        }
    }

    /// The groups that runs have changed, or were to change.
    ///
    /// - Parameter target: the system that has them.
    /// - Returns: their names, in order.
    /// - Throws: `.corrupt`.
    /// - Complexity: linear in what the ledger tells of runs.
    package func groupsKept(on target: String) throws(LedgerError) -> [String] {
        try read { database in
            var groups: Set<String> = []
            let rows = try Row.fetchCursor(
                database,
                sql: """
                    SELECT \(StoredEntry.columns) FROM entry
                    WHERE kind IN ('run-begun', 'run-ended') AND kind = 'run-begun' ORDER BY sequence
                    """)
            while let row = try rows.next() {
                guard case .enforcement(.begun(let run)) = try StoredEntry(row).content,
                    run.target == target.inNFC
                else { continue }
                groups.formUnion(run.changes.map(\.group))
            }
            return groups.sorted()
        }
    }

    /// Refuses what is said of a run that never began, or has ended.
    private static func checkIsOpen(_ run: Int64, in database: Database) throws {
        let kind = try String.fetchOne(
            database, sql: "SELECT kind FROM entry WHERE sequence = ?", arguments: [run])
        guard kind == StoredEntry.Kind.runBegun.rawValue else {
            throw LedgerError.system(message: "no run \(run) has begun")
        }
        let rows = try Row.fetchCursor(
            database,
            sql: """
                SELECT \(StoredEntry.columns) FROM entry
                WHERE kind IN ('run-begun', 'run-ended') AND kind = 'run-ended' AND sequence > ?
                """, arguments: [run])
        while let row = try rows.next() {
            if case .enforcement(.ended(run, _)) = try StoredEntry(row).content {
                throw LedgerError.system(message: "the run \(run) has ended")
            }
        }
    }

    private static func firstStatement(
        after sequence: Int64, in database: Database
    ) throws -> Int64? {
        try Int64.fetchOne(
            database,
            sql: """
                SELECT min(sequence) FROM entry
                WHERE sequence > ? AND kind NOT IN ('run-begun', 'change-done', 'run-ended')
                """, arguments: [sequence])
    }
}
