import DecisionEngine
import Facts
import Lifecycle
import PolicyCompiler
import PolicyLanguage
import PolicyProgram
import TestSupport
import Testing

/// A plan that asks about one resource of many that are alike says what one that asks about each would say.
@Suite("Resources that are alike")
struct PartitionComparisonTests {
    private static let preamble = """
        policy shapes version "1" zone "UTC"
        use standard
        define company = organisation "o"
        scale tier { open < internal < secret }
        category core, other
        enumeration role { engineer, manager }
        context spot { site area }
        record embargo of resource as embargoes { }
        extend entity resource {
          reviewers  set of person  default {}
          steward    department
          review-on  date
        }
        extend entity project { sponsor department }

        """

    /// Rules that compare resources with what is a person's own in as many ways as there are.
    private static let rules = [
        """
        permit unit: view on document(tier <= internal)
          when some p in subject.posts where p.department below resource.owner
        """,
        """
        permit head: view on document
          when some p in subject.posts where p.role = manager and resource.owner below p.department
        """,
        """
        permit same: edit on document when some p in subject.posts where p.department = resource.owner
        """,
        """
        permit member: view on document
          when some m in subject.memberships where m.project in resource.projects
        """,
        """
        permit every-one: share on document
          when every j in resource.projects where (some m in subject.memberships where m.project = j)
        """,
        """
        permit other: share on document
          when some j in resource.projects where (no m in subject.memberships where m.project = j)
        """,
        """
        permit two: publish on document
          when at least 2 j in resource.projects where (no m in subject.memberships where m.project = j)
        """,
        """
        permit sponsor: print on document
          when some j in resource.projects where (some p in subject.posts where p.department = j.sponsor)
        """,
        """
        permit reviewer: edit on document when subject in resource.reviewers
        """,
        """
        permit tail: view on document when subject.moved-from(resource.owner) within 14 days
        """,
        """
        permit items: print on document
          when some a in subject.assignments where resource in a.items
        """,
        """
        permit steward: share on document
          when has resource.steward
            and not (some p in subject.posts where p.department = resource.steward)
        """,
        """
        permit named: print on document(owner = department "d1")
          when some p in subject.posts where p.role = manager
        """,
        """
        permit reviewed: print on document when since resource.review-on and subject engaged
        """,
        """
        permit used: print on document
          when subject engaged and (subject in resource.reviewers) for at least 30 days
        """,
        """
        permit once: share on document
          when subject engaged and was (subject in resource.reviewers) on 1970-01-20
        """,
        """
        permit open: discover on document when subject engaged
        forbid kin: discover on document
          when some j in resource.projects where (some p in subject.posts where p.department = j.sponsor)
        """,
        """
        permit known: publish on document when subject engaged
        forbid under: publish on document
          when some p in subject.posts where resource.owner below p.department
        """,
        """
        forbid embargoed: view, edit on document when some x in resource.embargoes
        """,
        """
        require tiers: edit on document only if resource.tier < secret or subject on-notice
        """,
        """
        require notice: view on document(tier > open) when subject on-notice
          only if some a in subject.assignments where resource in a.items
        """,
    ]

    @Test("each of them changes as all of them together do, whatever happens")
    func shapes() throws {
        var rows = 0
        for seed in 0..<(60 * Run.multiple) {
            var random = SplitMix64(seed: 90_000 + seed)
            // One rule can have resources told apart that another one mixes up.
            let rules = Self.rules.filter { _ in random.below(3) == 0 }
            guard
                let policy = Fixtures.read(
                    Self.preamble + rules.joined(separator: "\n")
                ).policy
            else { continue }
            let program = try PolicyCompiler.compile(policy)
            let basis = Self.basics(&random)
            let before = entries(basis, vocabulary: policy)
            for _ in 0..<4 {
                let more = (0..<random.below(2) + 1).map { _ in Self.change(&random) }
                let after = entries(basis + more, vocabulary: policy)
                let found = try compare(program, before, after, "seed \(90_000 + seed), \(more)")
                rows += found
            }
        }
        #expect(rows > 1_000)
    }

    @Test("under policies made up at random")
    func madeUp() throws {
        var rows = 0
        for seed in 0..<(12 * Run.multiple) {
            var random = SplitMix64(seed: 91_000 + seed)
            guard let example = RandomCase(&random), let policy = example.checked else { continue }
            let entries = example.ledger(&random)
            let program = try PolicyCompiler.compile(policy)
            func facts(_ entries: [LedgerEntry]) -> FactBase {
                Fold.facts(from: entries, vocabulary: policy.vocabulary, zone: policy.zone).facts
            }
            for left in entries.shuffled(using: &random).prefix(3) {
                rows += try compare(
                    program, facts(entries.filter { $0 != left }), facts(entries),
                    "seed \(91_000 + seed), without \(left)")
            }
        }
        #expect(rows > 10)
    }

