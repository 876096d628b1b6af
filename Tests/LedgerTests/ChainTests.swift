import Crypto
import Facts
import Foundation
import GRDB
import Ledger
import TestSupport
import Testing

@Suite("The chain of a ledger's entries")
struct ChainTests {
    private let folder: TemporaryFolder
    private let path: String
    /// What was exported of the ledger of ten entries.
    private let head: LedgerHead

    init() throws {
        folder = try TemporaryFolder()
        path = folder.path("test.ledger")
        let ledger = try Ledger.open(at: path, create: true)
        _ = try ledger.append(
            (1...10).map { Samples.event("e\($0)") }, recordedAt: Samples.now)
        head = try ledger.head()
    }

    /// Changes the file as somebody would who has a hold of it.
    private func forge(_ statements: String...) throws {
        let database = try DatabaseQueue(path: path)
        try database.write { database in
            let triggers = try Row.fetchAll(
                database, sql: "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            for trigger in triggers {
                try database.execute(sql: "DROP TRIGGER \(trigger[0] as String)")
            }
            for sql in statements { try database.execute(sql: sql) }
            for trigger in triggers { try database.execute(sql: trigger[1] as String) }
        }
        try database.close()
    }

    private func faults(since head: LedgerHead? = nil) throws -> [ChainFault] {
        try Ledger.open(at: path, create: false).faults(since: head).faults
    }

