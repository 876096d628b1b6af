import Foundation
import LDAPClient
import Testing

struct LDIFTests {
    private func parse(_ text: String) -> (records: [LDIFRecord], bad: [LDIFProblem]) {
        LDIF.parse(Array(text.utf8))
    }

    @Test func recordsKeepTheirLinesNamesAndOrder() {
        let (records, bad) = parse(
            """
            version: 1
            # people
             of Aoba

            dn: uid=tanaka,ou=people,
             dc=aoba,dc=example
            objectClass: person
            objectclass: inetOrgPerson
            cn:: 55Sw5Lit
            cn;lang-ja: 田中
            # a comment inside
            description:

            # between

            dn:: dWlkPeeUsOS4rSxkYz1hb2Jh
            sn:Tanaka  Taro 
            jpegPhoto:: AAH/
            """)
        #expect(bad.isEmpty)
        #expect(records.map(\.line) == [5, 16])
        #expect(records.first?.entry.dn == "uid=tanaka,ou=people,dc=aoba,dc=example")
        #expect(records.first?.entry.texts("objectClass") == ["person", "inetOrgPerson"])
        #expect(records.first?.entry.text("cn") == "田中")
        #expect(records.first?.entry.text("cn;lang-ja") == "田中")
        #expect(records.first?.entry.text("description")?.isEmpty == true)
        #expect(records.last?.entry.dn == "uid=田中,dc=aoba")
        #expect(records.last?.entry.text("sn") == "Tanaka  Taro ")
        #expect(records.last?.entry.values("jpegPhoto") == [[0, 1, 255]])
    }

    @Test(
        "line ends, marks and folds are all read",
        arguments: [
            "dn: cn=a\r\ncn: a\r\n", "dn: cn=a\ncn: a", "\u{FEFF}dn: cn=a\ncn: a\n",
            "\n\n\ndn: cn=a\ncn: a\n\n\n", "version: 1\ndn: cn=a\ncn: a", "#x\n y\ndn: cn=a\ncn: a",
            "version: 1\r\n\r\ndn: cn=a\r\ncn: a\r\n\r\n", "dn: c\n n\n =a\nc\n n: \n a\n",
            "DN: cn=a\nCN: a", "dn:cn=a\ncn:a", "dn: cn=a\ncn:: Y\n Q\n ==",
            "version: 1\n#x\n\ndn: cn=a\ncn: a",
        ])
    func spellings(text: String) {
        let (records, bad) = parse(text)
        #expect(bad.isEmpty)
        #expect(records.map(\.entry.dn) == ["cn=a"])
        #expect(records.first?.entry.text("cn") == "a")
    }

    @Test(
        "a bad record says which line and why, and takes no other with it",
        arguments: [
            ("cn: a\n", 1, .noDN), ("cn: a\ndn: cn=a\n", 1, .noDN),
            ("dn: cn=a\n", 1, .noAttributes),
            ("dn: a\ncn: a\n", 1, .badDN("a")), ("dn: cn=a\ncn a\n", 2, .noColon),
            ("dn: cn=a\ncn: a\ndn: cn=b\ncn: b\n", 3, .secondDN),
            ("dn: cn=a\nc n: a\n", 2, .badAttribute("c n")),
            ("dn: cn=a\n: a\n", 2, .badAttribute("")),
            ("dn: cn=a\n-\n", 2, .noColon), ("dn: cn=a\ncn:: YQ=\n", 2, .badBase64),
            ("dn: cn=a\ncn:: Y=Q=\n", 2, .badBase64), ("dn: cn=a\ncn:: ====\n", 2, .badBase64),
            ("dn: cn=a\ncn:: YQ==YQ==\n", 2, .badBase64), ("dn: cn=a\ncn:: Y!Q=\n", 2, .badBase64),
            ("dn: cn=a\ncn:: YR==\n", 2, .badBase64),
            ("dn: cn=a\ncn:: YQ== \n", 2, .badBase64),
            ("dn: cn=a\ncn:< file:///etc/passwd\n", 2, .urlValue),
            ("dn: cn=a\ncn\n :< file:///etc/passwd\n", 2, .urlValue),
            ("dn:< file:///etc/passwd\ncn: a\n", 1, .urlValue),
            ("include: file:///etc/passwd\n", 1, .include),
            ("inc\n lude: file:///etc/passwd\n", 1, .include), ("INCLUDE: /x\n", 1, .include),
            ("dn: cn=a\ninclude: file:///x\n", 2, .include),
            ("dn: cn=a\nchangetype: add\ncn: a\n", 2, .changeRecord),
            ("dn: cn=a\ncontrol: 1.2 true\nchangetype: delete\n", 2, .changeRecord),
            ("dn: cn=a\ncn: < a\n", 2, .unsafeStart("<")),
            ("dn: cn=a\ncn: :a\n", 2, .unsafeStart(":")),
            ("dn: cn=a\ncn: a\0b\n", 2, .nul), ("dn: cn=\0a\ncn: a\n", 1, .nul),
            ("dn: cn=a\ncn: a\rb\n", 2, .carriageReturn),
            (" cn: a\ndn: cn=a\n", 1, .strayContinuation),
            ("\n b\ndn: cn=a\ncn: a\n", 2, .strayContinuation), ("dn:: gg==\ncn: a\n", 1, .notText),
            ("dn: cn=a\ncn: a\nversion: 1\n", 3, .misplacedVersion),
            ("dn:: Y249YQBi\ncn: a\n", 1, .badDN("cn=a\0b")),
            ("dn:: !\ncn: a\n", 1, .badBase64), ("dn:\n:\n", 2, .badAttribute("")),
            ("dn: cn=a\ncn;: a\n", 2, .badAttribute("cn;")), ("# x\n\ncn: b\n", 3, .noDN),
        ] as [(String, Int, LDIFProblem.Reason)])
    func refusals(text: String, line: Int, reason: LDIFProblem.Reason) {
        let good = "\ndn: cn=good\ncn: good\n"
        let (records, bad) = parse(text + good)
        #expect(bad.map(\.line) == [line])
        #expect(bad.map(\.reason) == [reason])
        #expect(records.map(\.entry.dn) == ["cn=good"])
        #expect(records.first?.line == text.count { $0 == "\n" } + 2)
    }

