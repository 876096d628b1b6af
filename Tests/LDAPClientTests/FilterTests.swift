import LDAPClient
import Testing

struct FilterTests {
    @Test(
        "a value can't break out of its place",
        arguments: [
            ("a*b", "(cn=a\\2ab)"), ("(x)", "(cn=\\28x\\29)"), ("a\\b", "(cn=a\\5cb)"),
            ("a\0b", "(cn=a\\00b)"), ("*)(uid=*", "(cn=\\2a\\29\\28uid=\\2a)"),
            ("極秘 部外秘", "(cn=極秘 部外秘)"), ("line\nend", "(cn=line\\0aend)"), ("", "(cn=)"),
        ])
    func escapes(value: String, text: String) {
        #expect(LDAPFilter.equal("cn", AssertionValue(value)).description == text)
    }

    @Test func bytesThatAreNoTextAreAllEscaped() {
        let filter = LDAPFilter.equal("jpegPhoto", AssertionValue(bytes: [0xFF, 0x41, 0xE6]))
        #expect(filter.description == "(jpegphoto=\\ffA\\e6)")
    }

    @Test(
        "what is read is written the same",
        arguments: [
            "(objectclass=inetOrgPerson)", "(cn=*)", "(&)", "(|)", "(!(cn=a))",
            "(&(objectclass=person)(|(uid=a*)(uid=*b)(uid=a*b*c)))", "(uidnumber>=100)",
            "(uidnumber<=100)", "(cn~=tanaka)", "(cn;lang-ja=田中)", "(2.5.4.3=x)", "(cn=a\\2ab)",
            "(cn:dn:2.5.13.5:=x)", "(cn:=x)", "(:2.5.13.5:=x)", "(cn:dn:=x)", "(cn=a=b:c<d>e~f)",
        ])
    func roundTrip(text: String) throws {
        #expect(try LDAPFilter(parsing: text).description == text)
    }

    @Test func spaceBetweenPartsIsAllowed() throws {
        let filter = try LDAPFilter(parsing: " ( &\n (cn=a b)\n\t(! (sn=c) ) ) ")
        #expect(filter == .and([.equal("cn", "a b"), .not(.equal("sn", "c"))]))
    }

    @Test(
        "a broken filter says what is wrong and where",
        arguments: [
            ("", .expectedOpening, 0), ("cn=a", .expectedOpening, 0),
            ("(cn=a", .expectedClosing, 5),
            ("(cn=a))", .trailingText, 6), ("(cn=a)(sn=b)", .trailingText, 6),
            ("(&(cn=a)", .expectedClosing, 8), ("(cn)", .expectedRelation, 3),
            ("(=a)", .badAttribute(""), 1), ("(c n=a)", .badAttribute("c n"), 1),
            ("(名=a)", .badAttribute("名"), 1), ("(cn=a\\2)", .badEscape, 5),
            ("(cn=a\\zz)", .badEscape, 5), ("(cn=a\\", .badEscape, 5),
            ("(cn=a(b)", .unescaped("("), 5), ("(cn=a\0)", .unescaped("\0"), 5),
            ("(cn=a**b)", .emptyPart, 8), ("(cn>=a*)", .unescaped("*"), 6),
            ("(!(cn=a)(sn=b))", .expectedClosing, 8), ("(cn<a)", .expectedRelation, 4),
            ("(:=x)", .expectedRelation, 3), ("(cn:dn:1.2:1.3:=x)", .expectedRelation, 16),
            ("()", .expectedRelation, 1),
        ] as [(String, LDAPFilterError.Problem, Int)])
    func refusals(text: String, problem: LDAPFilterError.Problem, offset: Int) {
        let error = #expect(throws: LDAPFilterError.self) { try LDAPFilter(parsing: text) }
        #expect(error?.problem == problem)
        #expect(error?.offset == offset)
    }

    @Test func nestingAndLengthHaveLimits() {
        func nested(_ depth: Int) -> String {
            String(repeating: "(!", count: depth - 1) + "(cn=a)"
                + String(repeating: ")", count: depth - 1)
        }
        #expect(throws: Never.self) { try LDAPFilter(parsing: nested(64)) }
        let deep = #expect(throws: LDAPFilterError.self) { try LDAPFilter(parsing: nested(65)) }
        #expect(deep?.problem == .tooDeep)
        let long = "(cn=" + String(repeating: "a", count: 70_000) + ")"
        let error = #expect(throws: LDAPFilterError.self) { try LDAPFilter(parsing: long) }
        #expect(error?.problem == .tooLong)
    }

    @Test(arguments: ["cn)(uid", "", "cn;", ";x", "cn;;x", "1", "1.", "01.2", "cn=x", "c_n", "名"])
    func namesOfAttributesAreChecked(text: String) {
        #expect(throws: AttributeDescriptionError.self) { try AttributeDescription(text) }
    }
}
