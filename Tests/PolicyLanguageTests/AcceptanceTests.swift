import Diagnostics
import PolicyLanguage
import TestSupport
import Testing

@Suite("A finding that is meant")
struct AcceptanceTests {
    private static let rule = "permit p: view on document(tier = secret) when staff"

    @Test("is not said where the rule accepts it with a reason")
    func accepted() {
        #expect(Sample.findings(Self.rule) == [.noNeedToKnow])
        #expect(Sample.findings("\(Self.rule) accepts NTK3105 \"the audit room\"") == [])
    }

    @Test("is accepted at each sort of place")
    func places() {
        let places = [
            "action shred on document accepts NTK3114 \"later\"",
            "check idle { covers {} lasts 1 year } accepts NTK3110 \"later\"",
            """
            record visit of person as visits { purpose text accepts NTK3104 "filled in by hand" }
            event visited { person person  begin visit for person { } }
            permit p: view on document(tier = open) when some v in subject.visits where v.purpose = "x"
            """,
            """
            action shred on document accepts NTK3114 "later"
            limit few: at most 5 people may shred some document accepts NTK3115 "later"
            """,
            "upon transferred: return person.employer when false accepts NTK3115 \"not yet\"",
            """
            permit p: view on document(tier = open) when some e in subject.engagements where e.host = compnay
              accepts NTK3118 "a company of that name"
            """,
        ]
        for text in places { #expect(Sample.findings(text) == [], "\(text)") }
    }

    @Test("of another code, or of none that arises, is said all the same")
    func another() {
        #expect(
            Sample.findings("\(Self.rule) accepts NTK3106 \"another\"")
                == [.noNeedToKnow, .acceptanceNotNeeded])
        #expect(
            Sample.findings("permit p: view on document when unit accepts NTK3105 \"nothing here\"")
                == [.acceptanceNotNeeded])
    }

    @Test("can't be an error, or accepted without a reason")
    func refused() {
        let never = "permit p: view on document when false"
        #expect(Sample.findings("\(never) accepts NTK3101 \"meant\"") == [.cannotBeAccepted])
        #expect(Sample.findings("\(Self.rule) accepts NTK9999 \"meant\"") == [.cannotBeAccepted])
        #expect(Sample.findings("\(Self.rule) accepts NTK3105 \"\"") == [.acceptanceWithoutReason])
        #expect(
            Sample.findings("\(Self.rule) accepts NTK3105 \" 　\"") == [.acceptanceWithoutReason])
    }
}

@Suite("The search for findings")
struct FindingSearchTests {
    @Test("is left out where there are mistakes, and where nobody asks for it")
    func leftOut() {
        let doubtful = "permit p: view on document(tier = secret) when staff\n"
        #expect(
            Sample.findings(doubtful + "permit q: veiw on document when unit") == [.unknownAction])
        #expect(Fixtures.read(Sample.text + doubtful).diagnostics == [])
    }

    @Test("refuses a policy with a rule that can never hold, and lets warnings pass")
    func refuses() {
        func policy(_ text: String) -> CheckedPolicy? {
            Fixtures.read(Sample.text + text, findings: true).policy
        }
        #expect(policy("permit p: view on document when false") == nil)
        #expect(policy("permit p: view on document(tier = secret) when staff") != nil)
    }

    @Test("says where it stopped", .timeLimit(.minutes(1)))
    func stops() {
        let flags = (0..<12).map { "a\($0) boolean  b\($0) boolean" }.joined(separator: "  ")
        let choices = (0..<12).map { "(puzzle.a\($0) or puzzle.b\($0))" }
        let puzzle = ["c or puzzle.d", "c or not puzzle.d"].flatMap {
            ["(puzzle.\($0))", "(not puzzle.\($0))"]
        }
        let condition = (puzzle + choices).joined(separator: " and ")
        let found = Sample.findings(
            """
            context puzzle { \(flags)  c boolean  d boolean }
            permit p: view on document(tier = open) when \(condition)
            """)
        #expect(found == [.searchStopped])
    }

    @Test("takes little longer for many rules than for few", .timeLimit(.minutes(2)))
    func manyRules() {
        let rules = (0..<3_000).map { index in
            "permit r\(index): view on document(tier = secret, owner = department \"d\(index)\") when unit"
        }
        #expect(Sample.findings(rules.joined(separator: "\n")) == [])
    }

    @Test("compares each rule with few others, and says so once")
    func fewComparisons() {
        let rules = (0..<40).map { index in
            "permit r\(index): view on document when unit and (site.visitors = \(index) or subject.name = \"\(index)\")"
        }
        #expect(Sample.findings(rules.joined(separator: "\n")) == [.searchStopped])
    }

    @Test("keeps errors where there is more to say than is reported")
    func errorsFirst() {
        let notes = (0..<1_200).map { "permit r\($0): view on document(tier = secret) when staff" }
        let result = Fixtures.read(
            Sample.text + notes.joined(separator: "\n") + "\npermit p: view on document when false",
            findings: true)
        #expect(result.diagnostics.count == 1_000 && result.policy == nil)
        #expect(result.diagnostics.contains { $0.code == .permitNeverHolds })
    }
}
