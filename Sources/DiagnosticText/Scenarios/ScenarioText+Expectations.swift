import DecisionEngine
import Facts
import Lifecycle
import PolicyLanguage
import PolicyProgram
import Scenarios

/// What was expected and what came of it, in the same words, so that the difference is seen.
extension ScenarioText {
    func expected(_ outcome: ScenarioResult.Outcome) -> String {
        switch outcome.expectation.content {
        case .decision(let expected):
            return joined([
                verdict(expected.isPermitted), by(expected.rules),
                expected.obligations.map(obligations), expected.end.map(end),
            ])
        case .change(let expected):
            let from = TimeText.text(expected.time, in: policy.zone)
            return joined([
                title(expected.kind), language.pick("from \(from)", "\(from) から"),
                expected.end.map(end), by(expected.rules),
            ])
        case .noChange(let subject):
            let name = Visible.text(subject.name)
            return language.pick("no change for \(name)", "\(name) に変更がないこと")
        case .answer(let expected): return self.expected(expected)
        }
    }

    private func expected(_ answer: ExpectedAnswer) -> String {
        switch answer {
        case .limit(let name, let group, let isExceeded, let time):
            let about = [name, group].compactMap(\.self).joined(separator: " ")
            let at = TimeText.text(time, in: policy.zone)
            return language.pick(
                "limit \(about) \(isExceeded ? "exceeded" : "kept") at \(at)",
                "\(at) 時点で上限 \(about) を\(isExceeded ? "超えていること" : "超えていないこと")")
        case .entitlement(let group, let subject, let holds, let time):
            let at = TimeText.text(time, in: policy.zone)
            let name = Visible.text(subject.name)
            return language.pick(
                "\(Visible.text(group)) \(holds ? "holds" : "lacks") \(name) at \(at)",
                "\(at) 時点で \(name) が \(Visible.text(group)) に\(holds ? "属すること" : "属さないこと")")
        case .duty(let verb, let object, let by):
            let end = by.map { TimeText.text($0, in: policy.zone) }
            return language.pick(
                "duty \(verb) \(Visible.text(object))\(end.map { " by \($0)" } ?? "")",
                "責務 \(verb) \(Visible.text(object))\(end.map { "（\($0) まで）" } ?? "")")
        }
    }

    /// What the policy gave; of a plan, a line for each row and more.
    func got(_ outcome: ScenarioResult.Outcome, _ answers: AnswerText) -> [String] {
        if outcome.mismatches.contains(.noPlan) {
            return [
                language.pick(
                    "no plan: the rules about an action tell too many circumstances apart",
                    "計画なし: ある操作に関する規則が区別する状況が多すぎます")
            ]
        }
        if case .answer = outcome.expectation.content {
            let found = outcome.found.map { Visible.text($0) }
            return found.isEmpty ? [language.pick("nothing", "なし")] : found
        }
        guard case .decision(let expected) = outcome.expectation.content else {
            return rows(outcome, answers)
        }
        guard let decision = outcome.explanation?.decision else { return [] }
        return [
            joined([
                verdict(decision.isPermitted),
                by(decision.rules) ?? language.pick("by no rule", "該当規則なし"),
                expected.obligations == nil ? nil : obligations(decision.obligationNames),
                expected.end == nil ? nil : end(decision.validUntil.map { .at($0) } ?? .never),
            ])
        ]
    }

    private func rows(_ outcome: ScenarioResult.Outcome, _ answers: AnswerText) -> [String] {
        let rows = outcome.rows.map { row in
            guard case .change(let expected) = outcome.expectation.content else { return row }
            return Plan.Row(
                change: row.change, subject: row.subject, actions: [expected.action],
                resources: [expected.resource], interval: row.interval, before: row.before,
                after: row.after, inTheWay: row.inTheWay, remaining: row.remaining)
        }
        let text = answers.text(
            Plan(rows: rows, from: .distantPast), rules: rules, isWhole: false, showsKept: true)
        return text.split(separator: "\n").map(String.init)
    }

    // MARK: Words

    private func joined(_ parts: [String?]) -> String {
        parts.compactMap(\.self).joined(separator: language.pick(", ", "、"))
    }

    private func verdict(_ isPermitted: Bool) -> String {
        isPermitted ? language.pick("permit", "許可") : language.pick("deny", "不許可")
    }

    private func by(_ rules: [String]) -> String? {
        guard !rules.isEmpty else { return nil }
        let list = rules.joined(separator: ", ")
        return language.pick("by \(list)", "規則 \(list)")
    }

    private func obligations(_ names: [String]) -> String {
        guard !names.isEmpty else { return language.pick("obliging nothing", "義務なし") }
        let list = names.joined(separator: ", ")
        return language.pick("obliging \(list)", "義務 \(list)")
    }

    private func end(_ end: ExpectedEnd) -> String {
        switch end {
        case .at(let instant):
            let time = TimeText.text(instant, in: policy.zone)
            return language.pick("until \(time)", "\(time) まで")
        case .never: return language.pick("forever", "無期限")
        }
    }

    private func title(_ kind: ExpectedChange.Kind) -> String {
        switch kind {
        case .revoke: language.pick("revoke", "取消")
        case .suspend: language.pick("suspend", "停止")
        case .restrict: language.pick("restrict", "制限")
        case .grant: language.pick("grant", "付与")
        case .keep: language.pick("keep", "維持")
        }
    }
}
