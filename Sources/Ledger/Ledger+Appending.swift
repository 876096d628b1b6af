package import Facts
import Foundation
import GRDB

extension Ledger {
    /// Appends entries, all or none.
    ///
    /// An event whose id is in the ledger already is left out and counted where it says the same, and
    /// refuses the whole append where it does not.
    ///
    /// - Parameters:
    ///   - contents: what to append, in order.
    ///   - recordedAt: the present.
    ///   - change: what changes, in the same transaction, in the copy of the source that they come from.
    /// - Returns: what became of them.
    /// - Throws: `.idUsedBefore`, `.tooLarge`, `.locked`, `.diskFull`; then nothing was stored.
    /// - Complexity: each entry costs a search that is logarithmic in the size of the ledger.
    package func append(
        _ contents: [NewEntry], recordedAt: Instant, keeping change: SourceCopyChange? = nil
    ) throws(LedgerError) -> AppendResult {
        do {
            return try write { database in
                try Ledger.append(contents, recordedAt: recordedAt, keeping: change, to: database)
            }
        } catch {
            throw LedgerError(error, path: path)
        }
    }

    /// Appends what `make` makes of the entries there are, with no other writer in between.
    ///
    /// - Parameters:
    ///   - recordedAt: the present.
    ///   - change: what changes, in the same transaction, in the copy of the source that the entries come from.
    ///   - sequence: the last entry that the caller knows.
    ///   - make: given all entries after that one, gives those to append; must not use the ledger.
    /// - Returns: what became of them.
    /// - Throws: what `make` throws, as it is, or a `LedgerError`; then nothing was stored.
    /// - Complexity: linear in the entries after the one known.
    package func append(
        recordedAt: Instant, keeping change: SourceCopyChange? = nil, after sequence: Int64 = 0,
        _ make: ([LedgerEntry]) throws -> [NewEntry]
    ) throws -> AppendResult {
        var refusal: (any Error)?
        do {
            return try write { database in
                let known = try Ledger.entries(database, after: sequence, knownAt: nil)
                let contents: [NewEntry]
                do {
                    contents = try make(known)
                } catch {
                    refusal = error
                    throw error
                }
                return try Ledger.append(
                    contents, recordedAt: recordedAt, keeping: change, to: database)
            }
        } catch {
            throw refusal ?? LedgerError(error, path: path)
        }
    }

    /// Records that a policy comes into force.
    ///
    /// - Returns: the entry's sequence.
    /// - Throws: as appending does.
    package func adopt(_ adoption: Adoption, recordedAt: Instant) throws(LedgerError) -> Int64 {
        do {
            return try write { database in
                let head = try Ledger.head(database)
                let entry = StoredForm(
                    sequence: head.sequence + 1, kind: "adoption", source: adoption.source,
                    recordedAt: try Ledger.notBefore(recordedAt, in: database),
                    body: try AdoptionBody(adoption).encodedBody())
                return try Ledger.insert(entry, after: head, into: database).sequence
            }
        } catch {
            throw LedgerError(error, path: path)
        }
    }

    // MARK: Within a transaction

    static func lastSequence(_ database: Database) throws -> Int64 {
        let row = try Row.fetchOne(database, sql: "SELECT coalesce(max(sequence), 0) FROM entry")
        guard let row, let last = Int64.fromDatabaseValue(row[0]) else {
            throw LedgerError.corrupt(.file)
        }
        return last
    }

    static func entries(
        _ database: Database, after first: Int64 = 0, knownAt sequence: Int64?
    ) throws -> [LedgerEntry] {
        var entries: [LedgerEntry] = []
        var last = first
        let rows = try Row.fetchCursor(
            database,
            sql: """
                SELECT \(StoredEntry.columns) FROM entry
                WHERE sequence > ? AND sequence <= ? ORDER BY sequence
                """,
            arguments: [first, sequence ?? .max])
        while let row = try rows.next() {
            // What is no fact is not wanted here, but its sequence counts.
            let kind = String.fromDatabaseValue(row[1]).flatMap(StoredEntry.Kind.init)
            let sequence = Int64.fromDatabaseValue(row[0]) ?? 0
            guard sequence == last + 1 else { throw LedgerError.corrupt(.gap(before: sequence)) }
            last = sequence
            if kind?.isFact == false { continue }
            if let entry = try StoredEntry(row).ledgerEntry { entries.append(entry) }
        }
        return entries
    }

