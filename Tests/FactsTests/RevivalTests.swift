import Facts
import TestSupport
import Testing

/// What has ended must not come back by a side door: a source that lags behind, a list that is corrected,
/// a person who joins again.
@Suite("What has ended")
struct RevivalTests {
    private func statePost(
        _ ledger: inout TestLedger, role: String, at time: String
    ) throws {
        ledger.add(
            .observation(
                Observation(
                    entity: EntityID(kind: "post", name: "directory/tanaka/post"), kind: "post",
                    owner: EntityID(kind: "person", name: "tanaka"),
                    attributes: [
                        "department": .entity(EntityID(kind: "department", name: "cells")),
                        "role": .symbol(role),
                    ], effective: try ledger.instant(time))), source: "directory")
    }

    @Test("by an event stays ended when the directory changes what it says of the old record")
    func laggingDirectory() throws {
        var ledger = try TestLedger()
        try ledger.state("person", "tanaka", at: "2020-04-01")
        ledger.add(
            .observation(
                Observation(
                    entity: EntityID(kind: "engagement", name: "directory/tanaka/engagement"),
                    kind: "engagement", owner: EntityID(kind: "person", name: "tanaka"),
                    attributes: ["kind": .symbol("employee")],
                    effective: try ledger.instant("2020-04-01"))), source: "directory")
        try statePost(&ledger, role: "engineer", at: "2020-04-01")
        try ledger.happen(
            "transferred", "move", at: "2026-04-01",
            ["person": .text("tanaka"), "to": .text("sales")])
        try statePost(&ledger, role: "manager", at: "2026-05-01")
        #expect(try ledger.departments(at: "2026-05-02") == ["sales"])
    }

    @Test("by its source holds again when the source states it again")
    func withdrawnAndBack() throws {
        var ledger = try TestLedger()
        try ledger.state("document", "plan", ["tier": .text("secret")], at: "2026-01-01")
        try ledger.state("document", "plan", nil, at: "2026-02-01")
        try ledger.state("document", "plan", ["tier": .text("secret")], at: "2026-03-01")
        let plan = EntityID(kind: "resource", name: "plan")
        let history = try #require(ledger.folded.facts[plan])
        #expect(history.existence.count == 2)
        #expect(
            history.value(of: "tier", at: try ledger.instant("2026-03-02"))?.value
                == .symbol("secret"))
    }

    @Test("can be ended while the directory has dropped the person")
    func droppedFirst() throws {
        var ledger = try TestLedger()
        try ledger.joined()
        try ledger.state("person", "tanaka", at: "2020-04-01")
        try ledger.state("person", "tanaka", nil, at: "2026-09-25")
        try ledger.happen("departed", "leave", at: "2026-10-01", ["person": .text("tanaka")])
        #expect(ledger.folded.problems == [])
        #expect(try ledger.departments(at: "2026-10-01") == [])
        #expect(ledger.records("engagement").map(\.endedBy) == ["departed"])
    }

    @Test("does not come back with a new engagement, nor does what was planned before")
    func joinsAgain() throws {
        var ledger = try TestLedger()
        try ledger.joined()
        try ledger.happen(
            "second-post-taken", "second", at: "2026-10-01",
            [
                "person": .text("tanaka"), "department": .text("labs"),
                "role": .text("engineer"),
            ])
        try ledger.happen("departed", "leave", at: "2026-09-01", ["person": .text("tanaka")])
        try ledger.happen(
            "joined", "again", at: "2026-11-01",
            ["person": .text("tanaka"), "kind": .text("contractor")])
        #expect(try ledger.departments(at: "2026-11-02") == [])
        let holding = try ledger.instant("2026-11-02")
        #expect(
            ledger.records("engagement").filter { $0.exists(at: holding) }.map(\.id.name)
                == ["again/engagement"])
    }

    @Test("being an open tier, does not come back with a corrected name")
    func correctedName() throws {
        var ledger = try TestLedger()
        let tier: [String: RawValue] = ["tier": .text("internal")]
        try ledger.state(
            "document", "plan", tier.merging(["name": .text("a")]) { $1 }, at: "2026-01-01",
            source: "list")
        try ledger.happen(
            "reclassified", "up", at: "2026-02-01",
            ["resource": .text("plan"), "tier": .text("secret")])
        try ledger.state(
            "document", "plan", tier.merging(["name": .text("b")]) { $1 }, at: "2026-03-01",
            source: "list")
        let plan = try #require(
            ledger.folded.facts[EntityID(kind: "resource", name: "plan")])
        let later = try ledger.instant("2026-03-02")
        #expect(plan.value(of: "tier", at: later)?.value == .symbol("secret"))
        #expect(plan.value(of: "name", at: later)?.value == .text("b"))
    }
}
