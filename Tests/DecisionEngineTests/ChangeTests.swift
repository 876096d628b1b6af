import DecisionEngine
import Facts
import PolicyCompiler
import PolicyLanguage
import PolicyProgram
import TestSupport
import Testing

@Suite("An engine that changes")
struct ChangeTests {
    private static let policy = """
        policy changes version "1" zone "UTC"
        scale tier { open < internal < secret }
        entity department { open boolean }
        entity person { home department  tag text }
        record badge of person as badges { level integer }
        entity resource { tier tier  owner department  label text  readers set of person default {} }
        entity document is resource { }
        action view on document
        context device { label text }

        permit house:  view on document(tier <= internal) when subject.home.open
        permit badge:  view on document(tier = secret) when some b in subject.badges where b.level >= 4000000000
        permit home:   view on document when subject.home = resource.owner
        permit reader: view on document when subject in resource.readers
        forbid lent:   view on document when device.label = resource.label

        """

    /// A ledger that grows.
    private struct Growing {
        let vocabulary: Vocabulary
        private(set) var entries: [LedgerEntry] = []

        mutating func state(
            _ root: String, _ name: String, _ attributes: [String: Value]?,
            owner: EntityID? = nil, at instant: Instant = .distantPast
        ) -> LedgerEntry {
            let kind = root == "resource" ? "document" : root
            let entry = LedgerEntry(
                sequence: Int64(entries.count + 1), source: "list",
                content: .observation(
                    Observation(
                        entity: EntityID(kind: root, name: name), kind: kind, owner: owner,
                        attributes: attributes, effective: instant)))
            entries.append(entry)
            return entry
        }
    }

    private let program: Program
    private let vocabulary: Vocabulary

    init() throws {
        let policy = try #require(Fixtures.read(ChangeTests.policy).policy)
        program = try PolicyCompiler.compile(policy)
        vocabulary = policy.vocabulary
    }

    private static let now = Laboratory.now

    private func engine(_ facts: FactBase) -> DecisionEngine {
        DecisionEngine(
            program: program, facts: facts, digest: ProgramDigest(hexadecimal: "00"),
            preparedSince: ChangeTests.now)
    }

    private static func entity(_ kind: String, _ name: String) -> Value {
        .entity(EntityID(kind: kind, name: name))
    }

    private static func person(_ home: Int, tag: String = "t") -> [String: Value] {
        ["home": entity("department", "d\(home)"), "tag": .text(tag)]
    }

    private static func document(
        _ random: inout SplitMix64, label: String = "l"
    ) -> [String: Value] {
        [
            "tier": .symbol(random.pick(["open", "internal", "secret"])),
            "owner": entity("department", "d\(random.below(8))"), "label": .text(label),
            "readers": .set(
                of: (0..<random.below(3)).map { _ in
                    entity("person", "p\(1_000 + random.below(800))")
                }),
        ]
    }

    /// Several chunks of people and documents.
    private func company(_ random: inout SplitMix64) -> Growing {
        var growing = Growing(vocabulary: vocabulary)
        for place in 0..<8 {
            _ = growing.state("department", "d\(place)", ["open": .boolean(place % 2 == 0)])
        }
        for place in 0..<600 {
            _ = growing.state("person", "p\(1_000 + place)", ChangeTests.person(place % 8))
        }
        for place in 0..<300 {
            _ = growing.state("resource", "r\(1_000 + place)", ChangeTests.document(&random))
        }
        return growing
    }

    private func change(_ step: Int, _ growing: inout Growing, _ random: inout SplitMix64)
        -> LedgerEntry
    {
        // Those that come between others in the order of ids, those after all, and those there are.
        let person = "p\(1_000 + random.below(800))" + (random.chance(20) ? "x" : "")
        let time = random.chance(70) ? ChangeTests.now : Laboratory.move
        switch random.below(7) {
        case 0, 1:
            return growing.state(
                "person", person,
                ChangeTests.person(random.below(8), tag: "tag \(random.below(20))"), at: time)
        case 2: return growing.state("person", person, nil, at: time)
        case 3:
            return growing.state(
                "resource", "r\(1_000 + random.below(400))",
                ChangeTests.document(&random, label: "label \(step)"), at: time)
        case 4:
            return growing.state(
                "department", "d\(random.below(9))", ["open": .boolean(random.chance(50))],
                at: time)
        case 5:
            let level: Int64 = random.pick([1, 4_000_000_000, 5_000_000_000, -1])
            return growing.state(
                "badge", "b\(random.below(60))", ["level": .integer(level)],
                owner: EntityID(kind: "person", name: "p\(1_000 + random.below(800))"), at: time)
        default: return growing.state("badge", "b\(random.below(60))", nil, at: time)
        }
    }

