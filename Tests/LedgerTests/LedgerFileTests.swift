import Facts
import Foundation
import GRDB
import Ledger
import TestSupport
import Testing

@Suite("The ledger's file")
struct LedgerFileTests {
    private let folder: TemporaryFolder
    private let path: String

    init() throws {
        folder = try TemporaryFolder()
        path = folder.path("test.ledger")
    }

    /// A closed ledger of some entries, in one file.
    private func closedLedger(entries count: Int = 200) throws -> [UInt8] {
        _ = try Ledger.open(at: path, create: true).append(
            (1...count).map { Samples.event("e\($0)") }, recordedAt: Samples.now)
        #expect(try folder.names() == ["test.ledger"])
        return try folder.read("test.ledger")
    }

    private func permissions(_ name: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: folder.path(name))[.posixPermissions]
            as? Int
    }

    @Test("is for its owner alone, and so is what stands beside it")
    func ownersOnly() throws {
        let ledger = try Ledger.open(at: path, create: true)
        _ = try ledger.append([Samples.event("e1")], recordedAt: Samples.now)
        #expect(try folder.names() == ["test.ledger", "test.ledger-shm", "test.ledger-wal"])
        for name in try folder.names() { #expect(try permissions(name) == 0o600, "\(name)") }
    }

    @Test("is made only where that was asked for")
    func create() throws {
        #expect {
            try Ledger.open(at: path, create: false)
        } throws: { error in
            guard case .cannotOpen(path, _) = error as? LedgerError else { return false }
            return true
        }
        #expect(try folder.names() == [])
        #expect(throws: LedgerError.self) {
            try Ledger.open(at: folder.path("nowhere/test.ledger"), create: true)
        }
        _ = try closedLedger(entries: 3)
        #expect(try Ledger.open(at: path, create: false).lastSequence() == 3)
        #expect(try Ledger.open(at: path, create: true).lastSequence() == 3)
    }

    @Test("that is something else is refused, and left as it was")
    func notALedger() throws {
        let database = try DatabaseQueue(path: folder.path("sqlite"))
        try database.write { try $0.execute(sql: "CREATE TABLE entry (sequence INTEGER)") }
        try database.close()
        var random = SplitMix64(seed: 3)
        let noise = (0..<5_000).map { _ in UInt8.random(in: 0...255, using: &random) }
        _ = try folder.write([], to: "empty")
        _ = try folder.write(noise, to: "noise")
        _ = try folder.write(Array("SQLite format 3\0".utf8) + noise, to: "half")
        _ = try folder.write(Array("SQLite format 3\0".utf8), to: "short")
        let names = try folder.names()
        for name in names {
            let before = try folder.read(name)
            for create in [false, true] {
                #expect(throws: LedgerError.notALedger(path: folder.path(name))) {
                    try Ledger.open(at: folder.path(name), create: create)
                }
            }
            #expect(try folder.read(name) == before)
        }
        #expect(try folder.names() == names, "nothing is left beside them")
        #expect(throws: LedgerError.self) { try Ledger.open(at: folder.path(""), create: true) }
    }

    @Test("of a later version is refused")
    func newerSchema() throws {
        _ = try closedLedger()
        let database = try DatabaseQueue(path: path)
        try database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA user_version = 7") }
        try database.close()
        #expect(throws: LedgerError.newerSchema(found: 7, known: 6)) {
            try Ledger.open(at: path, create: false)
        }
    }

    @Test("of a later version is refused too where only the log beside it says so")
    func newerSchemaInLog() throws {
        _ = try closedLedger()
        let database = try DatabasePool(path: path)
        try database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA user_version = 7") }
        #expect(try folder.read("test.ledger")[60..<64] == [0, 0, 0, 6])
        #expect(throws: LedgerError.newerSchema(found: 7, known: 6)) {
            try Ledger.open(at: path, create: false)
        }
        try database.close()
    }

    @Test("that was cut off is refused, wherever")
    func truncated() throws {
        let bytes = try closedLedger()
        #expect(bytes.count > 20_000)
        for length in stride(from: 0, to: bytes.count, by: 509) {
            let path = try folder.write(bytes[..<length], to: "cut")
            #expect {
                _ = try Ledger.open(at: path, create: false).entries()
            } throws: { error in
                switch error as? LedgerError {
                case .notALedger, .corrupt: true
                default: false
                }
            }
            for name in try folder.names() where name.hasPrefix("cut") {
                try FileManager.default.removeItem(atPath: folder.path(name))
            }
        }
    }

    @Test("with a byte changed is refused, or still gives every entry")
    func changed() throws {
        let bytes = try closedLedger(entries: 60)
        var random = SplitMix64(seed: 5)
        var refused = 0
        for _ in 0..<150 {
            var changed = bytes
            let place = Int.random(in: 100..<changed.count, using: &random)
            changed[place] ^= UInt8.random(in: 1...255, using: &random)
            let path = try folder.write(changed, to: "changed")
            do {
                #expect(try Ledger.open(at: path, create: false).entries().count == 60)
            } catch {
                refused += 1
                if case .idUsedBefore = error { Issue.record("\(error)") }
            }
            for name in try folder.names() where name.hasPrefix("changed") {
                try FileManager.default.removeItem(atPath: folder.path(name))
            }
        }
        #expect(refused > 5)
    }

    @Test(
        "with an entry that is not ours is damaged, and says which",
        arguments: [
            "not json", "{}", #"{"fields":{},"name":"x","more":1}"#, #"{"fields":{}}"#,
            #"{"fields":{"a":1},"name":"x"}"#, #"{"fields":{"a":{}},"name":"x"}"#,
            #"{"fields":{"a":{"integer":1,"text":"x"}},"name":"x"}"#,
            #"{"fields":{"a":{"integer":9223372036854775808}},"name":"x"}"#,
            #"{"fields":{"a":{"boolean":1}},"name":"x"}"#,
            #"{"fields":{"a":{"entity":["x"]}},"name":"x"}"#,
            #"{"fields":{"a":{"set":[{"integer":1},{"integer":1}]}},"name":"x"}"#,
            #"{"fields":{"a":{"float":1.5}},"name":"x"}"#,
        ])
    func foreignBody(body: String) throws {
        _ = try closedLedger(entries: 1)
        let database = try DatabaseQueue(path: path)
        try database.write { database in
            try database.execute(
                sql: "INSERT INTO entry VALUES (2, 'event', 's', 0, 0, 'x', ?, zeroblob(32))",
                arguments: [Data(body.utf8)])
        }
        try database.close()
        let ledger = try Ledger.open(at: path, create: false)
        #expect(throws: LedgerError.corrupt(.entry(2))) { try ledger.entries() }
        #expect(try ledger.entries(knownAt: 1).count == 1)
        #expect(throws: LedgerError.corrupt(.entry(2))) {
            try ledger.append([Samples.event("x")], recordedAt: Samples.now)
        }
    }

    @Test(
        "refuses, by itself, to change or lose an entry",
        arguments: [
            "UPDATE entry SET source = 'x'", "UPDATE entry SET sequence = 9 WHERE sequence = 1",
            "UPDATE OR REPLACE entry SET sequence = 1 WHERE sequence = 2", "DELETE FROM entry",
            "DELETE FROM entry WHERE sequence = 2",
            "REPLACE INTO entry VALUES (1, 'event', 's', 0, 0, 'x', x'', zeroblob(32))",
            "REPLACE INTO entry VALUES (3, 'event', 's', 0, 0, 'e1', x'', zeroblob(32))",
            "INSERT OR REPLACE INTO entry VALUES (2, 'correction', 's', 0, NULL, NULL, x'', zeroblob(32))",
            "INSERT INTO entry VALUES (4, 'correction', 's', 0, NULL, NULL, x'', zeroblob(32))",
            "INSERT INTO entry VALUES (NULL, 'correction', 's', 0, NULL, NULL, x'', zeroblob(32))",
            "INSERT INTO entry VALUES (-1, 'correction', 's', 0, NULL, NULL, x'', zeroblob(32))",
            "INSERT INTO entry VALUES (3, 'rumour', 's', 0, NULL, NULL, x'', zeroblob(32))",
            "INSERT INTO entry VALUES (3, 'event', 's', 0, 0, NULL, x'', zeroblob(32))",
            "INSERT INTO entry VALUES (3, 'event', 's', 0, NULL, 'x', x'', zeroblob(32))",
            "INSERT INTO entry VALUES (3, 'correction', 's', 'now', NULL, NULL, x'', zeroblob(32))",
            "INSERT INTO entry VALUES (3, 'correction', 's', 0, NULL, NULL, x'', NULL)",
            "INSERT INTO entry VALUES (3, 'correction', 's', 0, NULL, NULL, x'', zeroblob(31))",
        ])
    func appendOnly(sql: String) throws {
        _ = try closedLedger(entries: 2)
        let database = try DatabaseQueue(path: path)
        #expect {
            try database.write { try $0.execute(sql: sql) }
        } throws: { error in
            (error as? DatabaseError)?.resultCode == .SQLITE_CONSTRAINT
        }
        try database.write { database in
            // The control: what follows the last entry is taken.
            try database.execute(
                sql:
                    "INSERT INTO entry VALUES (3, 'correction', 's', 0, NULL, NULL, x'', zeroblob(32))"
            )
            #expect(try Int.fetchOne(database, sql: "SELECT count(*) FROM entry") == 3)
        }
    }

    @Test("a gap is damage")
    func gap() throws {
        _ = try closedLedger(entries: 3)
        let database = try DatabaseQueue(path: path)
        try database.write { database in
            try database.execute(sql: "DROP TRIGGER entry_is_not_deleted")
            try database.execute(sql: "DELETE FROM entry WHERE sequence = 2")
        }
        try database.close()
        let ledger = try Ledger.open(at: path, create: false)
        #expect(throws: LedgerError.corrupt(.gap(before: 3))) { try ledger.entries() }
    }
}
