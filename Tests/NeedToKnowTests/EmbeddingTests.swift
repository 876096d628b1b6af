import NeedToKnow
import Testing

/// What an embedder does, by the one import an embedder has.
@Suite("An embedder")
struct EmbeddingTests {
    private static let policy = """
        policy small version "1" zone "Asia/Tokyo"
        use standard
        define company = organisation "small"
        scale tier { open < secret }
        category core
        enumeration role { engineer }
        permit unit: view on document(tier = secret)
          when some p in subject.posts where p.department below resource.owner
        """

    @Test("reads a policy, folds facts, decides, asks the other way round, and plans")
    func embeds() throws {
        let tokyo = ZoneTable(name: "Asia/Tokyo", initialOffsetSeconds: 9 * 3_600)
        let read = PolicyReader.read(
            [SourceText(name: "small.ntk", text: Self.policy)], file: { _ in nil },
            zone: { $0 == "Asia/Tokyo" ? tokyo : nil })
        #expect(!read.diagnostics.hasErrors)
        let policy = try #require(read.policy)
        let program = try PolicyCompiler.compile(policy)
        let decoded = try ProgramTables(decoding: program.encoded()).verified()

        let lab = Value.entity(EntityID(kind: "department", name: "lab"))
        let joined = Event(
            id: "1", name: "joined",
            effective: try #require(TimeText.instant("2026-04-01", in: tokyo)),
            fields: [
                "person": .entity(EntityID(kind: "person", name: "mori")),
                "kind": .symbol("employee"), "department": lab, "role": .symbol("engineer"),
            ])
        let entries = [
            observation("department", "lab", kind: "department", [:], 1),
            observation(
                "resource", "plan", kind: "document", ["tier": .symbol("secret"), "owner": lab], 2),
            LedgerEntry(sequence: 3, source: "hr", content: .event(joined)),
        ]
        let before = facts(Array(entries.prefix(2)), policy)
        let after = facts(entries, policy)
        let digest = ProgramDigest(hexadecimal: "00")
        let engine = DecisionEngine(program: decoded, facts: after, digest: digest)
        let noon = try #require(TimeText.instant("2026-04-01T12:00", in: tokyo))
        let request = Request(subject: "mori", action: "view", resource: "plan", at: noon)

        let decision = engine.decide(request)
        #expect(decision.isPermitted)
        #expect(decision.rules == ["unit"])
        #expect(decision.sequence == 3)
        #expect(engine.whoCan("view", "plan", at: noon).map(\.name) == ["mori"])
        #expect(engine.whatCan("mori", "view", at: noon).map(\.name) == ["plan"])
        #expect(engine.explain(request).determining.first?.when.first?.truth == .true)
        let plan = try Planner(program: decoded, facts: before, digest: digest)
            .plan(of: FactChange(from: before, to: after))
        #expect(plan.rows.map(\.change) == [.grant])
    }

    private func facts(_ entries: [LedgerEntry], _ policy: CheckedPolicy) -> FactBase {
        Fold.facts(from: entries, vocabulary: policy.vocabulary, zone: policy.zone).facts
    }

    private func observation(
        _ root: String, _ name: String, kind: String, _ attributes: [String: Value],
        _ sequence: Int64
    ) -> LedgerEntry {
        LedgerEntry(
            sequence: sequence, source: "list",
            content: .observation(
                Observation(
                    entity: EntityID(kind: root, name: name), kind: kind, attributes: attributes,
                    effective: .distantPast)))
    }
}
