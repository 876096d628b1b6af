import Diagnostics

extension Diagnostic {
    /// The arguments, with what stands for words of ours said in the reader's language.
    func arguments(in language: Language) -> [String] {
        switch code {
        case .expected where language == .japanese, .tooMany where language == .japanese:
            arguments.map { GrammarWords.japanese[$0] ?? $0 }
        case .malformedLDIF:
            [
                arguments.first.flatMap(LDIFPhrase.init(rawValue:))?
                    .text(in: language, about: arguments.dropFirst().first ?? "") ?? ""
            ]
        default: arguments
        }
    }
}

/// The grammar's names for kinds of word.
enum GrammarWords {
    static let japanese = [
        "name": "名前", "text": "引用符で囲んだ文字列", "expression": "式", "value": "値",
        "comparison": "比較", "period": "期間", "declaration": "宣言", "end": "ファイルの終わり",
        "words": "語", "files": "ファイル", "kinds": "種類", "attributes": "属性", "phrases": "言い回し",
        "cases": "列挙の値", "actions": "操作", "contexts": "状況の値", "checks": "適性の確認",
        "events": "イベント", "definitions": "定義", "rules": "規則", "leases": "lease",
        "tables": "table", "lists": "list", "calendars": "calendar", "sources": "source",
        "purposes": "purpose", "limits": "limit", "duties": "upon", "entitlements": "entitlement",
        "statements": "シナリオの文", "statements in a scenario": "一つのシナリオの文",
        "words in a statement": "一つの文の語",
    ]
}
