import Facts
import TestSupport
import Testing

@Suite("Events that presuppose something, and events that are called off")
struct CancelTests {
    private func tanaka(_ more: [String: RawValue] = [:]) -> [String: RawValue] {
        more.merging(["person": .text("tanaka")]) { first, _ in first }
    }

    /// A ledger in which tanaka joined, with a notice for the end of June.
    private func noticed() throws -> TestLedger {
        var ledger = try TestLedger()
        try ledger.joined()
        try ledger.happen(
            "gave-notice", "notice", at: "2026-06-01",
            tanaka(["last-day": .text("2026-06-30"), "handover": .list([.text("drawing")])]))
        return ledger
    }

    @Test("somebody who has left is not transferred, nor taken into a project")
    func leaver() throws {
        var ledger = try TestLedger()
        try ledger.joined()
        try ledger.happen("departed", "left", at: "2026-04-01", tanaka())
        let next = ledger.entries.count + 1
        try ledger.happen(
            "transferred", "move", at: "2026-04-02", tanaka(["to": .text("sales")]))
        let lacks = FactProblem.Reason.lacks(
            EntityID(kind: "person", name: "tanaka"), relation: "engagements", event: "transferred")
        #expect(ledger.refused(from: next) == [lacks])
    }

    @Test("at the instant of an event, what earlier entries did then counts")
    func sameInstant() throws {
        var ledger = try TestLedger()
        try ledger.joined()
        let next = ledger.entries.count + 1
        try ledger.happen(
            "transferred", "move", at: "2020-04-01", tanaka(["to": .text("sales")]))
        #expect(ledger.refused(from: next) == [])
    }

    @Test("what is stated and taken back within a second was never there, and may be taken back")
    func takenBack() throws {
        var ledger = try TestLedger()
        let sato = EntityID(kind: "person", name: "sato")
        let post = EntityID(kind: "post", name: "directory/sato/post")
        let noon = try ledger.instant("2026-04-01T12:00:00Z")
        func add(_ attributes: [String: Value]?) {
            for (entity, owner) in [(post, sato as EntityID?), (sato, nil)] {
                ledger.add(
                    .observation(
                        Observation(
                            entity: entity, kind: entity.kind, owner: owner,
                            attributes: attributes, effective: noon)), source: "directory")
            }
        }
        add([:])
        let next = ledger.entries.count + 1
        add(nil)
        #expect(ledger.refused(from: next) == [])
        #expect(ledger.folded.facts[sato]?.exists(at: noon) != true)
    }

