import DecisionEngine
import Facts
import Lifecycle
import PolicyCompiler
import PolicyLanguage
import PolicyProgram
import TestSupport
import Testing

/// Plans for the events of Aoba's own scenarios: facts with them against facts without.
@Suite("Plans")
struct PlanTests {
    private let policy: CheckedPolicy
    private let program: Program

    init() throws {
        policy = try #require(try Fixtures.readAobaPolicy().policy)
        program = try PolicyCompiler.compile(policy)
    }

    private func plan(scenario title: String, event name: String) throws -> Plan {
        let scenario = try #require(policy.scenarios.first { $0.title == title })
        let event = try #require(
            scenario.entries.compactMap { entry -> Event? in
                guard case .event(let event) = entry.content, event.name == name else { return nil }
                return event
            }.first)
        let without = scenario.entries.filter { $0.content != .event(event) }
        func facts(_ entries: [LedgerEntry]) -> FactBase {
            Fold.facts(from: entries, vocabulary: policy.vocabulary, zone: policy.zone).facts
        }
        let before = facts(without)
        let planner = try Planner(
            program: program, facts: before, digest: ProgramDigest(hexadecimal: "test"))
        return try planner.plan(of: FactChange(from: before, to: facts(scenario.entries)))
    }

    private func summary(_ plan: Plan) -> [String] {
        plan.rows.map { row in
            let resources = row.resources.map(\.name).joined(separator: " ")
            let from = TimeText.text(row.interval.from, in: policy.zone)
            let until = TimeText.text(row.interval.until, in: policy.zone)
            let grounds = "\(row.before)→\(row.after) \(row.inTheWay)"
            return
                "\(row.change.rawValue) \(row.actions.joined(separator: ",")) \(resources) \(from)..\(until) \(grounds)"
        }
    }

    @Test("of a transfer: writing ends, reading stays fourteen days on other grounds")
    func transfer() throws {
        let plan = try plan(
            scenario: "a mover keeps two weeks of reading, and no more", event: "transferred")
        #expect(
            summary(plan) == [
                #"revoke edit drawing-7 2026-04-01.. ["unit"]→[] []"#,
                #"keep discover,view drawing-7 2026-04-01..2026-04-15 ["unit"]→["tail"] []"#,
                #"revoke discover,view drawing-7 2026-04-15.. ["unit"]→[] []"#,
            ])
    }

    @Test("of a notice: all but the hand-over set at once, the rest on the last day")
    func notice() throws {
        let plan = try plan(
            scenario: "after notice only the hand-over set stays open", event: "gave-notice")
        #expect(
            summary(plan) == [
                #"revoke discover,view drawing-9 2026-06-01.. ["unit"]→[] ["notice"]"#,
                #"revoke edit drawing-9 2026-06-01.. ["unit"]→[] ["notice", "readable"]"#,
                #"revoke discover,view drawing-8 2026-07-01.. ["unit"]→[] ["gone"]"#,
                #"revoke discover,view rules 2026-07-01.. ["house"]→[] ["gone"]"#,
                #"revoke edit drawing-8 2026-07-01.. ["unit"]→[] ["gone", "readable"]"#,
                #"revoke submit rules 2026-07-01.. ["tools"]→[] ["gone"]"#,
            ])
    }

    @Test("of a journey: what the travel device opens is restricted, core technology suspended")
    func journey() throws {
        let plan = try plan(
            scenario: "abroad only the travel device opens anything above internal",
            event: "travelled")
        #expect(
            summary(plan) == [
                #"suspend discover,view core-plan 2026-05-03..2026-05-11 ["unit"]→[] ["travel"]"#,
                #"suspend edit core-plan 2026-05-03..2026-05-11 ["unit"]→[] ["readable", "travel"]"#,
                #"restrict discover,view plan 2026-05-03..2026-05-11 ["unit"]→["unit"] ["travel"]"#,
                #"restrict edit plan 2026-05-03..2026-05-11 ["unit"]→["unit"] ["readable", "travel"]"#,
            ])
        let restricted = plan.rows(.restrict)
        #expect(restricted.allSatisfy { $0.remaining == [["device.kind": .symbol("travel")]] })
    }

    @Test("of a leave with an end: suspended, and back by itself")
    func leave() throws {
        let plan = try plan(
            scenario: "on leave nothing above open is needed, and it comes back by itself",
            event: "leave-started")
        #expect(plan.rows.allSatisfy { $0.change == .suspend })
        #expect(
            plan.rows.allSatisfy {
                TimeText.text($0.interval.until, in: policy.zone) == "2026-10-01"
            })
        #expect(!plan.rows.isEmpty)
    }

    @Test("of a departure: everything ends with it")
    func departure() throws {
        let plan = try plan(scenario: "a leaver has not moved", event: "departed")
        #expect(
            summary(plan) == [
                #"revoke discover,view drawing-7 2026-04-01.. ["unit"]→[] ["gone"]"#,
                #"revoke edit drawing-7 2026-04-01.. ["unit"]→[] ["gone", "readable"]"#,
            ])
    }

    @Test("of an event that touches nobody's access are empty")
    func nothing() throws {
        let scenario = policy.scenarios[0]
        let (facts, _) = Fold.facts(
            from: scenario.entries, vocabulary: policy.vocabulary, zone: policy.zone)
        let planner = try Planner(
            program: program, facts: facts, digest: ProgramDigest(hexadecimal: "test"))
        #expect(try planner.plan(of: FactChange(from: facts, to: facts)).rows == [])
    }
}
