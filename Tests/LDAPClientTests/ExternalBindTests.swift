import LDAPClient
import SlapdSupport
import Testing

@Suite("Somebody whom the connection shows us to be")
struct ExternalBindTests {
    private func found(
        _ server: LDAPServer, _ credential: LDAPCredential, base: String
    ) async throws -> Int {
        try await withLDAPConnection(to: server, as: credential) {
            try $0.search(base: base, scope: .base).count
        }
    }

    private func failure(
        _ server: LDAPServer, _ credential: LDAPCredential, base: String
    ) async -> LDAPError? {
        await #expect(throws: LDAPError.self) {
            try await found(server, credential, base: base)
        }
    }

    @Test("is the user who opened a socket of this machine")
    func socket() async throws {
        let own = try PrivateSlapd(
            more: [
                "access to * by dn.regex=\"cn=peercred,cn=external,cn=auth$\" read by * none"
            ])
        let server = try LDAPServer(url: own.socketURL)
        #expect(server.security == .local)
        #expect(try await found(server, .external, base: own.slapd.base) == 1)
        let nobody = await failure(server, .anonymous, base: own.slapd.base)
        #expect(nobody?.kind == .refused(.noSuchObject))
        let missing = try LDAPServer(url: own.socketURL + "-")
        #expect(await failure(missing, .external, base: "")?.kind == .unreachable)
    }

    @Test("is whom a certificate names; without one, nobody")
    func certificate() async throws {
        let slapd = try Slapd()
        for (url, startTLS) in [(slapd.ldapsURL, false), (slapd.url, true)] {
            var server = try LDAPServer(
                url: url, startTLS: startTLS, authorityFile: slapd.authority)
            let without = await failure(server, .external, base: "")
            guard case .refused = without?.kind else {
                Issue.record("another error: \(String(describing: without))")
                return
            }
            server.certificate = LDAPCertificate(file: slapd.authority, keyFile: slapd.key)
            #expect(try await found(server, .external, base: "") == 1)
            server.certificate = LDAPCertificate(file: slapd.authority, keyFile: "/nowhere")
            #expect(await failure(server, .external, base: "")?.kind == .tls)
        }
    }
}
