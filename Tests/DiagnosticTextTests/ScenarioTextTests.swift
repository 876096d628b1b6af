import DecisionEngine
import DiagnosticText
import Diagnostics
import FoundationEssentials
import PolicyCompiler
import PolicyLanguage
import Scenarios
import TestSupport
import Testing

/// What `ntk test` says of `Tests/Fixtures/scenarios/failing.ntk`, in every form.
@Suite("Scenarios that fail")
struct ScenarioTextTests {
    private let policy: CheckedPolicy
    private let results: [ScenarioResult]
    private let speakers: [Language: ScenarioText]

    init() throws {
        let beside = SourceText(
            name: "more.scenarios.ntk", text: try Golden.text("scenarios/more.scenarios.ntk"))
        let read = Fixtures.read(
            try Golden.text("scenarios/failing.ntk"), name: "failing.ntk", scenarios: [beside])
        #expect(read.diagnostics.map(\.code) == [])
        let policy = try #require(read.policy)
        let program = try PolicyCompiler.compile(policy)
        self.policy = policy
        results = ScenarioRunner.run(
            policy, program: program, digest: ProgramDigest(hexadecimal: "test"))
        speakers = Dictionary(
            uniqueKeysWithValues: Language.allCases.map { language in
                let speaker = ScenarioText(
                    language: language, policy: policy, program: program, sources: read.sources)
                return (language, speaker)
            })
    }

    @Test("show what was expected, what came of it and why", arguments: Language.allCases)
    func text(language: Language) throws {
        let text = try #require(speakers[language]).text(results)
        let coverage = ScenarioCoverage(of: policy, results: results)
        let short = CoverageText(language: language, isWhole: false)
        let whole = CoverageText(language: language, isWhole: true)
        let demand = try #require(CoverageDemand("rules=100,branches=100,measures=100"))
        let shortfalls = demand.shortfalls(of: coverage).map {
            short.shortfall($0.kind, $0.share, demanded: $0.percent)
        }
        try Golden.check(
            text + short.text(coverage) + shortfalls.joined() + whole.text(coverage),
            against: "scenarios/failing.\(language.rawValue).txt")
    }

    @Test("are the same in JSON")
    func json() throws {
        let speaker = try #require(speakers[.english])
        let document = ScenarioJSON(
            results, coverage: ScenarioCoverage(of: policy, results: results),
            shortfalls: [.branches], speaker: speaker)
        try Golden.check(try JSONText.text(document), against: "scenarios/failing.json")
    }

    @Test("are the same in JUnit XML, whatever characters they hold")
    func junit() throws {
        let speaker = try #require(speakers[.english])
        let durations = results.map { result in
            result.outcomes.indices.map { Duration.microseconds(1_000_250 * $0) }
        }
        let report = JUnitReport(results, durations: durations, speaker: speaker)
        try Golden.check(report.text, against: "scenarios/failing.junit.xml")
        let suites = try JUnitDocument.parse(report.text)
        #expect(suites.map(\.name) == ["failing.ntk", "more.scenarios.ntk"])
        let cases = suites.flatMap(\.cases)
        #expect(cases.count == results.flatMap(\.outcomes).count)
        #expect(cases.filter { $0.failure != nil }.count == 9)
        #expect(cases.contains { $0.classname == "signs: <a> & 'b' 極秘 <U+7F>\u{FFFD}" })
        #expect(cases.contains { $0.failure?.contains("because:\n") == true })
    }
}
