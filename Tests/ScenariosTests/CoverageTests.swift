import Scenarios
import Testing

@Suite("Coverage")
struct CoverageTests {
    private func coverage(_ statements: String) throws -> ScenarioCoverage {
        let (policy, results) = try Sample.run(Sample.scenario(statements))
        return ScenarioCoverage(of: policy, results: results)
    }

    private func missing(_ coverage: ScenarioCoverage) -> [String] {
        coverage.missingBranches.map {
            "\($0.rule) \($0.part.rawValue) \($0.text.prefix(24)) \($0.isNeverTrue)"
        }
    }

    @Test("counts a rule that determined a decision, and an obligation that came with a permit")
    func rules() throws {
        let none = try coverage("")
        #expect(none.rules == ScenarioCoverage.Share(covered: 0, total: 5))
        #expect(none.untriedRules == ["gone", "house", "marks", "tail", "travel"])
        let edit = try coverage("  expect permit tanaka edit paper at 2026-03-31")
        #expect(edit.untriedRules == ["gone", "marks", "tail", "travel"])
        let view = try coverage("  expect permit tanaka view paper at 2026-03-31")
        #expect(view.untriedRules == ["gone", "tail", "travel"])
        let denied = try coverage("  expect deny tanaka view paper at 2026-05-01")
        #expect(denied.untriedRules == none.untriedRules, "a denial obliges to nothing")
        let plan = try coverage("  expect keep tanaka view paper from 2026-04-01")
        #expect(plan.untriedRules == ["gone", "marks", "travel"])
    }

    @Test("counts both ways each condition came out, whether its rule determined anything or not")
    func branches() throws {
        let none = try coverage("")
        #expect(none.branches == ScenarioCoverage.Share(covered: 0, total: 20))
        let one = try coverage("  expect permit tanaka view paper at 2026-03-31")
        #expect(one.branches == ScenarioCoverage.Share(covered: 10, total: 20))
        #expect(
            missing(one) == [
                "gone when not subject engaged true",
                "house resourceClass tier = internal false",
                "house when some p in subject.posts  false",
                "marks resourceClass tier = internal false",
                "tail resourceClass tier = internal false",
                "tail when subject.moved-from(resou true",
                "travel resourceClass tier >= internal false",
                "travel when subject abroad true",
                "travel onlyIf device.kind = travel true",
                "travel onlyIf device.kind != personal true",
            ])
        let two = try coverage(
            """
              document open-paper owned by battery, tier open, category {}
              travelled tanaka to "US" for business until 2026-03-10 on 2026-03-03
              departed mori on 2026-03-01
              expect permit tanaka view paper      at 2026-03-31
              expect permit tanaka view paper      at 2026-04-01
              expect deny   mori   view open-paper at 2026-03-02 with device.kind travel
              expect deny   tanaka view paper      at 2026-03-04 with device.kind personal
            """)
        #expect(missing(two) == [])
        #expect(two.branches.percent == 100)
    }

    @Test("counts the measures that tried rules cite, in the guidance's order")
    func measures() throws {
        let one = try coverage("  expect permit tanaka view paper at 2026-03-31")
        #expect(one.measures == ScenarioCoverage.Share(covered: 1, total: 5))
        #expect(one.untriedMeasures == ["3.1.8", "3.1.9(1)", "3.1.10", "§5"])
        #expect(one.uncitedMeasures.count == GuidanceMeasures.ids.count - 4)
        #expect(!one.uncitedMeasures.contains("3.1.8") && one.uncitedMeasures.contains("3.1.5"))
    }

    @Test("is rounded down, and whole where there is nothing to cover")
    func percent() {
        #expect(ScenarioCoverage.Share(covered: 199, total: 200).percent == 99)
        #expect(ScenarioCoverage.Share(covered: 0, total: 0).percent == 100)
    }

    @Test("may be demanded, and falls short only below what is demanded")
    func demand() throws {
        let one = try coverage("  expect permit tanaka view paper at 2026-03-31")
        #expect(one.branches.percent == 50 && one.rules.percent == 40)
        let met = try #require(CoverageDemand("rules=40,branches=50,measures=0"))
        #expect(met.shortfalls(of: one).isEmpty)
        let unmet = try #require(CoverageDemand("branches=51,rules=41"))
        #expect(unmet.shortfalls(of: one).map(\.kind) == [.rules, .branches])
        #expect(unmet.shortfalls(of: one).map(\.percent) == [41, 51])
    }

    @Test(
        "is demanded in so many words",
        arguments: [
            "", "rules", "rules=", "rules=101", "rules=-1", "lines=5", "rules=5,",
            "rules=5,rules=6",
            "rules=5%", "rules=1=2", " rules=5",
        ])
    func malformedDemand(text: String) {
        #expect(CoverageDemand(text) == nil)
    }

    @Test("knows the guidance's measures, each once, in order")
    func guidance() {
        #expect(GuidanceMeasures.ids.count == 60)
        #expect(Set(GuidanceMeasures.ids).count == GuidanceMeasures.ids.count)
        for id in GuidanceMeasures.ids {
            #expect(id.wholeMatch(of: /[1-5]\.[1-5]\.[0-9]{1,2}(\([1-9]\))?/) != nil, "\(id)")
        }
    }
}
