package import Facts
package import Lifecycle

extension AnswerText {
    /// A plan in numbers: how many pairs of action and item change in which way, by what the items are.
    ///
    /// - Parameters:
    ///   - plan: the plan.
    ///   - name: by what they are counted: `action`, `person`, or an attribute of resources.
    ///   - showsKept: whether what stays on other grounds is told apart, too.
    ///   - values: what a resource's attribute is at an instant; none where it is not known, several for a set.
    /// - Returns: the text, with a newline at its end.
    package func counts(
        of plan: Plan, by name: String, showsKept: Bool, values: (EntityID, Instant) -> [Value]
    ) -> String {
        var lines: [String] = []
        for change in [Plan.Change.revoke, .suspend, .restrict, .keep, .grant] {
            let rows = plan.rows(change)
            guard !rows.isEmpty else { continue }
            lines.append(title(change, rows))
            if change == .keep, !showsKept { continue }
            var counts: [String: Int] = [:]
            for row in rows {
                switch name {
                case "action":
                    for action in row.actions { counts[action, default: 0] += row.resources.count }
                case "person":
                    counts[text(row.subject), default: 0] += row.actions.count * row.resources.count
                default:
                    for resource in row.resources {
                        let found = values(resource, row.interval.from)
                            .map { text($0, of: name, kind: nil) }
                        for key in found.isEmpty ? [language.pick("(none)", "（なし）")] : found {
                            counts[key, default: 0] += row.actions.count
                        }
                    }
                }
            }
            let sorted = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
            lines += sorted.map { "  \($0.value)  \($0.key)" }
        }
        guard !lines.isEmpty else { return language.pick("nothing changes\n", "変わるものはありません\n") }
        return lines.joined(separator: "\n") + "\n"
    }
}
