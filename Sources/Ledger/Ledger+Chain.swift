import Foundation
import GRDB

/// A way in which a ledger is not what was recorded.
package enum ChainFault: Hashable, Sendable {
    /// The entry, or its digest, is not what was recorded.
    case altered(Int64)
    /// The file's tables, indices or triggers are not those of a ledger, or contradict each other, so that entries can be
    /// there and not be found.
    case structure
    /// Entries are missing, from the first sequence to the last.
    case missing(ClosedRange<Int64>)
    /// The ledger ends before the entry that an exported head stands for.
    case cut(last: Int64, head: Int64)
    /// The ledger hangs together, and yet is not the one that the head was exported from: something up to its entry was
    /// recorded anew.
    case rewritten(upTo: Int64)
}

extension Ledger {
    /// The last entry, and what stands for all of the ledger: for keeping elsewhere, out of reach of whoever can write the
    /// ledger's file.
    ///
    /// - Complexity: O(1).
    package func head() throws(LedgerError) -> LedgerHead {
        try read { try Ledger.head($0) }
    }

    /// Looks at every entry, whether it is what was recorded.
    ///
    /// What is altered is told by the digests that entries have; whoever can write the file can also write these anew from the
    /// first change on, which only an exported head tells.
    ///
    /// - Parameters:
    ///   - head: one that was exported earlier.
    ///   - most: how many faults are told at most.
    /// - Returns: what is wrong, in order of sequence; empty where all is as recorded. And the last sequence looked at, with
    ///   the digest that stands for all up to it.
    /// - Throws: `.corrupt` where SQLite can't read the file.
    /// - Complexity: linear in the size of the ledger; it is read row by row.
    package func faults(
        since head: LedgerHead? = nil, most: Int = 100
    ) throws(LedgerError) -> (faults: [ChainFault], last: LedgerHead) {
        try read { database in
            var faults: [ChainFault] = try Schema.isWhole(database) ? [] : [.structure]
            var last: Int64 = 0
            var digest = EntryDigest.beginning
            var digestAtHead = head?.sequence == 0 ? EntryDigest.beginning : nil
            let rows = try Row.fetchCursor(
                database,
                sql: "SELECT \(StoredForm.columns), digest FROM entry NOT INDEXED ORDER BY sequence"
            )
            while let row = try rows.next(), faults.count < most {
                guard let sequence = Int64.fromDatabaseValue(row[0]) else {
                    throw LedgerError.corrupt(.file)
                }
                // One that comes before the first, or a second time.
                guard sequence > last else {
                    faults.append(.altered(sequence))
                    continue
                }
                if sequence > last + 1 { faults.append(.missing(last + 1...sequence - 1)) }
                let stored = Data.fromDatabaseValue(row[8]).flatMap(EntryDigest.init(stored:))
                let expected = StoredForm(row).map { digest.followed(by: $0) }
                // After what is missing nothing can be said of the one entry that followed it.
                if expected == nil || stored == nil
                    || (expected != stored && sequence == last + 1)
                {
                    faults.append(.altered(sequence))
                }
                last = sequence
                // What comes next followed what was recorded here.
                digest = stored ?? expected ?? digest
                if sequence == head?.sequence { digestAtHead = digest }
            }
            let found = LedgerHead(sequence: last, digest: digest)
            guard let head, faults.count < most else { return (faults, found) }
            if last < head.sequence {
                faults.append(.cut(last: last, head: head.sequence))
            } else if digestAtHead != head.digest {
                faults.append(.rewritten(upTo: head.sequence))
            }
            return (faults, found)
        }
    }

    // MARK: Within a transaction

    static func head(_ database: Database) throws -> LedgerHead {
        let row = try Row.fetchOne(
            database, sql: "SELECT sequence, digest FROM entry ORDER BY sequence DESC LIMIT 1")
        guard let row else { return LedgerHead(sequence: 0, digest: .beginning) }
        guard let sequence = Int64.fromDatabaseValue(row[0]) else {
            throw LedgerError.corrupt(.file)
        }
        guard let digest = Data.fromDatabaseValue(row[1]).flatMap(EntryDigest.init(stored:)) else {
            throw LedgerError.corrupt(.entry(sequence))
        }
        return LedgerHead(sequence: sequence, digest: digest)
    }
}

extension StoredForm {
    /// What `init` reads: the columns of an entry, texts as the bytes that are stored.
    ///
    /// SQLite's own functions on texts, and those who read by them, see nothing behind a NUL.
    static let columns = """
        sequence, CAST(kind AS BLOB), CAST(source AS BLOB), recorded_at, effective,
        CAST(event_id AS BLOB), body,
        typeof(kind) || typeof(source) || typeof(recorded_at) || typeof(body)
        """

    /// The columns, and their types, of a row; nil where they are none of an entry's.
    init?(_ row: Row) {
        func text(_ column: Int) -> String? {
            guard let bytes = Data.fromDatabaseValue(row[column]), !bytes.contains(0) else {
                return nil
            }
            return String(validating: bytes, as: UTF8.self)
        }
        guard let sequence = Int64.fromDatabaseValue(row[0]), let kind = text(1),
            let source = text(2), let recordedAt = Int64.fromDatabaseValue(row[3]),
            let body = Data.fromDatabaseValue(row[6]),
            String.fromDatabaseValue(row[7]) == "texttextintegerblob"
        else { return nil }
        let (effective, eventID): (DatabaseValue, DatabaseValue) = (row[4], row[5])
        guard effective.isNull || Int64.fromDatabaseValue(effective) != nil,
            eventID.isNull || text(5) != nil
        else { return nil }
        self.init(
            sequence: sequence, kind: kind, source: source, recordedAt: recordedAt,
            effective: Int64.fromDatabaseValue(effective), eventID: text(5), body: body)
    }
}
