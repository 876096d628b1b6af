import Diagnostics

extension Diagnostic {
    /// The arguments, with what stands for words of ours said in the reader's language.
    func arguments(in language: Language) -> [String] {
        switch code {
        case .tooMany:
            arguments.map { GrammarWords.text(of: $0, in: language) }
        case .expected:
            arguments.enumerated().map { index, argument in
                if index == 0 { return GrammarWords.text(of: argument, in: language) }
                // Where the source ends there is no word to show; `end` elsewhere is one.
                let isEnd = argument == "end" && place.span.lower == place.span.upper
                return isEnd ? GrammarWords.text(of: "end", in: language) : "`\(argument)`"
            }
        case .neededDeclaration:
            arguments + [NeededDeclarations.example(of: arguments.first ?? "")]
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
    static func text(of word: String, in language: Language) -> String {
        guard let (english, japanese) = texts[word] else {
            return language.pick(word, word.replacing(" or ", with: " か "))
        }
        return language.pick(english, japanese)
    }

    private static let texts = [
        "name": ("a name", "名前"), "text": ("a text in quotation marks", "引用符で囲んだ文字列"),
        "expression": ("a condition or a value", "条件か値"), "value": ("a value", "値"),
        "comparison": ("a comparison such as `=`", "`=` などの比較"),
        "period": ("a period such as `2 weeks`", "`2 weeks` のような期間"),
        "number": ("a number", "数"),
        "time of day": ("a time of day such as `09:00`", "`09:00` のような時刻"),
        "declaration": ("a declaration", "宣言"), "end": ("the end of the file", "ファイルの終わり"),
        "words": ("words", "語"),
        "files": ("files", "ファイル"),
        "kinds": ("kinds", "種類"),
        "attributes": ("attributes", "属性"),
        "phrases": ("phrases", "言い回し"),
        "cases": ("cases", "列挙の値"),
        "actions": ("actions", "操作"),
        "contexts": ("contexts", "状況の値"),
        "checks": ("checks", "適性の確認"),
        "events": ("events", "イベント"),
        "definitions": ("definitions", "定義"),
        "rules": ("rules", "規則"),
        "leases": ("leases", "lease"),
        "tables": ("tables", "table"),
        "lists": ("lists", "list"),
        "calendars": ("calendars", "calendar"),
        "sources": ("sources", "source"),
        "purposes": ("purposes", "purpose"),
        "limits": ("limits", "limit"),
        "duties": ("duties", "upon"),
        "entitlements": ("entitlements", "entitlement"),
        "statements": ("statements", "シナリオの文"),
        "statements in a scenario": ("statements in a scenario", "一つのシナリオの文"),
        "words in a statement": ("words in a statement", "一つの文の語"),
    ]
}

/// How what the standard vocabulary leaves to the policy can be declared.
enum NeededDeclarations {
    static func example(of name: String) -> String {
        switch name {
        case "tier": "scale tier { open \"公開\" < internal \"社外秘\" < secret \"極秘\" }"
        case "category": "category core \"コア技術\", security \"安全保障上の重要技術\""
        case "role": "enumeration role { member \"担当\", manager \"課長\" }"
        case "company": "define company = organisation \"…\""
        default: "enumeration \(name) { … }"
        }
    }
}
