import ArgumentParser
import DecisionEngine
import DiagnosticText
import Facts

struct CanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "can", abstract: "May this person do this with that? And why?",
        discussion: """
            Exit code 0 for a permit, 1 for a denial. Examples:
              ntk can tanaka view drawing-7
              ntk can tanaka view drawing-7 --at 2026-04-15 --lang ja
              ntk can ito view plan --device travel
              ntk can sato view recipe --purpose checks
              ntk can ito view found.pdf --bring-kind document --bring tier=secret
            """)

    @Argument(help: "The person's id.")
    var subject: String

    @Argument(help: "The action.")
    var action: String

    @Argument(help: "The resource's id.")
    var resource: String

    @Option(
        help: ArgumentHelp(
            "Disclose what facts limited to this purpose say; it is on you to have the right to know. May be given several times.",
            valueName: "purpose"))
    var purpose: [String] = []

    @Option(
        help: ArgumentHelp(
            "An attribute that the request brings of the resource, or as subject.NAME of the person. May be given several times.",
            valueName: "name=value"))
    var bring: [String] = []

    @Option(
        help: ArgumentHelp(
            "The kind of the resource, for one that nobody has spoken of.", valueName: "kind"))
    var bringKind: String?

    @OptionGroup var question: QuestionOptions

    func run() throws {
        let session = try question.session()
        let request = Request(
            subject: subject, action: action, resource: resource,
            context: try question.contextValues(in: session),
            bringing: try brought(in: session),
            at: try session.time(question.at, option: "--at"))
        let engine = session.engine(at: request.time)
        let audience = try audience(in: session)
        let explanation = engine.explain(request, for: audience)
        let remedies = engine.remedies(for: request, audience: audience)
        if question.common.json {
            try session.console.result(
                try JSONText.text(
                    DecisionJSON(
                        explanation, remedies: remedies, of: request, zone: session.zone)))
        } else {
            try session.console.result(
                session.answerText().text(explanation, remedies: remedies, of: request))
        }
        if explanation.decision.basis == .unknownName, request.brought == .nothing {
            session.noteUnknown(subject: subject, action: action, resource: resource)
        }
        guard explanation.decision.isPermitted else { throw CommandEnd(exit: .no) }
    }

    private func audience(in session: Session) throws -> Audience {
        let known = Audience.entitled(under: session.vocabulary).purposes
        if let other = purpose.first(where: { !known.contains($0) }) {
            let list = known.sorted().joined(separator: ", ")
            throw CommandFailure(
                .usage,
                "`\(Visible.text(other))` is no purpose the policy knows; it has: \(list)",
                "`\(Visible.text(other))` はポリシーの知る目的ではありません。次があります: \(list)")
        }
        return Audience(purposes: Set(purpose))
    }
}

extension CanCommand {
    /// What the request brings, typed by the vocabulary.
    fileprivate func brought(in session: Session) throws -> Brought {
        var brought = Brought(resourceKind: bringKind)
        let known = session.facts[session.vocabulary.resource(resource)]
        let kind = known?.kind ?? bringKind ?? Vocabulary.resourceKind
        if let bringKind, !session.vocabulary.isKind(bringKind, Vocabulary.resourceKind) {
            throw CommandFailure(
                .usage, "`\(Visible.text(bringKind))` is no kind of resource the policy knows",
                "`\(Visible.text(bringKind))` はポリシーの知る資源の種類ではありません")
        }
        for pair in bring {
            let parts = pair.split(
                separator: "=", maxSplits: 1, omittingEmptySubsequences: false
            ).map(String.init)
            let isOfSubject = parts[0].hasPrefix("subject.")
            let name = isOfSubject ? String(parts[0].dropFirst("subject.".count)) : parts[0]
            let owner = isOfSubject ? Vocabulary.subjectKind : kind
            let attributes = session.vocabulary.kinds[owner]?.attributes
            guard parts.count == 2, let attribute = attributes?[name], attribute.mayBeBrought else {
                let known = (attributes ?? []).filter(\.mayBeBrought).map(\.name)
                let list = known.isEmpty ? "-" : known.joined(separator: ", ")
                throw CommandFailure(
                    .usage,
                    "`\(Visible.text(pair))` can't be brought of a \(owner); write NAME=VALUE with one of: \(list)",
                    "`\(Visible.text(pair))` は \(owner) について要求に伴えません。次のいずれかで 名前=値 と書いてください: \(list)"
                )
            }
            do throws(FactProblem) {
                let value = try session.vocabulary.value(
                    RawValue(argument: parts[1], as: attribute.type), as: attribute.type,
                    name: name,
                    zone: session.zone)
                if isOfSubject {
                    brought.subject[name] = value
                } else {
                    brought.resource[name] = value
                }
            } catch {
                throw Refusal.failure(error)
            }
        }
        return brought
    }
}
