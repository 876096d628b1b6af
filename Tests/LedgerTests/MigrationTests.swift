import Facts
import Foundation
import Ledger
import TestSupport
import Testing

/// `Tests/Fixtures/ledgers/version-N.ledger` was written by a program whose schema had that version.
@Suite("A ledger of an earlier version")
struct MigrationTests {
    @Test(
        "keeps all it holds, and takes what only the present version knows",
        arguments: [1, 2, 3, 4, 5])
    func migrates(version: Int) throws {
        let folder = try TemporaryFolder()
        let original = Fixtures.root.appending(
            path: "Tests/Fixtures/ledgers/version-\(version).ledger")
        let path = folder.path("old.ledger")
        try FileManager.default.copyItem(at: original, to: URL(filePath: path))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        let ledger = try Ledger.open(at: path, create: false)
        let entries = try ledger.entries(knownAt: nil)
        #expect(entries.map(\.sequence) == [2, 3, 4])
        guard case .event(let event) = entries.last?.content else {
            Issue.record("the last entry is an event")
            return
        }
        #expect(event.id == "e2" && event.name == "pledge-signed")
        #expect(try ledger.adoption(knownAt: nil)?.files.first?.name == "aoba.ntk")
        let read = Instant(secondsSinceEpoch: 1_800_000_000)
        let result = try ledger.append(
            [NewEntry(source: "hr", content: .reading(at: read))], recordedAt: read)
        #expect(result.sequences == 5...5)
        #expect(try ledger.entries(knownAt: nil).last?.content == .reading(at: read))
        #expect(try ledger.faults().faults == [])
        // Still append-only.
        #expect(try Ledger.open(at: path, create: false).lastSequence() == 5)
    }
}
