package import DecisionEngine
import Facts
import PolicyProgram

extension AnswerText {
    /// A decision with its reasons and what would change it, and the program and the facts that gave it.
    package func text(
        _ explanation: Explanation, remedies: [Remedy] = [], of request: Request
    ) -> String {
        let decision = explanation.decision
        let origin = language.pick(
            "  program \(decision.program.description.prefix(12)), ledger sequence \(decision.sequence)",
            "  プログラム \(decision.program.description.prefix(12))、台帳の通番 \(decision.sequence)")
        return (lines(explanation, of: request) + remedies.flatMap(lines) + [origin])
            .joined(separator: "\n") + "\n"
    }

    /// What would have to be otherwise, all of it together.
    private func lines(_ remedy: Remedy) -> [String] {
        [language.pick("  would be permitted with:", "  次がそろえば許可されます:")]
            + remedy.changes.map { "    " + text($0) }
    }

    private func text(_ change: Remedy.Change) -> String {
        switch change {
        case .context(let name, let value): return "\(name) = \(text(value, of: nil, kind: nil))"
        case .attribute(let name, let id, let value):
            let value = text(value, of: name, kind: id.kind)
            return language.pick(
                "\(name) of \(text(id)) = \(value)", "\(text(id)) の \(name) = \(value)")
        case .record(let kind, let owner, let attributes):
            let label = language == .japanese ? vocabulary.kinds[kind]?.label ?? kind : kind
            let values = attributes.sorted { $0.key < $1.key }
                .map { "\($0.key) = \(text($0.value, of: $0.key, kind: kind))" }
            let list = values.isEmpty ? "" : ": " + values.joined(separator: ", ")
            return language.pick(
                "\(label) of \(text(owner))\(list)", "\(text(owner)) の\(label)\(list)")
        }
    }

    /// A decision with its reasons, line by line.
    func lines(_ explanation: Explanation, of request: Request) -> [String] {
        let decision = explanation.decision
        let verdict =
            decision.isPermitted ? language.pick("PERMIT", "許可") : language.pick("DENY", "不許可")
        let subject = text(EntityID(kind: Vocabulary.subjectKind, name: request.subject))
        let resource = text(EntityID(kind: Vocabulary.resourceKind, name: request.resource))
        let time = text(request.time)
        var lines = [
            language.pick(
                "\(verdict)  \(subject) \(request.action) \(resource) at \(time)",
                "\(verdict)  \(subject) が \(resource) を \(request.action)（\(time) 時点）")
        ]
        lines += reasons(explanation)
        if !decision.obligations.isEmpty {
            let list = decision.obligations.map { text($0) }.joined(separator: ", ")
            lines.append(language.pick("  obligations: \(list)", "  義務: \(list)"))
        }
        if let until = decision.validUntil {
            lines.append(
                language.pick(
                    "  holds until: \(text(until))", "  この判定の有効期限: \(text(until))"))
        } else if explanation.isEndWithheld {
            lines.append(
                language.pick(
                    "  holds until: not disclosed", "  この判定の有効期限: 開示対象外"))
        }
        return lines
    }

    /// `notify (whom = cells)`.
    private func text(_ obligation: Obligation) -> String {
        guard !obligation.parameters.isEmpty else { return obligation.name }
        let parameters = obligation.parameters.sorted { $0.key < $1.key }
            .map { "\($0.key) = \(text($0.value, of: nil, kind: nil))" }
        return "\(obligation.name) (\(parameters.joined(separator: ", ")))"
    }

    private func reasons(_ explanation: Explanation) -> [String] {
        switch explanation.decision.basis {
        case .unknownName:
            return [
                language.pick(
                    "  the person, the action or the resource is not known",
                    "  人・操作・対象のいずれかが登録されていません")
            ]
        case .permitted:
            return explanation.determining.flatMap { finding in
                [heading(finding, language.pick("permits it", "により許可"))]
                    + clauses(finding.when)
            }
        case .inTheWay:
            let inTheWay = explanation.determining.flatMap { finding in
                [heading(finding, language.pick("stands in the way", "により不許可です"))]
                    + obstacle(finding)
            }
            return inTheWay + lacking(explanation)
        case .noPermit:
            return [
                language.pick("  no permit gives a reason", "  許可の根拠となる規則がありません")
            ] + lacking(explanation)
        }
    }

    private func heading(_ finding: Explanation.RuleFinding, _ what: String?) -> String {
        let name = [finding.rule.name, what].compactMap(\.self).joined(separator: " ")
        let cites =
            finding.rule.cites.isEmpty ? "" : " [\(finding.rule.cites.joined(separator: ", "))]"
        let because = finding.rule.because[language.rawValue].map { ": \(Visible.text($0))" } ?? ""
        return language.pick(
            "  \(name)\(because)\(cites)", "  規則 \(name)\(because)\(cites)")
    }

    /// What of a requirement failed, or why a prohibition applies.
    private func obstacle(_ finding: Explanation.RuleFinding) -> [String] {
        guard finding.rule.kind == .require else { return clauses(finding.when) }
        return clauses(finding.onlyIf.filter { $0.truth != .true })
    }

    /// The permits for such resources, with the parts that fail.
    private func lacking(_ explanation: Explanation) -> [String] {
        guard !explanation.lacking.isEmpty else { return [] }
        let title = language.pick(
            "  permits for such a resource, and what they lack:", "  この対象に関する許可規則と、足りない条件:")
        return [title]
            + explanation.lacking.flatMap { finding -> [String] in
                let failing = (finding.head + finding.when).filter { $0.truth != .true }
                return ["  " + heading(finding, nil)]
                    + clauses(failing).map { "  " + $0 }
            }
    }

    private func clauses(_ findings: [Explanation.ClauseFinding]) -> [String] {
        findings.flatMap { finding -> [String] in
            let truth =
                switch finding.truth {
                case .true: language.pick("holds", "成立")
                case .false: language.pick("does not hold", "不成立")
                case .unknown: language.pick("is unknown", "不明")
                case nil: language.pick("is not disclosed", "開示対象外")
                }
            return ["    \(Visible.text(finding.text)) — \(truth)"]
                + finding.facts.map { "      " + text($0) }
        }
    }

    private func text(_ fact: Explanation.Fact) -> String {
        let about = fact.owner.map { owner in
            let kind = vocabulary.kinds[fact.entity.kind]
            let label = language == .japanese ? kind?.label ?? fact.entity.kind : fact.entity.kind
            return language.pick("\(label) of \(text(owner))", "\(text(owner)) の\(label)")
        }
        let entity = about ?? text(fact.entity)
        let kind = fact.owner == nil ? Vocabulary.resourceKind : fact.entity.kind
        let value = fact.value.map { value in
            ": \(fact.attribute ?? "") = \(text(value, of: fact.attribute, kind: kind))"
        }
        let interval = text(fact.interval)
        let source = language.pick(
            "source \(fact.origin.source), #\(fact.origin.sequence)",
            "出所 \(fact.origin.source)、#\(fact.origin.sequence)")
        return entity + (value ?? "") + (interval.isEmpty ? "" : " " + interval) + " (\(source))"
    }
}