    /// Writes the digests anew, as a forger would who knows how.
    private func chainAnew() throws {
        let database = try DatabaseQueue(path: path)
        try database.write { database in
            try database.execute(sql: "DROP TRIGGER entry_is_not_changed")
            defer { try? database.execute(sql: Self.trigger) }
            var digest = Data(repeating: 0, count: 32)
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT sequence, kind, source, recorded_at, effective, event_id, body FROM entry
                    ORDER BY sequence
                    """)
            for row in rows {
                digest = Data(SHA256.hash(data: digest + Self.form(row)))
                try database.execute(
                    sql: "UPDATE entry SET digest = ? WHERE sequence = ?",
                    arguments: [digest, row[0] as Int64])
            }
        }
        try database.close()
    }

    private static let trigger = """
        CREATE TRIGGER entry_is_not_changed BEFORE UPDATE ON entry
        BEGIN SELECT raise(ABORT, 'the ledger can only be appended to'); END
        """

    /// The form that `docs/ledger.md` describes, written down a second time.
    private static func form(_ row: Row) -> Data {
        func number(_ number: Int64) -> Data {
            Data((0..<8).map { place in UInt8(truncatingIfNeeded: number >> (56 - 8 * place)) })
        }
        func bytes(_ bytes: Data) -> Data { number(Int64(bytes.count)) + bytes }
        func text(_ text: String) -> Data { bytes(Data(text.utf8)) }
        let effective: Int64? = row[4]
        let id: String? = row[5]
        var form = number(row[0])
        form += text(row[1])
        form += text(row[2])
        form += number(row[3])
        form += effective.map { Data([1]) + number($0) } ?? Data([0])
        form += id.map { Data([1]) + text($0) } ?? Data([0])
        form += bytes(row[6])
        return form
    }

    @Test("is whole as written, and goes on")
    func isWhole() throws {
        #expect(try faults() == [])
        #expect(try faults(since: head) == [])
        let ledger = try Ledger.open(at: path, create: false)
        _ = try ledger.append([Samples.event("e11")], recordedAt: Samples.now)
        _ = try ledger.append([Samples.observation("sato", nil)], recordedAt: Samples.now)
        #expect(try ledger.faults(since: head).faults == [])
        #expect(try ledger.head().sequence == 12)
        #expect(try ledger.head() != head)
    }

    @Test("is what the documentation says")
    func isDocumented() throws {
        let before = try Ledger.open(at: path, create: false).head()
        try forge()
        try chainAnew()
        #expect(try Ledger.open(at: path, create: false).head() == before)
    }

    @Test(
        "tells which entry was altered",
        arguments: [
            (
                "UPDATE entry SET body = CAST(replace(body, 'transferred', 'transferree') AS BLOB) WHERE sequence = 4",
                4
            ),
            ("UPDATE entry SET source = 'hR' WHERE sequence = 1", 1),
            ("UPDATE entry SET recorded_at = recorded_at + 1 WHERE sequence = 10", 10),
            ("UPDATE entry SET effective = effective - 1 WHERE sequence = 7", 7),
            ("UPDATE entry SET event_id = 'other' WHERE sequence = 2", 2),
            ("UPDATE entry SET digest = zeroblob(32) WHERE sequence = 10", 10),
        ] as [(String, Int64)])
    func tellsAltered(sql: String, sequence: Int64) throws {
        try forge(sql)
        #expect(try faults() == [.altered(sequence)])
    }

    @Test("tells what is missing, and what was put in another's place")
    func tellsMissing() throws {
        try forge("DELETE FROM entry WHERE sequence IN (3, 4, 8)")
        #expect(try faults() == [.missing(3...4), .missing(8...8)])
        try forge(
            "UPDATE entry SET sequence = 100 WHERE sequence = 5",
            "UPDATE entry SET sequence = 5 WHERE sequence = 6",
            "UPDATE entry SET sequence = 6 WHERE sequence = 100")
        #expect(
            try faults() == [.missing(3...4), .altered(6), .altered(7), .missing(8...8)])
    }

    @Test("tells a cut tail and a rewritten whole by a head that was exported")
    func tellsByHead() throws {
        try forge("DELETE FROM entry WHERE sequence > 8")
        #expect(try faults() == [])
        #expect(try faults(since: head) == [.cut(last: 8, head: 10)])
        try forge("DELETE FROM entry WHERE sequence = 1")
        #expect(try faults(since: head) == [.missing(1...1), .cut(last: 8, head: 10)])
    }

    @Test("tells what was written anew with all its digests")
    func tellsRewritten() throws {
        try forge("UPDATE entry SET effective = effective - 1 WHERE sequence = 2")
        try chainAnew()
        #expect(try faults() == [])
        #expect(try faults(since: head) == [.rewritten(upTo: 10)])
    }

    @Test("has heads that are read again from their text")
    func headsAsText() throws {
        #expect(LedgerHead("\(head)\n") == head)
        #expect(head.description.hasPrefix("10 "))
        let digest = head.digest.description
        for text in [
            "", "10", "10 ", "x \(digest)", "-1 \(digest)", "10 \(digest)0",
            "10 \(digest.dropLast())",
            "10 \(digest.uppercased())", "10 \(digest) more",
        ] where text != "10 \(digest)" {
            #expect(LedgerHead(text) == nil, "\(text)")
        }
        let empty = try Ledger.open(at: folder.path("empty"), create: true)
        #expect(try empty.head().description == "0 " + String(repeating: "0", count: 64))
        #expect(try empty.faults(since: empty.head()).faults == [])
        #expect(try empty.faults(since: head).faults == [.cut(last: 0, head: 10)])
    }

    @Test(
        "tells what is there and isn't found",
        arguments: [
            "UPDATE entry SET source = source || char(0) WHERE sequence = 4",
            "UPDATE entry SET event_id = event_id || char(0) WHERE sequence = 4",
            "UPDATE entry SET event_id = NULL, kind = 'correction', effective = NULL WHERE sequence = 4",
        ])
    func tellsHidden(sql: String) throws {
        try forge(sql)
        #expect(try faults(since: head).contains(.altered(4)))
    }

    @Test("tells what comes before the first entry")
    func tellsBeforeTheFirst() throws {
        try forge(
            "INSERT INTO entry VALUES (0, 'correction', 's', 0, NULL, NULL, x'', zeroblob(32))",
            """
            INSERT INTO entry
            VALUES (-9223372036854775808, 'correction', 's', 0, NULL, NULL, x'', zeroblob(32))
            """)
        #expect(try faults(since: head) == [.altered(.min), .altered(0)])
    }

    @Test(
        "tells tables, indices and triggers that are not a ledger's",
        arguments: [
            "DROP TRIGGER entry_is_not_deleted", "DROP INDEX entry_adoption",
            "CREATE TABLE more (x)",
        ])
    func tellsStructure(sql: String) throws {
        let database = try DatabaseQueue(path: path)
        try database.write { try $0.execute(sql: sql) }
        try database.close()
        #expect(try faults(since: head) == [.structure])
    }
}
