import LDAPClient
import Testing

struct DistinguishedNameTests {
    @Test(
        "spellings of one name are equal",
        arguments: [
            ("cn=Tanaka,dc=Aoba,dc=example", "CN=tanaka , DC=aoba,  dc=EXAMPLE"),
            ("cn=a  b,dc=x", "cn=  A B ,dc=x"), ("cn=a+sn=b,dc=x", "SN=b+CN=A,dc=x"),
            ("cn=\\e7\\94\\b0\\e4\\b8\\ad,dc=x", "cn=田中,dc=x"), ("cn=a\\,b", "cn=a\\2cb"),
            ("commonName=a,dc=x", "2.5.4.3=A,domainComponent=x"), ("cn=ＡＢＣ", "cn=abc"),
            ("cn=ﾀﾅｶ", "cn=タナカ"), ("cn=ガ", "cn=カ\u{3099}"), ("cn=Straße", "cn=STRASSE"),
            ("cn=ΟΔΟΣ", "cn=οδος"), ("cn=a\\20", "cn=a"), ("cn=a\\22b", "cn=A\\\"b"),
            ("cn=田\u{3000}中", "cn=田 中"),
        ])
    func equal(left: String, right: String) throws {
        let names = try (DistinguishedName(left), DistinguishedName(right))
        #expect(names.0 == names.1)
        #expect(names.0.hashValue == names.1.hashValue)
        #expect(try DistinguishedName(names.0.normalized) == names.0)
        #expect(try DistinguishedName(names.0.description) == names.0)
    }

    @Test(
        "different names differ",
        arguments: [
            ("cn=a,dc=x", "cn=a+dc=x"), ("cn=a\\,dc=x", "cn=a,dc=x"), ("cn=a\\+sn=b", "cn=a+sn=b"),
            ("cn=田中", "cn=中田"), ("cn=ab", "cn=a b"), ("cn=a,dc=x", "dc=x,cn=a"),
            ("cn=#0401", "cn=\\#0401"), ("cn=a\\00b", "cn=a"), ("cn=a", ""),
        ])
    func different(left: String, right: String) throws {
        #expect(try DistinguishedName(left) != DistinguishedName(right))
    }

    @Test(
        "what is no name is refused",
        arguments: [
            "cn", "cn=a,", "=a", "cn=a\\", "cn=a,,dc=x", "cn=#zz", "c n=a", "cn=a\0,dc=x", "cn=a+",
            "cn=\"a", "極秘=a",
        ])
    func refusals(text: String) {
        #expect(throws: DistinguishedNameError.self) { try DistinguishedName(text) }
    }

    @Test func partsOfAName() throws {
        let name = try DistinguishedName("cn=田中 太郎+uid=T1,ou=技術部,dc=aoba,dc=example")
        #expect(name.rdnValue(of: "CN") == "田中 太郎")
        #expect(name.rdnValue(of: "userid") == "T1")
        #expect(name.rdnValue(of: "ou") == nil)
        #expect(name.depth == 4)
        #expect(name.description == "cn=田中 太郎+uid=T1,ou=技術部,dc=aoba,dc=example")
        #expect(try name.parent == DistinguishedName("ou=技術部,dc=aoba,dc=example"))
        #expect(try name.isAtOrBelow(DistinguishedName("DC=aoba,dc=example")))
        #expect(name.isAtOrBelow(name))
        #expect(try !name.isAtOrBelow(DistinguishedName("dc=oba,dc=example")))
        #expect(try DistinguishedName("").parent == nil)
        #expect(try DistinguishedName("cn=x").parent == DistinguishedName(""))
        #expect(try DistinguishedName("cn=#0401ff").rdnValue(of: "cn") == nil)
    }
}
