import DiagnosticText
import DirectorySync
import LDAPClient

/// Turns a directory's errors into what a person can act on.
///
/// The English is the layers' own; the Japanese is said here.
enum DirectoryFailure {
    static func failure(_ error: DirectoryError, of name: String) -> CommandFailure {
        let english = Visible.text("\(name): \(error)")
        let japanese = Visible.text("\(name): \(japanese(error))")
        return CommandFailure(
            isTheirs(error) ? .systemFailed : .badInput, "\(english); nothing was recorded",
            "\(japanese)。何も記録していません")
    }

    /// Whether another system failed, and not what we were given.
    private static func isTheirs(_ error: DirectoryError) -> Bool {
        switch error {
        case .server, .timedOut, .changedWhileRead, .partsElsewhere, .canaryHidden: true
        case .invalidMapping, .nothingBelow, .attributesNowhere, .nothingRead, .olderThanStated,
            .tooManyWithdrawals,
            .unclearWithdrawals:
            false
        }
    }

    private static func japanese(_ error: DirectoryError) -> String {
        switch error {
        case .invalidMapping(let problems):
            "対応づけの設定に誤りがあります: " + problems.map(\.description).joined(separator: "; ")
        case .server(let error): japanese(error)
        case .timedOut(let limit): "ディレクトリを \(limit) 以内に読み終えられませんでした"
        case .nothingBelow(let base): "`\(base)` 以下にエントリがありません"
        case .partsElsewhere(let urls):
            "ディレクトリの一部が別の場所にあります: " + urls.joined(separator: ", ")
        case .canaryHidden(let dn):
            "常に読めるはずの `\(dn)` が読めません。ほかのエントリも隠れているおそれがあります"
        case .changedWhileRead(let dn): "読み取り中に `\(dn)` が変更されました。やり直してください"
        case .attributesNowhere(let names):
            "対応づけにある \(names.map { "`\($0)`" }.joined(separator: "、")) を持つエントリがありません。名前を直すか、対応づけから外してください"
        case .nothingRead: "1 件も読み取れませんでした。空のディレクトリは誤りとみなします"
        case .olderThanStated: "この出所は、より後の時点の内容を既に示しています"
        case .tooManyWithdrawals(let kind, let count, let total):
            "`\(kind)` \(total) 件のうち \(count) 件がなくなっています。多すぎるため誤りとみなします"
        case .unclearWithdrawals(let count, let unreadable):
            "\(count) 件がなくなっていますが、読み取れないエントリが \(unreadable) 件あり、その中にあるかもしれません"
        }
    }

    static func japanese(_ error: LDAPError) -> String {
        let what =
            switch error.kind {
            case .unreachable: "ディレクトリサーバーに接続できません"
            case .timedOut: "時間内に応答がありません"
            case .invalidCredentials: "名前かパスワードが違います"
            case .connectionLost: "応答の途中で接続が切れました"
            case .tls: "TLS で接続を保護できません"
            case .refused(let code): "サーバーに拒否されました（\(code)）"
            case .malformedAnswer: "応答を解釈できません"
            case .unknownEntries: "サーバーが渡していないエントリを既知として扱っています"
            case .incompleteValues(let name): "`\(name)` の値が一部しか得られません"
            case .tooManyEntries(let limit): "エントリが \(limit) 件を超えています"
            case .tooManyBytes(let limit): "エントリが \(limit) バイトを超えています"
            case .invalidRequest(.emptyPassword): "名前にはパスワードが必要です"
            case .invalidRequest(.nulInText): "名前か属性に NUL 文字が含まれています"
            case .invalidRequest(.attribute(let name)): "`\(name)` は属性名ではありません"
            case .cancelled: "中断されました"
            case .failure(let code): "実行できません（\(code)）"
            }
        guard let diagnostic = error.diagnostic else { return what }
        return "\(what)（\(diagnostic)）"
    }
}
