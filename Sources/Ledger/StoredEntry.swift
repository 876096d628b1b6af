import Facts
import Foundation
import GRDB

/// A row of the table `entry`, read without trust: a file can be damaged in ways SQLite doesn't notice.
struct StoredEntry {
    /// What the column `kind` may hold.
    enum Kind: String {
        case event, observation, correction, reading, adoption
        case runBegun = "run-begun"
        case changeDone = "change-done"
        case runEnded = "run-ended"

        /// Whether facts are folded from entries of the kind.
        var isFact: Bool {
            switch self {
            case .event, .observation, .correction, .reading: true
            case .adoption, .runBegun, .changeDone, .runEnded: false
            }
        }
    }

    /// The columns that `init` reads, in its order.
    static let columns = "sequence, kind, source, recorded_at, effective, event_id, body"

    let sequence: Int64
    let recordedAt: Instant
    let source: String
    let content: JournalLine.Content

    init(_ row: Row) throws {
        guard let sequence = Int64.fromDatabaseValue(row[0]) else {
            throw LedgerError.corrupt(.file)
        }
        self.sequence = sequence
        do {
            guard let kind = String.fromDatabaseValue(row[1]).flatMap(Kind.init),
                let source = String.fromDatabaseValue(row[2]),
                let recordedAt = Int64.fromDatabaseValue(row[3]),
                let body = Data.fromDatabaseValue(row[6])
            else { throw MalformedBody() }
            self.source = source
            self.recordedAt = Instant(secondsSinceEpoch: recordedAt)
            content = try StoredEntry.content(
                kind: kind, source: source,
                effective: Int64.fromDatabaseValue(row[4]).map(Instant.init(secondsSinceEpoch:)),
                eventID: String.fromDatabaseValue(row[5]), body: body)
        } catch {
            throw LedgerError.corrupt(.entry(sequence))
        }
    }

    /// The entry that facts are folded from; nil where it is no fact.
    var ledgerEntry: LedgerEntry? {
        guard case .fact(let content) = content else { return nil }
        return LedgerEntry(sequence: sequence, source: source, content: content)
    }

    var journalLine: JournalLine {
        JournalLine(
            sequence: sequence, recordedAt: recordedAt, source: source, content: content)
    }

    private static func content(
        kind: Kind, source: String, effective: Instant?, eventID: String?, body: Data
    ) throws -> JournalLine.Content {
        let decoder = BodyJSON.decoder
        var reader = BodyReader(body)
        switch (kind, effective, eventID) {
        case (.event, let effective?, let id?):
            return .fact(.event(try reader.event(id: id, effective: effective)))
        case (.observation, let effective?, nil):
            return .fact(.observation(try reader.observation(effective: effective)))
        case (.correction, nil, nil):
            return .fact(.correction(voiding: try reader.voidedID()))
        case (.reading, let effective?, nil):
            try reader.nothing()
            return .fact(.reading(at: effective))
        case (.adoption, nil, nil):
            return .adoption(
                try decoder.decode(AdoptionBody.self, from: body).adoption(source: source))
        case (.runBegun, nil, nil):
            return .enforcement(try decoder.decode(RunBegunBody.self, from: body).record)
        case (.changeDone, nil, nil):
            return .enforcement(try decoder.decode(ChangeDoneBody.self, from: body).record)
        case (.runEnded, nil, nil):
            return .enforcement(try decoder.decode(RunEndedBody.self, from: body).record)
        default: throw MalformedBody()
        }
    }
}
