import DiagnosticText
import Facts
import Ledger

/// Turns the ledger's errors into what a person can act on.
enum LedgerAccess {
    static func run<Result>(_ path: String, _ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as LedgerError {
            throw failure(error, path: path)
        }
    }

    static func failure(_ error: LedgerError, path: String) -> CommandFailure {
        switch error {
        case .cannotOpen(let path, let system):
            CommandFailure(
                .systemFailed,
                "the ledger \(path) can't be opened (\(system)); begin one with `ntk adopt POLICY`, or name another with --ledger or $NTK_LEDGER",
                "台帳 \(path) を開けません（\(system)）。`ntk adopt ポリシー` で作るか、--ledger または $NTK_LEDGER で別の台帳を指定してください"
            )
        case .notALedger(let path):
            CommandFailure(
                .badInput, "\(path) is no ledger; name another file with --ledger",
                "\(path) は台帳ではありません。--ledger で別のファイルを指定してください")
        case .newerSchema(let found, let known):
            CommandFailure(
                .systemFailed,
                "\(path) was written by a later version of ntk (schema \(found), this one knows \(known)); use that version",
                "\(path) は新しい版の ntk で書かれています（形式 \(found)、この版は \(known) まで）。新しい版を使ってください")
        case .readOnly(let path, let hasLog):
            CommandFailure(
                .systemFailed,
                "\(path) lies where nothing can be written\(hasLog ? ", with entries in the log beside it" : ""); copy it, and what stands beside it, to where it can",
                "\(path) は書き込めない場所にあります\(hasLog ? "（隣のログに記録が残っています）" : "")。隣のファイルとともに書き込める場所へ写してください"
            )
        case .locked:
            CommandFailure(
                .systemFailed, "somebody else has been writing to \(path) for too long; try again",
                "他の処理が \(path) に書き込み続けています。しばらくしてからやり直してください")
        case .idUsedBefore(let id):
            CommandFailure(
                .badInput,
                "the id `\(Visible.text(id))` stands for another event already; nothing was recorded",
                "ID `\(Visible.text(id))` は既に別のイベントに使われています。何も記録していません")
        case .movedOn(let sequence):
            CommandFailure(
                .no,
                "the facts or the policy have moved on (entry \(sequence) of the ledger); nothing was done",
                "事実またはポリシーが変わっています（台帳の記録 \(sequence)）。何も行っていません")
        case .copyMovedOn(let source):
            CommandFailure(
                .no,
                "another run has read `\(Visible.text(source))` meanwhile; nothing was recorded. Run it again",
                "`\(Visible.text(source))` を同時に読み取った処理があります。何も記録していません。もう一度実行してください")
        case .corrupt(let damage):
            CommandFailure(
                .systemFailed,
                "\(path) is damaged (\(text(damage, .english))); restore it from a backup",
                "\(path) が壊れています（\(text(damage, .japanese))）。控えから復元してください")
        case .diskFull:
            CommandFailure(
                .systemFailed, "no room is left for \(path); nothing was recorded",
                "\(path) を書き込む空き容量がありません。何も記録していません")
        case .tooLarge(let most):
            CommandFailure(
                .badInput, "an entry has more than \(most) bytes; nothing was recorded",
                "1 件が \(most) バイトを超えています。何も記録していません")
        case .system(let message):
            CommandFailure(
                .systemFailed, "\(path): \(message); nothing was recorded",
                "\(path): \(message)。何も記録していません")
        }
    }

    private static func text(_ damage: LedgerError.Damage, _ language: Language) -> String {
        switch damage {
        case .file: language.pick("the file's structure is broken", "ファイルの構造が壊れています")
        case .gap(let sequence):
            language.pick("entries before \(sequence) are missing", "\(sequence) より前の記録が欠けています")
        case .entry(let sequence):
            language.pick("entry \(sequence) can't be read", "記録 \(sequence) を読めません")
        }
    }
}

/// Says which entries of a ledger a policy has no place for.
enum LedgerMisfit {
    static func text(_ problems: [FactProblem], _ language: Language) -> String {
        let shown = problems.prefix(3).map { problem in
            let sequence = problem.sequence.map { "#\($0) " } ?? ""
            return sequence + Refusal.text(problem, language)
        }
        let more = problems.count - shown.count
        return shown.joined(separator: " / ")
            + (more > 0 ? language.pick(" … and \(more) more", " … ほか \(more) 件") : "")
    }
}
