import DecisionEngine
import Facts
import PolicyCompiler
import PolicyLanguage
import PolicyProgram
import TestSupport
import Testing

@Suite("An evaluator")
struct EvaluatorTests {
    private let laboratory: Laboratory

    init() throws { laboratory = try Laboratory() }

    private func request(
        _ engine: DecisionEngine, _ subject: String, _ action: String, _ resource: String,
        device: String? = nil, at time: Instant = Laboratory.now
    ) throws -> ResolvedRequest {
        let context = device.map { ["device.kind": Value.symbol($0)] } ?? [:]
        return try #require(
            engine.resolve(
                Request(
                    subject: subject, action: action, resource: resource, context: context,
                    at: time)))
    }

    @Test("spells its decisions out as the engine does", arguments: ["ito", "sato"])
    func spellsOut(subject: String) throws {
        let engine = laboratory.engine()
        var evaluator = engine.evaluator()
        for action in ["view", "print"] {
            for resource in ["plan", "recipe"] {
                for device in [nil, "managed", "travel"] {
                    let resolved = try request(engine, subject, action, resource, device: device)
                    #expect(engine.isPrepared(for: resolved))
                    let context = device.map { ["device.kind": Value.symbol($0)] } ?? [:]
                    #expect(
                        evaluator.decision(on: resolved)
                            == engine.decide(
                                Request(
                                    subject: subject, action: action, resource: resource,
                                    context: context, at: Laboratory.now)))
                }
            }
        }
    }

    @Test("sees to the end of what a value decides, although no class changes with it")
    func endsWithAValue() throws {
        let engine = laboratory.engine()
        var evaluator = engine.evaluator()
        let today = try request(engine, "ito", "view", "recipe")
        let verdict = evaluator.decide(today)
        #expect(verdict.isPermitted)
        #expect(verdict.validUntil == Laboratory.move)
        let later = try request(engine, "ito", "view", "recipe", at: Laboratory.move)
        #expect(evaluator.decide(later).basis == .noPermit)
    }

    @Test("passes over changes that change no outcome")
    func passesOver() throws {
        let engine = laboratory.engine()
        var evaluator = engine.evaluator()
        // Ito's move says nothing about a document of the house; nor does the end of Sato's time.
        #expect(
            evaluator.decide(try request(engine, "ito", "view", "plan")).validUntil == nil)
        #expect(
            evaluator.decide(try request(engine, "sato", "view", "plan")).validUntil == nil)
        #expect(
            evaluator.decide(try request(engine, "sato", "view", "recipe")).validUntil
                == Laboratory.end)
    }

    @Test("asks for the circumstances of each request")
    func asksForCircumstances() throws {
        let engine = laboratory.engine()
        var evaluator = engine.evaluator()
        let managed = try request(engine, "ito", "print", "recipe", device: "managed")
        let travel = try request(engine, "ito", "print", "recipe", device: "travel")
        let unsaid = try request(engine, "ito", "print", "recipe")
        #expect(evaluator.decide(managed).isPermitted)
        #expect(evaluator.decide(travel).basis == .inTheWay)
        #expect(evaluator.decide(unsaid).basis == .inTheWay)
    }

    @Test("denies what an engine with other names resolved")
    func deniesOthers() throws {
        let engine = laboratory.engine()
        let other = laboratory.engine(guests: ["abe"])
        var evaluator = other.evaluator()
        // Abe comes before Ito, so Ito's number is Abe's there.
        let foreign = try request(engine, "ito", "view", "recipe")
        #expect(evaluator.decide(foreign).basis == .unknownName)
        #expect(evaluator.decide(try request(other, "ito", "view", "recipe")).isPermitted)
        let action = try #require(engine.action("view"))
        let resource = try #require(engine.resource("recipe"))
        // Nobody is not the answer: it was not asked of this engine.
        let page = evaluator.whoCan(action, resource, at: Laboratory.now)
        #expect(page?.isLast == nil)
        let subject = try #require(other.subject("ito"))
        #expect(
            ResolvedRequest(subject: subject, action: action, resource: resource, at: .distantPast)
                == nil)
    }

    @Test("takes handles of an engine with the same names")
    func takesSameNames() throws {
        let engine = laboratory.engine()
        var evaluator = laboratory.engine().evaluator()
        #expect(evaluator.decide(try request(engine, "ito", "view", "recipe")).isPermitted)
    }

    @Test("denies what is only referred to, where nothing is known of any resource")
    func deniesWhatIsReferredTo() throws {
        let read = Fixtures.read(
            """
            policy keys version "1" zone "UTC"
            entity person { keys set of resource  default {} }
            entity resource { }
            entity document is resource { }
            action view on document
            permit keys: view on document when resource in subject.keys

            """)
        let policy = try #require(read.policy, "\(read.diagnostics)")
        let entry = LedgerEntry(
            sequence: 1, source: "list",
            content: .observation(
                Observation(
                    entity: EntityID(kind: "person", name: "ito"), kind: "person",
                    attributes: [
                        "keys": .set([.entity(EntityID(kind: "resource", name: "plan"))])
                    ], effective: .distantPast)))
        let engine = DecisionEngine(
            program: try PolicyCompiler.compile(policy),
            facts: Fold.facts(from: [entry], vocabulary: policy.vocabulary, zone: .utc).facts,
            digest: ProgramDigest(hexadecimal: "00"), preparedSince: Laboratory.now)
        #expect(engine.resource("plan") == nil)
        let request = Request(
            subject: "ito", action: "view", resource: "plan", at: Laboratory.now)
        #expect(engine.decide(request).basis == .unknownName)
        #expect(engine.whoCan("view", "plan", at: Laboratory.now) == [])
    }

    @Test("denies who is of a kind beside people", arguments: [nil, Laboratory.now])
    func deniesOtherKinds(since: Instant?) throws {
        let read = Fixtures.read(
            """
            policy parties version "1" zone "UTC"
            entity party { }
            entity person is party { }
            entity company is party { }
            entity resource { }
            entity document is resource { }
            action view on document
            permit all: view on document when true

            """)
        let policy = try #require(read.policy, "\(read.diagnostics)")
        let named = [
            ("party", "person", "ito"), ("party", "company", "acme"),
            ("resource", "document", "plan"),
        ]
        let entries = named.enumerated().map { index, entity in
            LedgerEntry(
                sequence: Int64(index + 1), source: "list",
                content: .observation(
                    Observation(
                        entity: EntityID(kind: entity.0, name: entity.2), kind: entity.1,
                        attributes: [:], effective: .distantPast)))
        }
        let engine = DecisionEngine(
            program: try PolicyCompiler.compile(policy),
            facts: Fold.facts(from: entries, vocabulary: policy.vocabulary, zone: .utc).facts,
            digest: ProgramDigest(hexadecimal: "00"), preparedSince: since)
        func basis(_ subject: String) -> Decision.Basis {
            var evaluator = engine.evaluator()
            let request = Request(
                subject: subject, action: "view", resource: "plan", at: Laboratory.now)
            #expect(evaluator.decision(on: request) == engine.decide(request))
            return engine.decide(request).basis
        }
        #expect(basis("ito") == .permitted)
        #expect(basis("acme") == .unknownName)
    }

    @Test("answers before its rows begin, too")
    func answersEarlier() throws {
        let engine = laboratory.engine(preparedSince: Laboratory.end)
        var evaluator = engine.evaluator()
        let early = try request(engine, "ito", "view", "recipe")
        #expect(!engine.isPrepared(for: early))
        #expect(evaluator.decide(early).validUntil == Laboratory.move)
    }

    @Test("lists what somebody may do with something")
    func listsActions() throws {
        let engine = laboratory.engine()
        var evaluator = engine.evaluator()
        let ito = try #require(engine.subject("ito"))
        let recipe = try #require(engine.resource("recipe"))
        let managed = engine.circumstances(["device.kind": .symbol("managed")])
        #expect(evaluator.actions(of: ito, on: recipe, at: Laboratory.now) == ["view"])
        #expect(
            evaluator.actions(of: ito, on: recipe, circumstances: managed, at: Laboratory.now)
                == ["view", "print"])
    }

    @Test("says over a range of time who may, and when")
    func saysWhen() throws {
        let engine = laboratory.engine()
        var evaluator = engine.evaluator()
        let view = try #require(engine.action("view"))
        let recipe = try #require(engine.resource("recipe"))
        let range = Interval(from: Laboratory.now, until: Laboratory.instant("2027-01-01"))
        let answer = evaluator.whoCan(view, recipe, during: range)
        let page = try #require(answer)
        #expect(page.isLast)
        #expect(page.elements.map { engine.id(of: $0.element)?.name } == ["ito", "sato"])
        #expect(
            page.elements.map(\.intervals) == [
                [Interval(from: Laboratory.now, until: Laboratory.move)],
                [Interval(from: Laboratory.now, until: Laboratory.end)],
            ])
    }

    @Test("denies what another policy's engine resolved, although the facts are the same")
    func deniesOtherPolicies() throws {
        let other = try Laboratory(
            policy: Laboratory.policy.replacing("action view, print", with: "action print, view"))
        let engine = laboratory.engine()
        var evaluator = other.engine().evaluator()
        // What was `view` would be `print` there.
        let stale = try request(engine, "ito", "view", "recipe", device: "managed")
        #expect(evaluator.decide(stale).basis == .unknownName)
    }

    @Test("denies with circumstances that another engine resolved")
    func deniesOtherCircumstances() throws {
        let other = try Laboratory(
            policy: Laboratory.policy.replacing("{ managed, travel }", with: "{ travel, managed }"))
        let engine = laboratory.engine()
        let later = other.engine()
        var evaluator = later.evaluator()
        var stale = try request(later, "ito", "print", "recipe", device: "managed")
        #expect(evaluator.decide(stale).isPermitted)
        stale.circumstances = engine.circumstances(["device.kind": .symbol("travel")])
        #expect(evaluator.decide(stale).basis == .unknownName)
        let handle = try #require(engine.subject("ito"))
        #expect(later.id(of: handle) == nil)
    }
}
