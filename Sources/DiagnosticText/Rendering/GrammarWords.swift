import Diagnostics

extension Diagnostic {
    /// The arguments, with the names of kinds of word said in the reader's language.
    func arguments(in language: Language) -> [String] {
        guard code == .expected, language == .japanese else { return arguments }
        return arguments.map { GrammarWords.japanese[$0] ?? $0 }
    }
}

/// The grammar's names for kinds of word.
enum GrammarWords {
    static let japanese = [
        "name": "名前", "text": "引用符で囲んだ文字列", "expression": "式", "value": "値",
        "comparison": "比較", "period": "期間", "declaration": "宣言", "end": "ファイルの終わり",
    ]
}
