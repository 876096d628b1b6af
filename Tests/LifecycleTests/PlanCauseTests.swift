import DecisionEngine
import Facts
import Lifecycle
import PolicyCompiler
import PolicyLanguage
import PolicyProgram
import TestSupport
import Testing

/// What a row says of why it is there, and of what goes with it.
@Suite("A row of a plan says")
struct PlanCauseTests {
    private let rules = """
        policy causes version "1" zone "UTC"
        use standard
        define company = organisation "o"
        scale tier { open < secret }
        category core
        enumeration role { engineer }
        context spot { site area }
        check core-check { covers {core} consent required lasts 1 years }

        permit unit:  view on document when some p in subject.posts where p.department = resource.owner
        permit guest: discover on document when not subject on-notice
        require cleared: view on document(category any {core}) only if subject passed core-check
        require pledged: view on document(tier = secret) only if subject pledged
        require inside:  view on document(tier = secret) when subject on-notice only if spot.site.name = "lab"
        upon transferred: exchange person.devices.device
        entitlement "cn=cells" holds who may discover some document(tier = open)

        """

    private func plan(_ text: String, later: String) throws -> Plan {
        func read(_ entries: String) throws -> (Program, [LedgerEntry], FactBase) {
            let scenario = "scenario \"s\" {\n\(entries)\n}\n"
            let policy = try #require(Fixtures.read(rules + scenario).policy)
            let entries = try #require(policy.scenarios.first).entries
            let facts = Fold.facts(from: entries, vocabulary: policy.vocabulary, zone: policy.zone)
            return (try PolicyCompiler.compile(policy), entries, facts.facts)
        }
        let (program, entries, before) = try read(text)
        let (_, all, after) = try read(text + later)
        let events = all.dropFirst(entries.count).compactMap { entry in
            if case .event(let event) = entry.content { event } else { nil }
        }
        let planner = try Planner(
            program: program, facts: before, digest: ProgramDigest(hexadecimal: "test"))
        return try planner.plan(of: FactChange(from: before, to: after), for: events)
    }

    private let company = """
        organisation o
        department cells; department sales
        person kato engaged as employee since 2020-01-01, post engineer in cells
        person ito engaged as employee since 2020-01-01, post engineer in cells
        document d1 owned by cells, tier open, category {}
        document d2 owned by sales, tier open, category {}

        """

    @Test("which of several events it comes from")
    func events() throws {
        let plan = try plan(
            company,
            later: """
                transferred kato to sales on 2026-04-01
                reclassified d1 tier secret on 2026-05-01

                """)
        let found = plan.rows.filter { $0.actions == ["view"] }.map { row in
            "\(row.change.rawValue) \(row.subject.name) \(row.resources.map(\.name)) \(row.events.count) \(row.lacking)"
        }
        #expect(
            found == [
                #"revoke ito ["d1"] 1 ["pledged"]"#, #"revoke kato ["d1"] 1 []"#,
                #"grant kato ["d2"] 1 []"#,
            ])
        let events = plan.rows.filter { $0.actions == ["view"] }.map(\.events)
        #expect(Set(events).count == 2 && events.dropFirst().first == events.last)
    }

    @Test("whether nothing but a check or a pledge is lacking")
    func lacking() throws {
        let cases = [
            ("reclassified d1 category {core} on 2026-05-01", #"["cleared"]"#),
            (
                "reclassified d1 tier secret, category {core} on 2026-05-01",
                #"["cleared", "pledged"]"#
            ),
            // Who has no permit left lacks that.
            ("moved-to-owner d1 to sales on 2026-05-01", "[]"),
        ]
        for (event, expected) in cases {
            let plan = try plan(company, later: event + "\n")
            let rows = plan.rows.filter { $0.change == .revoke && $0.actions == ["view"] }
            #expect(!rows.isEmpty && rows.allSatisfy { "\($0.lacking)" == expected }, "\(event)")
        }
    }

    @Test("nothing of a check where something else stands in the way as well")
    func moreThanACheck() throws {
        let plan = try plan(
            company + "gave-notice kato last-day 2026-06-30 on 2026-04-01\n",
            later: "reclassified d1 tier secret, category {core} on 2026-05-01\n")
        let rows = plan.rows.filter { $0.subject.name == "kato" && $0.actions == ["view"] }
        #expect(rows.map(\.lacking) == [[]])
        #expect(rows.first?.inTheWay == ["cleared", "inside", "pledged"])
    }

    @Test("which groups and which duties go with it")
    func groupsAndDuties() throws {
        let plan = try plan(
            company + "device laptop-3\ndevice-lent laptop-3 to kato on 2026-01-01\n",
            later: """
                transferred kato to sales on 2026-04-01
                gave-notice kato last-day 2026-06-30 on 2026-04-01

                """)
        let view = try #require(plan.rows.first { $0.actions == ["view"] && $0.change == .revoke })
        #expect(plan.duties(of: view).map { "\($0.verb) \($0.object)" }.count == 1)
        #expect(plan.groups(of: view).isEmpty)
        let discover = try #require(plan.rows.first { $0.actions == ["discover"] })
        #expect(plan.groups(of: discover).map(\.group) == ["cn=cells"])
    }
}
