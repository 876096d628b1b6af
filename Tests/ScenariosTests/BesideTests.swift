import Diagnostics
import PolicyCompiler
import PolicyLanguage
import PolicyProgram
import Scenarios
import TestSupport
import Testing

@Suite("Scenarios beside a policy")
struct BesideTests {
    private let beside = SourceText(
        name: "sample.scenarios.ntk",
        text: Sample.scenario(
            "  expect permit tanaka view paper at 2026-03-31 by house", title: "beside"))

    @Test("are the policy's, and no part of its program")
    func sameProgram() throws {
        let without = Sample.read(Sample.scenario(""))
        let with = Sample.read(Sample.scenario(""), scenarios: [beside])
        #expect(with.diagnostics == [])
        let (first, second) = (try #require(without.policy), try #require(with.policy))
        #expect(second.scenarios.map(\.title) == ["sample", "beside"])
        #expect(first.scenarios.map(\.title) == ["sample"])
        #expect(
            try PolicyCompiler.compile(first).encoded() == PolicyCompiler.compile(second).encoded())
        #expect(without.scenarioSources.isEmpty)
        #expect(with.sources[with.scenarioSources].map(\.name) == ["sample.scenarios.ntk"])
        #expect(with.sources.count == without.sources.count + 1)
    }

    @Test("point into their own file")
    func places() throws {
        let with = Sample.read("", scenarios: [beside])
        let place = try #require(with.policy?.scenarios.first?.expectations.first?.place)
        #expect(with.sources[place.source].text(in: place.span).hasPrefix("expect permit tanaka"))
    }

    @Test(
        "may declare nothing else",
        arguments: [
            "policy other version \"1\" zone \"UTC\"", "use battery", "vocabulary other",
            "define more = subject engaged", "permit more: view on document",
            "lease 1 days on resource", "entity more { }",
        ])
    func onlyScenarios(declaration: String) {
        let source = SourceText(name: "s.ntk", text: "\(declaration)\n" + Sample.scenario(""))
        let read = Sample.read("", scenarios: [source])
        #expect(read.diagnostics.map(\.code) == [.onlyScenariosHere])
        #expect(read.policy == nil)
    }
}
