import ArgumentParser
import DiagnosticText
import Scenarios

struct TestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test", abstract: "Runs a policy's scenarios.",
        discussion: """
            Prints each scenario, what was decided where an expectation was not met, and the rules that no
            scenario tries. Example:
              ntk test policies/aoba.ntk
            """)

    @Argument(help: "The policy's file.")
    var policy: String

    @OptionGroup var common: CommonOptions

    private struct Result: Encodable {
        let title: String
        let passed: Bool
        let unmet: [Int]
    }

    func run() throws {
        let console = common.console
        let compiled = try PolicyFiles.compile(policy, console: console)
        let results = ScenarioRunner.run(
            compiled.checked, program: compiled.program, digest: compiled.digest)
        if common.json {
            let list = results.map { result in
                Result(
                    title: result.title, passed: result.hasPassed,
                    unmet: result.outcomes.indices.filter { !result.outcomes[$0].isMet })
            }
            try console.result(try JSONText.text(list))
        } else {
            let untried = ScenarioRunner.untriedRules(of: compiled.checked, results: results)
            try console.result(
                ScenarioText(language: common.language, sources: compiled.sources)
                    .text(results, untried: untried))
        }
        guard results.allSatisfy(\.hasPassed) else { throw CommandEnd(exit: .no) }
    }
}
