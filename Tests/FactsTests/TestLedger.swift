import Facts
import PolicyLanguage
import TestSupport
import Testing

/// A ledger in the standard vocabulary, written as tests read best.
struct TestLedger {
    static let vocabulary: Vocabulary? = Fixtures.read(
        """
        policy ledger version "1" zone "Asia/Tokyo"
        use standard
        define company = organisation "aoba"
        scale tier { open < internal < secret }
        category core, economic
        enumeration role { engineer, manager }
        check core-check { covers {economic} consent required lasts 2 years }
        """
    ).policy?.vocabulary

    let vocabulary: Vocabulary
    private(set) var entries: [LedgerEntry] = []

    /// Begins with departments `cells`, `sales` and `labs`, and a resource `drawing`.
    init() throws {
        vocabulary = try #require(TestLedger.vocabulary)
        for department in ["cells", "sales", "labs"] {
            try state("department", department, at: "2020-01-01")
        }
        try state("document", "drawing", ["tier": .text("internal")], at: "2020-01-01")
    }

    func instant(_ text: String) throws -> Instant {
        try #require(TimeText.instant(text, in: Fixtures.tokyo))
    }

    mutating func add(_ content: LedgerEntry.Content, source: String = "hr") {
        entries.append(
            LedgerEntry(sequence: Int64(entries.count + 1), source: source, content: content))
    }

    /// Records an event, named `id`.
    mutating func happen(
        _ name: String, _ id: String, at time: String, _ fields: [String: RawValue]
    ) throws {
        add(
            .event(
                try vocabulary.event(
                    id: id, name: name, at: time, fields: fields, zone: Fixtures.tokyo)))
    }

    /// Records what a source states; nil for that it no longer speaks of the entity.
    mutating func state(
        _ kind: String, _ name: String, _ attributes: [String: RawValue]? = [:], at time: String,
        source: String = "directory"
    ) throws {
        let typed = try attributes.map {
            try vocabulary.attributes($0, of: kind, zone: Fixtures.tokyo)
        }
        add(
            .observation(
                Observation(
                    entity: EntityID(kind: vocabulary.rootKind(of: kind), name: name), kind: kind,
                    attributes: typed, effective: try instant(time))), source: source)
    }

    /// Voids the event `id`.
    mutating func void(_ id: String) { add(.correction(voiding: id)) }

    /// Lets `tanaka` join as an employee in `cells` on 1 April 2020.
    mutating func joined() throws {
        try happen(
            "joined", "join", at: "2020-04-01",
            [
                "person": .text("tanaka"), "kind": .text("employee"), "department": .text("cells"),
                "role": .text("engineer"),
            ])
    }

    // MARK: What follows

    var folded: (facts: FactBase, problems: [FactProblem]) {
        Fold.facts(from: entries, vocabulary: vocabulary, zone: Fixtures.tokyo)
    }

    /// The departments of tanaka's posts that hold.
    func departments(at time: String) throws -> [String] {
        let instant = try instant(time)
        return records("post").filter { $0.exists(at: instant) }
            .compactMap { $0.value(of: "department", at: instant)?.value.reference?.name }.sorted()
    }

    /// All tanaka's records of a kind.
    func records(_ kind: String) -> [EntityHistory] {
        folded.facts.records(of: kind, ownedBy: EntityID(kind: "person", name: "tanaka"))
    }

    func drawing(_ attribute: String, at time: String) throws -> Value? {
        folded.facts[EntityID(kind: "resource", name: "drawing")]?
            .value(of: attribute, at: try instant(time))?.value
    }

    /// What is wrong with the entries from `sequence` on, as somebody would hear who records them.
    func refused(from sequence: Int) -> [FactProblem.Reason] {
        let known = entries.filter { $0.sequence < Int64(sequence) }
        let new = entries.filter { $0.sequence >= Int64(sequence) }
        return Intake.problems(
            with: new, after: known, vocabulary: vocabulary, zone: Fixtures.tokyo
        ).map(\.reason)
    }
}
