import DecisionEngine
import Facts
import Lifecycle
import PolicyCompiler
import PolicyLanguage
import PolicyProgram
import TestSupport
import Testing

/// Ways by which an event reaches access that are easily overlooked.
@Suite("A plan finds what changes")
struct PlanReachTests {
    private static let preamble = """
        policy small version "1" zone "UTC"
        use standard
        define company = organisation "o"
        scale tier { open < secret }
        category core
        enumeration role { engineer }
        context spot { site area }
        record embargo of resource as embargoes { }
        record lockdown of organisation as lockdowns { }

        """

    private let kato = EntityID(kind: "person", name: "kato")

    private func stated(
        _ root: String, _ name: String, kind: String, owner: EntityID? = nil,
        _ attributes: [String: Value] = [:], at effective: Instant = .distantPast
    ) -> LedgerEntry.Content {
        .observation(
            Observation(
                entity: EntityID(kind: root, name: name), kind: kind, owner: owner,
                attributes: attributes, effective: effective))
    }

    private var basics: [LedgerEntry.Content] {
        [
            stated("organisation", "o", kind: "organisation"),
            stated("person", "kato", kind: "person"),
            stated(
                "engagement", "e", kind: "engagement", owner: kato, ["kind": .symbol("employee")]),
            stated("resource", "d1", kind: "document"), stated("resource", "d2", kind: "document"),
            stated("resource", "a", kind: "area"),
        ]
    }

    private func rows(
        _ rules: String, with more: [LedgerEntry.Content] = [], event: LedgerEntry.Content
    ) throws -> [String] {
        let policy = try #require(Fixtures.read(Self.preamble + rules).policy)
        let contents = basics + more
        let entries = (contents + [event]).enumerated().map {
            LedgerEntry(sequence: Int64($0 + 1), source: "test", content: $1)
        }
        func facts(_ entries: [LedgerEntry]) -> FactBase {
            Fold.facts(from: entries, vocabulary: policy.vocabulary, zone: policy.zone).facts
        }
        let before = facts(Array(entries.dropLast()))
        let planner = try Planner(
            program: try PolicyCompiler.compile(policy), facts: before,
            digest: ProgramDigest(hexadecimal: "test"))
        let plan = try planner.plan(of: FactChange(from: before, to: facts(entries)))
        return plan.rows.map { row in
            "\(row.change.rawValue) \(row.actions.joined(separator: ",")) \(row.resources.map(\.name).joined(separator: ","))"
        }.sorted()
    }

    private func event(_ name: String, _ fields: [String: Value] = [:]) -> LedgerEntry.Content {
        .event(
            Event(
                id: "e", name: name, effective: Instant(secondsSinceEpoch: 86_400),
                fields: ["person": .entity(kato)].merging(fields) { $1 }))
    }

    @Test("behind the question for another action, and behind `has`")
    func mayAndHas() throws {
        let found = try rows(
            """
            permit a: view  on document when device.kind = managed and subject engaged
            permit b: print on document when subject engaged
            require r: print on document only if subject may view resource
            permit s: share on document when has device.kind and subject engaged
            """, event: event("departed"))
        #expect(found == ["revoke print d1,d2", "revoke share d1,d2", "revoke view d1,d2"])
    }

    @Test("where a resource has records that its like have not")
    func recordsOfResources() throws {
        let embargo = stated(
            "embargo", "x", kind: "embargo", owner: EntityID(kind: "resource", name: "d1"))
        let found = try rows(
            """
            permit v: view on document when subject engaged
            forbid e: view on document when some x in resource.embargoes
            """, with: [embargo], event: event("departed"))
        #expect(found == ["revoke view d2"])
    }

    @Test("where resources that are alike now were not always")
    func pastOfResources() throws {
        let wasSecret = [
            stated("resource", "d1", kind: "document", ["tier": .symbol("secret")]),
            stated(
                "resource", "d1", kind: "document", ["tier": .symbol("open")],
                at: Instant(secondsSinceEpoch: 3_600)),
            stated("resource", "d2", kind: "document", ["tier": .symbol("open")]),
        ]
        let found = try rows(
            """
            permit v: view on document
              when subject engaged and was (resource.tier = secret) on 1970-01-01
            """, with: wasSecret, event: event("departed"))
        #expect(found == ["revoke view d1"])
    }

