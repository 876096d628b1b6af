import Facts
import Testing

@Suite("The fold")
struct FoldTests {
    private func transfer(_ ledger: inout TestLedger, _ id: String, to: String, at: String) throws {
        try ledger.happen(
            "transferred", id, at: at, ["person": .text("tanaka"), "to": .text(to)])
    }

    @Test("lets the later of two transfers at one instant win, and ends the old post once")
    func twoTransfers() throws {
        var ledger = try TestLedger()
        try ledger.joined()
        try transfer(&ledger, "first", to: "sales", at: "2026-04-01")
        try transfer(&ledger, "second", to: "labs", at: "2026-04-01")
        #expect(try ledger.departments(at: "2026-03-31") == ["cells"])
        #expect(try ledger.departments(at: "2026-04-01") == ["labs"])
        #expect(ledger.records("post").map(\.id.name).sorted() == ["join/post", "second/post"])
        let ended = ledger.records("post").filter { $0.endedBy == "transferred" }
        #expect(ended.map(\.id.name) == ["join/post"])
    }

    @Test("ends with the last day also a post taken after the notice")
    func deferred() throws {
        var ledger = try TestLedger()
        try ledger.joined()
        try ledger.happen(
            "gave-notice", "notice", at: "2026-06-01",
            ["person": .text("tanaka"), "last-day": .text("2026-06-30")])
        try ledger.happen(
            "second-post-taken", "second", at: "2026-06-15",
            [
                "person": .text("tanaka"), "department": .text("labs"),
                "role": .text("engineer"),
            ])
        #expect(try ledger.departments(at: "2026-06-30T23:59:59") == ["cells", "labs"])
        #expect(try ledger.departments(at: "2026-07-01") == [])
        #expect(ledger.records("engagement").map(\.endedBy) == ["gave-notice"])
    }

    @Test("lets the later sequence win at one instant, whichever was recorded of the other's past")
    func sameInstant() throws {
        var ledger = try TestLedger()
        for (id, tier) in [("a", "secret"), ("b", "open")] {
            try ledger.happen(
                "reclassified", id, at: "2026-04-01",
                ["resource": .text("drawing"), "tier": .text(tier)])
        }
        #expect(try ledger.drawing("tier", at: "2026-03-31") == .symbol("internal"))
        #expect(try ledger.drawing("tier", at: "2026-04-01") == .symbol("open"))
        // It never was secret.
        let id = EntityID(kind: "resource", name: "drawing")
        #expect(ledger.folded.facts[id]?.attributes["tier"]?.count == 2)
    }

    @Test("goes by the effective instant, not by when it was recorded")
    func late() throws {
        var ledger = try TestLedger()
        try ledger.joined()
        try transfer(&ledger, "april", to: "sales", at: "2026-04-01")
        try transfer(&ledger, "march", to: "labs", at: "2026-03-01")
        #expect(try ledger.departments(at: "2026-03-15") == ["labs"])
        #expect(try ledger.departments(at: "2026-04-15") == ["sales"])
    }

    @Test("is the same for entries in any order")
    func anyOrder() throws {
        var ledger = try TestLedger()
        try ledger.joined()
        try transfer(&ledger, "first", to: "sales", at: "2026-04-01")
        try transfer(&ledger, "second", to: "labs", at: "2026-04-01")
        let reversed = Fold.facts(
            from: ledger.entries.reversed(), vocabulary: ledger.vocabulary, zone: .utc)
        let straight = Fold.facts(from: ledger.entries, vocabulary: ledger.vocabulary, zone: .utc)
        #expect(reversed.facts == straight.facts)
    }

    @Test("leaves out what a correction voids, and ends what it had ended at its own time")
    func void() throws {
        var ledger = try TestLedger()
        try ledger.joined()
        try transfer(&ledger, "wrong", to: "sales", at: "2026-04-01")
        ledger.void("wrong")
        #expect(try ledger.departments(at: "2026-05-01") == ["cells"])
        #expect(ledger.records("post").map(\.endedBy) == [nil])
        #expect(ledger.folded.problems.isEmpty)
    }

