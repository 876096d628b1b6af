import ArgumentParser
import DiagnosticText
import Diagnostics
import Facts

struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "Explains a code that ntk reports.",
        discussion: """
            Says what the code means, how it comes about, and shows it before and after. Without a code it lists all.
            Examples:
              ntk explain NTK2009
              ntk explain --lang ja
            """)

    @Argument(help: "A code, such as NTK2009.")
    var code: String?

    @OptionGroup var common: CommonOptions

    private struct Entry: Encodable {
        let code: String
        let title: String
        let cause: String
        let before: String
        let after: String

        init(_ explanation: CodeExplanation, in language: Language) {
            code = explanation.code.rawValue
            title = explanation.title(in: language)
            cause = explanation.cause(in: language)
            before = explanation.before.text
            after = explanation.after.text
        }
    }

    func run() throws {
        let console = common.console
        let texts = CodeText(language: common.language)
        guard let code else {
            let all = DiagnosticCode.allCases.compactMap(CodeExplanation.of)
            try console.result(
                common.json
                    ? try JSONText.text(all.map { Entry($0, in: common.language) }) : texts.list())
            return
        }
        let explanation = try explanation(of: code)
        try console.result(
            common.json
                ? try JSONText.text(Entry(explanation, in: common.language))
                : texts.text(explanation))
    }

    private func explanation(of code: String) throws -> CodeExplanation {
        let wanted = code.uppercased()
        if let code = DiagnosticCode(rawValue: wanted), let explanation = CodeExplanation.of(code) {
            return explanation
        }
        let known = DiagnosticCode.allCases.map(\.rawValue)
        let shown = Visible.text(code)
        guard let near = Similarity.nearest(to: wanted, in: known) else {
            throw CommandFailure(
                .usage, "there is no code \(shown); `ntk explain` lists all",
                "\(shown) というコードはありません。一覧は `ntk explain` で表示できます")
        }
        throw CommandFailure(
            .usage, "there is no code \(shown); \(near) exists, and `ntk explain` lists all",
            "\(shown) というコードはありません。\(near) はあります。一覧は `ntk explain` で表示できます")
    }
}