    @Test("behind what a default names")
    func defaults() throws {
        let lockdown = LedgerEntry.Content.observation(
            Observation(
                entity: EntityID(kind: "lockdown", name: "l"), kind: "lockdown",
                owner: EntityID(kind: "organisation", name: "o"), attributes: [:],
                effective: Instant(secondsSinceEpoch: 86_400)))
        let found = try rows(
            """
            permit v: view on document when subject engaged
            forbid l: view on document
              when some e in subject.engagements where some x in e.host.lockdowns
            """, event: lockdown)
        #expect(found == ["revoke view d1,d2"])
    }

    @Test("below what a default puts above whoever has nothing stated")
    func defaultParents() throws {
        func site(_ name: String) -> Value { .entity(EntityID(kind: "site", name: name)) }
        let places = [
            stated("site", "hq", kind: "site", ["parents": .set([])]),
            stated("site", "s1", kind: "site"), stated("site", "s2", kind: "site"),
            stated("resource", "d1", kind: "document", ["place": site("s2")]),
            stated("resource", "d2", kind: "document", ["place": site("hq")]),
        ]
        let post = stated(
            "post", "p", kind: "post", owner: kato, ["site": site("s1")],
            at: Instant(secondsSinceEpoch: 86_400))
        let found = try rows(
            """
            entity site { parents set of site default {site "hq"}  hierarchy below by parents }
            extend record post { site site }
            extend entity resource { place site }
            permit v: view on document when some p in subject.posts where p.site below resource.place
            """, with: places, event: post)
        #expect(found == ["grant view d2"])
    }

    @Test("of what was another kind of thing without the event")
    func changedKind() throws {
        let sample = stated(
            "resource", "r", kind: "sample", at: Instant(secondsSinceEpoch: 172_800))
        let registered = LedgerEntry.Content.event(
            Event(
                id: "e", name: "registered", effective: Instant(secondsSinceEpoch: 86_400),
                fields: ["item": .entity(EntityID(kind: "resource", name: "r"))]))
        let found = try rows(
            """
            event registered { item document  create item { } }
            permit v: view on document when subject engaged
            permit h: handle on sample when subject engaged
            """, with: [sample], event: registered)
        #expect(found == ["grant view r", "revoke handle r"])
    }

    @Test("in circumstances that name an entity, though the event brings new ones")
    func entityContext() throws {
        let found = try rows(
            """
            permit v: view on document when subject engaged and spot.site = a
            """,
            event: event(
                "travelled",
                [
                    "country": .text("US"), "purpose": .symbol("business"),
                    "until": .instant(Instant(secondsSinceEpoch: 200_000)),
                ]))
        #expect(found == [])
        #expect(
            try rows(
                "permit v: view on document when subject engaged and spot.site = a",
                event: event("departed")) == ["revoke view d1,d2"])
    }

    @Test("of which none is made of a value whose type the policy has changed")
    func changedType() throws {
        let rule = "permit v: view on document when some b in subject.badges where b.ok = manager\n"
        let policy = try #require(
            Fixtures.read(
                Self.preamble.replacing("role { engineer }", with: "role { engineer, manager }")
                    + "record badge of person as badges { ok role }\n" + rule
            ).policy)
        let badge = stated("badge", "b", kind: "badge", owner: kato, ["ok": .boolean(true)])
        let entries = (basics + [badge]).enumerated().map {
            LedgerEntry(sequence: Int64($0 + 1), source: "test", content: $1)
        }
        let facts = Fold.facts(from: entries, vocabulary: policy.vocabulary, zone: .utc).facts
        let engine = DecisionEngine(
            program: try PolicyCompiler.compile(policy), facts: facts,
            digest: ProgramDigest(hexadecimal: "test"))
        let request = Request(
            subject: "kato", action: "view", resource: "d1", at: Instant(secondsSinceEpoch: 0))
        #expect(engine.decide(request).basis == .noPermit)
    }
}