    // MARK: Asking about each

    private struct Part: Hashable {
        let subject: EntityID
        let action: String
        let resource: EntityID
        let change: Plan.Change
        let interval: Interval
        let before: [String]
        let after: [String]
        let inTheWay: [String]
    }

    /// Compares a plan with what is found of each person, action and resource; gives how much that is.
    private func compare(
        _ program: Program, _ before: FactBase, _ after: FactBase, _ place: String
    ) throws -> Int {
        let change = FactChange(from: before, to: after)
        let digest = ProgramDigest(hexadecimal: "test")
        let old = DecisionEngine(program: program, facts: before, digest: digest)
        let new = old.comparing(change)
        let from = FirstDifference.instant(
            between: old, and: new, of: change.histories.keys)
        var expected: Set<Part> = []
        if let from {
            let plain = ResourcePartition(old, since: from)
            let comparison = FactComparison(before: old, after: new, change: change, plain)
            let sides: AccessComparison
            do throws(PlanError) {
                sides = try AccessComparison(comparison, ActionWorlds.all(of: old))
            } catch {
                return 0
            }
            let ids = Set((before.histories + after.histories).map(\.id))
            for subject in ids where subject.kind == Vocabulary.subjectKind {
                for resource in ids where resource.kind == Vocabulary.resourceKind {
                    guard let person = new.number(of: subject), let thing = new.number(of: resource)
                    else { continue }
                    for action in program.actions.indices {
                        for segment in sides.segments(person, action, thing, from: from) {
                            expected.insert(
                                Part(
                                    subject: subject, action: program.actions[action],
                                    resource: resource, change: segment.change,
                                    interval: segment.interval, before: segment.before,
                                    after: segment.after, inTheWay: segment.inTheWay))
                        }
                    }
                }
            }
        }
        // Prepared from earlier on, and for this one plan.
        for since in [nil, from.map { $0.advanced(bySeconds: -86_400) }] {
            let plan: Plan
            do throws(PlanError) {
                plan = try Planner(old, since: since).plan(of: change)
            } catch {
                return 0
            }
            var found: Set<Part> = []
            for row in plan.rows {
                for action in row.actions {
                    for resource in row.resources {
                        let part = Part(
                            subject: row.subject, action: action, resource: resource,
                            change: row.change, interval: row.interval, before: row.before,
                            after: row.after, inTheWay: row.inTheWay)
                        #expect(found.insert(part).inserted, "twice: \(part), \(place)")
                    }
                }
            }
            let (missing, extra) = (expected.subtracting(found), found.subtracting(expected))
            #expect(missing.isEmpty, "\(missing.first.map { "\($0)" } ?? ""), \(place)")
            #expect(extra.isEmpty, "\(extra.first.map { "\($0)" } ?? ""), \(place)")
        }
        return expected.count
    }

    // MARK: A company

    private static let departments = 6
    private static let projects = 4
    private static let people = 5
    private static let documents = 24

    private func entries(
        _ contents: [LedgerEntry.Content], vocabulary policy: CheckedPolicy
    ) -> FactBase {
        let entries = contents.enumerated().map {
            LedgerEntry(sequence: Int64($0 + 1), source: "test", content: $1)
        }
        return Fold.facts(from: entries, vocabulary: policy.vocabulary, zone: policy.zone).facts
    }

    private static func day(_ day: Int) -> Instant {
        Instant(secondsSinceEpoch: Int64(day) * 86_400)
    }

    private static func id(_ kind: String, _ place: Int) -> EntityID {
        EntityID(kind: kind, name: "\(kind.prefix(1))\(place)")
    }

    private static func stated(
        _ entity: EntityID, kind: String, owner: EntityID? = nil,
        _ attributes: [String: Value] = [:], at effective: Instant = .distantPast
    ) -> LedgerEntry.Content {
        .observation(
            Observation(
                entity: entity, kind: kind, owner: owner, attributes: attributes,
                effective: effective))
    }

    private static func some(
        _ kind: String, of count: Int, most: Int, _ random: inout SplitMix64
    ) -> Value {
        Value.set(
            of: (0..<random.below(most + 1)).map { _ in .entity(id(kind, random.below(count))) })
    }

    private static func department(_ random: inout SplitMix64) -> Value {
        .entity(id("department", random.below(departments)))
    }

