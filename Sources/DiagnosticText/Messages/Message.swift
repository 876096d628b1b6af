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
            case .looksLikeThis:
                ("`{0}` stands here; the two differ in {1}", "`{0}` はここにあります。違うのは {1} です")
            case .possibleNames: ("possible here: {0}", "ここに書けるもの: {0}")
            case .isRelation:
                (
                    "`{0}` is a relation; ask its records: `some x in ….{0} where x. …`",
                    "`{0}` は関係です。その記録について `some x in ….{0} where x. …` のように書きます"
                )
            case .cannotBeSo:
                ("this can never be so: {0}", "これが成り立つことはありません: {0}")
            case .excludeEachOther:
                (
                    "one excludes the other: `{0}` and `{1}`",
                    "両立しません: `{0}` と `{1}`"
                )
            case .otherRule: ("`{0}` stands here", "`{0}` はここにあります")
            case .readHere: ("`{0}` reads it here", "`{0}` がここで参照しています")
            case .tooManyCases:
                (
                    "its conditions part into more than {0} cases, or are too many to look at",
                    "条件の場合分けが {0} 通りを超えるか、条件が多すぎます"
                )
            case .notAllCompared:
                (
                    "this many rules, the first of them here, were not compared with all others: {0}",
                    "ほかのすべての規則とは比べていない規則の数（最初のものがこの規則です）: {0}"
                )
            case .openedHere: ("it was opened here", "ここで開かれています")
            case .saidHere: ("it was given here first", "最初にここに書かれています")
            case .neededHere: ("`{0}` is needed here", "`{0}` はここで使われています")
            }
        return Template(text: language.pick(english, japanese))
    }
}