    static func adoption(
        _ database: Database, knownAt sequence: Int64?
    ) throws -> (sequence: Int64, adoption: Adoption)? {
        let row = try Row.fetchOne(
            database,
            sql: """
                SELECT \(StoredEntry.columns) FROM entry
                WHERE kind = 'adoption' AND sequence <= ? ORDER BY sequence DESC LIMIT 1
                """, arguments: [sequence ?? .max])
        guard let entry = try row.map(StoredEntry.init),
            case .adoption(let adoption) = entry.content
        else { return nil }
        return (entry.sequence, adoption)
    }

    static func event(_ database: Database, id: String) throws -> LedgerEntry? {
        let statement = try database.cachedStatement(
            sql: "SELECT \(StoredEntry.columns) FROM entry WHERE event_id = ?")
        return try Row.fetchOne(statement, arguments: [id.inNFC])
            .flatMap { try StoredEntry($0).ledgerEntry }
    }

    private static func append(
        _ contents: [NewEntry], recordedAt: Instant, keeping change: SourceCopyChange?,
        to database: Database
    ) throws -> AppendResult {
        let recordedAt = try notBefore(recordedAt, in: database)
        let first = try head(database)
        var last = first
        var repeated = 0
        for entry in contents {
            if case .event(let event) = entry.content,
                let known = try Ledger.event(database, id: event.id)
            {
                guard known.content == .event(event) else {
                    throw LedgerError.idUsedBefore(event.id)
                }
                repeated += 1
                continue
            }
            let stored = StoredForm(
                entry, sequence: last.sequence + 1, recordedAt: recordedAt)
            last = try insert(stored, after: last, into: database)
        }
        try forgetBasis(of: contents, besides: change?.source, in: database)
        if let change { try keep(change, in: database) }
        return AppendResult(
            sequences: last.sequence > first.sequence
                ? first.sequence + 1...last.sequence : nil, repeated: repeated,
            lastSequence: last.sequence)
    }

    /// An instant, or that of the last entry where a clock has been set back: time doesn't go backwards in a ledger.
    static func notBefore(_ instant: Instant, in database: Database) throws -> Instant {
        let last = try Int64.fetchOne(
            database, sql: "SELECT recorded_at FROM entry ORDER BY sequence DESC LIMIT 1")
        return last.map { max(instant, Instant(secondsSinceEpoch: $0)) } ?? instant
    }

    /// Stores an entry; gives the ledger's head from then on.
    static func insert(
        _ entry: StoredForm, after head: LedgerHead, into database: Database
    ) throws -> LedgerHead {
        guard entry.body.count <= mostBytesPerEntry else {
            throw LedgerError.tooLarge(mostBytes: mostBytesPerEntry)
        }
        let statement = try database.cachedStatement(
            sql:
                "INSERT INTO entry (\(StoredEntry.columns), digest) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
        )
        let digest = head.digest.followed(by: entry)
        try statement.execute(arguments: entry.arguments + [digest.bytes])
        return LedgerHead(sequence: entry.sequence, digest: digest)
    }
}

extension StoredForm {
    /// What the columns of `StoredEntry.columns` are set to.
    var arguments: StatementArguments {
        [sequence, kind, source, recordedAt, effective, eventID, body]
    }

    init(
        sequence: Int64, kind: String, source: String, recordedAt: Instant,
        effective: Instant? = nil, eventID: String? = nil, body: Data
    ) {
        self.init(
            sequence: sequence, kind: kind, source: source.inNFC,
            recordedAt: recordedAt.secondsSinceEpoch, effective: effective?.secondsSinceEpoch,
            eventID: eventID?.inNFC, body: body)
    }

    fileprivate init(_ entry: NewEntry, sequence: Int64, recordedAt: Instant) {
        let (kind, effective, eventID): (String, Instant?, String?) =
            switch entry.content {
            case .event(let event): ("event", event.effective, event.id)
            case .observation(let observation): ("observation", observation.effective, nil)
            case .correction: ("correction", nil, nil)
            case .reading(let instant): ("reading", instant, nil)
            }
        self.init(
            sequence: sequence, kind: kind, source: entry.source, recordedAt: recordedAt,
            effective: effective, eventID: eventID, body: BodyWriter.body(of: entry.content))
    }
}