    @Test("a late event takes the ground from under a later one, which has no effect then")
    func late() throws {
        var ledger = try TestLedger()
        try ledger.joined()
        try ledger.happen(
            "transferred", "move", at: "2026-04-01", tanaka(["to": .text("sales")]))
        let next = ledger.entries.count + 1
        try ledger.happen("departed", "left", at: "2026-03-01", tanaka())
        #expect(
            ledger.refused(from: next) == [],
            "a departure is not refused because of what was recorded")
        #expect(
            try ledger.departments(at: "2026-04-02") == [], "the transfer has no effect any more")
        #expect(ledger.folded.problems.map(\.isUnmetNeed) == [true])
    }

    @Test("a condition on the record counts")
    func matching() throws {
        var ledger = try TestLedger()
        try ledger.joined()
        let next = ledger.entries.count + 1
        try ledger.happen(
            "promoted", "up", at: "2026-04-01",
            tanaka(["department": .text("sales"), "role": .text("manager")]))
        #expect(ledger.refused(from: next).count == 1)
        try ledger.happen(
            "promoted", "up-2", at: "2026-04-01",
            tanaka(["department": .text("cells"), "role": .text("manager")]))
        #expect(ledger.refused(from: next + 1) == [])
        #expect(try ledger.departments(at: "2026-04-01") == ["cells"])
    }

    @Test("a notice that is withdrawn ends nothing on the last day; a later one does")
    func withdrawn() throws {
        var ledger = try noticed()
        #expect(try ledger.departments(at: "2026-07-01") == [])
        try ledger.happen("notice-withdrawn", "stay", at: "2026-06-10", tanaka())
        #expect(ledger.refused(from: 1) == [])
        #expect(try ledger.departments(at: "2026-07-01") == ["cells"])
        let notice = try #require(ledger.records("notice").first)
        #expect(notice.existence.map(\.until) == [try ledger.instant("2026-06-10")])
        let handover = try #require(ledger.records("assignment").first)
        #expect(handover.existence.map(\.until) == [try ledger.instant("2026-06-10")])
        try ledger.happen(
            "gave-notice", "again", at: "2026-08-01", tanaka(["last-day": .text("2026-08-31")]))
        #expect(try ledger.departments(at: "2026-08-31") == ["cells"])
        #expect(try ledger.departments(at: "2026-09-01") == [])
    }

    @Test("nothing is withdrawn where there was no notice")
    func noNotice() throws {
        var ledger = try TestLedger()
        try ledger.joined()
        let next = ledger.entries.count + 1
        try ledger.happen("notice-withdrawn", "stay", at: "2026-06-10", tanaka())
        #expect(ledger.refused(from: next).count == 1)
    }

    @Test("a journey that is called off before it begins never was; another one stays")
    func journey() throws {
        var ledger = try TestLedger()
        try ledger.joined()
        for (id, from, until) in [
            ("may", "2026-05-01", "2026-05-09"), ("june", "2026-06-01", "2026-06-09"),
        ] {
            try ledger.happen(
                "travel-planned", id, at: "2026-04-01",
                tanaka([
                    "country": .text("FR"), "purpose": .text("business"), "from": .text(from),
                    "until": .text(until),
                ]))
        }
        #expect(ledger.records("journey").count == 2)
        try ledger.happen(
            "travel-cancelled", "off", at: "2026-04-20",
            tanaka(["country": .text("FR"), "from": .text("2026-05-01")]))
        #expect(
            ledger.records("journey").flatMap(\.existence).map(\.from)
                == [try ledger.instant("2026-06-01")])
        try ledger.happen(
            "travel-cancelled", "elsewhere", at: "2026-04-21",
            tanaka(["country": .text("US"), "from": .text("2026-06-01")]))
        #expect(ledger.records("journey").count == 1)
    }

    @Test("calling off is about one person, and about what was recorded before")
    func others() throws {
        var ledger = try noticed()
        try ledger.state("person", "ito", at: "2020-01-01")
        try ledger.happen(
            "joined", "ito", at: "2020-04-01", ["person": .text("ito"), "kind": .text("employee")])
        try ledger.happen(
            "gave-notice", "ito-notice", at: "2026-06-01",
            ["person": .text("ito"), "last-day": .text("2026-06-30")])
        try ledger.happen(
            "notice-withdrawn", "ito-stay", at: "2026-06-10", ["person": .text("ito")])
        #expect(try ledger.departments(at: "2026-07-01") == [], "tanaka's stands")
        let facts = LiveFacts(
            ledger.entries, vocabulary: ledger.vocabulary, zone: Fixtures.tokyo
        ).facts
        #expect(facts == ledger.folded.facts)
    }

    @Test("facts that grow are called off as facts that are folded anew", arguments: 1..<9)
    func growing(cut: Int) throws {
        var ledger = try noticed()
        try ledger.happen("notice-withdrawn", "stay", at: "2026-06-10", tanaka())
        try ledger.happen(
            "gave-notice", "again", at: "2026-08-01", tanaka(["last-day": .text("2026-08-31")]))
        let first = min(cut, ledger.entries.count)
        var live = LiveFacts(
            Array(ledger.entries.prefix(first)), vocabulary: ledger.vocabulary, zone: Fixtures.tokyo
        )
        for entry in ledger.entries.dropFirst(first) { live.append([entry]) }
        #expect(live.facts == ledger.folded.facts)
    }
}
