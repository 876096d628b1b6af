import ArgumentParser
import DiagnosticText
import Facts

/// When a question is asked, as known when, and in which circumstances.
struct QuestionOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The time asked about; without it, now.", valueName: "time"))
    var at: String?

    @Option(
        help: ArgumentHelp("Answer as known at this ledger sequence.", valueName: "sequence"))
    var knownAt: Int64?

    @Option(help: ArgumentHelp("The kind of device in use.", valueName: "kind"))
    var device: String?

    @Option(
        help: ArgumentHelp(
            "A circumstance, such as device.kind=travel. May be given several times.",
            valueName: "name=value"))
    var context: [String] = []

    @OptionGroup var store: LedgerOptions
    @OptionGroup var common: CommonOptions

    func session() throws -> Session {
        try Session.open(store, knownAt: knownAt, console: common.console)
    }

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
