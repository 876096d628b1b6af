import Foundation
import TestSupport
import Testing

/// `ntk test`, run as people and build servers run it.
@Suite("ntk test")
struct TestCommandTests {
    private let ntk: NTK

    init() throws { ntk = try NTK() }

    private static let policy = """
        policy sample version "1" zone "Asia/Tokyo"
        use standard
        define company = organisation "aoba"
        scale tier { open < internal }
        category core
        enumeration role { engineer }
        permit house: view on document(tier = internal) when subject engaged cites "3.1.8"
        permit more: view on document(tier = open)

        """

    private static func scenario(_ title: String, expecting expectation: String) -> String {
        """
        scenario "\(title)" {
          department sales
          person tanaka engaged as employee since 2020-04-01
          document paper owned by sales, tier internal, category {}
          expect \(expectation)
        }

        """
    }

    private static let met = scenario(
        "within", expecting: "permit tanaka view paper at 2026-01-01 by house")
    private static let beside = scenario(
        "beside", expecting: "deny tanaka view paper at 2019-01-01 obliging nothing")
    private static let unmet = scenario(
        "unmet", expecting: "permit tanaka view paper at 2019-01-01 by house")

    private func policyFile() throws -> String {
        try ntk.file("sample.ntk", Self.policy + Self.met)
    }

    @Test("runs the scenarios of the policy, of the file named like it, and of files given")
    func files() async throws {
        let policy = try policyFile()
        let alone = try await ntk.run("test", policy)
        #expect(alone.status == 0, "\(alone.stderr)")
        #expect(alone.stdout.hasPrefix("✔ within\n1 passed, 0 failed\ncoverage\n"))

        let beside = try ntk.file("sample.scenarios.ntk", Self.beside)
        let both = try await ntk.run("test", policy)
        #expect(both.status == 0)
        #expect(both.stdout.hasPrefix("✔ within\n✔ beside\n2 passed, 0 failed\n"))
        let otherSpelling = ntk.folder.path("other/../sample.scenarios.ntk")
        let twice = try await ntk.run("test", policy, beside, otherSpelling)
        #expect(twice.stdout == both.stdout, "a file is read once, however it is called")
        let given = try ntk.file("further.ntk", Self.unmet)
        let all = try await ntk.run("test", policy, beside, given, given)
        #expect(all.status == 1)
        #expect(all.stdout.hasPrefix("✔ within\n✔ beside\n✘ unmet\n    \(given):5: expect permit"))
        #expect(all.stdout.contains("2 passed, 1 failed\n"))
    }

