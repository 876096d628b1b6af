package import DiagnosticText

/// How a command ends, for scripts.
package enum CommandExit: Int32, Sendable {
    /// Yes, or done.
    case success = 0
    /// No, denied, or there are differences.
    case no = 1
    /// The words on the command line make no sense.
    case usage = 2
    /// The policy or the data is bad.
    case badInput = 3
    /// Another system failed.
    case systemFailed = 4
}

/// Why a command could not do what it was asked, in both languages.
package struct CommandFailure: Error, Sendable {
    /// How the command ends.
    package let exit: CommandExit
    private let english: String
    private let japanese: String

    /// Creates a failure; the texts say what, where, and how to mend it.
    package init(_ exit: CommandExit, _ english: String, _ japanese: String) {
        self.exit = exit
        self.english = english
        self.japanese = japanese
    }

    /// The failure for a person.
    package func text(in language: Language) -> String {
        language.pick("ntk: \(english)", "ntk: \(japanese)")
    }
}

/// Ends a command whose answer has been given with another exit code than 0.
struct CommandEnd: Error {
    let exit: CommandExit
}
