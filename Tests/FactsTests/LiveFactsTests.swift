import Facts
import PolicyLanguage
import TestSupport
import Testing

@Suite("Facts that grow")
struct LiveFactsTests {
    private let tanaka = EntityID(kind: "person", name: "tanaka")

    private func live(_ ledger: TestLedger, from first: Int) -> (LiveFacts, FactChange) {
        var live = LiveFacts(
            Array(ledger.entries.prefix(first)), vocabulary: ledger.vocabulary,
            zone: Fixtures.tokyo)
        let change = live.append(Array(ledger.entries.dropFirst(first)))
        return (live, change)
    }

    @Test("change what an event is about, and nothing else")
    func changeLittle() throws {
        var ledger = try TestLedger()
        try ledger.joined()
        let first = ledger.entries.count
        try ledger.happen(
            "transferred", "move", at: "2026-04-01",
            ["person": .text("tanaka"), "to": .text("sales")])
        let (live, change) = live(ledger, from: first)
        #expect(
            Set(change.histories.keys) == [
                EntityID(kind: "post", name: "join/post"),
                EntityID(kind: "post", name: "move/post"),
            ])
        #expect(live.facts == ledger.folded.facts)
        #expect(change.sequence == Int64(ledger.entries.count))
    }

    @Test("can be asked what an event would change, and stay as they are")
    func ask() throws {
        var ledger = try TestLedger()
        try ledger.joined()
        let before = ledger.folded.facts
        let live = LiveFacts(
            ledger.entries, vocabulary: ledger.vocabulary, zone: Fixtures.tokyo)
        try ledger.happen("departed", "leave", at: "2026-04-01", ["person": .text("tanaka")])
        let change = live.change(by: [try #require(ledger.entries.last)])
        #expect(!change.histories.isEmpty)
        #expect(live.facts == before)
        #expect(live.sequence == before.sequence)
    }

    @Test("forget what a correction voids")
    func forget() throws {
        var ledger = try TestLedger()
        try ledger.joined()
        try ledger.happen(
            "transferred", "move", at: "2026-04-01",
            ["person": .text("tanaka"), "to": .text("sales")])
        let first = ledger.entries.count
        ledger.void("move")
        let (live, change) = live(ledger, from: first)
        let moved = EntityID(kind: "post", name: "move/post")
        #expect(change.histories.keys.contains(moved))
        #expect(change.histories[moved] == .some(nil))
        #expect(live.facts == ledger.folded.facts)
        #expect(live[moved] == nil)
    }

    @Test("void what comes after its correction")
    func voidLater() throws {
        var ledger = try TestLedger()
        try ledger.joined()
        ledger.void("move")
        let first = ledger.entries.count
        try ledger.happen(
            "transferred", "move", at: "2026-04-01",
            ["person": .text("tanaka"), "to": .text("sales")])
        let (live, change) = live(ledger, from: first)
        #expect(change.histories.isEmpty)
        #expect(live.facts == ledger.folded.facts)
    }

    @Test("fold again from a late event on")
    func late() throws {
        var ledger = try TestLedger()
        try ledger.joined()
        try ledger.happen(
            "transferred", "second", at: "2026-04-01",
            ["person": .text("tanaka"), "to": .text("sales")])
        let first = ledger.entries.count
        try ledger.happen(
            "transferred", "first", at: "2025-04-01",
            ["person": .text("tanaka"), "to": .text("labs")])
        let (live, _) = live(ledger, from: first)
        #expect(live.facts == ledger.folded.facts)
    }

    @Test("tell what is wrong with new entries, and not what was wrong before")
    func problems() throws {
        var ledger = try TestLedger()
        try ledger.happen("departed", "ghost", at: "2026-04-01", ["person": .text("nobody")])
        let first = ledger.entries.count
        try ledger.happen("departed", "other", at: "2026-04-01", ["person": .text("noone")])
        let (_, change) = live(ledger, from: first)
        #expect(Set(change.problems.map(\.sequence)) == [Int64(ledger.entries.count)])
    }

    @Test("bring back what an event had ended for everybody, once that is void")
    func voidedSweep() throws {
        let read = Fixtures.read(
            """
            policy sweeps version "1" zone "UTC"
            entity person { }
            entity resource { }
            action view on resource
            record suspension of person as suspensions { }
            event suspended { person person  begin suspension for person { } }
            event amnesty { end suspension where in-force = true }
            permit all: view on resource when not (some s in subject.suspensions)

            """.replacing("end suspension where in-force = true", with: "end suspensions"))
        let policy = try #require(read.policy, "\(read.diagnostics)")
        let ito = EntityID(kind: "person", name: "ito")
        let noon = try #require(TimeText.instant("2026-04-01T12:00", in: .utc))
        let contents: [LedgerEntry.Content] = [
            .observation(
                Observation(
                    entity: ito, kind: "person", attributes: [:], effective: .distantPast)),
            .event(
                Event(
                    id: "s", name: "suspended", effective: noon, fields: ["person": .entity(ito)])),
            .event(Event(id: "a", name: "amnesty", effective: noon, fields: [:])),
            .correction(voiding: "a"),
        ]
        let entries = contents.enumerated().map {
            LedgerEntry(sequence: Int64($0 + 1), source: "hr", content: $1)
        }
        var live = LiveFacts(
            Array(entries.dropLast()), vocabulary: policy.vocabulary, zone: policy.zone)
        let suspension = EntityID(kind: "suspension", name: "s/suspension")
        #expect(live[suspension] == nil)
        live.append(Array(entries.suffix(1)))
        #expect(live[suspension]?.exists(at: noon) == true)
        #expect(
            live.facts
                == Fold.facts(from: entries, vocabulary: policy.vocabulary, zone: policy.zone).facts
        )
    }

    @Test("tell of readings")
    func readings() throws {
        var ledger = try TestLedger()
        let first = ledger.entries.count
        ledger.add(.reading(at: try ledger.instant("2026-04-01")))
        let (live, change) = live(ledger, from: first)
        #expect(change.readings?["hr"]?.count == 1)
        #expect(live.facts.readings == ledger.folded.facts.readings)
    }
}