    @Test(
        "shows for a failure what was expected, what was decided, and why", arguments: ["en", "ja"])
    func failure(language: String) async throws {
        let given = try ntk.file("further.ntk", Self.unmet)
        let run = try await ntk.run("test", try policyFile(), given, "--lang", language)
        #expect(run.status == 1)
        let expected =
            language == "en"
            ? [
                "      expected: permit, by house\n      got:      deny, by no rule\n",
                "      because:\n        DENY  tanaka view paper at 2019-01-01\n",
                "subject engaged — does not hold\n",
            ]
            : [
                "      期待: 許可、規則 house\n      結果: 不許可、該当規則なし\n",
                "      理由:\n        不許可  tanaka が paper を view（2019-01-01 時点）\n",
                "subject engaged — 不成立\n",
            ]
        for text in expected { #expect(run.stdout.contains(text), "\(text)") }
    }

    @Test("says the same in JSON")
    func json() async throws {
        let given = try ntk.file("further.ntk", Self.unmet)
        let run = try await ntk.run(
            "test", try policyFile(), given, "--json", "--fail-under", "rules=90")
        #expect(run.status == 1)
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(run.stdout.utf8)) as? [String: Any])
        #expect(object["passed"] as? Int == 1 && object["failed"] as? Int == 1)
        let scenarios = try #require(object["scenarios"] as? [[String: Any]])
        #expect(scenarios.map { $0["title"] as? String } == ["within", "unmet"])
        let unmet = try #require((scenarios[1]["expectations"] as? [[String: Any]])?.first)
        #expect(unmet["file"] as? String == given && unmet["line"] as? Int == 5)
        #expect(unmet["expected"] as? String == "permit, by house")
        #expect(unmet["got"] as? [String] == ["deny, by no rule"])
        #expect(unmet["mismatches"] as? [String] == ["verdict", "rules"])
        #expect((unmet["decision"] as? [String: Any])?["basis"] as? String == "noPermit")
        let coverage = try #require(object["coverage"] as? [String: Any])
        #expect((coverage["rules"] as? [String: Any])?["percent"] as? Int == 50)
        #expect((coverage["rules"] as? [String: Any])?["missing"] as? [String] == ["more"])
        #expect(coverage["shortfalls"] as? [String] == ["rules"])
    }

    @Test("runs only what the filter asks for, and never nothing")
    func filter() async throws {
        let given = try ntk.file("further.ntk", Self.unmet)
        let policy = try policyFile()
        let one = try await ntk.run("test", policy, given, "--filter", "ithi")
        #expect(one.status == 0)
        #expect(one.stdout == "✔ within\n1 passed, 0 failed\n")
        let covered = try await ntk.run("test", policy, given, "--filter", "ithi", "--coverage")
        #expect(covered.stdout.contains("\ncoverage\n"))
        let none = try await ntk.run("test", policy, given, "--filter", "nothing like it")
        #expect(none.status == 2 && none.stdout == "")
        #expect(none.stderr.contains("no scenario's title contains `nothing like it`"))
    }

    @Test("fails where less is tried than asked for")
    func demands() async throws {
        let policy = try policyFile()
        let run = try await ntk.run(
            "test", policy, "--fail-under", "rules=50,branches=60,measures=100")
        #expect(run.status == 1)
        #expect(run.stdout.contains("  rules     1 of 2 (50%); determined no decision: more\n"))
        #expect(run.stdout.contains("  branches  3 of 6 (50%); not seen: "))
        #expect(run.stdout.contains("  measures  1 of 1 (100%)\n"))
        #expect(run.stdout.hasSuffix("\n✘ branches: 50% covered, and 60% asked for\n"))
        let met = try await ntk.run("test", policy, "--fail-under", "rules=50,branches=50")
        #expect(met.status == 0)
        for bad in ["rules", "lines=50", "rules=101", "rules=5,rules=6", ""] {
            let refused = try await ntk.run("test", policy, "--fail-under", bad)
            #expect(refused.status == 2, "\(bad)")
        }
    }

    @Test("names all that is not tried where that is asked for")
    func wholeCoverage() async throws {
        let run = try await ntk.run("test", try policyFile(), "--coverage")
        #expect(run.status == 0)
        let lines = run.stdout.split(separator: "\n")
        #expect(lines.contains("    more class `tier = open` true"))
        #expect(lines.contains("    house when `subject engaged` not true"))
        #expect(lines.contains("  guidance  59 of 60 measures are cited by no rule:"))
        #expect(lines.last == "    5.4.2")
    }

    @Test("writes JUnit XML, whole, and the same but for the times")
    func junit() async throws {
        let policy = try policyFile()
        let given = try ntk.file("further.ntk", Self.unmet)
        let path = ntk.folder.path("report.xml")
        var texts: [String] = []
        for _ in 0..<2 {
            let run = try await ntk.run("test", policy, given, "--junit", path)
            #expect(run.status == 1)
            #expect(run.stdout.contains("1 passed, 1 failed"))
            let text = try String(contentsOfFile: path, encoding: .utf8)
            texts.append(text.replacing(/time="[0-9]+\.[0-9]{6}"/, with: "time"))
        }
        #expect(texts[0] == texts[1])
        #expect(texts[0].contains("<testsuite name=\"\(policy)\" tests=\"1\" failures=\"0\""))
        #expect(texts[0].contains("<testsuite name=\"\(given)\" tests=\"1\" failures=\"1\""))
        #expect(texts[0].contains("<testcase classname=\"unmet\" name=\"5: expect permit tanaka"))
        #expect(!texts[0].contains("time=\""), "every time was taken out")
        let refused = try await ntk.run(
            "test", policy, "--junit", ntk.folder.path("nowhere/report.xml"))
        #expect(refused.status == 4 && refused.stderr.contains("can't be written"))
    }

    @Test("refuses what is no scenario beside a policy, and points there")
    func onlyScenarios() async throws {
        let policy = try policyFile()
        let beside = try ntk.file("sample.scenarios.ntk", "permit x: view on document\n")
        let run = try await ntk.run("test", policy)
        #expect(run.status == 3 && run.stdout == "")
        #expect(run.stderr.contains("error[NTK2040]") && run.stderr.contains("\(beside):1:1"))
        let missing = try await ntk.run("test", policy, ntk.folder.path("missing.ntk"))
        #expect(missing.status == 3 && missing.stderr.contains("missing.ntk can't be read"))
    }

    @Test("has scenarios beside a policy that adopting it passes over")
    func adoption() async throws {
        let policy = try policyFile()
        let adopted = try await ntk.run("adopt", policy)
        #expect(adopted.status == 0, "\(adopted.stderr)")
        _ = try ntk.file("sample.scenarios.ntk", Self.beside + "this is no policy")
        let again = try await ntk.run("adopt", policy)
        #expect(again.status == 0 && again.stderr.contains("already adopted"))
        let check = try await ntk.run("check", policy)
        #expect(check.status == 0)
    }
}
