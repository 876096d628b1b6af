import ArgumentParser
package import DiagnosticText
import Foundation

/// Options that every command takes.
struct CommonOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The language of answers: en or ja.", valueName: "language"))
    var lang: String?

    @Flag(help: "Answer in JSON.")
    var json = false

    func validate() throws {
        guard let lang, Language(rawValue: lang) == nil else { return }
        throw ValidationError("--lang takes en or ja, not \(lang)")
    }

    /// The language asked for, else the locale's.
    var language: Language {
        if let lang, let language = Language(rawValue: lang) { return language }
        return Language.ofEnvironment
    }

    var console: Console {
        Console(language: language, isTerminal: isatty(STDERR_FILENO) == 1)
    }
}

/// Where the ledger is.
struct LedgerOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The ledger's file. Without it, $NTK_LEDGER, else ntk.ledger here.", valueName: "file"))
    var ledger: String?

    var path: String {
        ledger ?? ProcessInfo.processInfo.environment["NTK_LEDGER"] ?? "ntk.ledger"
    }
}

/// Which ledger is asked, and about when.
struct TimeOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The time asked about; without it, now.", valueName: "time"))
    var at: String?

    @Option(
        help: ArgumentHelp("Answer as known at this ledger sequence.", valueName: "sequence"))
    var knownAt: Int64?

    @OptionGroup var store: LedgerOptions
    @OptionGroup var common: CommonOptions

    func session() throws -> Session {
        try Session.open(store, knownAt: knownAt, console: common.console)
    }
}

extension Language {
    /// The language of the environment's locale.
    package static var ofEnvironment: Language {
        let environment = ProcessInfo.processInfo.environment
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
            .compactMap { environment[$0] }.first { !$0.isEmpty }
        return Language(locale: locale ?? "")
    }
}