    @Test("revives nothing of the old engagement when somebody is engaged again")
    func rehire() throws {
        var ledger = try TestLedger()
        try ledger.joined()
        try ledger.happen(
            "project-started", "start", at: "2020-05-01", ["project": .text("lithium")])
        try ledger.happen(
            "member-added", "add", at: "2020-06-01",
            [
                "person": .text("tanaka"), "project": .text("lithium"), "approved": .boolean(true),
                "consented": .boolean(true),
            ])
        try ledger.happen("departed", "depart", at: "2021-04-01", ["person": .text("tanaka")])
        try ledger.happen(
            "joined", "again", at: "2022-04-01",
            ["person": .text("tanaka"), "kind": .text("student")])
        let later = try ledger.instant("2022-05-01")
        #expect(
            ledger.records("engagement").filter { $0.exists(at: later) }.map(\.id.name)
                == ["again/engagement"])
        #expect(ledger.records("membership").filter { $0.exists(at: later) }.isEmpty)
        #expect(try ledger.departments(at: "2022-05-01") == [])
    }

    @Test("takes for `current` the record that began last among those that hold")
    func current() throws {
        var ledger = try TestLedger()
        try ledger.joined()
        try ledger.happen(
            "project-started", "start", at: "2020-05-01", ["project": .text("lithium")])
        try ledger.state("organisation", "kobo", at: "2020-01-01")
        try ledger.state("organisation", "aoba", at: "2020-01-01")
        try ledger.happen(
            "seconded", "kobo", at: "2021-04-01",
            ["person": .text("tanaka"), "to": .text("kobo"), "until": .text("2021-06-30")])
        func membership(_ id: String, at time: String) throws -> String? {
            try ledger.happen(
                "member-added", id, at: time,
                [
                    "person": .text("tanaka"), "project": .text("lithium"),
                    "approved": .boolean(true), "consented": .boolean(true),
                ])
            let record = ledger.records("membership").first { $0.id.name == "\(id)/membership" }
            return record?.value(of: "engagement", at: try ledger.instant(time))?.value.reference?
                .name
        }
        #expect(try membership("before", at: "2021-01-01") == "join/engagement")
        #expect(try membership("during", at: "2021-05-01") == "kobo/engagement")
        #expect(try membership("after", at: "2021-08-01") == "join/engagement")
    }

    @Test("ends with a transfer only the posts that match, an attribute's default included")
    func matching() throws {
        var ledger = try TestLedger()
        try ledger.joined()
        try ledger.happen(
            "second-post-taken", "second", at: "2025-01-01",
            ["person": .text("tanaka"), "department": .text("labs"), "role": .text("manager")])
        try transfer(&ledger, "move", to: "sales", at: "2026-04-01")
        #expect(try ledger.departments(at: "2026-05-01") == ["labs", "sales"])
    }

    @Test("lets a last day last until the next midnight")
    func lastDay() throws {
        var ledger = try TestLedger()
        try ledger.joined()
        try ledger.happen(
            "leave-started", "leave", at: "2026-07-01",
            ["person": .text("tanaka"), "until": .text("2026-09-30")])
        let leave = try #require(ledger.records("leave").first)
        #expect(leave.existence.map(\.until) == [try ledger.instant("2026-10-01")])
        #expect(leave.endedBy == nil)
    }

    @Test("lets a clearance last as long as its check does")
    func clearance() throws {
        var ledger = try TestLedger()
        try ledger.joined()
        try ledger.happen(
            "check-passed", "pass", at: "2024-02-29",
            ["person": .text("tanaka"), "check": .text("core-check")])
        let clearance = try #require(ledger.records("clearance").first)
        #expect(clearance.existence.map(\.until) == [try ledger.instant("2026-03-01")])
    }
}

@Suite("What a source states")
struct ObservationTests {
    @Test("ends when the same source leaves it out, and not when another does")
    func silence() throws {
        var ledger = try TestLedger()
        try ledger.state(
            "document", "drawing", ["name": .text("D")], at: "2026-04-01", source: "hr")
        #expect(try ledger.drawing("tier", at: "2026-04-02") == .symbol("internal"))
        try ledger.state("document", "drawing", ["name": .text("D")], at: "2026-05-01")
        #expect(try ledger.drawing("tier", at: "2026-04-30") == .symbol("internal"))
        #expect(try ledger.drawing("tier", at: "2026-05-01") == nil)
        #expect(try ledger.drawing("name", at: "2026-05-01") == .text("D"))
    }

    @Test("ends as a whole when the source no longer speaks of it, and may begin again")
    func withdrawn() throws {
        var ledger = try TestLedger()
        try ledger.state("document", "drawing", nil, at: "2026-04-01")
        try ledger.state("document", "drawing", at: "2026-06-01")
        let drawing = try #require(
            ledger.folded.facts[EntityID(kind: "resource", name: "drawing")])
        #expect(drawing.exists(at: try ledger.instant("2026-03-31")))
        #expect(!drawing.exists(at: try ledger.instant("2026-05-01")))
        #expect(drawing.exists(at: try ledger.instant("2026-06-01")))
        #expect(try ledger.drawing("tier", at: "2026-06-01") == nil)
    }

    @Test("never was, where it is withdrawn at the instant it began")
    func vanished() throws {
        var ledger = try TestLedger()
        try ledger.state("document", "sketch", at: "2026-04-01")
        try ledger.state("document", "sketch", nil, at: "2026-04-01")
        #expect(ledger.folded.facts[EntityID(kind: "resource", name: "sketch")] == nil)
    }

    @Test("keeps the end of a record that is taken up again for no time at all")
    func takenUpAgain() throws {
        var ledger = try TestLedger()
        try ledger.joined()
        let post = EntityID(kind: "post", name: "observed")
        let tanaka = EntityID(kind: "person", name: "tanaka")
        func observe(_ attributes: [String: Value]?, at time: String) throws {
            ledger.add(
                .observation(
                    Observation(
                        entity: post, kind: "post", owner: tanaka, attributes: attributes,
                        effective: try ledger.instant(time))))
        }
        try observe([:], at: "2025-01-01")
        try observe(nil, at: "2025-06-01")
        try observe([:], at: "2026-04-01")
        try ledger.happen(
            "transferred", "move", at: "2026-04-01",
            ["person": .text("tanaka"), "to": .text("sales")])
        let record = try #require(ledger.folded.facts[post])
        #expect(record.existence.map(\.until) == [try ledger.instant("2025-06-01")])
        #expect(record.endedBy == nil)
    }
}
