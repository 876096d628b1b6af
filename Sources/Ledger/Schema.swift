import GRDB

/// How the ledger lies in its SQLite file.
enum Schema {
    /// Marks the file as a ledger: `NTKL`.
    static let applicationID: UInt32 = 0x4E54_4B4C
    /// The version of the schema that this program makes and knows.
    static let version = 1

    /// Leads from every earlier version to the present one.
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1: entries") { database in
            try database.execute(sql: versionOne)
            try database.execute(sql: "PRAGMA application_id = \(applicationID)")
            try database.execute(sql: "PRAGMA user_version = 1")
        }
        return migrator
    }

    // INVARIANT: sequences run from 1 without a gap, and an entry stays as it was written. REPLACE would
    // delete without telling the trigger on DELETE, so the one on INSERT refuses what it would replace.
    private static let versionOne = """
        CREATE TABLE entry (
          sequence    INTEGER PRIMARY KEY,
          kind        TEXT NOT NULL CHECK (kind IN ('event', 'observation', 'correction', 'adoption')),
          source      TEXT NOT NULL,
          recorded_at INTEGER NOT NULL,
          effective   INTEGER,
          event_id    TEXT UNIQUE,
          body        BLOB NOT NULL,
          CHECK ((kind = 'event') = (event_id IS NOT NULL)),
          CHECK ((kind IN ('event', 'observation')) = (effective IS NOT NULL))
        ) STRICT;

        CREATE INDEX entry_stated_by ON entry (source, sequence) WHERE kind = 'observation';
        CREATE INDEX entry_adoption ON entry (sequence) WHERE kind = 'adoption';

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
