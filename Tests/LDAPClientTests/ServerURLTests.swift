import LDAPClient
import Testing

struct ServerURLTests {
    @Test(
        "host, port and protection come from the URL",
        arguments: [
            ("ldap://127.0.0.1:3890", "127.0.0.1", 3890, .plain, "ldap://127.0.0.1:3890"),
            (
                "LDAP://Directory.example/", "Directory.example", 389, .plain,
                "ldap://Directory.example:389"
            ),
            ("ldaps://d", "d", 636, .ldaps, "ldaps://d:636"),
            ("ldapi://%2Frun%2fldapi", "/run/ldapi", 0, .local, "ldapi://%2Frun%2Fldapi"),
            ("ldap://[::1]:390", "::1", 390, .plain, "ldap://[::1]:390"),
            ("ldaps://[fe80::1%eth0]", "fe80::1%eth0", 636, .ldaps, "ldaps://[fe80::1%eth0]:636"),
        ] as [(String, String, UInt16, LDAPServer.Security, String)])
    func reads(
        url: String, host: String, port: UInt16, security: LDAPServer.Security, text: String
    ) throws {
        let server = try LDAPServer(url: url)
        #expect(server.host == host)
        #expect(server.port == port)
        #expect(server.security == security)
        #expect(server.url == text)
    }

    @Test(
        "a bad URL says what is wrong",
        arguments: [
            ("", .noScheme), ("localhost", .noScheme), ("localhost:389", .noScheme),
            ("http://a", .unknownScheme("http")), ("cldap://a", .unknownScheme("cldap")),
            ("ldapi://", .badSocket("")), ("ldapi://tmp", .badSocket("tmp")),
            ("ldapi:///tmp/s", .badSocket("/tmp/s")),
            ("ldapi://%2Ftmp%00", .badSocket("%2Ftmp%00")),
            ("ldapi://u:p@%2Ftmp", .credentialInURL),
            ("ldap://", .noHost), ("ldap://:389", .noHost), ("ldap://a:0", .badPort("0")),
            ("ldap://a:", .badPort("")), ("ldap://a:65536", .badPort("65536")),
            ("ldap://a:+1", .badPort("+1")), ("ldap://a:１", .badPort("１")),
            ("ldap://a b", .badHost("a b")), ("ldap://a ldap://b", .trailingPart),
            ("ldap://a,b", .badHost("a,b")), ("ldap://[::1", .badHost("[::1")),
            ("ldap://[::1]x", .badHost("::1")), ("ldap://::1", .noHost),
            ("ldap://名.example", .badHost("名.example")), ("ldap://a/dc=x", .trailingPart),
            ("ldap://a?x", .trailingPart), ("ldap://u:p@a", .credentialInURL),
            ("ldap://a\0", .badHost("a\0")),
        ] as [(String, LDAPURLError.Problem)])
    func refuses(url: String, problem: LDAPURLError.Problem) {
        let error = #expect(throws: LDAPURLError.self) { try LDAPServer(url: url) }
        #expect(error?.problem == problem)
    }

    @Test func startTLSIsForThePlainScheme() throws {
        #expect(try LDAPServer(url: "ldap://a", startTLS: true).security == .startTLS)
        for url in ["ldaps://a", "ldapi://%2Fa"] {
            let error = #expect(throws: LDAPURLError.self) {
                try LDAPServer(url: url, startTLS: true)
            }
            #expect(error?.problem == .startTLSOverTLS)
        }
    }

    @Test func aPasswordInAURLIsNotRepeated() {
        let error = #expect(throws: LDAPURLError.self) { try LDAPServer(url: "ldap://u:hush@a") }
        #expect(error.map { "\($0) \(String(reflecting: $0))".contains("hush") } == false)
    }
}
