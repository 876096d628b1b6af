import LDAPClient
import Testing

@Suite("LDIF that is written")
struct LDIFWritingTests {
    @Test("has a record for each entry that changes, as RFC 2849 has them")
    func records() throws {
        let text = LDIF.text(of: [
            (
                try DistinguishedName("cn=g,dc=example"),
                [
                    LDAPModification(.add, "member", ["uid=a,dc=example", "uid=b,dc=example"]),
                    LDAPModification(.delete, "member", ["uid=c,dc=example"]),
                ]
            ),
            (try DistinguishedName("cn=unchanged"), []),
            (
                try DistinguishedName("cn=極秘,dc=example"),
                [
                    LDAPModification(
                        .replace, "description", ["", " x", "x ", ":x", "<x", "a\nb", "x:y"])
                ]
            ),
        ])
        #expect(
            text == """
                version: 1

                dn: cn=g,dc=example
                changetype: modify
                add: member
                member: uid=a,dc=example
                member: uid=b,dc=example
                -
                delete: member
                member: uid=c,dc=example
                -

                dn:: Y2495qW156eYLGRjPWV4YW1wbGU=
                changetype: modify
                replace: description
                description:
                description:: IHg=
                description:: eCA=
                description:: Ong=
                description:: PHg=
                description:: YQpi
                description: x:y
                -

                """)
    }

    @Test("folds long lines so that they come back whole")
    func folding() throws {
        let long = "uid=" + String(repeating: "x", count: 400)
        let text = LDIF.text(of: [
            (try DistinguishedName("cn=g"), [LDAPModification(.add, "member", [long])])
        ])
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.allSatisfy { $0.utf8.count <= 76 })
        #expect(text.replacing("\n ", with: "").contains("\nmember: \(long)\n"))
    }
}
