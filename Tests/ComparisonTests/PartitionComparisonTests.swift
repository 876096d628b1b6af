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
        context spot { hall department }
        record embargo of resource as embargoes { }
        record alarm of department as alarms { items set of resource default {} }
        list hubs of department { department "d0", department "d3" }
        table home : role -> department { engineer: department "d1", manager: department "d4" }
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
        permit brought: publish on document
          when subject engaged and some x in spot.hall.alarms
        """,
        """
        permit placed: share on document
          when some p in subject.posts where p.department below spot.hall
        """,
        """
        permit posted: print on document when subject engaged and resource.owner = spot.hall
        """,
        """
        permit sealed: share on document
          when subject engaged and some x in spot.hall.alarms where resource in x.items
        """,
        """
        permit calm: discover on document when subject engaged
        forbid hub: discover on document when some d in hubs where (some x in d.alarms)
        """,
        """
        permit at-home: edit on document
          when some p in subject.posts where (some x in home[p.role].alarms)
        """,
        """
        permit only-one: share on document
          when subject engaged and every j in resource.projects where j = project "p1"
        """,
        """
        permit not-one: print on document
          when subject engaged and some j in resource.projects where j != project "p1"
        """,
        """
        permit mine: print on document
          when some a in subject.assignments
            where resource in a.items or resource = resource "r3"
        """,
        """
        permit by-place: share on document
          when some p in subject.posts where p.department = department "d1" and spot.hall = department "d2"
        permit by-other: share on document
          when some p in subject.posts where p.department = department "d2" and spot.hall = department "d1"
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
        for seed in 0..<(30 * Run.multiple) {
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
        let plain = ResourcePartition(old, since: .distantPast)
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
                    for segment in sides.segments(person, action, thing, from: .distantPast) {
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
}
