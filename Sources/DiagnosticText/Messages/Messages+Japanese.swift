import Diagnostics

extension DiagnosticCode {
    /// The Japanese text.
    var japaneseMessage: Message {
        switch self {
        case .unexpectedCharacter:
            Message("`{0}` はポリシーでは意味を持ちません", help: "削除するか、引用符で囲んでください")
        case .foreignSpelling:
            Message("ポリシーでは `{0}` と書きません", help: "`{1}` と書いてください")
        case .bidirectionalControl:
            Message("文字の並ぶ向きを変える見えない文字があります", help: "削除してください。読む人とコンパイラとで順序が違って見えます")
        case .unterminatedText:
            Message("文字列が引用符で閉じられていません", help: "同じ行の中で `\"` で閉じてください")
        case .invalidUTF8:
            Message("UTF-8 として読めないバイトがあります", help: "ファイルを UTF-8 で保存してください")
        case .malformedNumber:
            Message("`{0}` は数でも日付でもありません", help: "日付は 2026-04-01 の形で、数と語の間には空白を入れてください")

        case .mixedScripts:
            Message(
                "`{0}` には別の文字体系の文字 {1} が混ざっています",
                help: "一つの文字体系か、漢字・仮名・ラテン文字の組み合わせで書いてください")
        case .invisibleCharacter:
            Message(
                "目に見えない文字 {0} があります",
                help: "削除してください。読む人には、この文字のない語と区別がつきません")
        case .otherLineEnd:
            Message(
                "{0} は、行の終わりと見なすプログラムと見なさないプログラムがあります",
                help: "改行は LF（U+000A）か CR LF にしてください")

        case .expected:
            Message("ここには{0}が必要ですが、{1}があります", help: "書き方は docs/language.md にあります")
        case .unknownDeclaration:
            Message(
                "`{0}` で始まる宣言はありません",
                help: "宣言は permit、require、forbid、define、scale、category などで始まります")
        case .malformedPhrase:
            Message(
                "`{0}` は言い回しとして読めません", help: "語と波括弧の項目で書いてください: \"post {role} in {department}\"")
        case .missingHeader:
            Message(
                "ポリシーの見出しがありません",
                help: "先頭に policy 名前 version \"1\" zone \"Asia/Tokyo\" と書いてください")
        case .malformedPeriod:
            Message(
                "`{0}` は期間ではありません",
                help: "1 以上の数と minutes、hours、days、weeks、months、years のいずれかを書いてください")
        case .unknownLanguage:
            Message("理由を `{0}` という言語で書くことはできません", help: "`ja` か `en` を書いてください")
        case .reasonTwice:
            Message("`{0}` の理由が二度書かれています", help: "どちらか一方にしてください")
        case .unclosedBrace:
            Message("ここに閉じる `}` がありません", help: "開いたものを `}` で閉じてください")
        case .missingColon:
            Message("名前 `{0}` の後に `:` がありません", help: "規則の名前の後には `:`、操作と操作の間には `,` を書いてください")

        case .unknownName:
            Message("`{0}` という名前はここにはありません", help: "定義するか、名前を直してください")
        case .unknownType:
            Message("`{0}` という型も種類もありません", help: "entity、record、enumeration、scale のいずれかで宣言してください")
        case .unknownAttribute:
            Message("`{1}` に属性 `{0}` はありません", help: "属性を宣言するか、名前を直してください")
        case .declaredTwice:
            Message("`{0}` が二度宣言されています", help: "一方を消すか、別の名前にしてください")
        case .typesDiffer:
            Message("`{0}` と `{1}` は比べられません", help: "同じ型の値どうしを比べてください。自動変換はありません")
        case .notACondition:
            Message("`{0}` は真偽を表しません", help: "`x = y` のように何かと比べてください")
        case .notOrdered:
            Message(
                "`{0}` の値には順序がないので `{1}` は使えません", help: "`=`、`!=`、`in` を使ってください。順序があるのは scale です")
        case .unknownCase:
            Message("`{1}` に `{0}` という値はありません", help: "値を加えるか、名前を直してください")
        case .unknownAction:
            Message("`{0}` は `{1}` に対する操作ではありません", help: "action {0} on {1} と宣言してください")
        case .unknownCheck:
            Message("`{0}` という適性の確認はありません", help: "check で宣言するか、名前を直してください")
        case .notASet:
            Message("`{0}` は `{1}` であり、集合ではありません", help: "`=` を使うか、集合の属性を使ってください")
        case .noHierarchy:
            Message("`{0}` には上下関係がありません", help: "`=` を使うか、種類に hierarchy を宣言してください")
        case .notARelation:
            Message("`{1}` に `{0}` という関係はありません", help: "record が as で宣言している関係の名前を書いてください")
        case .circularDefinition:
            Message("自分自身に戻っています: {0}", help: "循環を断ってください")
        case .unknownField:
            Message("`{1}` に項目 `{0}` はありません", help: "項目を宣言するか、名前を直してください")
        case .unknownEventName:
            Message("`{0}` というイベントはありません", help: "event で宣言するか、名前を直してください")
        case .wrongArguments:
            Message("`{0}` は要求そのものについてだけ問えます", help: "`subject may 操作 resource` と書いてください")
        case .unknownFile:
            Message(
                "`use {0}` のファイルがありません", help: "ポリシーと同じ場所に `{0}.ntk` を置くか、`use standard` と書いてください")
        case .unknownZone:
            Message("`{0}` という時間帯はありません", help: "\"Asia/Tokyo\" のような名前を書いてください")
        case .statementNotUnderstood:
            Message(
                "シナリオの `{0}` のところが読み取れません",
                help: "語彙にある言い回しで書いてください。`ntk check --show standard` に一覧があります")
        case .unknownRule:
            Message("`{0}` という規則はありません", help: "名前を直すか、by を省いてください")
        case .noAttributesHere:
            Message("`{0}` は `{1}` であり、属性を持ちません", help: "そのまま使ってください")
        case .valueDoesNotFit:
            Message("`{0}` は `{1}` 型の値ではありません", help: "その型の値を書いてください")
        case .notAValue:
            Message("`{0}` は値を表しません", help: "条件は単独で、または and や or でつないで、期間は within の後に使ってください")
        case .neededDeclaration:
            Message("`use {1}` には `{0}` が必要ですが、宣言されていません", help: "ポリシーに加えてください: {2}")
        case .onlyScenariosHere:
            Message(
                "シナリオのファイルに `{0}` は書けません", help: "ポリシーの方へ移してください。シナリオのファイルに書けるのは scenario だけです")
        case .unknownObligation:
            Message(
                "義務 `{0}` を課す規則はありません", help: "名前を直すか、義務がないことを `obliging nothing` と書いてください")
        case .wrongCaseLength:
            Message("この行は {0} 語ですが、表の列は {1} 列です", help: "列ごとに 1 語を書き、何もない列には `_` を書いてください")
        case .unknownCaseColumn:
            Message("表に `{0}` という列は使えません", help: "期待の項目か、状況の値の名前（点でつないだ名前）を書いてください")
        case .missingCaseColumn:
            Message("表に列 `{0}` がありません", help: "加えてください。どの行にも who、action、what、at、answer が必要です")
        case .saidTwice:
            Message("`{0}` が二度書かれています", help: "一方を消してください")
        case .expectationLacks:
            Message("この期待には `{0}` がありません", help: "加えてください")
        case .noCases:
            Message("表に行がないため、何も確かめられません", help: "列名の行に続けて、1 行に 1 件ずつ書いてください")
        case .nothingHappens:
            Message("このシナリオでは何も起こらないため、変わるものがありません", help: "アクセスを変えるはずのイベントを書いてください")

        case .looksLikeAnotherName:
            Message(
                "`{0}` は `{1}` と見分けがつきませんが、別の名前です",
                help: "同じものなら同じ文字で書き、別のものなら一方の名前を変えてください")

        case .checkReadOutsideItsPurpose:
            Message(
                "`{0}` はその対象に関する規則でしか参照できません",
                help: "対象を限ってください: … on resource(category any {{1}})")
        case .limitedRecordRead:
            Message("`{0}` は {1} のためだけの情報で、ここでは参照できません", help: "`subject passed 確認の名前` を使ってください")

        case .unknownTable:
            Message("`{0}` という表はありません", help: "table で宣言するか、名前を直してください")
        case .unknownCalendar:
            Message(
                "`{0}` という暦はありません",
                help: "calendar で宣言するか、during 09:00 to 18:00 のように時刻を書いてください")
        case .unknownSource:
            Message("`{0}` という情報源はありません", help: "source で宣言するか、名前を直してください")
        case .unknownPurpose:
            Message("`{0}` という目的はありません", help: "purpose で宣言するか、名前を直してください")
        case .unknownArgument:
            Message(
                "操作 `{1}` に引数 `{0}` はありません",
                help: "操作とともに宣言してください: action {1}({0} text) on …")
        case .notAPeriod:
            Message("`{0}` は期間ではありません", help: "14 days のように書くか、期間を定義した名前を書いてください")
        case .wrongArgumentCount:
            Message("`{0}` の引数は {1} 個ですが、{2} 個書かれています", help: "引数ごとに値を一つ書いてください")
        case .tableNotExhaustive:
            Message("表 `{0}` に {1} の行がありません", help: "それぞれの行か `else` を加えてください")
        case .nothingToChange:
            Message("extend または override の対象となる `{0}` がありません", help: "名前を直すか、この語を外してください")
        case .notExported:
            Message("`{0}` は {1} が公開していない名前です", help: "そのファイルの exports に加えるか、使わない形に書き直してください")
        case .circularUse:
            Message("use が循環しています: {0}", help: "use を一つ外してください。ポリシーのファイルはすべてまとめて読まれます")
        case .usedTwice:
            Message("`use {0}` が二度書かれています", help: "一方を消してください")
        case .notAtAnotherTime:
            Message("`{0}` は別の時点については問えません", help: "`was` や `for at least` の外で問うてください")
        case .broughtElsewhere:
            Message(
                "`{0}` を要求に伴わせることはできません",
                help: "`may be brought` は、人か資源の属性で、目的を限っていないものにだけ付けられます")
        case .purposeInObligation:
            Message("{0} のためだけの情報を、義務・lease・責務・イベントに使うことはできません", help: "その情報を参照しない形に書き直してください")
        case .entitlementNeedsContext:
            Message(
                "`{0}` の所属者が `{1}` に左右されますが、グループの利用時に確かめる者がいません",
                help: "対象システムが保証することを書いてください: assuming {1} = …")
        case .entitlementReveals:
            Message(
                "`{0}` への所属から `{1}` について知られてしまいます",
                help: "reveals {1} を加えるか、それに依らない形に書き直してください")

        case .permitNeverHolds, .ruleWithoutEffect, .requirementNeverMet, .attributeNothingSets,
            .noNeedToKnow, .shadowedRule, .repeatedRule, .searchStopped, .entitlementForNobody,
            .checkCoversNothing, .checkNeverAsked, .tierNobodyReads, .categoryNeverMentioned,
            .actionNeverGiven, .questionNeverArises, .acceptanceNotNeeded, .cannotBeAccepted,
            .nearlyADefinition, .acceptanceWithoutReason:
            findingMessages.japanese

        case .nestedTooDeeply:
            Message("入れ子が {0} 段を超えています", help: "一部を define に分けてください")
        case .sourceTooLarge:
            Message("ファイルが {0} MiB を超えています", help: "ポリシーを複数のファイルに分けてください")
        case .conditionTooLarge:
            Message("定義を展開すると、この規則の条件が {0} 個を超えます", help: "定義を小さくしてください")
        case .kindsTooDeep:
            Message("この種類の上に {0} を超える種類が重なっています", help: "途中の種類を減らしてください")
        case .tooMany:
            Message("{1}が {0} を超えています", help: "ポリシーを分けるか、ポリシーでないものはデータにしてください")
        case .quantifiersTooDeep:
            Message(
                "定義を展開すると、some と every が {0} 段を超えて入れ子になります",
                help: "一つの条件で問うことを減らすか、規則を分けてください")
        case .conditionsTooDeep:
            Message(
                "定義を展開すると、条件の入れ子が {0} 段を超えます",
                help: "定義の上に定義を重ねる段数を減らしてください")
        case .tooLong:
            Message("ここにある名前または文字列は {0} バイトを超えています", help: "短くしてください")
        case .policyTooLarge:
            Message(
                "定義を展開すると、ポリシー全体の条件が {0} 個を超えます",
                help: "ポリシーを分けるか、定義を小さくしてください")

        case .unknownEvent:
            Message("語彙に `{0}` というイベントはありません", help: "ポリシーが宣言しているイベントを使ってください")
        case .unknownEventField:
            Message("イベント `{1}` に項目 `{0}` はありません", help: "消すか、名前を直してください")
        case .missingEventField:
            Message("イベント `{1}` に項目 `{0}` がありません", help: "加えてください")
        case .unknownKind:
            Message("語彙に `{0}` という種類はありません", help: "ポリシーが宣言している種類を使ってください")
        case .unknownKindAttribute:
            Message("`{1}` に属性 `{0}` はありません", help: "消すか、名前を直してください")
        case .wrongType:
            Message("`{1}` は `{0}`（型 `{2}`）の値ではありません", help: "その型の値を書いてください")
        case .unknownEntity:
            Message("{0} `{1}` はまだ登録されていません", help: "先に取り込むか、ID を直してください")
        case .doesNotExistYet:
            Message(
                "{0} `{1}` はその時点では存在しません",
                help: "日時を直すか、それより前のことを先に取り込んでください。LDIF と CSV の内容は --as-of の時点から有効です")
        case .presuppositionLacks:
            Message(
                "{0} `{1}` には、`{3}` の前提となる `{2}` がその時点でありません",
                help: "日時か対象を直すか、前提となる出来事を先に記録してください")
        case .endsBeforeItBegins:
            Message("`{0}` が始まる前に終わることになります", help: "日付を直してください")
        case .idUsedBefore:
            Message("ID `{0}` は既に別のイベントに使われています", help: "イベントに固有の ID を付けてください")
        case .hierarchyCycle:
            Message("{0} `{1}` が自分自身の下に位置することになります", help: "所属先を直してください")
        case .unknownEventID:
            Message("ID `{0}` のイベントはありません", help: "記録済みのイベントを指定してください")
        case .malformedID:
            Message("`{0}` は ID として使えません", help: "制御文字を含まない 1 から 512 バイトにしてください")
        case .malformedTime:
            Message("`{0}` は日時ではありません", help: "2026-04-01 または 2026-04-01T09:00:00+09:00 の形で書いてください")
        case .missingColumn:
            Message("列 `{0}` がありません", help: "1 行目に加えてください")
        case .notJSON:
            Message("ここから先が JSON として読めません", help: "1 行に 1 つの JSON オブジェクトを書いてください")
        case .notAnObject:
            Message(
                "この行は JSON オブジェクトではありません",
                help: "1 行に 1 つの JSON オブジェクトを書いてください: {\"id\": …}")
        case .repeatedKey:
            Message("このオブジェクトに `{0}` が二度あります", help: "一方を消してください")
        case .unsupportedValue:
            Message("`{0}` の値が入れ子になっています", help: "文字列、整数、true、false、またはそれらの並びを書いてください")
        case .notAWholeNumber:
            Message("`{0}` の `{1}` は扱える整数ではありません", help: "整数か文字列を書いてください")
        case .missingKey:
            Message("`{0}` がありません", help: "加えてください。イベントには id、event、at が必要です")
        case .keyNotText:
            Message("`{0}` は文字列でなければなりません", help: "引用符で囲んでください")
        case .recordNotUTF8:
            Message("この記録は UTF-8 ではありません", help: "ファイルを UTF-8 で保存してください")
        case .recordTooLong:
            Message("この記録が {0} バイトを超えています", help: "分けるか、引用符の閉じ忘れを確かめてください")
        case .tooManyRecords:
            Message("ファイルの記録が {0} 件を超えています", help: "分割してください")
        case .wrongColumnCount:
            Message("この行のセルは {1} 個ですが、1 行目は {0} 個です", help: "どの行にも列の数だけセルを書いてください")
        case .unterminatedQuote:
            Message("ここの引用符が閉じられていません", help: "閉じてください。セルの中の引用符は二重にします")
        case .strayQuote:
            Message("引用符で始まらないセルの中に引用符があります", help: "セル全体を引用符で囲み、中の引用符は二重にしてください")
        case .unknownColumn:
            Message("このファイルのどの種類にも属性 `{0}` はありません", help: "列を消すか、名前を直してください")
        case .repeatedColumn:
            Message("列 `{0}` が二度あります", help: "一方を消してください")
        case .repeatedEntity:
            Message("{0} `{1}` がこのファイルに二度あります", help: "一方の行を消してください")
        case .notAnEntityKind:
            Message("`{0}` は関係の記録であり、実体ではありません", help: "関係の記録はイベントとして取り込んでください")
        case .kindTooGeneral:
            Message("`{0}` は種類として広すぎます", help: "document、sample などの具体的な種類を書いてください")
        case .malformedLDIF:
            Message("この LDIF の記録は読み取れません: {0}", help: "RFC 2849 の形に直してください")
        case .malformedDN:
            Message("`{0}` は識別名（DN）ではありません", help: "エントリの名前を直してください")
        case .entryTwice:
            Message("`{0}` という名前のエントリがほかにもあります", help: "一方を消してください")
        case .entryWithoutID:
            Message("ID に対応づけた属性 `{0}` がエントリにありません", help: "加えるか、別の属性を対応づけてください")
        case .entryWithSeveralIDs:
            Message("ID に対応づけた属性 `{0}` に複数の値があります", help: "一つにするか、そのいずれかをエントリの名前に使ってください")
        case .entryIDShared:
            Message("{0} `{1}` に当たるエントリがほかにもあります", help: "それぞれ固有の ID にしてください")
        case .entryValueNotText:
            Message("`{0}` の値が文字列ではありません", help: "UTF-8 で書いてください")
        case .entryHasSeveralValues:
            Message("`{0}` に値が {1} 個ありますが、持てるのは 1 個です", help: "一つにしてください")
        case .entryLacksAttribute:
            Message("エントリに `{0}` がありません", help: "加えるか、対応づけの設定に `required: false` と書いてください")
        case .entryParentWithoutID:
            Message("一つ上のエントリに固有の ID がありません", help: "ID を付けるか、対応づけの base を直してください")
        case .entryFilterDisagrees:
            Message(
                "サーバーはこのエントリが `{0}` に合うとしていますが、こちらの判定と違います",
                help: "サーバーのスキーマに頼らない形でフィルターを書いてください")
        case .entryValueUnreadable:
            Message("`{0}` の値 `{1}` を、対応づけの設定どおりに読み取れません", help: "値か設定を直してください")
        case .entryNameUnknown:
            Message("`{0}` が指す `{1}` は、対応づけの設定では見つかりません", help: "base とフィルターを確かめてください")
        case .entriesDisagree:
            Message("`{1}`（{0}）について、複数のエントリの内容が食い違っています", help: "どちらかを直してください")
        case .groupsNestedTooDeep:
            Message("グループの入れ子が {0} 段を超えています", help: "入れ子を浅くしてください")
        }
    }
}
