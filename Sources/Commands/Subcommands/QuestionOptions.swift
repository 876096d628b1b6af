import ArgumentParser
import DiagnosticText
import Facts

/// When a question is asked, as known when, and in which circumstances.
struct QuestionOptions: ParsableArguments {
    @OptionGroup var asked: TimeOptions

    @Option(help: ArgumentHelp("The kind of device in use.", valueName: "kind"))
    var device: String?

    @Option(
        help: ArgumentHelp(
            "A circumstance, such as device.kind=travel. May be given several times.",
            valueName: "name=value"))
    var context: [String] = []

    var at: String? { asked.at }
    var common: CommonOptions { asked.common }

    func session() throws -> Session { try asked.session() }

    /// The circumstances given, typed by the vocabulary.
    func contextValues(in session: Session) throws -> [String: Value] {
        var written = context
        if let device { written.append("device.kind=\(device)") }
        var values: [String: Value] = [:]
        for pair in written {
            let parts = pair.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2, let declaration = session.vocabulary.contexts[parts[0]] else {
                let known = session.vocabulary.contexts.names.joined(separator: ", ")
                throw CommandFailure(
                    .usage,
                    "`\(Visible.text(pair))` is no circumstance the policy knows; write NAME=VALUE with one of: \(known)",
                    "`\(Visible.text(pair))` はポリシーの知る状況ではありません。次のいずれかで 名前=値 と書いてください: \(known)")
            }
            do throws(FactProblem) {
                values[parts[0]] = try session.vocabulary.value(
                    .text(parts[1]), as: declaration.type, name: parts[0], zone: session.zone)
            } catch {
                throw Refusal.failure(error)
            }
        }
        return values
    }
}
