import Facts
import Foundation
import GRDB

extension Ledger {
    /// What a source gave when it was last read; empty where it never was.
    ///
    /// - Parameters:
    ///   - source: the source.
    ///   - withRows: whether with all that it gave, or only with how far it had told of changes.
    /// - Returns: the copy.
    /// - Throws: `.corrupt`.
    /// - Complexity: linear in what is kept of the source; without rows, in the number of its parts.
    package func copy(
        of source: String, withRows: Bool = true
    ) throws(LedgerError) -> SourceCopy {
        try read { database in
            var copy = SourceCopy()
            copy.revision = try Self.revision(of: source, in: database)
            let basis = try Data.fetchOne(
                database, sql: "SELECT basis FROM source_revision WHERE source = ?",
                arguments: [source])
            copy.basis = basis.map { [UInt8]($0) }
            let parts = try Row.fetchAll(
                database, sql: "SELECT part, cookie FROM source_part WHERE source = ?",
                arguments: [source])
            for row in parts {
                let cookie: Data? = row[1]
                copy.parts[row[0]] = SourceCopy.Part(cookie: cookie.map { [UInt8]($0) })
            }
            guard withRows else { return copy }
            let rows = try Row.fetchCursor(
                database, sql: "SELECT part, id, body FROM source_row WHERE source = ?",
                arguments: [source])
            while let row = try rows.next() {
                let id: Data = row[1]
                let body: Data = row[2]
                copy.parts[row[0], default: SourceCopy.Part()].rows[[UInt8](id)] = [UInt8](body)
            }
            let identities = try Row.fetchCursor(
                database, sql: "SELECT entity, id FROM source_identity WHERE source = ?",
                arguments: [source])
            while let row = try identities.next() {
                let id: Data = row[1]
                copy.identities[row[0]] = [UInt8](id)
            }
            return copy
        }
    }

    /// What a source would take away, and somebody has to look at first; nil where nothing waits.
    package func pending(of source: String) throws(LedgerError) -> [UInt8]? {
        try read { database in
            try Data.fetchOne(
                database, sql: "SELECT body FROM source_pending WHERE source = ?",
                arguments: [source]
            ).map { [UInt8]($0) }
        }
    }

    /// Keeps what a source would take away, in place of what waited before; with nil, nothing waits any more.
    package func setPending(_ body: [UInt8]?, of source: String) throws(LedgerError) {
        do {
            try write { database in
                try database.execute(
                    sql: "DELETE FROM source_pending WHERE source = ?", arguments: [source])
                guard let body else { return }
                try database.execute(
                    sql: "INSERT INTO source_pending (source, body) VALUES (?, ?)",
                    arguments: [source, Data(body)])
            }
        } catch {
            throw LedgerError(error, path: path)
        }
    }

    // MARK: Within a transaction

    /// Changes a copy; whatever waited of the source is settled by it.
    static func keep(_ change: SourceCopyChange, in database: Database) throws {
        guard try revision(of: change.source, in: database) == change.revision else {
            throw LedgerError.copyMovedOn(source: change.source)
        }
        try database.execute(
            sql: """
                INSERT OR REPLACE INTO source_revision (source, revision, basis) VALUES (?, ?, ?)
                """,
            arguments: [change.source, change.revision + 1, change.basis.map { Data($0) }])
        try dropParts(besides: change, in: database)
        let put = try database.makeStatement(
            sql: "INSERT OR REPLACE INTO source_row (source, part, id, body) VALUES (?, ?, ?, ?)")
        let remove = try database.makeStatement(
            sql: "DELETE FROM source_row WHERE source = ? AND part = ? AND id = ?")
        for (name, part) in change.parts {
            try database.execute(
                sql: "INSERT OR REPLACE INTO source_part (source, part, cookie) VALUES (?, ?, ?)",
                arguments: [change.source, name, part.cookie.map { Data($0) }])
            for id in part.removed {
                try remove.execute(arguments: [change.source, name, Data(id)])
            }
            for (id, body) in part.put {
                try put.execute(arguments: [change.source, name, Data(id), Data(body)])
            }
        }
        for (entity, id) in change.identities {
            try database.execute(
                sql: "INSERT OR REPLACE INTO source_identity (source, entity, id) VALUES (?, ?, ?)",
                arguments: [change.source, entity, Data(id)])
        }
        try database.execute(
            sql: "DELETE FROM source_pending WHERE source = ?", arguments: [change.source])
    }

    /// A source that states anything by another way than its copy has another reading than the one that was understood; a run
    /// that is under way has compared with what was stated before, and is refused.
    static func forgetBasis(
        of contents: [NewEntry], besides kept: String?, in database: Database
    ) throws {
        var sources: Set<String> = []
        for entry in contents {
            if case .observation = entry.content { sources.insert(entry.source) }
        }
        if let kept { sources.remove(kept) }
        for source in sources {
            try database.execute(
                sql: """
                    UPDATE source_revision SET basis = NULL, revision = revision + 1 WHERE source = ?
                    """,
                arguments: [source])
        }
    }

    private static func dropParts(besides change: SourceCopyChange, in database: Database) throws {
        let kept = try String.fetchAll(
            database, sql: "SELECT part FROM source_part WHERE source = ?",
            arguments: [change.source])
        for name in kept where change.parts[name] == nil {
            for table in ["source_row", "source_part"] {
                try database.execute(
                    sql: "DELETE FROM \(table) WHERE source = ? AND part = ?",
                    arguments: [change.source, name])
            }
        }
    }

    private static func revision(of source: String, in database: Database) throws -> Int64 {
        try Int64.fetchOne(
            database, sql: "SELECT revision FROM source_revision WHERE source = ?",
            arguments: [source]) ?? 0
    }
}
