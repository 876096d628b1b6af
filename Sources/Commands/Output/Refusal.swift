import Diagnostics
import DiagnosticText
import Facts
import PolicyLanguage

/// Problems with what came on the command line, where there is no file to point into.
enum Refusal {
    static func failure(_ problem: FactProblem) -> CommandFailure {
        failure(diagnostic(of: problem))
    }

    static func failure(_ diagnostic: Diagnostic) -> CommandFailure {
        CommandFailure(
            .badInput, text(diagnostic, .english), text(diagnostic, .japanese))
    }

    static func text(_ problem: FactProblem, _ language: Language) -> String {
        text(diagnostic(of: problem), language)
    }

    private static func diagnostic(of problem: FactProblem) -> Diagnostic {
        Diagnostic(problem, at: .beginning)
    }

    private static func text(_ diagnostic: Diagnostic, _ language: Language) -> String {
        let message = diagnostic.code.message(in: language)
        let notes = diagnostic.notes.map { note in
            note.code.text(in: language).filled(with: note.arguments)
        }
        let help = message.help.filled(with: diagnostic.arguments)
        let text =
            "\(message.text.filled(with: diagnostic.arguments)) [\(diagnostic.code.rawValue)]"
        return ([text] + notes + [help]).joined(separator: "; ")
    }
}