    @Test func everyLengthOfBase64IsRead() {
        for length in 0...66 {
            let value = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ 250) }
            let (records, bad) = parse("dn: cn=a\ncn:: \(Data(value).base64EncodedString())\n")
            #expect(bad.isEmpty)
            #expect(records.first?.entry.values("cn") == [value])
        }
    }

    @Test func textInAnotherEncodingIsRefused() {
        var bytes = Array("dn: cn=a\nsn: ".utf8)
        bytes += [0x93, 0x63, 0x92, 0x86]  // 田中 in Shift JIS
        let (records, bad) = LDIF.parse(bytes)
        #expect(records.isEmpty)
        #expect(bad.map(\.reason) == [.notText])
        #expect(bad.map(\.line) == [2])
    }

    @Test func anotherVersionEndsTheReading() {
        let (records, bad) = parse("version: 2\n\ndn: cn=a\ncn: a\n")
        #expect(records.isEmpty)
        #expect(bad.map(\.reason) == [.unknownVersion("2")])
    }

    @Test func recordsHaveLimits() {
        var limits = LDIF.Limits()
        limits.recordBytes = 100
        limits.recordLines = 5
        let long = "dn: cn=a\ncn: " + String(repeating: "x", count: 100)
        let many = "dn: cn=b\n" + String(repeating: "cn: b\n", count: 5)
        let (records, bad) = LDIF.parse(
            Array("\(long)\n\n\(many)\ndn: cn=c\ncn: c\n".utf8), limits: limits)
        #expect(records.map(\.entry.dn) == ["cn=c"])
        #expect(bad.map(\.reason) == [.tooLarge(limit: 100), .tooManyLines(limit: 5)])
        #expect(bad.map(\.line) == [2, 9])
    }

    @Test func nothingAndCommentsAreNoRecords() {
        for text in ["", "\n", "\r\n\r\n", "# only a comment", "version: 1", "version: 1\n"] {
            let (records, bad) = parse(text)
            #expect(records.isEmpty && bad.isEmpty, "\(text)")
        }
    }

    @Test func noDamageToATextTrapsTheReader() {
        let text = Array(
            "version: 1\ndn: cn=a,dc=b\ncn:: 55Sw\n sn: x\n# c\nsn;lang-ja: y\n\ndn: c=d\nc: d\n"
                .utf8)
        for position in text.indices {
            for byte: UInt8 in [0, 10, 13, 32, 35, 58, 60, 92, 255] {
                var damaged = text
                damaged[position] = byte
                let (records, bad) = LDIF.parse(damaged)
                #expect(records.count + bad.count > 0)
            }
            #expect(LDIF.parse(Array(text[..<position])).records.count <= 2)
        }
    }
}
