import DecisionEngine
import Facts
import PolicyCompiler
import PolicyLanguage
import PolicyProgram
import TestSupport
import Testing

@Suite("What an audience is told")
struct AudienceTests {
    private static let policy = """
        policy audience version "1" zone "UTC"
        use standard
        define company = organisation "aoba"
        scale tier { open < secret }
        category security
        enumeration role { member }
        check core-check { covers {security} consent required lasts 2 years }

        permit house: view, print on document when subject engaged
        require cleared: view on document(category any {security}) only if subject passed core-check
        require readable: print on document only if subject may view resource
        require managed: view on document(tier = secret) only if device.kind = managed

        """

    private let program: Program
    private let policy: CheckedPolicy

    init() throws {
        let read = Fixtures.read(AudienceTests.policy)
        policy = try #require(read.policy, "\(read.diagnostics)")
        program = try PolicyCompiler.compile(policy)
    }

    private static let beginning = Laboratory.instant("2020-01-01")
    private static let now = Laboratory.now

    /// Ito, whose check has come to this; the lobby's plan, and a recipe that is subject to checks.
    private func engine(
        _ events: [(name: String, at: String)], gone: Bool = false
    ) -> DecisionEngine {
        var entries: [LedgerEntry] = []
        func add(_ content: LedgerEntry.Content) {
            entries.append(
                LedgerEntry(
                    sequence: Int64(entries.count + 1), source: "hr", content: content))
        }
        func state(_ root: String, _ kind: String, _ name: String, _ attributes: [String: Value]) {
            add(
                .observation(
                    Observation(
                        entity: EntityID(kind: root, name: name), kind: kind,
                        attributes: attributes, effective: AudienceTests.beginning)))
        }
        let ito = Value.entity(EntityID(kind: "person", name: "ito"))
        let check = Value.entity(EntityID(kind: Vocabulary.checkKind, name: "core-check"))
        state("organisation", "organisation", "aoba", [:])
        state("resource", "document", "plan", ["tier": .symbol("open"), "category": .set([])])
        for (name, tier) in [("recipe", "open"), ("formula", "secret")] {
            state(
                "resource", "document", name,
                ["tier": .symbol(tier), "category": .set([.symbol("security")])])
        }
        func happen(_ name: String, _ at: Instant, _ fields: [String: Value]) {
            add(
                .event(
                    Event(
                        id: "\(name)-\(entries.count)", name: name, effective: at, fields: fields)))
        }
        happen(
            "joined", AudienceTests.beginning, ["person": ito, "kind": .symbol("employee")])
        for (name, at) in events {
            happen(name, Laboratory.instant(at), ["person": ito, "check": check])
        }
        // So that all are as long, whatever has happened.
        for _ in events.count..<3 { state("organisation", "organisation", "aoba", [:]) }
        if gone {
            add(
                .observation(
                    Observation(
                        entity: EntityID(kind: "person", name: "ito"), kind: "person",
                        attributes: nil, effective: Laboratory.instant("2026-03-01"))))
        }
        let facts = Fold.facts(
            from: entries, vocabulary: policy.vocabulary, zone: policy.zone
        ).facts
        return DecisionEngine(
            program: program, facts: facts, digest: ProgramDigest(hexadecimal: "00"))
    }

    private var untried: DecisionEngine { engine([]) }
    private var failed: DecisionEngine {
        engine([("check-consented", "2026-01-01"), ("check-not-cleared", "2026-02-01")])
    }
    private var expired: DecisionEngine {
        engine([("check-consented", "2022-01-01"), ("check-passed", "2022-02-01")])
    }
    private var passed: DecisionEngine {
        engine([("check-consented", "2026-01-01"), ("check-passed", "2026-02-01")])
    }

    private func request(
        _ action: String, _ resource: String, context: [String: Value] = [:]
    ) -> Request {
        Request(
            subject: "ito", action: action, resource: resource, context: context,
            at: AudienceTests.now)
    }

