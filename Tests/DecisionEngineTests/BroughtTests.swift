import DecisionEngine
import Facts
import PolicyCompiler
import PolicyLanguage
import PolicyProgram
import TestSupport
import Testing

@Suite("What a request brings")
struct BroughtTests {
    private static let policy = """
        policy labels version "1" zone "UTC"
        scale tier { open < internal < secret }
        category core, security
        entity person { engaged boolean }
        entity project { members set of person  default {} }
        entity resource {
          tier      tier              may be brought
          category  set of category   may be brought
          project   project
        }
        entity document is resource { }
        action view on document

        permit house:   view on document(tier <= internal) when subject.engaged
        permit project: view on document(tier = secret) when subject in resource.project.members
        permit guests:  view on document(tier = secret) when not subject.engaged
        forbid core:    view on document(category any {core}) when not subject.engaged
        oblige record:  record on view of document(tier = secret)

        """

    private let engine: DecisionEngine

    init() throws {
        let read = Fixtures.read(
            BroughtTests.policy.replacing("oblige record:  record", with: "oblige record"))
        let policy = try #require(read.policy, "\(read.diagnostics)")
        var entries: [LedgerEntry] = []
        func state(_ root: String, _ name: String, _ attributes: [String: Value]) {
            entries.append(
                LedgerEntry(
                    sequence: Int64(entries.count + 1), source: "list",
                    content: .observation(
                        Observation(
                            entity: EntityID(kind: root, name: name),
                            kind: root == "resource" ? "document" : root, attributes: attributes,
                            effective: Laboratory.instant("2020-01-01")))))
        }
        state("person", "ito", ["engaged": .boolean(true)])
        state("person", "sato", ["engaged": .boolean(true)])
        state("person", "guest", ["engaged": .boolean(false)])
        let sato = Value.entity(EntityID(kind: "person", name: "sato"))
        state("project", "lithium", ["members": .set([sato])])
        let project = Value.entity(EntityID(kind: "project", name: "lithium"))
        for (name, tier) in [("plan", "internal"), ("recipe", "secret")] {
            state(
                "resource", name,
                ["tier": .symbol(tier), "category": .set([]), "project": project])
        }
        state("resource", "nameless", ["project": project])
        engine = DecisionEngine(
            program: try PolicyCompiler.compile(policy),
            facts: Fold.facts(from: entries, vocabulary: policy.vocabulary, zone: .utc).facts,
            digest: ProgramDigest(hexadecimal: "00"), preparedSince: Laboratory.now)
    }

    private func decide(
        _ subject: String, _ resource: String, kind: String? = nil,
        _ attributes: [String: Value] = [:]
    ) -> Decision {
        engine.decide(
            Request(
                subject: subject, action: "view", resource: resource,
                bringing: Brought(resourceKind: kind, resource: attributes), at: Laboratory.now))
    }

    @Test("tightens what is known")
    func tightens() {
        #expect(decide("ito", "plan").rules == ["house"])
        let labelled = decide("ito", "plan", ["tier": .symbol("secret")])
        #expect(!labelled.isPermitted)
        let member = decide("sato", "plan", ["tier": .symbol("secret")])
        #expect(member.rules == ["house", "project"])
        #expect(member.obligations.map(\.name) == ["record"])
    }

    @Test("never opens what the facts alone don't permit")
    func neverOpens() {
        // The guest may see what is secret and not what is internal; a claim doesn't make it secret.
        #expect(decide("guest", "recipe").isPermitted)
        #expect(!decide("guest", "plan", ["tier": .symbol("secret")]).isPermitted)
        #expect(!decide("ito", "recipe", ["tier": .symbol("open")]).isPermitted)
        #expect(!decide("ito", "nameless", ["tier": .symbol("open")]).isPermitted)
        #expect(!decide("ito", "recipe", kind: "document", ["tier": .symbol("open")]).isPermitted)
    }

    @Test("that is lower, undeclared or nonsense is no news")
    func noNews() {
        let known = decide("ito", "plan")
        #expect(decide("ito", "plan", ["tier": .symbol("open")]) == known)
        #expect(
            decide("ito", "plan", ["project": .entity(EntityID(kind: "project", name: "x"))])
                == known)
        #expect(decide("ito", "plan", ["tier": .text("secret")]) == known)
        #expect(decide("ito", "plan", ["colour": .text("red")]) == known)
    }

    @Test("decides on what nobody has spoken of")
    func decidesOnTheUnknown() {
        #expect(decide("ito", "found", ["tier": .symbol("open")]).basis == .unknownName)
        #expect(
            decide("ito", "found", kind: "document", ["tier": .symbol("open")]).rules == ["house"])
        #expect(decide("ito", "found", kind: "document").basis == .noPermit)
        #expect(
            decide("guest", "found", kind: "document", ["tier": .symbol("secret")]).basis
                == .inTheWay)
        #expect(
            decide(
                "guest", "found", kind: "document",
                ["tier": .symbol("secret"), "category": .set([])]
            ).rules == ["guests"])
        #expect(decide("ito", "found", kind: "person", [:]).basis == .unknownName)
        #expect(
            decide("nobody", "found", kind: "document", ["tier": .symbol("open")]).basis
                == .unknownName)
    }

    @Test(
        "is not lost on the way: such a request resolves to nothing, and evaluators decide it all the same"
    )
    func isNotLost() {
        let request = Request(
            subject: "ito", action: "view", resource: "plan",
            bringing: Brought(resource: ["tier": .symbol("secret")]), at: Laboratory.now)
        #expect(engine.resolve(request) == nil)
        var evaluator = engine.evaluator()
        #expect(!evaluator.decision(on: request).isPermitted)
        let facts = engine.explain(request).lacking.flatMap { $0.head + $0.when }.flatMap(\.facts)
        #expect(facts.contains { $0.origin.source == "request" && $0.value == .symbol("secret") })
        #expect(engine.remedies(for: request).isEmpty)
    }
}
