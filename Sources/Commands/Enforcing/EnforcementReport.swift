import DiagnosticText
import Enforcement
import Ledger

/// What came of carrying changes out, for people and for programs.
struct EnforcementReport {
    let outcome: Outcome
    /// Whether it was done, and not only looked at.
    let isDone: Bool

    private struct Answer: Encodable {
        struct Change: Encodable {
            let group: String
            let joins: [String]
            let leaves: [String]
            let problem: String?
        }

        let isDone: Bool
        let run: Int64?
        let done: [Change]
        let undone: [Change]
        let already: Int
        let interrupted: [Int64]
    }

    /// Gives the answer; ends with 1 where something was not done.
    func show(isJSON: Bool, console: Console) throws {
        try say(isJSON: isJSON, console: console)
        guard outcome.undone.isEmpty else { throw CommandEnd(exit: .no) }
    }

    /// Gives the answer.
    func say(isJSON: Bool, console: Console) throws {
        for run in outcome.interrupted {
            console.note(
                "run \(run) had been interrupted; what it left is looked at again",
                "実行 \(run) は中断されていました。残りを確認します")
        }
        try console.result(
            isJSON ? try JSONText.text(answer(console.language)) : text(console.language))
    }

    /// What was not done, as it is told from other problems.
    var problems: String {
        outcome.undone.map {
            "\($0.change.group): \(EnforcementFailure.text($0.problem, .english))"
        }
        .joined(separator: "\n")
    }

    private func answer(_ language: Language) -> Answer {
        Answer(
            isDone: isDone, run: outcome.run,
            done: outcome.done.map {
                Answer.Change(group: $0.group, joins: $0.joins, leaves: $0.leaves, problem: nil)
            },
            undone: outcome.undone.map { undone in
                Answer.Change(
                    group: undone.change.group, joins: undone.change.joins,
                    leaves: undone.change.leaves,
                    problem: EnforcementFailure.text(undone.problem, language))
            }, already: outcome.already, interrupted: outcome.interrupted)
    }

    private func text(_ language: Language) -> String {
        var lines: [String] = []
        for change in outcome.done { lines += self.lines(of: change, language) }
        if !outcome.undone.isEmpty { lines.append(language.pick("NOT DONE", "未実施")) }
        for undone in outcome.undone {
            lines += self.lines(of: undone.change, language)
            lines.append("    " + EnforcementFailure.text(undone.problem, language))
        }
        lines.append(summary(language))
        return lines.joined(separator: "\n") + "\n"
    }

    private func lines(of change: MembershipChange, _ language: Language) -> [String] {
        [Visible.text(change.group)]
            + change.leaves.map { "  \(Visible.text($0)) \(language.pick("leaves", "脱退"))" }
            + change.joins.map { "  \(Visible.text($0)) \(language.pick("joins", "加入"))" }
    }

    private func summary(_ language: Language) -> String {
        let leaves = outcome.done.reduce(0) { $0 + $1.leaves.count }
        let joins = outcome.done.reduce(0) { $0 + $1.joins.count }
        let already = outcome.already
        guard isDone else {
            return language.pick(
                "would do: \(leaves) leave, \(joins) join; \(already) as planned already",
                "実施予定: 脱退 \(leaves)、加入 \(joins)、計画どおり \(already)")
        }
        let run = outcome.run.map { language.pick("; ledger run \($0)", "、台帳の実行 \($0)") } ?? ""
        return language.pick(
            "done: \(leaves) left, \(joins) joined; \(already) as planned already\(run)",
            "実施: 脱退 \(leaves)、加入 \(joins)、計画どおり \(already)\(run)")
    }
}
