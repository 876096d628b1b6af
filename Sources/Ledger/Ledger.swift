package import Facts
import Foundation
import GRDB

/// The durable record of events, of what sources state, and of the policies adopted.
///
/// Append-only: each append is one transaction, on the disk before it returns, and each entry has a
/// sequence, from 1 without a gap. Any number of processes may read while one writes; writers wait for
/// each other.
///
/// It is closed once nobody holds it any more; the last to close it leaves one file and nothing beside it.
package final class Ledger: Sendable {
    /// The most bytes of one entry.
    package static let mostBytesPerEntry = 64 << 20

    let path: String
    // Not closed by hand: `DatabasePool.close` would close the writer first, and leave entries in the log.
    private let pool: any DatabaseWriter

    private init(path: String, pool: any DatabaseWriter) {
        self.path = path
        self.pool = pool
    }

    /// Opens a ledger.
    ///
    /// - Parameters:
    ///   - path: its file. Two more files stand beside it while it is open; they belong to it.
    ///   - create: whether to make an empty one, for its owner's eyes only, where there is no file.
    ///   - patienceSeconds: how long to wait for another writer.
    /// - Returns: the ledger. On a file system that can't be written, one that can only be read.
    /// - Throws: `.cannotOpen`, `.notALedger`, `.newerSchema`, `.corrupt`, `.locked`, `.readOnly`.
    package static func open(
        at path: String, create: Bool, patienceSeconds: Double = 5
    ) throws(LedgerError) -> Ledger {
        if create, !FileManager.default.fileExists(atPath: path) {
            try LedgerFile.create(at: path)
        }
        try LedgerFile.checkHeader(at: path)
        if LedgerFile.liesOnReadOnlySystem(path) { return try openForReading(at: path) }
        var configuration = Configuration()
        configuration.label = "ledger"
        configuration.busyMode = .timeout(patienceSeconds)
        configuration.foreignKeysEnabled = true
        do {
            let pool = try DatabasePool(path: path, configuration: configuration)
            let version = try pool.writeWithoutTransaction { database in
                // What is acknowledged must survive the loss of power: not GRDB's default.
                try database.execute(sql: "PRAGMA synchronous = FULL")
                try database.execute(sql: "PRAGMA fullfsync = ON")
                return try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
            }
            guard version <= Schema.version else {
                throw LedgerError.newerSchema(found: version, known: Schema.version)
            }
            if version < Schema.version { try migrate(pool) }
            let ledger = Ledger(path: path, pool: pool)
            _ = try ledger.lastSequence()
            return ledger
        } catch {
            throw LedgerError(error, path: path)
        }
    }

    /// Opens a ledger that nobody can write, because of the file system it lies on.
    private static func openForReading(at path: String) throws(LedgerError) -> Ledger {
        // What a log beside it holds can't be brought into it here, and must not be left out.
        guard !FileManager.default.fileExists(atPath: path + "-wal") else {
            throw .readOnly(path: path, hasLog: true)
        }
        var configuration = Configuration()
        configuration.label = "ledger"
        configuration.readonly = true
        do {
            // `immutable`: without it SQLite wants to make files beside it.
            let url = URL(filePath: path).absoluteString + "?immutable=1"
            let queue = try DatabaseQueue(path: url, configuration: configuration)
            let version = try queue.read { database in
                try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
            }
            guard version <= Schema.version else {
                throw LedgerError.newerSchema(found: version, known: Schema.version)
            }
            guard version == Schema.version else {
                throw LedgerError.readOnly(path: path, hasLog: false)
            }
            return Ledger(path: path, pool: queue)
        } catch {
            throw LedgerError(error, path: path)
        }
    }

    /// Brings a ledger to the present version, unless another process does so meanwhile.
    private static func migrate(_ pool: DatabasePool) throws {
        do {
            try Schema.migrator.migrate(pool)
        } catch {
            let version = try pool.read { database in
                try Int.fetchOne(database, sql: "PRAGMA user_version")
            }
            guard version == Schema.version else { throw error }
        }
    }

    // MARK: Reading

    /// The sequence of the last entry; 0 where there is none.
    ///
    /// - Complexity: O(1).
    package func lastSequence() throws(LedgerError) -> Int64 {
        try read { try Ledger.lastSequence($0) }
    }

    /// The entries that facts are folded from, as known at a sequence, in order; adoptions aside.
    ///
    /// - Parameter sequence: the last entry to be known; nil for all there are.
    /// - Returns: the entries.
    /// - Throws: `.corrupt`, also where an entry is missing.
    /// - Complexity: linear in the size of the ledger.
    package func entries(knownAt sequence: Int64? = nil) throws(LedgerError) -> [LedgerEntry] {
        try read { try Ledger.entries($0, knownAt: sequence) }
    }

    /// What access follows from, as known at a sequence, read at one moment.
    ///
    /// - Parameter sequence: the last entry to be known; nil for all there are.
    /// - Returns: the entries that facts are folded from, the policy in force, and the sequence of the last entry that is
    ///   one of these or adopts a policy.
    /// - Throws: `.corrupt`.
    /// - Complexity: linear in the size of the ledger.
    package func state(
        knownAt sequence: Int64? = nil
    ) throws(LedgerError) -> (entries: [LedgerEntry], adoption: Adoption?, basis: Int64) {
        try read { database in
            let entries = try Ledger.entries(database, knownAt: sequence)
            let adopted = try Ledger.adoption(database, knownAt: sequence)
            return (
                entries, adopted?.adoption,
                max(entries.last?.sequence ?? 0, adopted?.sequence ?? 0)
            )
        }
    }

    /// What a source states now: the latest it said of each entity, unless it no longer speaks of it.
    ///
    /// - Complexity: linear in what the source has ever stated.
    package func statements(
        of source: String
    ) throws(LedgerError) -> [EntityID: Observation] {
        try read { database in
            var latest: [EntityID: Observation] = [:]
            let rows = try Row.fetchCursor(
                database,
                sql: """
                    SELECT \(StoredEntry.columns) FROM entry
                    WHERE kind = 'observation' AND source = ? ORDER BY sequence
                    """, arguments: [source.inNFC])
            while let row = try rows.next() {
                guard case .fact(.observation(let observation)) = try StoredEntry(row).content
                else { continue }
                latest[observation.entity] = observation
            }
            return latest.filter { $0.value.attributes != nil }
        }
    }

    /// The event with this id, as an entry; nil where there is none.
    ///
    /// - Complexity: logarithmic in the size of the ledger.
    package func event(id: String) throws(LedgerError) -> LedgerEntry? {
        try read { try Ledger.event($0, id: id) }
    }

    /// The policy in force as known at a sequence: the one adopted last; nil where none was.
    ///
    /// - Parameter sequence: the last entry to be known; nil for all there are.
    /// - Returns: the policy.
    /// - Throws: `.corrupt`.
    /// - Complexity: logarithmic in the size of the ledger.
    package func adoption(knownAt sequence: Int64? = nil) throws(LedgerError) -> Adoption? {
        try read { try Ledger.adoption($0, knownAt: sequence)?.adoption }
    }

    /// The latest lines of the history, the last one first.
    ///
    /// - Parameters:
    ///   - limit: how many at most.
    ///   - sequence: only those before this one, so that a reader can go on; nil to begin with the last.
    /// - Returns: the lines.
    /// - Throws: `.corrupt`.
    /// - Complexity: linear in `limit`.
    package func journal(
        limit: Int, before sequence: Int64? = nil
    ) throws(LedgerError) -> [JournalLine] {
        try read { database in
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT \(StoredEntry.columns) FROM entry
                    WHERE sequence < ? ORDER BY sequence DESC LIMIT ?
                    """, arguments: [sequence ?? .max, max(0, limit)])
            return try rows.map { try StoredEntry($0).journalLine }
        }
    }

    /// How the writing connection is set: journal mode, `synchronous`, `foreign_keys`.
    ///
    /// - Complexity: O(1).
    package func durabilitySettings() throws(LedgerError) -> [String] {
        do {
            return try pool.writeWithoutTransaction { database in
                try ["journal_mode", "synchronous", "foreign_keys"].map { name in
                    try String.fetchOne(database, sql: "PRAGMA \(name)") ?? ""
                }
            }
        } catch {
            throw LedgerError(error, path: path)
        }
    }

    // MARK: Transactions

    /// Reads one state of the ledger, whoever writes meanwhile.
    func read<Result>(
        _ body: (Database) throws -> Result
    ) throws(LedgerError) -> Result {
        do {
            return try pool.read(body)
        } catch {
            throw LedgerError(error, path: path)
        }
    }

    /// Reads and writes under the one lock for writers; what is thrown undoes it all.
    func write<Result>(_ body: (Database) throws -> Result) throws -> Result {
        try pool.write(body)
    }
}
