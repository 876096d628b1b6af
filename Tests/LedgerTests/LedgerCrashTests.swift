import Facts
import Foundation
import GRDB
import Ledger
import TestSupport
import Testing

@Suite("The ledger under crashes and crowds")
struct LedgerCrashTests {
    private let folder: TemporaryFolder
    private let path: String

    init() throws {
        folder = try TemporaryFolder()
        path = folder.path("test.ledger")
    }

    /// What a crash would leave: the file and its log, as they are on the disk now.
    private func copy(logBytes: Int? = nil) throws -> (TemporaryFolder, String) {
        let copy = try TemporaryFolder()
        let log = try folder.read("test.ledger-wal")
        _ = try copy.write(log[..<(logBytes ?? log.count)], to: "test.ledger-wal")
        return (copy, try copy.write(try folder.read("test.ledger"), to: "test.ledger"))
    }

    @Test("loses nothing acknowledged")
    func acknowledged() throws {
        let ledger = try Ledger.open(at: path, create: true)
        for number in 1...20 {
            _ = try ledger.append([Samples.event("e\(number)")], recordedAt: Samples.now)
            let (copy, path) = try copy()
            let survivors = try Ledger.open(at: path, create: false).entries()
            #expect(try survivors == ledger.entries())
            #expect(survivors.count == number)
            #expect(try copy.names() == ["test.ledger"])
        }
    }

    @Test("leaves nothing half done, wherever its log ends")
    func logCutOff() throws {
        let ledger = try Ledger.open(at: path, create: true)
        for number in 0..<10 {
            let batch = (0..<7).map { Samples.event("e\(number)-\($0)") }
            _ = try ledger.append(batch, recordedAt: Samples.now)
        }
        let length = try folder.read("test.ledger-wal").count
        var counts: Set<Int> = []
        for logBytes in stride(from: 0, through: length, by: 1_021) {
            let (copy, path) = try copy(logBytes: logBytes)
            let survivor = try Ledger.open(at: path, create: false)
            let count = try survivor.entries().count
            #expect(count % 7 == 0, "\(logBytes) bytes of the log gave \(count) entries")
            counts.insert(count)
            withExtendedLifetime(copy) {}
        }
        #expect(counts.count > 5)
        #expect(counts.contains(0))
    }

    @Test("does not show what was never committed")
    func uncommitted() throws {
        let ledger = try Ledger.open(at: path, create: true)
        _ = try ledger.append([Samples.event("e1")], recordedAt: Samples.now)
        let before = try folder.read("test.ledger-wal").count
        let writer = try DatabaseQueue(path: path)
        try writer.writeWithoutTransaction { database in
            // So little room that what is written spills into the log before it is committed.
            try database.execute(sql: "PRAGMA cache_size = 5")
            try database.execute(sql: "BEGIN IMMEDIATE")
            for sequence in 2...200 {
                try database.execute(
                    sql: """
                        INSERT INTO entry
                        VALUES (?, 'correction', 's', 0, NULL, NULL, zeroblob(2000), zeroblob(32))
                        """, arguments: [sequence])
            }
            #expect(try folder.read("test.ledger-wal").count > before + 100_000)
            let (copy, path) = try copy()
            let survivor = try Ledger.open(at: path, create: false)
            #expect(try survivor.eventIDs() == ["e1"])
            #expect(try survivor.lastSequence() == 1)
            #expect(try ledger.lastSequence() == 1, "nor does the ledger itself")
            #expect(
                try survivor.append([Samples.event("e2")], recordedAt: Samples.now).sequences
                    == 2...2)
            withExtendedLifetime(copy) {}
            try database.execute(sql: "ROLLBACK")
        }
        #expect(
            try ledger.append([Samples.event("e2")], recordedAt: Samples.now).sequences == 2...2)
    }

    @Test("has its log written through to the disk")
    func durability() throws {
        // Not to be seen from outside; the setting that does it is of the connection.
        let ledger = try Ledger.open(at: path, create: true)
        #expect(try ledger.durabilitySettings() == ["wal", "2", "1"])
    }

    @Test("writers wait for each other, and none sees what another changes meanwhile")
    func manyWriters() throws {
        _ = try Ledger.open(at: path, create: true)
        let path = path
        let failures = Crowd.run(4) { writer in
            let ledger = try Ledger.open(at: path, create: false)
            for number in 0..<25 {
                _ = try ledger.append(recordedAt: Samples.now) { known in
                    // Only right if nobody appends between the reading and the writing.
                    let next = (known.last?.sequence ?? 0) + 1
                    Thread.sleep(forTimeInterval: 0.001)
                    return [
                        Samples.event("w\(writer)-\(number)", fields: ["n": .integer(next)])
                    ]
                }
            }
        }
        #expect(failures == [])
        let entries = try Ledger.open(at: path, create: false).entries()
        #expect(entries.map(\.sequence) == Array(1...100))
        for entry in entries {
            guard case .event(let event) = entry.content else { continue }
            #expect(event.fields["n"] == .integer(entry.sequence))
        }
    }

    @Test("a writer waits only so long")
    func locked() throws {
        let ledger = try Ledger.open(at: path, create: true, patienceSeconds: 0.3)
        let other = try DatabaseQueue(path: path)
        try other.writeWithoutTransaction { database in
            try database.execute(sql: "BEGIN IMMEDIATE")
            let start = ContinuousClock.now
            #expect(throws: LedgerError.locked) {
                try ledger.append([Samples.event("e1")], recordedAt: Samples.now)
            }
            #expect(start.duration(to: .now) >= .milliseconds(250))
            #expect(try ledger.lastSequence() == 0, "reading goes on")
            try database.execute(sql: "COMMIT")
        }
        _ = try ledger.append([Samples.event("e1")], recordedAt: Samples.now)
    }

    @Test("several may create one at the same time")
    func createdTogether() throws {
        let path = path
        let failures = Crowd.run(8) { writer in
            let ledger = try Ledger.open(at: path, create: true)
            _ = try ledger.append([Samples.event("w\(writer)")], recordedAt: Samples.now)
        }
        #expect(failures == [])
        #expect(try Ledger.open(at: path, create: false).lastSequence() == 8)
        #expect(try folder.names() == ["test.ledger"], "no draft is left behind")
    }
}
