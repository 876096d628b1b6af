import DiagnosticText
import DirectorySync
import Facts
import Foundation
import LDAPClient

/// Shows the way of entries to their facts.
struct ExplanationReport {
    let zone: ZoneTable
    let language: Language

    private struct JSON: Encodable {
        struct Attribute: Encodable {
            let name: String
            let source: String
            let written: [String]
            let value: ValueJSON?
        }

        struct Statement: Encodable {
            let rule: String
            let kind: String
            let id: String?
            let owner: String?
            let state: String
            let attributes: [Attribute]
        }

        let dn: String
        let entryUUID: String?
        let statements: [Statement]
        let problems: [String]
        let notices: [String]
    }

    /// Reads which entries are meant: `uid=tanaka`, or a whole filter.
    static func filter(_ text: String) throws -> FilterMatcher {
        do {
            return try FilterMatcher(
                LDAPFilter(parsing: text.hasPrefix("(") ? text : "(\(text))"))
        } catch {
            let text = Visible.text(text)
            throw CommandFailure(
                .usage, "--explain takes `uid=tanaka` or a filter, not `\(text)`",
                "--explain には `uid=tanaka` かフィルターを指定します（`\(text)`）")
        }
    }

    func json(_ explanations: [EntryExplanation]) throws -> String {
        try JSONText.text(
            explanations.map { one in
                JSON(
                    dn: one.dn, entryUUID: one.uuid,
                    statements: one.statements.map { statement in
                        JSON.Statement(
                            rule: statement.rule, kind: statement.kind, id: statement.id,
                            owner: statement.owner, state: statement.state.rawValue,
                            attributes: statement.attributes.map { attribute in
                                JSON.Attribute(
                                    name: attribute.name, source: attribute.source,
                                    written: attribute.written,
                                    value: attribute.value.map { ValueJSON($0, zone: zone) })
                            })
                    }, problems: one.problems, notices: one.notices)
            })
    }

    func text(_ explanations: [EntryExplanation]) -> String {
        explanations.map(text).joined(separator: "\n")
    }

    private func text(_ one: EntryExplanation) -> String {
        var lines = [Visible.text(one.dn) + (one.uuid.map { "  \($0)" } ?? "")]
        for statement in one.statements {
            let owner = statement.owner.map { " ← \($0)" } ?? ""
            let id = Visible.text((statement.id ?? "?") + owner)
            lines.append(
                "  \(statement.rule)  \(statement.kind) \(id)  (\(state(statement.state)))")
            let width = statement.attributes.map(\.name.count).max() ?? 0
            for attribute in statement.attributes {
                let name = attribute.name.padding(toLength: width, withPad: " ", startingAt: 0)
                let written = attribute.written.map { "`\($0)`" }.joined(separator: " ")
                let value = attribute.value.map(text) ?? "—"
                lines.append(
                    "    "
                        + Visible.text(
                            "\(name) = \(value)  ← \(attribute.source)"
                                + (written.isEmpty ? "" : ": \(written)")))
            }
        }
        let problem = language.pick("problem", "問題")
        lines += one.problems.map { "  \(problem): " + Visible.text($0) }
        let notice = language.pick("look at this", "要確認")
        lines += one.notices.map { "  \(notice): " + Visible.text($0) }
        return lines.joined(separator: "\n") + "\n"
    }

    private func state(_ state: EntryExplanation.Statement.State) -> String {
        switch state {
        case .recorded: language.pick("recorded so", "記録済み")
        case .new: language.pick("not recorded yet", "未記録")
        case .changed: language.pick("something else is recorded", "記録と異なる")
        case .unsaid: language.pick("says nothing", "何も示さない")
        }
    }

    private func text(_ value: Value) -> String {
        switch value {
        case .boolean(let boolean): String(boolean)
        case .integer(let number): String(number)
        case .text(let text), .symbol(let text): text
        case .instant(let instant): TimeText.rfc3339(instant, in: zone)
        case .entity(let id): id.description
        case .set(let members): "{" + members.map(text).sorted().joined(separator: ", ") + "}"
        }
    }
}
