import DirectorySync
import LDAPClient
import Testing

@Suite("A filter")
struct FilterMatcherTests {
    static let entry = LDAPEntry(
        dn: "uid=tanaka,dc=x",
        attributes: [
            LDAPAttribute("objectClass", "top", "inetOrgPerson"),
            LDAPAttribute("uid", "tanaka"),
            LDAPAttribute("cn", "Kenichi  Tanaka", "K. Tanaka"),
            LDAPAttribute("cn;lang-ja", "田中 健一"),
            LDAPAttribute("cn;lang-ja;phonetic", "たなか"),
            LDAPAttribute("description", "a*b", "Straße", "ﾀﾅｶ"),
            LDAPAttribute("employeeNumber", "A10007"),
            LDAPAttribute(description: "userPassword", values: [[0xFF, 0x41]]),
        ])

    @Test(
        "holds",
        arguments: [
            "(uid=tanaka)", "(UID=TANAKA)", "(uid= tanaka )", "(cn=kenichi tanaka)",
            "(cn=Kenichi    Tanaka)", "(cn=k. tanaka)", "(uid=*)", "(userPassword=*)", "(cn=田中 健一)",
            "(cn;lang-ja=田中　健一)", "(cn;lang-ja=たなか)", "(cn;phonetic=たなか)", "(description=a\\2ab)",
            "(description=STRASSE)", "(description=タナカ)", "(userPassword=\\ff\\41)", "(cn=ken*)",
            "(cn=*tanaka)", "(cn=ken* tan*)", "(cn=k*i*a)", "(cn=*ichi tan*)", "(cn=*chi   tan*)",
            "(uid=t*n*k*)", "(cn= ken*)", "(cn=*aka )", "(employeeNumber>=A10007)",
            "(employeeNumber<=a10007)", "(employeeNumber>=A1)", "(employeeNumber<=B)",
            "(&(uid=tanaka)(objectClass=inetOrgPerson))", "(|(uid=sato)(uid=tanaka))",
            "(!(uid=sato))", "(!(title=*))", "(!(title=x))", "(&)", "(!(|))",
            "(&(|(uid=a)(uid=t*))(!(&(uid=tanaka)(uid=sato))))",
        ])
    func holds(_ text: String) throws {
        #expect(try FilterMatcher(LDAPFilter(parsing: text)).matches(Self.entry))
    }

    @Test(
        "does not hold",
        arguments: [
            "(uid=tanak)", "(uid=tanaka2)", "(uid=\\2a)", "(cn=KenichiTanaka)", "(cn;lang-en=*)",
            "(cn;lang-ja=Kenichi Tanaka)", "(title=*)", "(title=x)", "(description=a*c)",
            "(userPassword=A)", "(userPassword=\\ff\\61)", "(cn=tanaka*)", "(uid=*tan)",
            "(uid=tan*naka)", "(uid=tanaka*a)", "(uid=*aka*tan*)", "(cn=kenichi*  *kenichi)",
            "(employeeNumber>=A10008)", "(employeeNumber<=A10006)", "(title>=a)", "(title<=a)",
            "(&(uid=tanaka)(uid=sato))", "(|(uid=sato)(uid=ito))", "(!(uid=tanaka))", "(|)",
            "(!(&))",
            "(c=*)", "(cn;lang=*)",
        ])
    func doesNotHold(_ text: String) throws {
        #expect(try !FilterMatcher(LDAPFilter(parsing: text)).matches(Self.entry))
    }

    @Test(
        "with a part that needs the server's schema is refused",
        arguments: [
            "(cn~=x)", "(cn:caseExactMatch:=x)", "(ou:dn:=x)", "(:1.2.3:=x)",
            "(&(uid=*)(|(uid=a)(!(cn~=x))))",
        ])
    func unsupported(_ text: String) throws {
        let filter = try LDAPFilter(parsing: text)
        #expect(throws: FilterMatcher.Unsupported.self) { try FilterMatcher(filter) }
    }

    @Test("names the attributes it looks at")
    func attributes() throws {
        let filter = try LDAPFilter(parsing: "(&(uid=a)(|(cn;lang-ja=b*)(!(title>=c)))(UID=*))")
        #expect(try FilterMatcher(filter).attributes == ["cn;lang-ja", "title", "uid"])
    }
}