    private static func document(
        _ place: Int, at effective: Instant, _ random: inout SplitMix64
    ) -> LedgerEntry.Content {
        // Most of them differ in one thing, so that many are alike but for that.
        var attributes: [String: Value] = ["tier": .symbol("internal")]
        switch random.below(5) {
        case 0, 1: attributes["owner"] = department(&random)
        case 2: attributes["projects"] = some("project", of: projects, most: 3, &random)
        case 3: attributes["reviewers"] = some("person", of: people, most: 2, &random)
        default:
            attributes["tier"] = .symbol(["open", "internal", "secret"][random.below(3)])
            attributes["owner"] = department(&random)
            attributes["projects"] = some("project", of: projects, most: 2, &random)
            attributes["steward"] = department(&random)
            if random.below(4) == 0 { attributes["review-on"] = .instant(day(random.below(60))) }
        }
        return stated(id("resource", place), kind: "document", attributes, at: effective)
    }

    private static func record(_ place: Int, _ random: inout SplitMix64) -> LedgerEntry.Content {
        let owner = id("person", random.below(people))
        let from = day(random.below(40))
        switch random.below(4) {
        case 0:
            return stated(
                EntityID(kind: "membership", name: "x\(place)"), kind: "membership", owner: owner,
                ["project": .entity(id("project", random.below(projects)))], at: from)
        case 1:
            return stated(
                EntityID(kind: "assignment", name: "x\(place)"), kind: "assignment", owner: owner,
                ["items": some("resource", of: documents, most: 3, &random)], at: from)
        case 2:
            return stated(
                EntityID(kind: "notice", name: "x\(place)"), kind: "notice", owner: owner, at: from)
        default:
            return stated(
                EntityID(kind: "embargo", name: "x\(place)"), kind: "embargo",
                owner: id("resource", random.below(documents)), at: from)
        }
    }

    private static func basics(_ random: inout SplitMix64) -> [LedgerEntry.Content] {
        var contents = [stated(id("organisation", 0), kind: "organisation")]
        for place in 0..<departments {
            // Up to an earlier one, so that there are no circles; one of them for a time only.
            let parents: Value =
                place == 0
                ? .set([]) : Value.set(of: [.entity(id("department", random.below(place)))])
            contents.append(
                stated(
                    id("department", place), kind: "department", ["parents": parents],
                    at: random.below(6) == 0 ? day(random.below(30)) : .distantPast))
        }
        for place in 0..<projects {
            contents.append(
                stated(
                    id("project", place), kind: "project",
                    random.below(3) == 0 ? [:] : ["sponsor": department(&random)]))
        }
        for place in 0..<people {
            contents.append(stated(id("person", place), kind: "person"))
            contents.append(
                .event(
                    Event(
                        id: "join\(place)", name: "joined", effective: day(0),
                        fields: [
                            "person": .entity(id("person", place)), "kind": .symbol("employee"),
                            "department": department(&random),
                            "role": .symbol(random.below(2) == 0 ? "engineer" : "manager"),
                        ])))
        }
        for place in 0..<documents { contents.append(document(place, at: .distantPast, &random)) }
        for place in 0..<6 {
            contents.append(document(place, at: day(random.below(50)), &random))
            contents.append(
                stated(
                    id("resource", documents - 1 - place), kind: "document",
                    ["reviewers": .set([])], at: day(10 + random.below(20))))
        }
        for place in 0..<6 { contents.append(record(place, &random)) }
        for _ in 0..<2 { contents.append(change(&random)) }
        return contents
    }

    private static func change(_ random: inout SplitMix64) -> LedgerEntry.Content {
        let number = Int(random.next() >> 16)
        let person = id("person", random.below(people))
        let when = day(random.below(60))
        switch random.below(8) {
        case 0, 1, 2:
            return .event(
                Event(
                    id: "move\(number)", name: "transferred", effective: when,
                    fields: [
                        "person": .entity(person), "to": department(&random),
                        "role": .symbol(random.below(2) == 0 ? "engineer" : "manager"),
                    ]))
        case 3:
            return .event(
                Event(
                    id: "leave\(number)", name: "departed", effective: when,
                    fields: ["person": .entity(person)]))
        case 4: return document(random.below(documents + 2), at: when, &random)
        case 5:
            return stated(
                id("department", departments - 1), kind: "department",
                [
                    "parents": Value.set(of: [
                        .entity(id("department", random.below(departments - 1)))
                    ])
                ],
                at: when)
        case 6:
            return stated(
                id("project", random.below(projects)), kind: "project",
                ["sponsor": department(&random)], at: when)
        default: return record(number, &random)
        }
    }
}
