package import DecisionEngine
package import Facts

extension AnswerText {
    /// A group of a target system and who belongs to it.
    package func text(group: String, members: [EntityID]) -> String {
        let list = members.map { text($0) }.joined(separator: ", ")
        let none = language.pick("nobody", "該当者なし")
        return "\(Visible.text(group)): \(members.isEmpty ? none : list)"
    }

    /// How many people have some access, and how many may.
    package func text(_ finding: LimitFinding) -> String {
        let mark = finding.isExceeded ? "✘" : "✔"
        let group = finding.group.map { " \(text($0))" } ?? ""
        let list = finding.people.map { text($0) }.joined(separator: ", ")
        let count = language.pick(
            "\(finding.people.count) of at most \(finding.most)",
            "\(finding.people.count) 人（上限 \(finding.most) 人）")
        return "\(mark) \(finding.limit)\(group): \(count)" + (list.isEmpty ? "" : ": \(list)")
    }
}
