import ArgumentParser
import Artifacts
import DiagnosticText
import PolicyLanguage
import Scenarios

struct TestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test", abstract: "Runs a policy's scenarios.",
        discussion: """
            Prints each scenario; where an expectation was not met, what was
            expected, what the policy gave and why; and what the scenarios have tried
            of the policy: its rules, both branches of its conditions, the measures it
            cites.

            Scenarios stand in the policy, in the file named like it
            (aoba.scenarios.ntk beside aoba.ntk), or in files given after it. Examples:
              ntk test policies/aoba.ntk
              ntk test policies/aoba.ntk more.scenarios.ntk --filter mover
              ntk test policies/aoba.ntk --coverage
              ntk test policies/aoba.ntk --fail-under rules=90,branches=80
              ntk test policies/aoba.ntk --junit report.xml

            Exit code 1 says that an expectation was not met, or that less was tried
            than --fail-under asks for.
            """)

    @Argument(help: "The policy's file.")
    var policy: String

    @Argument(help: "Further files of scenarios.")
    var scenarios: [String] = []

    @Option(help: ArgumentHelp("Run only scenarios whose title contains this.", valueName: "text"))
    var filter: String?

    @Flag(help: "Name everything that no scenario tries.")
    var coverage = false

    @Option(
        name: .customLong("fail-under"),
        help: ArgumentHelp(
            "Fail where less is tried: rules, branches, measures, in percent.",
            valueName: "rules=90,…"))
    var failUnder: String?

    @Option(help: ArgumentHelp("Write the results to a file as JUnit XML.", valueName: "file"))
    var junit: String?

    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard let failUnder, CoverageDemand(failUnder) == nil else { return }
        throw ValidationError(
            "--fail-under takes shares in percent, such as rules=90,branches=80,measures=50")
    }

    func run() throws {
        let console = common.console
        let files = ScenarioFiles.paths(beside: policy, given: scenarios)
        let compiled = try PolicyFiles.compile(policy, scenarios: files, console: console)
        let (results, durations) = try results(of: compiled)
        let speaker = ScenarioText(
            language: common.language, policy: compiled.checked, program: compiled.program,
            sources: compiled.sources)
        if let junit {
            try write(JUnitReport(results, durations: durations, speaker: speaker), to: junit)
        }
        // What a part of the scenarios tries says little about the policy.
        let isCoverageWanted = filter == nil || coverage || failUnder != nil
        let tried =
            isCoverageWanted ? ScenarioCoverage(of: compiled.checked, results: results) : nil
        let shortfalls =
            tried.flatMap { tried in
                failUnder.flatMap(CoverageDemand.init)?.shortfalls(of: tried)
            } ?? []
        if common.json {
            let document = ScenarioJSON(
                results, coverage: tried, shortfalls: shortfalls.map(\.kind), speaker: speaker)
            try console.result(try JSONText.text(document))
        } else {
            let coverageText = CoverageText(language: common.language, isWhole: coverage)
            let shares = tried.map(coverageText.text) ?? ""
            let short = shortfalls.map {
                coverageText.shortfall($0.kind, $0.share, demanded: $0.percent)
            }
            try console.result(speaker.text(results) + shares + short.joined())
        }
        guard results.allSatisfy(\.hasPassed), shortfalls.isEmpty else {
            throw CommandEnd(exit: .no)
        }
    }

    /// Runs the scenarios, and takes the time of each expectation.
    private func results(
        of compiled: CompiledPolicy
    ) throws -> (results: [ScenarioResult], durations: [[Duration]]) {
        let chosen = compiled.checked.scenarios.filter { scenario in
            filter.map { scenario.title.contains($0) } ?? true
        }
        if let filter, chosen.isEmpty {
            let text = Visible.text(filter)
            throw CommandFailure(
                .usage, "no scenario's title contains `\(text)`, so nothing was run",
                "題名に `\(text)` を含むシナリオがないため、何も実行していません")
        }
        let clock = ContinuousClock()
        var results: [ScenarioResult] = []
        var durations: [[Duration]] = []
        for scenario in chosen {
            let run = ScenarioRun(
                scenario, of: compiled.checked, program: compiled.program, digest: compiled.digest)
            var outcomes: [ScenarioResult.Outcome] = []
            var times: [Duration] = []
            for expectation in scenario.expectations {
                let start = clock.now
                outcomes.append(run.outcome(of: expectation))
                times.append(start.duration(to: clock.now))
            }
            results.append(run.result(outcomes))
            durations.append(times)
        }
        return (results, durations)
    }

    private func write(_ report: JUnitReport, to path: String) throws {
        do {
            try WholeFile.write(Array(report.text.utf8), to: path)
        } catch {
            throw CommandFailure(
                .systemFailed, "\(path) can't be written: \(error.message)",
                "\(path) に書き込めません: \(error.message)")
        }
    }
}