    @Test(
        "answers as one made anew, after any number of changes", arguments: 0..<3 as Range<UInt64>)
    func answersAsOneMadeAnew(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        var growing = company(&random)
        var live = LiveFacts(growing.entries, vocabulary: vocabulary, zone: .utc)
        var changing = try engine(live.facts).reopened()
        var asked = 0
        for step in 0..<120 {
            let entry = change(step, &growing, &random)
            changing = changing.applying(live.append([entry]))
            guard step % 20 == 19 else { continue }
            let facts = Fold.facts(
                from: growing.entries, vocabulary: vocabulary, zone: .utc
            ).facts
            #expect(live.facts == facts)
            let anew = engine(facts)
            #expect(changing.sequence == anew.sequence)
            for time in [ChangeTests.now, Laboratory.end] {
                for _ in 0..<6 {
                    let resource = "r\(1_000 + random.below(400))"
                    let said: [String: Value] =
                        random.chance(50) ? [:] : ["device.label": .text("label \(step - 3)")]
                    let who = changing.whoCan("view", resource, context: said, at: time)
                    #expect(who == anew.whoCan("view", resource, context: said, at: time))
                    let request = Request(
                        subject: "p\(1_000 + random.below(800))", action: "view",
                        resource: resource, context: said, at: time)
                    let decision = changing.decide(request)
                    #expect(decision == anew.decide(request))
                    var evaluator = changing.evaluator()
                    #expect(decision == evaluator.decision(on: request))
                    #expect(
                        changing.whatCan(request.subject, "view", at: time)
                            == anew.whatCan(request.subject, "view", at: time))
                    #expect(
                        self.facts(in: changing.explain(request))
                            == self.facts(in: anew.explain(request)))
                    asked += who.count
                }
            }
        }
        #expect(asked > 1_000)
    }

    private func facts(in explanation: Explanation) -> [Explanation.Fact] {
        (explanation.determining + explanation.lacking).flatMap { $0.head + $0.when + $0.onlyIf }
            .flatMap(\.facts)
    }

    @Test(
        "understands the handles of the one it was made from, and not those of its other children")
    func understandsHandles() throws {
        var random = SplitMix64(seed: 1)
        var growing = company(&random)
        let live = LiveFacts(growing.entries, vocabulary: vocabulary, zone: .utc)
        let first = engine(live.facts)
        let known = try #require(first.subject("p1000"))
        let resource = try #require(first.resource("r1000"))
        let view = try #require(first.action("view"))
        func child(_ name: String) -> DecisionEngine {
            var growing = growing
            let entry = growing.state("person", name, ChangeTests.person(0))
            return first.applying(live.change(by: [entry]))
        }
        let (left, right) = (child("new-on-the-left"), child("new-on-the-right"))
        let newcomer = try #require(left.subject("new-on-the-left"))
        #expect(right.subject("new-on-the-left") == nil)
        #expect(left.id(of: newcomer)?.name == "new-on-the-left")
        #expect(right.id(of: newcomer) == nil)
        #expect(first.id(of: newcomer) == nil)
        #expect(right.id(of: known)?.name == "p1000")

        func basis(_ engine: DecisionEngine, _ subject: SubjectHandle) throws -> Decision.Basis {
            let request = ResolvedRequest(
                subject: subject, action: view, resource: resource, at: ChangeTests.now)
            var evaluator = engine.evaluator()
            return evaluator.decide(try #require(request)).basis
        }
        #expect(try basis(left, newcomer) != .unknownName)
        #expect(try basis(right, newcomer) == .unknownName)
        #expect(try basis(first, newcomer) == .unknownName)
        #expect(try basis(left, known) == basis(first, known))
        // The child of the left one knows it still.
        _ = growing.state("person", "new-on-the-left", ChangeTests.person(0))
        var later = LiveFacts(growing.entries, vocabulary: vocabulary, zone: .utc)
        let entry = growing.state("person", "another", ChangeTests.person(1))
        #expect(try basis(left.applying(later.append([entry])), newcomer) != .unknownName)
    }

    @Test("sees that what somebody is related to has become of another kind")
    func seesAnotherKind() throws {
        let read = Fixtures.read(
            """
            policy folders version "1" zone "UTC"
            entity person { }
            entity resource { }
            entity folder is resource { }
            entity secret-folder is folder { }
            entity document is resource { folder folder }
            action view on document
            event made { folder folder  create folder { } }
            event made-secret { folder secret-folder  create folder { } }
            permit all: view on document when true
            forbid secret: view on document when resource.folder is secret-folder

            """)
        let policy = try #require(read.policy, "\(read.diagnostics)")
        let folder = Value.entity(EntityID(kind: "resource", name: "f"))
        func state(_ sequence: Int64, _ root: String, _ name: String, _ attributes: [String: Value])
            -> LedgerEntry
        {
            LedgerEntry(
                sequence: sequence, source: "list",
                content: .observation(
                    Observation(
                        entity: EntityID(kind: root, name: name),
                        kind: root == "resource" ? "document" : root, attributes: attributes,
                        effective: .distantPast)))
        }
        func made(_ sequence: Int64, _ name: String) -> LedgerEntry {
            LedgerEntry(
                sequence: sequence, source: "list",
                content: .event(
                    Event(
                        id: name, name: name, effective: Laboratory.instant("2026-01-01"),
                        fields: ["folder": folder])))
        }
        var live = LiveFacts(
            [
                made(1, "made"), state(2, "person", "ito", [:]),
                state(3, "resource", "plan", ["folder": folder]),
            ], vocabulary: policy.vocabulary, zone: .utc)
        var engine = DecisionEngine(
            program: try PolicyCompiler.compile(policy), facts: live.facts,
            digest: ProgramDigest(hexadecimal: "00"), preparedSince: ChangeTests.now)
        func basis() -> Decision.Basis {
            var evaluator = engine.evaluator()
            return evaluator.decision(
                on: Request(subject: "ito", action: "view", resource: "plan", at: ChangeTests.now)
            ).basis
        }
        #expect(basis() == .permitted)
        engine = engine.applying(
            live.append([
                LedgerEntry(sequence: 4, source: "list", content: .correction(voiding: "made"))
            ]))
        engine = engine.applying(live.append([made(5, "made-secret")]))
        #expect(basis() == .inTheWay)
    }

    @Test("asks for circumstances anew, once a text they name has come up")
    func asksForCircumstancesAnew() throws {
        var random = SplitMix64(seed: 1)
        var growing = company(&random)
        var live = LiveFacts(growing.entries, vocabulary: vocabulary, zone: .utc)
        let first = engine(live.facts)
        let said = first.circumstances(["device.label": .text("fresh")])
        let entry = growing.state(
            "resource", "r1000",
            [
                "tier": .symbol("open"), "owner": ChangeTests.entity("department", "d0"),
                "label": .text("fresh"), "readers": .set([]),
            ])
        let second = first.applying(live.append([entry]))
        func decision(_ engine: DecisionEngine, _ said: Circumstances) throws -> Decision {
            var evaluator = engine.evaluator()
            let request = ResolvedRequest(
                subject: try #require(engine.subject("p1000")),
                action: try #require(engine.action("view")),
                resource: try #require(engine.resource("r1000")), circumstances: said,
                at: ChangeTests.now)
            return evaluator.decision(on: try #require(request))
        }
        #expect(try decision(second, said).basis == .unknownName)
        let again = second.circumstances(["device.label": .text("fresh")])
        #expect(try decision(second, again).rules == ["lent"])
    }
}
