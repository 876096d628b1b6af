import Diagnostics

extension DiagnosticCode {
    /// The texts of what a policy says and can't mean, or probably doesn't.
    ///
    /// - Precondition: the code is one of these.
    var findingMessages: (english: Message, japanese: Message) {
        switch self {
        case .permitNeverHolds:
            (
                Message(
                    "`{0}` can never be a reason: its conditions can't be true together",
                    help: "correct the conditions, or remove the rule"),
                Message(
                    "`{0}` が許可の理由になることはありません。条件がすべて真になる場合がありません",
                    help: "条件を直すか、規則を消してください")
            )
        case .ruleWithoutEffect:
            (
                Message(
                    "`{0}` has no effect on any request",
                    help: "correct the conditions, or remove the rule"),
                Message(
                    "`{0}` はどの要求にも効果がありません",
                    help: "条件を直すか、規則を消してください")
            )
        case .requirementNeverMet:
            (
                Message(
                    "`{0}` denies every request it is about: what it asks for can't be",
                    help: "correct `only if`; where denial is meant, write `forbid`"),
                Message(
                    "`{0}` は対象の要求をすべて拒否します。求める条件が満たされる場合がありません",
                    help: "`only if` を直してください。拒否するつもりなら `forbid` と書いてください")
            )
        case .attributeNothingSets:
            (
                Message(
                    "nothing gives `{0}` a value: no event that begins a `{1}` sets it",
                    help:
                        "set it in the event, give it a default, or say which source states it: from SOURCE"
                ),
                Message(
                    "`{0}` に値を与えるものがありません。`{1}` を始めるどのイベントも設定しません",
                    help: "イベントで設定するか、default を与えるか、from で情報源を示してください")
            )
        case .noNeedToKnow:
            (
                Message(
                    "`{0}` opens `{1}` without a need to know: nothing in it ties the person to the resource",
                    help:
                        "add what the person has to do with it, such as their department, project or assignment"
                ),
                Message(
                    "`{0}` は知る必要性を確かめずに `{1}` を開示します。人と対象を結び付ける条件がありません",
                    help: "部署・プロジェクト・割当てなど、その人がその情報を必要とする理由を条件に加えてください")
            )
        case .shadowedRule:
            (
                Message(
                    "`{0}` adds nothing: wherever it has an effect, `{1}` has the same",
                    help: "remove it, or correct the one that is not as meant"),
                Message(
                    "`{0}` がなくても結果は変わりません。効果を持つ場合には必ず `{1}` が同じ効果を持ちます",
                    help: "この規則を消すか、意図と異なるほうを直してください")
            )
        case .repeatedRule:
            (
                Message("`{0}` says the same as `{1}`", help: "remove one of them"),
                Message("`{0}` は `{1}` と同じ内容です", help: "一方を消してください")
            )
        case .searchStopped:
            (
                Message(
                    "the search for mistakes stopped at `{0}`: there may be more than is said",
                    help: "part the conditions into smaller ones, and rules into fewer alternatives"
                ),
                Message(
                    "誤りの検出を `{0}` で打ち切りました。ほかにも誤りがあるかもしれません",
                    help: "条件を小さく分け、場合分けを減らしてください")
            )
        case .entitlementForNobody:
            (
                Message(
                    "nobody could ever belong to `{0}`: no permit gives `{1}` under what it says",
                    help: "correct the class or what is assumed, or add the permit"),
                Message(
                    "`{0}` に所属できる人はいません。この条件で `{1}` を許可する規則がありません",
                    help: "対象か前提（assuming）を直すか、許可する規則を加えてください")
            )
        case .checkCoversNothing:
            (
                Message(
                    "the check `{0}` covers nothing that a rule is about, so it is never asked for",
                    help: "say what it covers, and ask for it in a rule about these categories"),
                Message(
                    "確認 `{0}` の対象に関する規則がなく、確認が求められることはありません",
                    help: "covers に対象の区分を書き、その区分に関する規則で確認を求めてください")
            )
        case .checkNeverAsked:
            (
                Message(
                    "no rule asks for the check `{0}`",
                    help: "ask for it: only if subject passed {0}; or remove it"),
                Message(
                    "確認 `{0}` を求める規則がありません",
                    help: "only if subject passed {0} と書いて求めるか、確認を消してください")
            )
        case .tierNobodyReads:
            (
                Message(
                    "no permit admits the tier `{0}`: nobody can do anything with what is on it",
                    help: "add a permit for it, or remove the tier"),
                Message(
                    "区分 `{0}` を対象に含む許可がありません。この区分の情報には誰も何もできません",
                    help: "許可する規則を加えるか、区分を消してください")
            )
        case .categoryNeverMentioned:
            (
                Message(
                    "no rule mentions the category `{0}`",
                    help: "write the rule that it is there for, or remove it"),
                Message(
                    "カテゴリー `{0}` に触れる規則がありません",
                    help: "そのための規則を書くか、カテゴリーを消してください")
            )
        case .actionNeverGiven:
            (
                Message(
                    "no permit gives `{0}`: nobody can ever do it",
                    help: "add a permit for it, or remove the action"),
                Message(
                    "`{0}` を許可する規則がありません。誰もこの操作をできません",
                    help: "許可する規則を加えるか、操作を消してください")
            )
        case .questionNeverArises:
            (
                Message(
                    "`{0}` never comes up: what it is about can't be",
                    help: "correct it, or remove it"),
                Message(
                    "`{0}` が問われることはありません。対象となる場合がありません",
                    help: "直すか、消してください")
            )
        case .acceptanceNotNeeded:
            (
                Message("`{0}` does not arise here", help: "remove the `accepts`"),
                Message("`{0}` はここでは生じません", help: "`accepts` を消してください")
            )
        case .cannotBeAccepted:
            (
                Message(
                    "`{0}` is no warning or note that could be accepted",
                    help: "mistakes have to be mended; write the code of the warning or note"),
                Message(
                    "`{0}` は受け入れることのできる警告や注記ではありません",
                    help: "誤りは直す必要があります。警告か注記のコードを書いてください")
            )
        case .nearlyADefinition:
            (
                Message(
                    "`{0}` stands for the {2} of that id, and is nearly the name of the definition `{1}`",
                    help: "write `{1}`; or, if the id is meant, {2} \"{0}\""),
                Message(
                    "`{0}` はその ID の {2} を表しますが、定義 `{1}` の名前とよく似ています",
                    help: "`{1}` と書いてください。ID のつもりなら {2} \"{0}\" と書いてください")
            )
        case .acceptanceWithoutReason:
            (
                Message("`{0}` is accepted without a reason", help: "say why: accepts {0} \"…\""),
                Message("`{0}` を受け入れる理由がありません", help: "理由を書いてください: accepts {0} \"…\"")
            )
        default: preconditionFailure("\(rawValue) is no finding")
        }
    }
}
