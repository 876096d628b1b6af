import Facts
import Ledger
import TestSupport
import Testing

@Suite("What a source gave last")
struct SourceCopyTests {
    private let now = Instant(secondsSinceEpoch: 1_800_000_000)

    private struct Refused: Error {}

    private func change(_ revision: Int64, _ parts: [String: SourceCopyChange.Part])
        -> SourceCopyChange
    {
        var change = SourceCopyChange(source: "directory", revision: revision)
        change.parts = parts
        return change
    }

    private func part(
        _ cookie: [UInt8]?, put: [[UInt8]: [UInt8]] = [:], removed: Set<[UInt8]> = []
    ) -> SourceCopyChange.Part {
        var part = SourceCopyChange.Part(cookie: cookie)
        part.put = put
        part.removed = removed
        return part
    }

    private func reading() -> [NewEntry] {
        [NewEntry(source: "directory", content: .reading(at: now))]
    }

    @Test("is kept with the entries that come of it, and changed part by part")
    func kept() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("copy.ledger")
        do {
            let ledger = try Ledger.open(at: path, create: true)
            #expect(try ledger.copy(of: "directory") == SourceCopy())
            var first = change(
                0, ["people": part([1], put: [[1]: [10], [2]: []]), "units": part(nil)])
            first.identities = ["person/a": [1]]
            _ = try ledger.append(recordedAt: now, keeping: first) { _ in reading() }
            try ledger.setPending([7], of: "directory")
            #expect(try ledger.pending(of: "directory") == [7])
            _ = try ledger.append(
                recordedAt: now,
                keeping: change(
                    1, ["people": part([2], put: [[2]: [20], [3]: [30]], removed: [[1]])])
            ) { _ in [] }
        }
        let ledger = try Ledger.open(at: path, create: false)
        let copy = try ledger.copy(of: "directory")
        #expect(copy.revision == 2)
        #expect(
            copy.parts == ["people": SourceCopy.Part(cookie: [2], rows: [[2]: [20], [3]: [30]])])
        #expect(copy.identities == ["person/a": [1]])
        // What waited to be looked at is settled by what was recorded since.
        #expect(try ledger.pending(of: "directory") == nil)
        #expect(try ledger.copy(of: "other") == SourceCopy())
        #expect(try ledger.lastSequence() == 1)
        #expect(try ledger.faults().faults == [])
    }

    @Test("is no longer what was understood once the source states anything by another way")
    func basis() throws {
        let folder = try TemporaryFolder()
        let ledger = try Ledger.open(at: folder.path("copy.ledger"), create: true)
        var understood = change(0, ["p": part([1], put: [[1]: [1]])])
        understood.basis = [7]
        let observation = NewEntry(
            source: "directory",
            content: .observation(
                Observation(
                    entity: EntityID(kind: "person", name: "a"), kind: "person",
                    attributes: [:], effective: now)))
        _ = try ledger.append([observation], recordedAt: now, keeping: understood)
        #expect(try ledger.copy(of: "directory", withRows: false).basis == [7])
        #expect(try ledger.copy(of: "directory", withRows: false).parts["p"]?.rows == [:])
        _ = try ledger.append(reading(), recordedAt: now)
        #expect(try ledger.copy(of: "directory").basis == [7])
        _ = try ledger.append([observation], recordedAt: now)
        let copy = try ledger.copy(of: "directory")
        #expect(copy.basis == nil)
        #expect(copy.parts["p"]?.cookie == [1] && copy.revision == 2)
    }

    @Test(
        "stays as it was where the entries are refused, and refuses them where it is not as it was")
    func together() throws {
        let folder = try TemporaryFolder()
        let ledger = try Ledger.open(at: folder.path("copy.ledger"), create: true)
        #expect(throws: Refused.self) {
            try ledger.append(recordedAt: now, keeping: change(0, ["p": part([1])])) { _ in
                throw Refused()
            }
        }
        #expect(try ledger.copy(of: "directory") == SourceCopy())
        for revision: Int64 in [1, -1] {
            #expect(throws: LedgerError.copyMovedOn(source: "directory")) {
                try ledger.append(
                    recordedAt: now, keeping: change(revision, ["p": part([1])])
                ) { _ in reading() }
            }
        }
        #expect(try ledger.copy(of: "directory") == SourceCopy())
        #expect(try ledger.lastSequence() == 0)
    }
}
