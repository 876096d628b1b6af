package import Diagnostics

/// What is said of a diagnostic: what is wrong, and what to do.
package struct Message: Hashable, Sendable {
    /// What is wrong, in one line.
    package let text: Template
    /// What to do about it.
    package let help: Template

    init(_ text: String, help: String) {
        self.text = Template(text: text)
        self.help = Template(text: help)
    }
}

extension DiagnosticCode {
    /// What to say in a language.
    package func message(in language: Language) -> Message {
        language == .english ? englishMessage : japaneseMessage
    }
}

extension NoteCode {
    /// What to say in a language.
    package func text(in language: Language) -> Template {
        let (english, japanese) =
            switch self {
            case .similarName: ("the name `{0}` exists", "`{0}` という名前があります")
            case .declaredHere: ("`{0}` was declared here first", "`{0}` は最初にここで宣言されています")
            case .possibleNames: ("possible here: {0}", "ここに書けるもの: {0}")
            case .openedHere: ("it was opened here", "ここで開かれています")
            case .saidHere: ("it was given here first", "最初にここに書かれています")
            case .neededHere: ("`{0}` is needed here", "`{0}` はここで使われています")
            }
        return Template(text: language.pick(english, japanese))
    }
}
