import ArgumentParser
import DiagnosticText
import Enforcement
import Facts
import Foundation

struct DriftCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "drift",
        abstract:
            "Compares the groups of a directory with what the policy says, and changes nothing.",
        discussion: """
            For each entitlement: who is in the group and entitled to nothing, and who is entitled and missing. Ends with 1
            where there is a difference. Example:
              ntk drift --server ldaps://directory.example --bind-dn cn=ntk,dc=aoba,dc=example \\
                --password-file ntk.password --mapping directory.yaml
            """)

    @OptionGroup var address: ServerOption
    @OptionGroup var target: TargetOptions
    @OptionGroup var store: LedgerOptions
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let session = try Session.open(store, console: common.console)
        let present = try session.present(store.path, trustsClock: target.trustClock)
        let enforcer = try session.enforcer(for: target, at: address.server)
        let drift = try await EnforcementFailure.run(store.path) {
            try await session.drift(
                by: enforcer, from: session.expectedGroups(at: present).groups)
        }
        try DriftReport.show(drift, common: common)
    }
}

struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Reads back the groups that a plan is about, and reports every difference.",
        discussion: """
            What `ntk drift` does for all entitlements, for those of a plan that was carried out. Example:
              ntk verify plan.json --server ldaps://directory.example --bind-dn cn=ntk,dc=aoba,dc=example \\
                --password-file ntk.password --mapping directory.yaml
            """)

    @Argument(help: "The plan's file.")
    var plan: String

    @OptionGroup var address: ServerOption
    @OptionGroup var target: TargetOptions
    @OptionGroup var store: LedgerOptions
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let session = try Session.open(store, console: common.console)
        let groups = try PlanFiles.read(plan, zone: session.zone).groups.map(\.group)
        let present = try session.present(store.path, trustsClock: target.trustClock)
        let expected = session.expectedGroups(
            at: present, named: Set(groups.map(GroupName.key))
        ).groups
        // What a plan is about and the policy isn't any more can't be told to be as it should.
        let known = Set(expected.map { GroupName.key($0.group) })
        let others = Set(groups.filter { !known.contains(GroupName.key($0)) }).sorted()
        let enforcer = try session.enforcer(for: target, at: address.server)
        let drift = try await EnforcementFailure.run(store.path) {
            try await enforcer.drift(from: expected)
        }
        try DriftReport.show(
            drift + others.map { GroupDrift(group: $0, problem: .noEntitlement) }, common: common)
    }
}

/// What differs between groups and what the policy says, for people and for programs.
enum DriftReport {
    private struct Answer: Encodable {
        struct Surplus: Encodable {
            let name: String
            let id: String?
        }

        let group: String
        let missing: [String]
        let surplus: [Surplus]
        let problem: String?
    }

    /// Gives the answer; ends with 1 where there is a difference.
    static func show(_ drift: [GroupDrift], common: CommonOptions) throws {
        let language = common.language
        let answer = drift.map { drift in
            Answer(
                group: drift.group, missing: drift.missing,
                surplus: drift.surplus.map { Answer.Surplus(name: $0.name, id: $0.id) },
                problem: drift.problem.map { EnforcementFailure.text($0, language) })
        }
        try common.console.result(
            common.json ? try JSONText.text(answer) : text(drift, language))
        guard drift.allSatisfy(\.isNone) else { throw CommandEnd(exit: .no) }
    }

    private static func text(_ drift: [GroupDrift], _ language: Language) -> String {
        var lines: [String] = []
        for group in drift where !group.isNone {
            lines.append(Visible.text(group.group))
            lines += group.surplus.map { surplus in
                let who = surplus.id.map { "`\(Visible.text($0))`" } ?? Visible.text(surplus.name)
                return "  "
                    + language.pick(
                        "in it and not entitled: \(who)", "権限がないのに入っている: \(who)")
            }
            lines += group.missing.map { id in
                "  "
                    + language.pick(
                        "entitled and missing: `\(Visible.text(id))`",
                        "権限があるのに入っていない: `\(Visible.text(id))`")
            }
            if let problem = group.problem {
                lines.append("  " + EnforcementFailure.text(problem, language))
            }
        }
        let differing = drift.count { !$0.isNone }
        lines.append(
            language.pick(
                "\(drift.count) groups compared, \(differing) differ",
                "\(drift.count) グループを比較し、\(differing) グループに違いがあります"))
        return lines.joined(separator: "\n") + "\n"
    }
}
