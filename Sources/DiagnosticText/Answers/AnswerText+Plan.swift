import DecisionEngine
import Facts
package import Lifecycle
package import PolicyProgram

extension AnswerText {
    /// How many resources a row names before it only counts them.
    private static let namedResources = 3

    /// A plan as a person reads it: first what ends, then what stays a while, then what begins.
    ///
    /// - Parameters:
    ///   - plan: the plan.
    ///   - rules: the policy's rules, for what they cite.
    ///   - isWhole: whether to name every resource.
    ///   - showsKept: whether to show what stays on other grounds; else it is counted.
    /// - Returns: the text, with a newline at its end.
    package func text(
        _ plan: Plan, rules: [ProgramRule], isWhole: Bool, showsKept: Bool
    ) -> String {
        guard !plan.isEmpty else {
            return language.pick("nothing changes\n", "変わるものはありません\n")
        }
        var lines: [String] = []
        for change in [Plan.Change.revoke, .suspend, .restrict, .keep, .grant] {
            let rows = plan.rows(change)
            guard !rows.isEmpty else { continue }
            if change == .keep, !showsKept {
                lines.append(
                    title(change, rows) + language.pick("; --keep shows it", "。--keep で表示します"))
                continue
            }
            lines.append(title(change, rows))
            var subject: EntityID?
            for row in rows {
                if row.subject != subject {
                    lines.append("  \(text(row.subject))")
                    subject = row.subject
                }
                lines += self.lines(of: row, in: plan, rules: rules, isWhole: isWhole)
            }
        }
        lines += self.lines(ofWhatIsLackingIn: plan, rules: rules)
        if !plan.groups.isEmpty {
            lines.append(
                language.pick(
                    "GROUPS: what changes in other systems (\(plan.groups.count))",
                    "グループ: 他のシステムでの変更（\(plan.groups.count) 件）"))
            lines += self.lines(of: plan.groups)
        }
        if !plan.duties.isEmpty {
            lines.append(language.pick("DUTIES: what must be done", "責務: なすべきこと"))
            lines += plan.duties.map { text($0) }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// Those who lack nothing but a check, a pledge or the like, by what that is.
    private func lines(ofWhatIsLackingIn plan: Plan, rules: [ProgramRule]) -> [String] {
        let rows = plan.rows.filter { !$0.lacking.isEmpty }
        guard !rows.isEmpty else { return [] }
        var lines = [
            language.pick(
                "LACKING: who would keep access with nothing but this",
                "不足: これさえ満たせばアクセスが続く人")
        ]
        let byRules = Dictionary(grouping: rows, by: \.lacking)
        for (lacking, rows) in byRules.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
            lines.append("  \(names(lacking, rules))")
            let byPerson = Dictionary(grouping: rows, by: \.subject)
            for (person, rows) in byPerson.sorted(by: { $0.key < $1.key }) {
                let from = rows.map(\.interval.from).min() ?? .distantPast
                let pairs = count(rows)
                lines.append(
                    language.pick(
                        "    from \(text(from)): \(text(person)), \(pairs) pairs of action and item",
                        "    \(text(from)) から: \(text(person))、操作と対象の組 \(pairs) 件"))
            }
        }
        return lines
    }

    /// Each group, and below it who leaves it and who joins it.
    private func lines(of groups: [Plan.GroupChange]) -> [String] {
        var lines: [String] = []
        var group: String?
        for change in groups {
            if change.group != group {
                let cites = change.cites.isEmpty ? "" : " [\(change.cites.joined(separator: ", "))]"
                lines.append("  \(Visible.text(change.group))\(cites)")
                group = change.group
            }
            let what =
                switch change.change {
                case .leave: language.pick("leaves", "脱退")
                case .join: language.pick("joins", "加入")
                }
            lines.append("    \(text(change.interval)): \(text(change.member)) \(what)")
        }
        return lines
    }

    /// `exchange laptop-3 (tanaka), until 2026-06-30 [3.1.10]`.
    private func text(_ duty: Duty) -> String {
        let object = text(duty.object, of: nil, kind: nil)
        let by = duty.by.map {
            language.pick(", until \(text($0))", "（\(text($0)) まで）")
        }
        let cites = duty.why.cites.isEmpty ? "" : " [\(duty.why.cites.joined(separator: ", "))]"
        let about = duty.about.map { " (\(text($0)))" } ?? ""
        let what =
            language.pick("  \(duty.verb) \(object)", "  \(object) を \(duty.verb)") + about
        let because = duty.why.because[language.rawValue].map { ": \($0)" } ?? ""
        return what + (by ?? "") + because + cites
    }

    func title(_ change: Plan.Change, _ rows: [Plan.Row]) -> String {
        let count = count(rows)
        let (english, japanese) =
            switch change {
            case .revoke: ("REVOKE: access that ends", "取消: なくなるアクセス")
            case .suspend: ("SUSPEND: access that ends and comes back", "停止: 一時的になくなるアクセス")
            case .restrict: ("RESTRICT: access under more conditions", "制限: 条件が加わるアクセス")
            case .keep: ("KEEP: access that stays, on other grounds", "維持: 別の根拠で残るアクセス")
            case .grant: ("GRANT: access that begins", "付与: 新たなアクセス")
            }
        return language.pick(
            "\(english) (\(count) pairs of action and item)", "\(japanese)（操作と対象の組 \(count) 件）")
    }

    private func count(_ rows: [Plan.Row]) -> Int {
        rows.reduce(0) { $0 + $1.actions.count * $1.resources.count }
    }

    private func lines(
        of row: Plan.Row, in plan: Plan, rules: [ProgramRule], isWhole: Bool
    ) -> [String] {
        let named = isWhole ? row.resources : Array(row.resources.prefix(Self.namedResources))
        var list = named.map { text($0) }.joined(separator: ", ")
        let left = row.resources.count - named.count
        if left > 0 { list += language.pick(", and \(left) more", " ほか \(left) 件") }
        let count = row.resources.count
        let what = language.pick(
            "    \(text(row.interval)): \(row.actions.joined(separator: ", ")) on \(count): \(list)",
            "    \(text(row.interval)): \(row.actions.joined(separator: ", "))、\(count) 件: \(list)")
        var lines = [what, "      " + cause(of: row, rules: rules)]
        if plan.hasSeveralEvents {
            let events = row.events.map { Visible.text($0) }.joined(separator: ", ")
            lines.append(language.pick("      because of \(events)", "      原因: \(events)"))
        }
        if !row.remaining.isEmpty {
            let worlds = row.remaining.map(text(world:)).joined(
                separator: language.pick(" or ", " または "))
            lines.append(language.pick("      only with \(worlds)", "      次の場合に限る: \(worlds)"))
        }
        return lines
    }

    private func text(world: [String: Value]) -> String {
        guard !world.isEmpty else { return language.pick("no context given", "状況が不明") }
        return world.sorted { $0.key < $1.key }
            .map { "\($0.key) = \(text($0.value, of: nil, kind: nil))" }
            .joined(separator: language.pick(" and ", " かつ "))
    }

    private func cause(of row: Plan.Row, rules: [ProgramRule]) -> String {
        let before = names(row.before, rules)
        let after = names(row.after, rules)
        let inTheWay = names(row.inTheWay, rules)
        switch row.change {
        case .revoke, .suspend, .restrict:
            let end =
                row.inTheWay.isEmpty
                ? language.pick("no permit is left", "許可の根拠がなくなります")
                : language.pick("ended by \(inTheWay)", "終了の理由: \(inTheWay)")
            return language.pick("had by \(before); \(end)", "これまでの根拠: \(before)。\(end)")
        case .grant: return language.pick("given by \(after)", "付与の根拠: \(after)")
        case .keep:
            return language.pick(
                "had by \(before), now by \(after)", "これまでの根拠: \(before)。以後の根拠: \(after)")
        }
    }

    private func names(_ names: [String], _ rules: [ProgramRule]) -> String {
        names.map { name in
            let cites = rules.first { $0.name == name }?.cites ?? []
            return cites.isEmpty ? name : "\(name) [\(cites.joined(separator: ", "))]"
        }.joined(separator: ", ")
    }
}

extension Plan {
    /// Whether rows differ in the events behind them.
    fileprivate var hasSeveralEvents: Bool { Set(rows.map(\.events)).count > 1 }
}
