import GRDB

/// How the ledger lies in its SQLite file.
enum Schema {
    /// Marks the file as a ledger: `NTKL`.
    static let applicationID: UInt32 = 0x4E54_4B4C
    /// The version of the schema that this program makes and knows.
    static let version = 6

    /// Leads from every earlier version to the present one.
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1: entries") { database in
            try database.execute(sql: versionOne)
            try database.execute(sql: "PRAGMA application_id = \(applicationID)")
            try database.execute(sql: "PRAGMA user_version = 1")
        }
        migrator.registerMigration("2: readings") { database in
            try setAside("entry_1", in: database)
            try database.execute(sql: versionTwo)
            try database.execute(
                sql: "INSERT INTO entry SELECT * FROM entry_1 ORDER BY sequence")
            try database.execute(sql: "DROP TABLE entry_1")
            try database.execute(sql: "PRAGMA user_version = 2")
        }
        migrator.registerMigration("3: digests") { database in
            try setAside("entry_2", in: database)
            try database.execute(sql: versionThree)
            try chain(from: "entry_2", in: database)
            try database.execute(sql: "DROP TABLE entry_2")
            try database.execute(sql: "PRAGMA user_version = 3")
        }
        migrator.registerMigration("4: enforcement") { database in
            try setAside("entry_3", in: database)
            try checkIsWithoutGap("entry_3", in: database)
            try database.execute(sql: versionFour)
            try database.execute(
                sql: "INSERT INTO entry SELECT * FROM entry_3 ORDER BY sequence")
            try database.execute(sql: "DROP TABLE entry_3")
            try database.execute(sql: "PRAGMA user_version = 4")
        }
        // The tables are the same; the beginning of a run may name who approved it.
        migrator.registerMigration("5: approvals") { database in
            try database.execute(sql: "PRAGMA user_version = 5")
        }
        migrator.registerMigration("6: copies of sources") { database in
            try database.execute(sql: copies)
            try database.execute(sql: "PRAGMA user_version = 6")
        }
        return migrator
    }

    /// Takes the table of entries out of the way of the one that follows it: SQLite changes no constraint in place.
    private static func setAside(_ name: String, in database: Database) throws {
        for name in ["entry_comes_last", "entry_is_not_changed", "entry_is_not_deleted"] {
            try database.execute(sql: "DROP TRIGGER \(name)")
        }
        for name in ["entry_stated_by", "entry_adoption"] {
            try database.execute(sql: "DROP INDEX \(name)")
        }
        try database.execute(sql: "ALTER TABLE entry RENAME TO \(name)")
    }

    /// Says of a ledger that entries are missing from, which; the table that follows would only refuse them.
    private static func checkIsWithoutGap(_ table: String, in database: Database) throws {
        let gap = try Int64.fetchOne(
            database,
            sql: """
                SELECT min(sequence) FROM \(table)
                WHERE sequence > 1 AND sequence - 1 NOT IN (SELECT sequence FROM \(table))
                  OR sequence = (SELECT min(sequence) FROM \(table)) AND sequence <> 1
                """)
        if let gap { throw LedgerError.corrupt(.gap(before: gap)) }
    }

    /// Moves entries of a table without digests to one that has them.
    private static func chain(from table: String, in database: Database) throws {
        var digest = EntryDigest.beginning
        let insert = try database.makeStatement(
            sql:
                "INSERT INTO entry (\(StoredEntry.columns), digest) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
        )
        let rows = try Row.fetchCursor(
            database, sql: "SELECT \(StoredForm.columns) FROM \(table) ORDER BY sequence")
        var last: Int64 = 0
        while let row = try rows.next() {
            guard let entry = StoredForm(row) else { throw LedgerError.corrupt(.file) }
            guard entry.sequence == last + 1 else {
                throw LedgerError.corrupt(.gap(before: entry.sequence))
            }
            last = entry.sequence
            digest = digest.followed(by: entry)
            try insert.execute(arguments: entry.arguments + [digest.bytes])
        }
    }

    /// Whether a file's tables, indices and triggers are a ledger's, and agree with each other.
    ///
    /// - Complexity: linear in the size of the file.
    static func isWhole(_ database: Database) throws -> Bool {
        func objects(_ database: Database) throws -> [String] {
            try String.fetchAll(
                database,
                sql: """
                    SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_master
                    WHERE name NOT LIKE 'sqlite_stat%' ORDER BY type, name
                    """)
        }
        let fresh = try DatabaseQueue()
        try migrator.migrate(fresh)
        let expected = try fresh.read(objects)
        return try objects(database) == expected
            && String.fetchAll(database, sql: "PRAGMA integrity_check(1)") == ["ok"]
    }

    // INVARIANT: sequences run from 1 without a gap, and an entry stays as it was written. REPLACE would
    // delete without telling the trigger on DELETE, so the one on INSERT refuses what it would replace.
    private static let versionOne = schema(
        kinds: "'event', 'observation', 'correction', 'adoption'",
        withEffective: "'event', 'observation'")

    private static let versionTwo = schema(
        kinds: "'event', 'observation', 'correction', 'reading', 'adoption'",
        withEffective: "'event', 'observation', 'reading'")

    // A digest stands for its entry and for all before it, so that what was altered behind the program's back is found.
    private static let versionThree = schema(
        kinds: "'event', 'observation', 'correction', 'reading', 'adoption'",
        withEffective: "'event', 'observation', 'reading'",
        last: digests)

    // What was carried out in other systems stands in the same chain as what it follows from.
    private static let versionFour = schema(
        kinds: """
            'event', 'observation', 'correction', 'reading', 'adoption', 'run-begun', 'change-done', 'run-ended'
            """, withEffective: "'event', 'observation', 'reading'", last: digests,
        more: """
            CREATE INDEX entry_run ON entry (sequence) WHERE kind IN ('run-begun', 'run-ended');
            """)

    // What a source gave last. It may change, and no fact follows from it.
    private static let copies = """
        CREATE TABLE source_revision (
          source    TEXT PRIMARY KEY,
          revision  INTEGER NOT NULL,
          basis     BLOB
        ) STRICT;

        CREATE TABLE source_part (
          source  TEXT NOT NULL,
          part    TEXT NOT NULL,
          cookie  BLOB,
          PRIMARY KEY (source, part)
        ) STRICT;

        CREATE TABLE source_row (
          source  TEXT NOT NULL,
          part    TEXT NOT NULL,
          id      BLOB NOT NULL,
          body    BLOB NOT NULL,
          PRIMARY KEY (source, part, id)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE source_identity (
          source  TEXT NOT NULL,
          entity  TEXT NOT NULL,
          id      BLOB NOT NULL,
          PRIMARY KEY (source, entity)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE source_pending (
          source  TEXT PRIMARY KEY,
          body    BLOB NOT NULL
        ) STRICT;
        """

    private static let digests = "digest      BLOB NOT NULL CHECK (length(digest) = 32),\n  "

    private static func schema(
        kinds: String, withEffective: String, last column: String = "", more: String = ""
    ) -> String {
        """
        CREATE TABLE entry (
          sequence    INTEGER PRIMARY KEY,
          kind        TEXT NOT NULL CHECK (kind IN (\(kinds))),
          source      TEXT NOT NULL,
          recorded_at INTEGER NOT NULL,
          effective   INTEGER,
          event_id    TEXT UNIQUE,
          body        BLOB NOT NULL,
          \(column)CHECK ((kind = 'event') = (event_id IS NOT NULL)),
          CHECK ((kind IN (\(withEffective))) = (effective IS NOT NULL))
        ) STRICT;

        CREATE INDEX entry_stated_by ON entry (source, sequence) WHERE kind = 'observation';
        CREATE INDEX entry_adoption ON entry (sequence) WHERE kind = 'adoption';
        \(more)

        CREATE TRIGGER entry_comes_last BEFORE INSERT ON entry
        WHEN NEW.sequence IS NOT (SELECT coalesce(max(sequence), 0) + 1 FROM entry)
          OR EXISTS (SELECT 1 FROM entry WHERE event_id = NEW.event_id)
        BEGIN SELECT raise(ABORT, 'the ledger can only be appended to'); END;

        CREATE TRIGGER entry_is_not_changed BEFORE UPDATE ON entry
        BEGIN SELECT raise(ABORT, 'the ledger can only be appended to'); END;

        CREATE TRIGGER entry_is_not_deleted BEFORE DELETE ON entry
        BEGIN SELECT raise(ABORT, 'the ledger can only be appended to'); END;
        """
    }
}