    @Test(
        "is the same of a check that failed, was never made, or has run out",
        arguments: ["view", "print"], ["recipe", "formula"])
    func same(action: String, resource: String) {
        let request = request(action, resource)
        let told = untried.explain(request)
        #expect(!told.decision.isPermitted)
        #expect(told.isEndWithheld && told.decision.validUntil == nil)
        #expect(failed.explain(request) == told)
        #expect(expired.explain(request) == told)
        let entitled = Audience(purposes: [Vocabulary.checkPurpose])
        #expect(
            failed.explain(request, for: entitled).determining.flatMap(\.onlyIf)
                .allSatisfy { $0.truth != nil })
    }

    @Test("of a permit doesn't tell when the check runs out")
    func endOfPermit() {
        let told = passed.explain(request("view", "recipe"))
        #expect(told.decision.isPermitted && told.isEndWithheld)
        #expect(told.decision.validUntil == nil)
        let all = passed.explain(
            request("view", "recipe"), for: Audience(purposes: [Vocabulary.checkPurpose]))
        #expect(!all.isEndWithheld)
        #expect(all.decision.validUntil == Laboratory.instant("2028-02-01"))
    }

    @Test("of a person who is gone doesn't tell when the check would have run out")
    func endOfUnknown() {
        let gone = engine(
            [("check-consented", "2026-01-01"), ("check-passed", "2026-02-01")], gone: true)
        let other = engine([], gone: true)
        let request = request("view", "recipe")
        #expect(gone.decide(request).validUntil != other.decide(request).validUntil)
        #expect(gone.explain(request) == other.explain(request))
        #expect(gone.explain(request).decision.basis == .unknownName)
    }

    @Test("of what no check is about is everything", arguments: ["view", "print"])
    func everything(action: String) {
        let told = failed.explain(request(action, "plan"))
        #expect(told.decision.isPermitted && !told.isEndWithheld)
        #expect(told.determining.flatMap(\.when).allSatisfy { $0.truth == .true })
    }

    @Test("of changes that would permit tells nothing of checks")
    func remedies() {
        let formula = request("view", "formula")
        #expect(passed.remedies(for: formula).isEmpty)
        #expect(failed.remedies(for: formula).isEmpty)
        let entitled = Audience(purposes: [Vocabulary.checkPurpose])
        #expect(
            passed.remedies(for: formula, audience: entitled) == [
                Remedy(changes: [.context(name: "device.kind", value: .symbol("managed"))])
            ])
    }

    @Test("of changes that would permit names nothing that happens to be numbered next")
    func remediesNameNoNeighbours() throws {
        let read = Fixtures.read(
            """
            policy neighbours version "1" zone "UTC"
            purpose export covers {security}
            category security
            entity person { nationality text  limited to export }
            entity resource { category set of category  default {} }
            entity document is resource { }
            action copy, view on document
            context network { name text }
            permit all: copy, view on document when true
            forbid guest: copy on document when network.name = "guest"
            forbid abroad: view on document(category any {security}) when subject.nationality = "XX"

            """)
        let policy = try #require(read.policy, "\(read.diagnostics)")
        let contents: [(String, [String: Value])] = [
            ("person", ["nationality": .text("Freedonia")]), ("resource", [:]),
        ]
        let entries = contents.enumerated().map { index, content in
            LedgerEntry(
                sequence: Int64(index + 1), source: "hr",
                content: .observation(
                    Observation(
                        entity: EntityID(kind: content.0, name: "x"),
                        kind: content.0 == "resource" ? "document" : content.0,
                        attributes: content.1, effective: .distantPast)))
        }
        let engine = DecisionEngine(
            program: try PolicyCompiler.compile(policy),
            facts: Fold.facts(from: entries, vocabulary: policy.vocabulary, zone: .utc).facts,
            digest: ProgramDigest(hexadecimal: "00"))
        let request = Request(
            subject: "x", action: "copy", resource: "x",
            context: ["network.name": .text("guest")], at: AudienceTests.now)
        #expect(engine.decide(request).rules == ["guest"])
        #expect(engine.remedies(for: request) == [])
    }

    @Test("in a line is which rules decided")
    func line() throws {
        let engine = failed
        var evaluator = engine.evaluator()
        func line(_ request: Request) throws -> String {
            let verdict = evaluator.decide(try #require(engine.resolve(request)))
            return evaluator.line(verdict)
        }
        #expect(try line(request("view", "plan")) == "permit: house")
        #expect(try line(request("view", "formula")) == "deny: cleared, managed in the way")
        var stranger = request("view", "plan")
        stranger.time = Laboratory.instant("2019-01-01")
        #expect(try line(stranger) == "deny: unknown name")
    }
}
