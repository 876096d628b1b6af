import DecisionEngine
import Facts
import Foundation
import Ledger
import TestSupport
import Testing

@Suite("The ledger")
struct LedgerTests {
    private let folder: TemporaryFolder
    private let path: String

    init() throws {
        folder = try TemporaryFolder()
        path = folder.path("test.ledger")
    }

    private func open() throws -> Ledger { try Ledger.open(at: path, create: true) }

    @Test("begins empty, at sequence 0")
    func empty() throws {
        let ledger = try open()
        #expect(try ledger.lastSequence() == 0)
        #expect(try ledger.entries() == [])
        #expect(try ledger.statements(of: "directory") == [:])
        #expect(try ledger.adoption() == nil)
        #expect(try ledger.event(id: "e1") == nil)
        #expect(try ledger.journal(limit: 10) == [])
        #expect(try ledger.append([], recordedAt: Samples.now).sequences == nil)
    }

    static let values: [Value] = [
        .boolean(true), .boolean(false), .integer(0), .integer(.min), .integer(.max),
        .text(""), .text("極秘 \"\\\n\u{0} 😀 \u{2028}</script>"), .text("\u{30AB}\u{3099}"),
        .text("\u{30AC}"),
        .text("e\u{301}"), .symbol("departmental"), .symbol("極秘"), .instant(.distantPast),
        .instant(.distantFuture), .instant(Instant(secondsSinceEpoch: -1)),
        .entity(EntityID(kind: "resource", name: "drawing-7/図 \u{30AB}\u{3099}")), .set([]),
        .set(of: [.integer(.min), .integer(2), .text("b"), .text("a"), .entity(Samples.tanaka)]),
        .set(of: [.set([]), .set(of: [.boolean(false)])]),
    ]

    @Test("gives every value again as it was, also after it was closed", arguments: values)
    func roundTrip(value: Value) throws {
        let entries = [
            Samples.event("e1", fields: ["a": value, "日付": value]),
            Samples.observation("tanaka", ["a": value], owner: EntityID(kind: "x", name: "y")),
            Samples.observation("sato", nil), Samples.observation("ito", [:]),
            NewEntry(source: "人事", content: .correction(voiding: "e1")),
        ]
        let expected = zip(entries, 1...).map { entry, sequence in
            LedgerEntry(sequence: Int64(sequence), source: entry.source, content: entry.content)
        }
        do {
            let ledger = try open()
            let result = try ledger.append(entries, recordedAt: Samples.now)
            #expect(result.sequences == 1...5)
            #expect(result.lastSequence == 5)
            #expect(result.repeated == 0)
            #expect(try ledger.entries() == expected)
        }
        #expect(try folder.names() == ["test.ledger"], "it was closed")
        #expect(try open().entries() == expected)
    }

    @Test("gives extreme instants again")
    func extremeInstants() throws {
        let ledger = try open()
        for (index, instant) in [Instant.distantPast, .distantFuture].enumerated() {
            let entry = Samples.event("e\(index)", at: instant.secondsSinceEpoch)
            _ = try ledger.append([entry], recordedAt: instant)
            #expect(try ledger.entries().last?.content == entry.content)
            #expect(try ledger.journal(limit: 1).first?.recordedAt == instant)
        }
    }

    @Test("keeps text in NFC, so that what is equal is one")
    func normalized() throws {
        let ledger = try open()
        _ = try ledger.append(
            [Samples.event("\u{30AB}\u{3099}", fields: ["a": .text("e\u{301}")])],
            recordedAt: Samples.now)
        let again = try ledger.append(
            [Samples.event("\u{30AC}", fields: ["a": .text("\u{E9}")])], recordedAt: Samples.now)
        #expect(again.repeated == 1)
        guard case .event(let event) = try ledger.entries()[0].content,
            case .text(let text) = event.fields["a"]
        else {
            Issue.record("no event")
            return
        }
        #expect(Array(text.unicodeScalars) == ["\u{E9}"])
        #expect(Array(event.id.unicodeScalars) == ["\u{30AC}"])
    }

    @Test("repeating an event is harmless")
    func repeated() throws {
        let ledger = try open()
        _ = try ledger.append([Samples.event("e1"), Samples.event("e2")], recordedAt: Samples.now)
        let other = NewEntry(source: "other", content: Samples.event("e1").content)
        let result = try ledger.append(
            [other, Samples.event("e3"), Samples.event("e3")], recordedAt: Samples.now)
        #expect(result.repeated == 2)
        #expect(result.sequences == 3...3)
        #expect(result.lastSequence == 3)
        let nothing = try ledger.append([Samples.event("e1")], recordedAt: Samples.now)
        #expect(nothing.sequences == nil)
        #expect(nothing.lastSequence == 3)
        #expect(try ledger.eventIDs() == ["e1", "e2", "e3"])
    }

