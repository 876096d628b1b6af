import Diagnostics
import Facts
import Foundation
import PolicyLanguage
import TestSupport
import Testing

@Suite("Characters that a reader can't see or can't tell")
struct CharacterTests {
    func diagnostics(_ text: String) -> [Diagnostic] {
        Fixtures.read(RefusalTests.preamble + text).diagnostics
    }

    func codes(_ text: String) -> [DiagnosticCode] { diagnostics(text).map(\.code) }

    @Test(
        "are errors in a name, which is read without them",
        arguments: [
            "\u{AD}", "\u{34F}", "\u{115F}", "\u{3164}", "\u{FFA0}", "\u{200B}", "\u{200C}",
            "\u{200D}", "\u{2060}", "\u{FE00}", "\u{FE0F}", "\u{FEFF}", "\u{E0101}", "\u{180B}",
        ])
    func invisible(character: String) throws {
        let text =
            "enumeration things { sta\(character)ff }\ncontext site { a things }\n"
            + "permit p: view on document when site.a = staff\n"
        let found = diagnostics(text)
        #expect(found.map(\.code) == [.invisibleCharacter])
        let span = try #require(found.first?.place.span)
        #expect(span.upper - span.lower == character.utf8.count)
        #expect(codes("context \(character)site { }\n") == [.invisibleCharacter])
        #expect(codes("context site\(character) { }\n") == [.invisibleCharacter])
    }

    @Test(
        "are errors even in texts and comments where they turn or end lines, or do what terminals obey"
    )
    func inTexts() {
        for (character, code) in [
            ("\u{202E}", DiagnosticCode.bidirectionalControl), ("\u{2028}", .otherLineEnd),
            ("\r", .otherLineEnd), ("\u{0B}", .otherLineEnd), ("\u{85}", .otherLineEnd),
            ("\u{1B}", .invisibleCharacter), ("\u{0}", .invisibleCharacter),
            ("\u{7F}", .invisibleCharacter), ("\u{9B}", .invisibleCharacter),
        ] {
            #expect(codes("// a comment \(character) permit\n") == [code])
            #expect(codes("enumeration e { a \"x\(character)y\" }\n") == [code])
            #expect(codes("enumeration \(character)e { a }\n") == [code])
        }
        #expect(codes("// a comment\r\nenumeration e { a \"x\" }\r\n// the end\r") == [])
    }

    @Test(
        "of half or full width are errors that say what to write",
        arguments: [
            ("ﾃﾞﾝﾁ", "デンチ"), ("ＡＢＣ", "ABC"), ("ｶﾞｰﾄﾞ", "ガード"), ("ｐ１", "p1"),
        ])
    func width(written: String, meant: String) {
        let found = diagnostics(
            "enumeration \(written) { \(meant)2, x\(written) }\ncontext c { a \(meant) }\n")
        #expect(found.map(\.code) == [.foreignSpelling, .foreignSpelling])
        #expect(found.first?.arguments == [written, meant])
    }

    @Test("that stand for others are no part of a name", arguments: ["𝐚", "①", "㌔", "ª"])
    func compatibility(character: String) {
        #expect(codes("context \(character) { }\n").first == .unexpectedCharacter)
    }

    @Test("are one in every form: names and texts are in NFC")
    func normalForm() throws {
        let result = Fixtures.read(
            RefusalTests.preamble + """
                enumeration e { デ\u{30AB}\u{3099} "か\u{3099}" }
                context c { a e }
                permit p\u{308}: view on document when c.a = デガ because ja "は\u{309A}" en "o\u{308}"
                """)
        #expect(result.diagnostics.map(\.code) == [])
        let policy = try #require(result.policy)
        let rule = try #require(policy.rules.first)
        let texts = [
            rule.name, rule.because["ja"], rule.because["en"], rule.text, rule.when.first?.text,
            policy.vocabulary.enumerations["e"]?.cases.first?.name,
            policy.vocabulary.enumerations["e"]?.cases.first?.label,
        ].compactMap(\.self)
        #expect(texts.count == 7)
        for text in texts {
            #expect(
                Array(text.utf8) == Array(text.precomposedStringWithCanonicalMapping.utf8),
                "\(text)")
        }
    }

    @Test("are composed as Unicode says")
    func composition() {
        var random = SystemRandomNumberGenerator()
        let interesting: [ClosedRange<UInt32>] = [
            0x41...0x7A, 0xC0...0x24F, 0x300...0x36F, 0x370...0x3FF, 0x591...0x5F4, 0x900...0xDFF,
            0x1E00...0x1FFF, 0x2126...0x212B, 0x3041...0x30FF,
            0xF900...0xFAFF, 0x1D15E...0x1D164, 0x11099...0x110AB, 0x2F800...0x2FA1D,
        ]
        for _ in 0..<20_000 {
            var text = String.UnicodeScalarView()
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                let range = interesting.randomElement(using: &random) ?? 0x41...0x5A
                Unicode.Scalar(UInt32.random(in: range, using: &random)).map { text.append($0) }
            }
            let text2 = String(text)
            let (ours, theirs) = (
                NormalForm.composed(text2), text2.precomposedStringWithCanonicalMapping
            )
            #expect(
                Array(ours.unicodeScalars) == Array(theirs.unicodeScalars),
                "\(text.map { String($0.value, radix: 16) })")
        }
    }

    @Test(
        "of Hangul are composed by arithmetic",
        arguments: [
            ("\u{1112}\u{1161}\u{11AB}", "\u{D55C}"), ("\u{AC00}\u{11A8}", "\u{AC01}"),
            ("\u{AC3D}\u{11A2}", "\u{AC3D}\u{11A2}"), ("\u{1100}\u{1161}", "\u{AC00}"),
            ("\u{1100}\u{AC00}", "\u{1100}\u{AC00}"), ("\u{AC01}\u{11A8}", "\u{AC01}\u{11A8}"),
        ])
    func hangul(text: String, composed: String) {
        #expect(
            Array(NormalForm.composed(text).unicodeScalars) == Array(composed.unicodeScalars))
    }

    @Test("longer names than an id may be are refused")
    func longName() {
        let name = String(repeating: "a", count: 512)
        #expect(codes("context \(name) { }\n") == [])
        #expect(codes("context \(name)b { }\n") == [.tooLong])
    }
}
