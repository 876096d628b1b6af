import Artifacts
import DecisionEngine
import DiagnosticText
import PolicyProgram

/// Turns what is wrong with a file of ours into what a person can act on.
enum ArtifactFailure {
    static func run<Result>(
        _ body: () throws(ArtifactError) -> Result
    ) throws(CommandFailure) -> Result {
        do throws(ArtifactError) {
            return try body()
        } catch {
            throw failure(error)
        }
    }

    static func failure(_ error: ArtifactError) -> CommandFailure {
        switch error {
        case .cannotRead(let path, let system):
            CommandFailure(
                .systemFailed, "\(path) can't be read (\(system))", "\(path) を読めません（\(system)）")
        case .cannotWrite(let path, let system):
            CommandFailure(
                .systemFailed,
                "\(path) can't be written (\(system)); what was there before still is",
                "\(path) に書き込めません（\(system)）。元の内容は残っています")
        case .changedMeanwhile(let path):
            CommandFailure(
                .systemFailed, "\(path) was changed by somebody else meanwhile; try again",
                "\(path) が途中で書き換えられました。もう一度実行してください")
        case .tooLarge(let path, let most):
            CommandFailure(
                .badInput, "\(path) is larger than any program (\(most) bytes)",
                "\(path) はプログラムの上限（\(most) バイト）を超えています")
        case .notAProgram(let path, let reason):
            CommandFailure(
                .badInput,
                "\(path) is no program that is safe to run (\(reason.rawValue)); write it anew with `ntk check POLICY --emit \(path)`",
                "\(path) は安全に実行できるプログラムではありません（\(reason.rawValue)）。`ntk check ポリシー --emit \(path)` で作り直してください"
            )
        case .notCanonical(let path):
            CommandFailure(
                .badInput,
                "\(path) is not as ntk writes programs, so its digest would name another; write it anew with `ntk check POLICY --emit \(path)`",
                "\(path) は ntk が書くプログラムの形ではありません。`ntk check ポリシー --emit \(path)` で作り直してください")
        case .notASnapshot(let path, let reason):
            CommandFailure(
                .badInput,
                "\(path): \(english(reason)); make it anew with `ntk snapshot make \(path)`",
                "\(path): \(japanese(reason))。`ntk snapshot make \(path)` で作り直してください")
        }
    }

    private static func english(_ reason: SnapshotFormatError.Reason) -> String {
        switch reason {
        case .notASnapshot: "this is no snapshot"
        case .otherVersion(let found, let expected):
            found > expected
                ? "a later version of ntk wrote this snapshot (format \(found), this one knows \(expected))"
                : "an earlier version of ntk wrote this snapshot (format \(found), now it is \(expected))"
        case .otherMachine: "a machine of another kind wrote this snapshot"
        case .wrongLength(let found, let written):
            "the snapshot has \(found) bytes where \(written) were written"
        case .damaged(let part): "the snapshot is damaged (\(part))"
        case .malformed(let part): "the snapshot makes no sense (\(part))"
        case .otherProgram(let found):
            "the snapshot was made for another program (\(Visible.text(String(found.prefix(12)))))"
        }
    }

    private static func japanese(_ reason: SnapshotFormatError.Reason) -> String {
        switch reason {
        case .notASnapshot: "スナップショットではありません"
        case .otherVersion(let found, let expected):
            found > expected
                ? "新しい版の ntk が書いたスナップショットです（形式 \(found)、この版は \(expected) まで）"
                : "古い版の ntk が書いたスナップショットです（形式 \(found)、現在は \(expected)）"
        case .otherMachine: "異なる種類の機械で書かれたスナップショットです"
        case .wrongLength(let found, let written):
            "スナップショットは \(written) バイトのはずですが \(found) バイトです"
        case .damaged(let part): "スナップショットが壊れています（\(part)）"
        case .malformed(let part): "スナップショットの内容が正しくありません（\(part)）"
        case .otherProgram(let found):
            "別のプログラム（\(Visible.text(String(found.prefix(12))))）のためのスナップショットです"
        }
    }
}
