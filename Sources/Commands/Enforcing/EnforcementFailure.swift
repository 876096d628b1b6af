import DiagnosticText
import Enforcement
import LDAPClient
import Ledger

/// Turns what stands in the way of changes into what a person can act on.
enum EnforcementFailure {
    /// Does what may fail in another system.
    static func run<Result>(
        _ ledger: String, _ body: () async throws -> Result
    ) async throws -> Result {
        do {
            return try await body()
        } catch let error as EnforcementError {
            throw failure(error)
        } catch let error as LDAPError {
            throw CommandFailure(
                .systemFailed, Visible.text("\(error)"),
                Visible.text("\(error.server): \(DirectoryFailure.japanese(error))"))
        } catch let error as LedgerError {
            throw LedgerAccess.failure(error, path: ledger)
        }
    }

    private static func failure(_ error: EnforcementError) -> CommandFailure {
        switch error {
        case .tooMany(let touched, let known):
            CommandFailure(
                .no,
                "groups would change for \(touched) of \(known) people, more than may be at once; nothing was done. Look at it with --dry-run; --yes-many does it all the same",
                "\(known) 人のうち \(touched) 人のグループが変わります。一度に変えてよい数を超えるため、何も行っていません。--dry-run で確認し、よければ --yes-many を付けてください"
            )
        case .placeholderIsAPerson(let name):
            CommandFailure(
                .badInput,
                "the placeholder `\(Visible.text(name))` is a person; whoever stands in empty groups must be nobody. Nothing was done",
                "プレースホルダー `\(Visible.text(name))` は人のエントリです。誰でもないエントリを指定してください。何も行っていません")
        case .busy:
            CommandFailure(
                .systemFailed, "somebody else is changing groups by this ledger; try again",
                "他の処理がこの台帳によりグループを変更しています。しばらくしてからやり直してください")
        case .locksOut(let group):
            CommandFailure(
                .no,
                "nobody would be left in `\(Visible.text(group))`, a group of administrators; nothing was done",
                "管理者のグループ `\(Visible.text(group))` に誰もいなくなるため、何も行っていません")
        }
    }

    /// Why a group was not changed, or can't be compared.
    static func text(_ problem: GroupProblem, _ language: Language) -> String {
        switch problem {
        case .noGroup:
            language.pick(
                "the directory has no such group, or hides it", "ディレクトリにこのグループがないか、見えません")
        case .noName:
            language.pick(
                "the entitlement's name is no distinguished name", "エンタイトルメントの名前が DN ではありません")
        case .membersHidden:
            language.pick(
                "the group's members are hidden from us; the account must be able to read them",
                "グループのメンバーが見えません。メンバーを読める権限が必要です")
        case .unreadableMember(let value):
            language.pick(
                "a member is no distinguished name: \(Visible.text(value))",
                "DN でないメンバーがあります: \(Visible.text(value))")
        case .notFound(let ids):
            language.pick(
                "the directory shows no entry of \(list(ids)); if theirs was deleted or moved, look at the group by hand",
                "ディレクトリに \(list(ids)) のエントリが見えません。削除や移動があった場合はグループを直接確認してください")
        case .ambiguous(let ids):
            language.pick(
                "the directory has more than one entry of \(list(ids))",
                "ディレクトリに \(list(ids)) のエントリが複数あります")
        case .nobodys(let names):
            language.pick(
                "members that are no person the directory shows, and stay: \(list(names))",
                "ディレクトリの人に当たらないメンバーはそのまま残します: \(list(names))")
        case .locksOut:
            language.pick(
                "nobody would be left in this group of administrators", "この管理者グループに誰もいなくなります")
        case .tooMany:
            language.pick(
                "more people than may change at once; look with `ntk drift`, then `ntk apply --drift --yes-many`",
                "一度に変えてよい人数を超えています。`ntk drift` で確認し、よければ `ntk apply --drift --yes-many` を実行してください"
            )
        case .needsApproval(let count):
            language.pick(
                "to join takes the approval of \(count); plan the events with --recorded, and approve with `ntk approve`",
                "加入には \(count) 名の承認が必要です。--recorded で計画を作り、`ntk approve` で承認してください")
        case .noEntitlement:
            language.pick(
                "it was kept by an entitlement that the policy no longer has; its members are as they were",
                "以前のエンタイトルメントで管理されていましたが、現在のポリシーにはありません。メンバーはそのままです")
        case .changedMeanwhile:
            language.pick("somebody else keeps changing the group", "他の処理がグループを変更し続けています")
        case .mayNotBeEmpty:
            language.pick(
                "the group may not be empty; give `groups: placeholder:` in the mapping",
                "このグループは空にできません。対応づけの `groups: placeholder:` を指定してください")
        case .movedOn:
            language.pick(
                "facts or the policy moved on meanwhile; plan again",
                "途中で事実またはポリシーが変わりました。計画を作り直してください")
        case .server(let error):
            language.pick(
                Visible.text("\(error)"),
                Visible.text("\(error.server): \(DirectoryFailure.japanese(error))"))
        }
    }

    private static func list(_ ids: [String]) -> String {
        ids.map { "`\(Visible.text($0))`" }.joined(separator: ", ")
    }
}
