import LDAPClient
import Testing

struct EntryTests {
    private let entry = LDAPEntry(
        dn: "uid=t",
        attributes: [
            LDAPAttribute("cn", "Tanaka", "Taro"),
            LDAPAttribute("CN;lang-ja", "田中"),
            LDAPAttribute("sn;lang-ja;phonetic", "たなか"),
            LDAPAttribute(description: "jpegPhoto", values: [[0xFF, 0], Array("text".utf8)]),
        ])

    @Test func namesAreFoundWhateverTheirCaseAndTheOptionsOrder() {
        #expect(entry.text("CN") == "Tanaka")
        #expect(entry.texts("cn") == ["Tanaka", "Taro"])
        #expect(entry.text("cn;LANG-JA") == "田中")
        #expect(entry.text("SN;phonetic;lang-ja") == "たなか")
        #expect(entry.text("sn") == nil)
        #expect(entry.text("sn;lang-ja") == nil)
        #expect(entry.attributes(named: "Cn").map(\.description) == ["cn", "CN;lang-ja"])
        #expect(entry.values("none").isEmpty)
    }

    @Test func textIsTheFirstValueThatIsText() {
        #expect(entry.text("jpegphoto") == "text")
        #expect(entry.texts("jpegphoto") == ["text"])
        #expect(entry.values("jpegphoto").count == 2)
    }

    @Test func aSecretIsNeverShown() {
        let secret = LDAPSecret("hush")
        let credential = LDAPCredential.simple(dn: "cn=a", password: secret)
        var dumped = ""
        dump(credential, to: &dumped)
        dump(secret, to: &dumped)
        for text in ["\(secret)", String(reflecting: secret), "\(credential)", dumped] {
            #expect(!text.contains("hush"))
            #expect(!text.contains("104"), "the bytes are shown")
        }
    }
}
