import DecisionEngine
import Diagnostics
import Facts
import PolicyLanguage
import PolicyProgram
import Scenarios
import TestSupport
import Testing

@Suite("An expected decision")
struct ExpectedDecisionTests {
    @Test(
        "is met where all that is said of it holds",
        arguments: [
            "permit tanaka view paper at 2026-03-31 by house",
            "permit tanaka view paper at 2026-03-31 obliging watermark, record",
            "permit tanaka view paper at 2026-03-31 obliging record, watermark, record",
            "permit tanaka edit paper at 2026-03-31 obliging nothing",
            "deny mori view paper at 2026-03-31 obliging nothing forever",
            "permit tanaka view paper until 2026-04-01 by house at 2026-03-31",
            "permit tanaka view paper at 2026-04-01 by tail until 2026-04-15T00:00:00+09:00",
            "deny tanaka view paper at 2026-04-15 forever",
            "permit tanaka view paper at 2026-03-31 with device.kind travel with site.trusted true",
        ])
    func isMet(expectation: String) throws {
        #expect(try Sample.mismatches("  expect \(expectation)") == [[]])
    }

    @Test(
        "is not met, and says in what",
        arguments: [
            ("deny tanaka view paper at 2026-03-31", [ScenarioResult.Mismatch.verdict]),
            ("permit tanaka view paper at 2026-03-31 by house, tail", [.rules]),
            ("permit tanaka view paper at 2026-03-31 obliging watermark", [.obligations]),
            ("permit tanaka view paper at 2026-03-31 obliging nothing", [.obligations]),
            ("permit tanaka edit paper at 2026-03-31 obliging record", [.obligations]),
            ("permit tanaka view paper at 2026-03-31 until 2026-04-02", [.end]),
            ("permit tanaka view paper at 2026-03-31 forever", [.end]),
            ("deny tanaka view paper at 2026-04-15 until 2027-01-01", [.end]),
            (
                "permit tanaka view paper at 2026-04-15 by tail obliging record forever",
                [.verdict, .rules, .obligations]
            ),
        ])
    func isNotMet(expectation: String, mismatches: [ScenarioResult.Mismatch]) throws {
        #expect(try Sample.mismatches("  expect \(expectation)") == [mismatches])
    }

    @Test("compares obligations by their names, and not only by how many there are")
    func otherObligations() throws {
        let rule = "oblige stamps: stamp on edit of document(tier = internal)\n"
        let (_, results) = try Sample.run(
            rule
                + Sample.scenario(
                    "  expect permit tanaka view paper at 2026-03-31 obliging record, stamp"))
        #expect(results.flatMap { $0.outcomes.map(\.mismatches) } == [[.obligations]])
    }

    @Test("comes with the decision's explanation")
    func isExplained() throws {
        let (_, results) = try Sample.run(
            Sample.scenario("  expect permit tanaka view paper at 2026-04-15 by tail"))
        let outcome = try #require(results.first?.outcomes.first)
        #expect(outcome.missingRules == ["tail"])
        #expect(outcome.explanation?.lacking.map(\.rule.name) == ["house", "tail"])
    }
}

@Suite("An expected row of a plan")
struct ExpectedChangeTests {
    @Test(
        "is met by a row that says so",
        arguments: [
            "revoke tanaka edit paper from 2026-04-01",
            "revoke tanaka edit paper from 2026-04-01 forever by house",
            "keep tanaka view paper from 2026-04-01 until 2026-04-15 by tail",
            "revoke tanaka view paper from 2026-04-15 by house",
            "no change for mori",
        ])
    func isMet(expectation: String) throws {
        #expect(try Sample.mismatches("  expect \(expectation)") == [[]])
    }

    @Test(
        "is not met by any other",
        arguments: [
            "revoke tanaka edit paper from 2026-04-02",
            "revoke tanaka edit paper from 2026-04-01 until 2026-05-01",
            "suspend tanaka edit paper from 2026-04-01",
            "grant tanaka edit paper from 2026-04-01",
            "revoke mori edit paper from 2026-04-01",
            "revoke tanaka edit paper from 2026-04-01 by tail",
            "keep tanaka view paper from 2026-04-01 by house",
            "keep tanaka view paper from 2026-04-01 forever",
        ])
    func isNotMet(expectation: String) throws {
        #expect(try Sample.mismatches("  expect \(expectation)") == [[.missingRow]])
    }

