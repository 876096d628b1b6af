import DecisionEngine
import Facts
import Ledger
import TestSupport
import Testing

@Suite("What is carried out in other systems")
struct EnforcementRecordTests {
    private let folder: TemporaryFolder
    private let ledger: Ledger

    private let change = MembershipChange(
        group: "cn=g,dc=example", joins: ["sato", "kato"], leaves: ["tanaka"])

    init() throws {
        folder = try TemporaryFolder()
        ledger = try Ledger.open(at: folder.path("test.ledger"), create: true)
    }

    private func begun(basis: Int64, on target: String = "ldap://a:389") -> EnforcementRecord {
        .begun(
            EnforcementRun(
                target: target, basis: basis,
                program: ProgramDigest(hexadecimal: String(repeating: "ab", count: 32)),
                changes: [change]))
    }

    private func record(_ record: EnforcementRecord, since basis: Int64? = nil) throws -> Int64 {
        try ledger.record(
            record, source: "op", ifUnchangedSince: basis, recordedAt: Samples.now)
    }

    @Test("comes back as it was recorded, in the same chain, and is no fact")
    func roundTrip() throws {
        _ = try ledger.append([Samples.event("e1")], recordedAt: Samples.now)
        let run = try record(begun(basis: 1), since: 1)
        _ = try record(.done(change, run: run))
        _ = try record(.ended(run: run, undone: [change]))
        let lines = try ledger.journal(limit: 10).reversed()
        #expect(
            lines.compactMap { line in
                if case .enforcement(let record) = line.content { record } else { nil }
            } == [begun(basis: 1), .done(change, run: 2), .ended(run: 2, undone: [change])])
        #expect(lines.map(\.isStatement) == [true, false, false, false])
        #expect(lines.map(\.source) == ["hr", "op", "op", "op"])
        #expect(change.joins == ["kato", "sato"], "in order")
        #expect(try ledger.entries().map(\.sequence) == [1])
        #expect(try ledger.state().basis == 1)
        #expect(try ledger.lastSequence() == 4)
        #expect(try ledger.faults().faults == [])
        #expect(try ledger.append([Samples.event("e2")], recordedAt: Samples.now).lastSequence == 5)
        #expect(try ledger.entries().map(\.sequence) == [1, 5])
    }

    @Test("is refused when facts or the policy have moved on, and then nothing is stored")
    func movedOn() throws {
        _ = try ledger.append([Samples.event("e1")], recordedAt: Samples.now)
        _ = try record(begun(basis: 1), since: 1)
        #expect(try ledger.firstStatement(after: 1) == nil, "a run moves nothing on")
        _ = try record(begun(basis: 1), since: 1)
        let adopted = try ledger.adopt(
            Adoption(files: [], program: ProgramDigest(hexadecimal: "ab")), recordedAt: Samples.now)
        #expect(try ledger.state().basis == adopted)
        #expect(throws: LedgerError.movedOn(at: 4)) { try record(begun(basis: 1), since: 1) }
        _ = try ledger.append([Samples.event("e2")], recordedAt: Samples.now)
        #expect(throws: LedgerError.movedOn(at: 4)) { try record(begun(basis: 1), since: 1) }
        #expect(throws: LedgerError.movedOn(at: 5)) { try record(begun(basis: 4), since: 4) }
        #expect(try ledger.lastSequence() == 5)
        #expect(try ledger.state(knownAt: 3).basis == 1)
    }

    @Test("that began and has not ended was interrupted")
    func interrupted() throws {
        let first = try record(begun(basis: 0))
        let second = try record(begun(basis: 0))
        _ = try record(begun(basis: 0, on: "elsewhere"))
        #expect(try ledger.openRuns(on: "ldap://a:389").map(\.run) == [first, second])
        #expect(try ledger.openRuns(on: "ldap://a:389").first?.begun.changes == [change])
        _ = try record(.ended(run: first, undone: []))
        #expect(try ledger.openRuns(on: "ldap://a:389").map(\.run) == [second])
        #expect(try ledger.openRuns(on: "nowhere").isEmpty)
    }
}
