/// What can be wrong with an LDIF record, as the argument of `malformedLDIF` names it.
package enum LDIFPhrase: String, CaseIterable, Sendable {
    case noDN, secondDN, noAttributes, badDN, noColon, badAttribute, badBase64, urlValue
    case include, changeRecord, unsafeStart, notText, nul, carriageReturn, strayContinuation
    case misplacedVersion, unknownVersion, tooLarge, tooManyLines

    /// The phrase in a language, its gap filled.
    package func text(in language: Language, about detail: String) -> String {
        let (english, japanese) =
            switch self {
            case .noDN:
                (
                    "a record must begin with `dn:`",
                    "記録は `dn:` で始まらなければなりません"
                )
            case .secondDN:
                (
                    "an empty line is missing before this `dn:`",
                    "この `dn:` の前に空行がありません"
                )
            case .noAttributes:
                (
                    "the record has no attributes",
                    "属性がありません"
                )
            case .badDN:
                (
                    "`{0}` is no distinguished name",
                    "`{0}` は識別名（DN）ではありません"
                )
            case .noColon:
                (
                    "there is no colon after the attribute's name",
                    "属性名の後にコロンがありません"
                )
            case .badAttribute:
                (
                    "`{0}` is not the name of an attribute",
                    "`{0}` は属性名ではありません"
                )
            case .badBase64:
                (
                    "the value is not base64",
                    "値が base64 ではありません"
                )
            case .urlValue:
                (
                    "values from URLs are refused",
                    "URL からの値は受け付けません"
                )
            case .include:
                (
                    "`include:` is refused",
                    "`include:` は受け付けません"
                )
            case .changeRecord:
                (
                    "it describes a change; only entries can be read",
                    "変更の記録です。読み取れるのはエントリだけです"
                )
            case .unsafeStart:
                (
                    "a value that begins with `{0}` must be base64",
                    "`{0}` で始まる値は base64 で書いてください"
                )
            case .notText:
                (
                    "it is not UTF-8; write it in base64 or convert the file",
                    "UTF-8 ではありません。base64 で書くか、ファイルを変換してください"
                )
            case .nul:
                (
                    "a NUL character stands in the text",
                    "NUL 文字が含まれています"
                )
            case .carriageReturn:
                (
                    "a carriage return stands inside the line",
                    "行の途中に復帰文字があります"
                )
            case .strayContinuation:
                (
                    "a line that begins with a space must continue another",
                    "空白で始まる行は前の行の続きでなければなりません"
                )
            case .misplacedVersion:
                (
                    "`version:` must stand at the beginning",
                    "`version:` は先頭に書いてください"
                )
            case .unknownVersion:
                (
                    "LDIF version `{0}` is not known; 1 is",
                    "LDIF の版 `{0}` は扱えません。扱えるのは 1 です"
                )
            case .tooLarge:
                (
                    "the record is larger than {0} bytes",
                    "記録が {0} バイトを超えています"
                )
            case .tooManyLines:
                (
                    "the record has more than {0} lines",
                    "記録が {0} 行を超えています"
                )
            }
        return Template(text: language.pick(english, japanese)).filled(with: [detail])
    }
}
