import DecisionEngine
import Diagnostics
import PolicyCompiler
import PolicyLanguage
import Scenarios
import TestSupport
import Testing

/// A small policy, and scenarios put to it.
enum Sample {
    static let policy = """
        policy sample version "1" zone "Asia/Tokyo"
        use standard
        define company = organisation "aoba"
        scale tier { open < internal < secret }
        category core
        enumeration role { engineer }
        context site { trusted boolean }

        permit house: view, edit on document(tier = internal)
          when some p in subject.posts where p.department below resource.owner
          cites "3.1.8(4)"
        permit tail: view on document(tier = internal)
          when subject.moved-from(resource.owner) within 14 days
          cites "3.1.8", "§5"
        forbid gone: any on resource when not subject engaged
          cites "3.1.10", "3.1.9(1)"
        require travel: any on resource(tier >= internal) when subject abroad
          only if device.kind = travel and device.kind != personal
        oblige marks: watermark, record on view of document(tier = internal)


        """

    /// What every scenario of the tests is about: who is where, and what there is.
    static let facts = """
          department battery;  department sales
          person tanaka engaged as employee since 2020-04-01, post engineer in battery
          person mori engaged as employee since 2020-04-01, post engineer in sales
          document paper owned by battery, tier internal, category {}
          transferred tanaka to sales on 2026-04-01

        """

    static func scenario(_ statements: String, title: String = "sample") -> String {
        "scenario \"\(title)\" {\n\(facts)\(statements)\n}\n"
    }

    static func read(_ text: String, scenarios: [SourceText] = []) -> PolicyReader.Result {
        Fixtures.read(policy + text, scenarios: scenarios)
    }

    /// The results of the scenarios in `text`, which must be understood.
    static func run(_ text: String) throws -> (policy: CheckedPolicy, results: [ScenarioResult]) {
        let read = read(text)
        #expect(read.diagnostics.map(\.code) == [])
        let policy = try #require(read.policy)
        let program = try PolicyCompiler.compile(policy)
        let results = ScenarioRunner.run(
            policy, program: program, digest: ProgramDigest(hexadecimal: "test"))
        return (policy, results)
    }

    /// What differs for each expectation among `statements`.
    static func mismatches(_ statements: String) throws -> [[ScenarioResult.Mismatch]] {
        let (_, results) = try run(scenario(statements))
        return results.flatMap { $0.outcomes.map(\.mismatches) }
    }
}
