import DecisionEngine
import Facts
import PolicyLanguage
import TestSupport
import Testing

/// What random cases have shown to go wrong, each once by hand.
@Suite("The engine and the page agree that")
struct RegressionTests {
    static let preamble = """
        policy small version "1" zone "UTC"
        use standard
        define company = organisation "o"
        scale tier { open < secret }
        category core
        enumeration role { engineer }
        context spot {
          area   area
          until  last-day
        }

        """

    private let entities: [(EntityID, String)] = [
        (EntityID(kind: "person", name: "p"), "person"),
        (EntityID(kind: "resource", name: "r"), "document"),
        (EntityID(kind: "resource", name: "a"), "area"),
    ]

    private func instant(_ seconds: Int64) -> Instant { Instant(secondsSinceEpoch: seconds) }

    private func stated(
        _ id: EntityID, _ kind: String, _ attributes: [String: Value] = [:], at seconds: Int64 = 0
    ) -> LedgerEntry.Content {
        .observation(
            Observation(
                entity: id, kind: kind, attributes: attributes, effective: instant(seconds)))
    }

    private func sides(_ rules: String, _ contents: [LedgerEntry.Content]? = nil) throws -> Sides {
        let policy = try #require(Fixtures.read(RegressionTests.preamble + rules).policy)
        let entries = (contents ?? entities.map { stated($0.0, $0.1) }).enumerated().map {
            LedgerEntry(sequence: Int64($0 + 1), source: "test", content: $1)
        }
        return try Sides(policy: policy, definition: policy, entries: entries)
    }

    private func decide(_ sides: Sides, _ request: Request) -> NaiveDecision {
        if let difference = sides.differenceDeciding(request) { Issue.record(difference) }
        return NaiveDecision(sides.engine.decide(request))
    }

    private func view(_ context: [String: Value] = [:], at seconds: Int64 = 50) -> Request {
        Request(
            subject: "p", action: "view", resource: "r", context: context, at: instant(seconds))
    }

