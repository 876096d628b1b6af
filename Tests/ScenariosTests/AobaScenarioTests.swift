import DecisionEngine
import PolicyCompiler
import PolicyLanguage
import Scenarios
import TestSupport
import Testing

@Suite("Aoba's scenarios")
struct AobaScenarioTests {
    @Test("pass, every one")
    func pass() throws {
        let policy = try #require(try Fixtures.readAobaPolicy().policy)
        let program = try PolicyCompiler.compile(policy)
        let results = ScenarioRunner.run(
            policy, program: program, digest: ProgramDigest(hexadecimal: "test"))
        #expect(results.count == 6)
        for result in results {
            for outcome in result.outcomes {
                #expect(
                    outcome.isMet,
                    "\(result.title): \(outcome.expectation.content) gave \(outcome.mismatches)")
            }
        }
    }
}
