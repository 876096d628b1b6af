import ArgumentParser
import DecisionEngine
import DiagnosticText

struct CanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "can", abstract: "May this person do this with that? And why?",
        discussion: """
            Exit code 0 for a permit, 1 for a denial. Examples:
              ntk can tanaka view drawing-7
              ntk can tanaka view drawing-7 --at 2026-04-15 --lang ja
              ntk can ito view plan --device travel
              ntk can sato view recipe --purpose checks
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

    @OptionGroup var question: QuestionOptions

    func run() throws {
        let session = try question.session()
        let request = Request(
            subject: subject, action: action, resource: resource,
            context: try question.contextValues(in: session),
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
        if explanation.decision.basis == .unknownName {
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