    @Test("an answer ends when the person appears, though the resource hasn't yet")
    func appearing() throws {
        let sides = try sides(
            "permit all: any on resource when true",
            [
                stated(entities[0].0, "person", at: 100),
                stated(entities[1].0, "document", at: 200),
            ])
        #expect(
            decide(sides, view()) == NaiveDecision(basis: .unknownName, validUntil: instant(100)))
        #expect(
            decide(sides, view(at: 100))
                == NaiveDecision(basis: .unknownName, validUntil: instant(200)))
    }

    @Test("what lies below a department that is gone may lie below any, for a prohibition")
    func withdrawnDepartment() throws {
        func department(_ name: String) -> EntityID { EntityID(kind: "department", name: name) }
        func parents(_ name: String) -> [String: Value] {
            ["parents": .set(of: [.entity(department(name))])]
        }
        let sides = try sides(
            """
            permit all: any on resource when true
            forbid lab: any on resource when resource.owner below lab
            define lab = department "lab"

            """,
            [
                stated(entities[0].0, "person"),
                stated(entities[1].0, "document", ["owner": .entity(department("group"))]),
                stated(department("group"), "department", parents("section")),
                stated(department("section"), "department", parents("lab")),
                .observation(
                    Observation(
                        entity: department("section"), kind: "department", attributes: nil,
                        effective: instant(100))),
            ])
        #expect(decide(sides, view()).rules == ["lab"])
        #expect(decide(sides, view(at: 150)).rules == ["lab"], "section is gone, not moved")
    }

    @Test("a rule without a name, said twice, is one")
    func repeated() throws {
        let rule = "permit view on document when true\n"
        let once = decide(try sides(rule), view())
        #expect(once.rules.count == 1)
        #expect(decide(try sides(rule + rule), view()) == once)
    }

    @Test(
        "a circumstance that names nobody, or somebody of another kind, was not brought",
        arguments: [("nowhere", false), ("r", false), ("a", true)])
    func strangersInContext(name: String, isBrought: Bool) throws {
        let sides = try sides("permit elsewhere: view on document when spot.area != area \"x\"")
        let context = ["spot.area": Value.entity(EntityID(kind: "resource", name: name))]
        #expect((decide(sides, view(context)).basis == .permitted) == isBrought)
    }

    @Test("a last day can be brought as a circumstance")
    func lastDay() throws {
        let sides = try sides("permit early: view on document when spot.until < 2026-01-01")
        #expect(decide(sides, view(["spot.until": .instant(instant(0))])).basis == .permitted)
    }

    @Test("who appears and vanishes at one instant was never there")
    func neverThere() throws {
        let person = entities[0].0
        let vanishing = Observation(
            entity: person, kind: "person", attributes: nil, effective: instant(100))
        let sides = try sides(
            "permit all: any on resource when true",
            [
                stated(person, "person", at: 100), .observation(vanishing),
                stated(entities[1].0, "document", at: 200),
            ])
        #expect(decide(sides, view()) == NaiveDecision(basis: .unknownName))
    }

    @Test("nobody may do what the resource's kind knows no action for")
    func mayOfAnotherKind() throws {
        let sides = try sides(
            """
            permit all: any on resource when true
            require readable: enter on area only if subject may view resource
            """)
        let request = Request(subject: "p", action: "enter", resource: "a", at: instant(50))
        let decision = decide(sides, request)
        #expect(decision.basis == .inTheWay)
        #expect(decision.rules == ["readable"])
    }

    @Test("asking for another action leaves the records at hand as they are")
    func mayInsideQuantifier() throws {
        let person = entities[0].0
        func record(_ kind: String, _ attributes: [String: Value]) -> LedgerEntry.Content {
            .observation(
                Observation(
                    entity: EntityID(kind: kind, name: "x"), kind: kind, owner: person,
                    attributes: attributes, effective: instant(0)))
        }
        let sides = try sides(
            """
            permit looking: view on document when some p in subject.posts where p.role = engineer
            permit changing: edit on document
              when some n in subject.notices where subject may view resource and not has n.last-day
            """,
            entities.map { stated($0.0, $0.1) } + [
                record("post", ["role": .symbol("engineer")]),
                record("notice", ["last-day": .text("tomorrow")]),
            ])
        var request = view()
        request.action = "edit"
        #expect(decide(sides, request).basis == .noPermit)
    }

    @Test("a hierarchy may be deep")
    func deep() throws {
        let sides = try sides(
            "permit below: view on document when resource.owner below department \"d0\"",
            departments(count: 101) { $0 == 0 ? [] : [$0 - 1] })
        #expect(decide(sides, view()).basis == .permitted)
    }

    @Test("a hierarchy may lead to the same place in very many ways", .timeLimit(.minutes(1)))
    func ladder() throws {
        // Sixty rungs of two departments, each below both of the rung above: 2^59 ways up.
        let sides = try sides(
            "permit below: view on document when resource.owner below department \"nowhere\"",
            departments(count: 120) { $0 < 2 ? [] : [$0 / 2 * 2 - 2, $0 / 2 * 2 - 1] })
        #expect(decide(sides, view()).basis == .noPermit)
    }

    /// A hierarchy of departments, with a person and a document of the last.
    private func departments(
        count: Int, parents: (Int) -> [Int]
    ) -> [LedgerEntry.Content] {
        func id(_ index: Int) -> EntityID { EntityID(kind: "department", name: "d\(index)") }
        let departments = (0..<count).map { index in
            let above = Value.set(of: parents(index).map { Value.entity(id($0)) })
            return stated(id(index), "department", ["parents": above])
        }
        return departments + [
            stated(entities[0].0, "person"),
            stated(entities[1].0, "document", ["owner": .entity(id(count - 1))]),
        ]
    }
}