    @Test(
        "an id used before for something else refuses the whole append",
        arguments: [
            Samples.event("e1", name: "engaged"), Samples.event("e1", at: 1_001),
            Samples.event("e1", fields: [:]),
            Samples.event("e1", fields: ["person": .text("tanaka")]),
        ])
    func idUsedBefore(entry: NewEntry) throws {
        let ledger = try open()
        _ = try ledger.append([Samples.event("e1")], recordedAt: Samples.now)
        let before = try folder.read("test.ledger-wal")
        #expect(throws: LedgerError.idUsedBefore("e1")) {
            try ledger.append([Samples.event("e2"), entry], recordedAt: Samples.now)
        }
        #expect(throws: LedgerError.idUsedBefore("e3")) {
            try ledger.append(
                [Samples.event("e3"), Samples.event("e3", at: 7)], recordedAt: Samples.now)
        }
        #expect(try ledger.eventIDs() == ["e1"])
        #expect(try ledger.lastSequence() == 1)
        #expect(try folder.read("test.ledger-wal") == before)
        #expect(
            try ledger.append([Samples.event("e2")], recordedAt: Samples.now).sequences == 2...2)
    }

    @Test("what was known at a sequence is known again")
    func knownAt() throws {
        let ledger = try open()
        for number in 1...5 {
            _ = try ledger.append([Samples.event("e\(number)")], recordedAt: Samples.now)
        }
        #expect(try ledger.entries(knownAt: 3).map(\.sequence) == [1, 2, 3])
        #expect(try ledger.entries(knownAt: 0) == [])
        #expect(try ledger.entries(knownAt: 99).count == 5)
        #expect(try ledger.event(id: "e4")?.sequence == 4)
    }

    @Test("a source's latest statements are what it states now")
    func statements() throws {
        let ledger = try open()
        _ = try ledger.append(
            [
                Samples.observation("a", ["mail": .text("old")]), Samples.observation("b", [:]),
                Samples.observation("c", [:]),
                Samples.observation("a", source: "hr", ["mail": .text("hr")]),
                Samples.observation("a", ["mail": .text("new")]), Samples.observation("b", nil),
            ], recordedAt: Samples.now)
        let stated = try ledger.statements(of: "directory")
        #expect(stated.keys.map(\.name).sorted() == ["a", "c"])
        #expect(
            stated[EntityID(kind: "person", name: "a")]?.attributes == ["mail": .text("new")])
        #expect(try ledger.statements(of: "hr").count == 1)
        #expect(try ledger.statements(of: "nobody") == [:])
    }

    @Test("a policy's adoption has a sequence, and is found as known then")
    func adoption() throws {
        let ledger = try open()
        let first = Adoption(
            files: [.init(name: "aoba.ntk", bytes: [0, 0xFF, 0x80]), .init(name: "b", bytes: [])],
            program: ProgramDigest(hexadecimal: "aa"))
        let second = Adoption(
            files: [], program: ProgramDigest(hexadecimal: "bb"), source: "security")
        #expect(try ledger.adopt(first, recordedAt: Samples.now) == 1)
        _ = try ledger.append([Samples.event("e1")], recordedAt: Samples.now)
        #expect(try ledger.adopt(second, recordedAt: Samples.now) == 3)
        #expect(try ledger.lastSequence() == 3)
        #expect(try ledger.adoption() == second)
        #expect(try ledger.adoption(knownAt: 2) == first)
        #expect(try ledger.adoption(knownAt: 0) == nil)
        #expect(try ledger.entries().map(\.sequence) == [2])
    }

    @Test("the journal has all kinds of line, the last one first, and goes on")
    func journal() throws {
        let ledger = try open()
        let adoption = Adoption(files: [], program: ProgramDigest(hexadecimal: "aa"))
        let entries = [
            Samples.event("e1"), Samples.observation("a", [:]),
            NewEntry(source: "hr", content: .correction(voiding: "e1")),
        ]
        _ = try ledger.append(entries, recordedAt: Samples.now)
        _ = try ledger.adopt(adoption, recordedAt: Samples.now.advanced(bySeconds: 1))
        let lines = try ledger.journal(limit: 3)
        #expect(lines.map(\.sequence) == [4, 3, 2])
        #expect(lines.map(\.source) == ["policy", "hr", "directory"])
        #expect(lines[0].content == .adoption(adoption))
        #expect(lines[0].recordedAt == Samples.now.advanced(bySeconds: 1))
        #expect(lines[1].content == .fact(entries[2].content))
        #expect(try ledger.journal(limit: 3, before: 2).map(\.sequence) == [1])
        #expect(try ledger.journal(limit: 0) == [])
        #expect(try ledger.journal(limit: -1) == [])
    }

    @Test("an entry too large is refused, and nothing with it")
    func tooLarge() throws {
        let ledger = try open()
        let large = Adoption(
            files: [
                .init(name: "x", bytes: [UInt8](repeating: 0, count: Ledger.mostBytesPerEntry))
            ],
            program: ProgramDigest(hexadecimal: "aa"))
        #expect(throws: LedgerError.tooLarge(mostBytes: Ledger.mostBytesPerEntry)) {
            try ledger.adopt(large, recordedAt: Samples.now)
        }
        #expect(try ledger.lastSequence() == 0)
    }

    private struct Refused: Error, Equatable {}

    @Test("what the caller finds wrong with the entries known undoes the append")
    func appendOfWhatIsKnown() throws {
        let ledger = try open()
        _ = try ledger.append([Samples.event("e1")], recordedAt: Samples.now)
        let result = try ledger.append(recordedAt: Samples.now) { known in
            #expect(known.map(\.sequence) == [1])
            return [Samples.event("e2")]
        }
        #expect(result.sequences == 2...2)
        #expect(throws: Refused()) {
            try ledger.append(recordedAt: Samples.now) { _ in throw Refused() }
        }
        #expect(throws: LedgerError.idUsedBefore("e1")) {
            try ledger.append(recordedAt: Samples.now) { _ in
                [Samples.event("e3"), Samples.event("e1", at: 9)]
            }
        }
        #expect(try ledger.eventIDs() == ["e1", "e2"])
    }
}
