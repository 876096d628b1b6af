import Diagnostics
import PolicyLanguage
import TestSupport
import Testing

/// Names that a reader can't tell apart are how a hostile line passes a review.
@Suite("Names that look alike")
struct LookAlikeTests {
    /// All that is said of the declarations.
    func diagnostics(_ text: String) -> [Diagnostic] {
        Fixtures.read(RefusalTests.preamble + text).diagnostics
    }

    func codes(_ text: String) -> [DiagnosticCode] { diagnostics(text).map(\.code) }

    @Test(
        "are said at the later one",
        arguments: [
            ("カー", "力ー"), ("口座", "ロ座"), ("エ具", "工具"), ("ニ号", "二号"), ("第ー", "第一"),
            ("タ方", "夕方"), ("ト部", "卜部"), ("ハ戸", "八戸"), ("ヘや", "へや"), ("ベッド", "べッド"),
            ("ペン", "ぺン"), ("リス", "りス"), ("ミ菱", "三菱"), ("キャノン", "キヤノン"), ("市ヶ谷", "市ケ谷"),
            ("チ葉", "千葉"), ("才ンス", "オンス"), ("日記", "曰記"), ("イ", "亻"), ("ノ", "丿"),
            ("scope", "ѕсоре"), ("a版", "α版"), ("O", "0x"), ("lot-1", "lot-l"), ("lot-I", "lot-l"),
            ("rO", "r0"), ("größe", "grӧße"), ("m版", "rn版"),
        ])
    func areSaid(one: String, other: String) {
        let (first, second) = one == "O" ? ("xO", "x0") : (one, other)
        let found = diagnostics("enumeration things { \(first), other }\ncontext \(second) { }\n")
        guard !found.map(\.code).contains(.mixedScripts) else { return }
        #expect(found.map(\.code) == [.looksLikeAnotherName], "\(found)")
        #expect(found.first?.arguments == [second, first])
        #expect(found.first?.notes.first?.code == .looksLikeThis)
    }

    @Test(
        "leave alone what a reader can tell apart",
        arguments: [
            ("modern", "modem"), ("barn", "bam"), ("カー", "キー"), ("電池", "電地"), ("on-site", "onsite"),
            ("zone-o", "zone-0"), ("シ", "ツ"), ("ソ", "ン"), ("ローマ", "口頭"), ("Lot", "lot"),
        ])
    func areLeftAlone(one: String, other: String) {
        #expect(
            codes(
                "enumeration things { \(one), other }\ncontext \(other)2 { }\ncontext \(other) { }\n"
            ) == [])
    }

    @Test("count in ids too, in rules and in scenarios, and across all files")
    func ids() {
        #expect(
            codes(
                """
                define ours = department "カメラ"
                permit p: view on document when resource.owner = department "力メラ"
                """) == [.looksLikeAnotherName])
        #expect(
            codes(
                """
                define ours = department カメラ
                scenario "a" { 
                  department "力メラ"
                }
                """
            ).contains(.looksLikeAnotherName))
        // `scope` stands in no file but this; `engaged` is the standard vocabulary's.
        let found = diagnostics("context еngаgеd { }")
        #expect(found.map(\.code) == [.mixedScripts])
        #expect(
            codes("define vicw = subject engaged\nscenario \"s\" { department \"vicw\u{200B}\" }")
                .contains(.looksLikeAnotherName))
    }

    @Test("are said in the policy that uses a vocabulary, not in the vocabulary")
    func vocabularyComesFirst() {
        let result = Fixtures.read(
            RefusalTests.preamble + "context оссасіоn { }\nenumeration e { р }\n")
        #expect(result.diagnostics.allSatisfy { $0.place.source == 0 })
        let policy = Fixtures.read(
            RefusalTests.preamble + "context paper1 { }\nenumeration e { paperl }\n")
        #expect(policy.diagnostics.map(\.code) == [.looksLikeAnotherName])
    }

    @Test("are said once for each name, and tell which characters differ")
    func difference() throws {
        let found = diagnostics(
            "enumeration things { カーボン, other }\ncontext 力ーボン { }\ndefine x = 力ーボン\n")
        let note = try #require(found.first { $0.code == .looksLikeAnotherName }?.notes.first)
        #expect(note.arguments == ["カーボン", "カ U+30AB / 力 U+529B"])
        #expect(found.filter { $0.code == .looksLikeAnotherName }.count == 1)
    }

    @Test(
        "of mixed scripts are said by themselves",
        arguments: ["аdmin", "stаff", "раураl-x", "αbc", "ключ-lock", "電池ж", "카キ"])
    func mixed(name: String) {
        #expect(codes("context \(name) { }") == [.mixedScripts])
    }

    @Test(
        "may mix the scripts that people mix",
        arguments: [
            "電池A", "α-アルミナ", "β版", "ラベル2号", "極秘", "ключ", "Übergröße", "第一種カメラx", "한국-x", "々木",
        ])
    func unmixed(name: String) {
        #expect(codes("context \(name) { }") == [])
    }
}
