import DecisionEngine
import Facts
import PolicyCompiler
import PolicyLanguage
import PolicyProgram
import TestSupport
import Testing

/// A small company whose rules compare what people and documents have, as engines are best prepared for.
struct Laboratory {
    static let policy = """
        policy laboratory version "1" zone "UTC"
        scale tier { open < internal < secret }
        enumeration device-kind { managed, travel }
        entity department { }
        entity person {
          home    department
          active  boolean
          until   last-day
        }
        entity project { members set of person  default {} }
        entity resource {
          tier     tier
          owner    department
          project  project
        }
        entity document is resource { }
        action view, print on document
        context device { kind device-kind }

        permit house:   view on document(tier <= internal) when subject.active
        permit home:    view, print on document(tier = secret) when subject.home = resource.owner
        permit project: view on document(tier = secret) when subject in resource.project.members
        require managed: print on document only if device.kind = managed
        forbid over: any on document(tier = secret) when not until subject.until
        oblige record on view of document(tier = secret)

        """

    static let now = instant("2026-04-01T12:00")
    /// When Ito moves to sales, as is known today.
    static let move = instant("2026-05-01")
    /// When Sato's time is over.
    static let end = instant("2026-07-01")

    static func instant(_ text: String) -> Instant {
        TimeText.instant(text, in: .utc) ?? .distantPast
    }

    let program: Program

    init(policy text: String = Laboratory.policy) throws {
        let read = Fixtures.read(text)
        let policy = try #require(read.policy, "\(read.diagnostics)")
        program = try PolicyCompiler.compile(policy)
        vocabulary = policy.vocabulary
    }

    private let vocabulary: Vocabulary

    /// The engine, with `guests` members of the project besides Sato.
    func engine(
        guests: [String] = [], preparedSince since: Instant? = Laboratory.now
    ) -> DecisionEngine {
        DecisionEngine(
            program: program, facts: facts(guests: guests),
            digest: ProgramDigest(hexadecimal: "00"), preparedSince: since)
    }

    /// Facts of what is stated of entities: of which root, of which kind, by what name.
    func fold(
        _ stated: [(root: String, kind: String, name: String, attributes: [String: Value])]
    ) -> FactBase {
        let entries = stated.enumerated().map { place, entity in
            LedgerEntry(
                sequence: Int64(place + 1), source: "list",
                content: .observation(
                    Observation(
                        entity: EntityID(kind: entity.root, name: entity.name), kind: entity.kind,
                        attributes: entity.attributes, effective: .distantPast)))
        }
        return Fold.facts(from: entries, vocabulary: vocabulary, zone: .utc).facts
    }

    func facts(guests: [String]) -> FactBase {
        var entries: [LedgerEntry] = []
        func state(
            _ root: String, _ name: String, _ attributes: [String: Value],
            at instant: Instant = .distantPast
        ) {
            let kind = root == "resource" ? "document" : root
            entries.append(
                LedgerEntry(
                    sequence: Int64(entries.count + 1), source: "list",
                    content: .observation(
                        Observation(
                            entity: EntityID(kind: root, name: name), kind: kind,
                            attributes: attributes, effective: instant))))
        }
        func entity(_ root: String, _ name: String) -> Value {
            .entity(EntityID(kind: root, name: name))
        }
        for department in ["cells", "sales"] { state("department", department, [:]) }
        func person(_ home: String, until: String = "2030-01-01") -> [String: Value] {
            [
                "home": entity("department", home), "active": .boolean(true),
                "until": .instant(Laboratory.instant(until)),
            ]
        }
        state("person", "ito", person("cells"))
        state("person", "ito", person("sales"), at: Laboratory.move)
        state("person", "sato", person("sales", until: "2026-07-01"))
        for guest in guests { state("person", guest, person("sales")) }
        let members = ["sato"] + guests
        state("project", "lithium", ["members": .set(of: members.map { entity("person", $0) })])
        for (name, tier) in [("plan", "internal"), ("recipe", "secret")] {
            state(
                "resource", name,
                [
                    "tier": .symbol(tier), "owner": entity("department", "cells"),
                    "project": entity("project", "lithium"),
                ])
        }
        return Fold.facts(from: entries, vocabulary: vocabulary, zone: .utc).facts
    }
}