    @Test("may be suspended, restricted or granted, by what stands in the way or gives it")
    func otherChanges() throws {
        let statements = """
              leave-started tanaka until 2026-03-31 on 2026-03-01
              travelled mori to "US" for business until 2026-05-10 on 2026-05-03
              transferred mori to battery on 2026-05-01
              expect grant    mori view paper from 2026-05-01 until 2026-05-03 by house
              expect grant    mori view paper from 2026-05-03 until 2026-05-11 by travel
              expect no change for tanaka
            """
        #expect(try Sample.mismatches(statements) == [[], [], [.unexpectedRow]])
        let trip = """
              travelled tanaka to "US" for business until 2026-03-10 on 2026-03-03
              expect restrict tanaka view paper from 2026-03-03 until 2026-03-11 by travel
              expect restrict tanaka view paper from 2026-03-03 by house
            """
        #expect(try Sample.mismatches(trip) == [[], []])
        let end = """
              departed mori on 2026-06-01
              expect no change for mori
              expect revoke tanaka view paper from 2026-04-15
            """
        #expect(try Sample.mismatches(end) == [[], []], "Mori had nothing to lose")
    }
}

@Suite("A table of cases")
struct CaseTableTests {
    static let table = """
          expect cases {
            who    action what  at          answer by           obliging           until      device.kind
            tanaka view   paper 2026-03-31  permit house        record,watermark   2026-04-01 _
            tanaka view   paper 2026-04-01  permit tail         watermark, record  2026-04-15 managed
            "tanaka" edit paper 2026-04-01  deny   _            nothing            forever    _

            // The last of them is not met.
            mori   view   paper 2026-03-31  permit house,tail   _                  _          travel
          }
          expect permit tanaka view paper at 2026-03-31
        """

    @Test("expects a decision a line, each at its own place")
    func oneEach() throws {
        let text = Sample.scenario(Self.table)
        let (_, results) = try Sample.run(text)
        let outcomes = try #require(results.first?.outcomes)
        #expect(outcomes.map(\.isMet) == [true, true, true, false, true])
        let source = SourceText(name: "", text: Sample.policy + text)
        let places = outcomes.map { source.line(at: $0.expectation.place.span.lower) }
        #expect(places.map { $0 - places[0] } == [0, 1, 2, 5, 7])
        let last = source.text(in: outcomes[3].expectation.place.span)
        #expect(last.hasPrefix("mori ") && last.hasSuffix("travel"))
        guard case .decision(let decision) = outcomes[3].expectation.content else {
            Issue.record("no decision")
            return
        }
        #expect(decision.rules == ["house", "tail"] && decision.obligations == nil)
        #expect(decision.end == nil && decision.context == ["device.kind": .symbol("travel")])
    }

    @Test("may have its lines parted by semicolons, and its columns in any order")
    func otherForms() throws {
        let statements = """
              expect cases { answer at what action who; permit 2026-03-31 paper view tanaka;
                deny 2026-03-31 paper view mori }
            """
        #expect(try Sample.mismatches(statements) == [[], []])
    }

    @Test("has a line that goes on after a comma and inside braces")
    func longLines() throws {
        let statements = """
              expect cases {
                who    action what  at         answer obliging
                tanaka view   paper 2026-03-31 permit watermark,
                  record
                mori   view   paper 2026-03-31 deny   nothing
              }
            """
        #expect(try Sample.mismatches(statements) == [[], []])
        let set = SourceText(
            name: "", text: Sample.scenario("  document other category {core;\n core}"))
        #expect(
            Sample.read("", scenarios: [set]).diagnostics.map(\.code) == [.statementNotUnderstood])
    }

    @Test("is read to its end with any of its words missing or doubled")
    func mutilated() throws {
        let words = Self.table.split(separator: " ", omittingEmptySubsequences: false)
        for place in words.indices where !words[place].isEmpty {
            var fewer = words
            fewer.remove(at: place)
            var more = words
            more.insert("{ , _ . ; \(words[place])", at: place)
            for text in [fewer, more].map({ $0.joined(separator: " ") }) {
                let read = Sample.read(Sample.scenario(text))
                #expect(read.policy != nil || !read.diagnostics.isEmpty)
            }
        }
    }
}
