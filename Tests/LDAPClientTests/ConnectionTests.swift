import Foundation
import LDAPClient
import SlapdSupport
import Testing

struct ConnectionTests {
    /// What connecting throws, and how long it takes to.
    private func failure(
        _ server: LDAPServer, as credential: LDAPCredential = .anonymous
    ) async throws -> (error: LDAPError?, time: Duration) {
        let start = ContinuousClock.now
        let error = await #expect(throws: LDAPError.self) {
            try await withLDAPConnection(to: server, as: credential) { _ in }
        }
        return (error, start.duration(to: .now))
    }

    @Test func theRightPasswordBinds() async throws {
        let slapd = try Slapd()
        let url = try await withLDAPConnection(to: slapd.server, as: slapd.credential) {
            $0.server.url
        }
        #expect(url == slapd.url)
    }

    @Test func nobodyBindsToo() async throws {
        let slapd = try Slapd()
        try await withLDAPConnection(to: slapd.server, as: .anonymous) { _ in }
    }

    @Test func aWrongPasswordIsRefusedAndNotRepeated() async throws {
        let slapd = try Slapd()
        let credential = LDAPCredential.simple(dn: slapd.admin, password: LDAPSecret("wrong-hush"))
        let error = try await failure(slapd.server, as: credential).error
        #expect(error?.kind == .invalidCredentials)
        #expect(error?.operation == .bind)
        var dumped = ""
        dump(error, to: &dumped)
        #expect(!dumped.contains("hush"))
    }

    @Test func anEmptyPasswordIsNotSent() async throws {
        let slapd = try Slapd()
        let credential = LDAPCredential.simple(dn: slapd.admin, password: LDAPSecret(""))
        let error = try await failure(slapd.server, as: credential).error
        #expect(error?.kind == .invalidRequest(.emptyPassword))
    }

    @Test func whatTheBodyThrowsComesOut() async throws {
        let slapd = try Slapd()
        await #expect(throws: SetupError.self) {
            try await withLDAPConnection(to: slapd.server, as: slapd.credential) { _ in
                throw SetupError(description: "mine")
            }
        }
    }

    @Test func aPortWithoutAServerIsUnreachableAtOnce() async throws {
        let port = try Listener().port
        // The timeout is longer than any run of the tests: that this ends says that it did not wait.
        let error = try await failure(
            LDAPServer(url: "ldap://127.0.0.1:\(port)", networkTimeout: .seconds(86_400))
        ).error
        #expect(error?.kind == .unreachable)
    }

    @Test func aNameThatDoesNotResolveIsUnreachable() async throws {
        let error = try await failure(LDAPServer(url: "ldap://nowhere.invalid")).error
        #expect(error?.kind == .unreachable)
    }

    @Test(
        "a server that never answers is given up in time",
        arguments: [[], [0x30], [0x30, 0x84, 0, 0], Array(Answer.bound.dropLast())] as [[UInt8]])
    func silence(beginning: [UInt8]) async throws {
        let listener = try Listener.scripted([beginning], thenCloses: false)
        let server = try LDAPServer(url: listener.url, operationTimeout: .milliseconds(700))
        let (error, time) = try await failure(server)
        #expect(error?.kind == .timedOut)
        #expect(error?.operation == .bind)
        #expect(time > .milliseconds(600) && time < Listener.hang)
    }

    @Test(
        "a server that goes away during the bind is noticed",
        arguments: [[], [0x30, 0x84, 0, 0], Array(Answer.bound.dropLast())] as [[UInt8]])
    func hangingUp(beginning: [UInt8]) async throws {
        let listener = try Listener.scripted([beginning], thenCloses: true)
        let error = try await failure(LDAPServer(url: listener.url)).error
        #expect(error?.kind == .connectionLost)
    }

    @Test func anAnswerThatIsNotLDAPEndsTheConnection() async throws {
        let listener = try Listener.scripted(
            [Array("HTTP/1.1 400 Bad Request\r\n\r\n".utf8) + [UInt8](repeating: 32, count: 200)],
            thenCloses: false)
        let server = try LDAPServer(url: listener.url, operationTimeout: .seconds(2))
        let error = try await failure(server).error
        #expect(error?.kind == .connectionLost)
    }

    @Test func aCancelledTaskWaitsNoLonger() async throws {
        let listener = try Listener.scripted([[]], thenCloses: false)
        let server = try LDAPServer(url: listener.url, operationTimeout: .seconds(60))
        let start = ContinuousClock.now
        let task = Task {
            try await withLDAPConnection(to: server, as: .anonymous) { _ in }
        }
        try await Task.sleep(for: .milliseconds(200))
        task.cancel()
        let error = await #expect(throws: LDAPError.self) { try await task.value }
        #expect(error?.kind == .cancelled)
        #expect(start.duration(to: .now) < Listener.hang)
    }

    @Test func writingToAPeerThatHasGoneEndsNoProcess() async throws {
        let listener = try Listener.scripted([Answer.bound], thenCloses: true)
        try await withLDAPConnection(to: LDAPServer(url: listener.url), as: .anonymous) {
            connection in
            Thread.sleep(forTimeInterval: 0.2)
            for _ in 1...3 {
                let error = #expect(throws: LDAPError.self) {
                    try connection.search(base: "dc=x")
                }
                #expect(error?.kind == .connectionLost)
            }
        }
    }

    @Test func manySessionsAtOnceDoNotStarveTheOthers() async throws {
        let slapd = try Slapd()
        let silent = try Listener.scripted([[]], thenCloses: false)
        let slow = try LDAPServer(url: silent.url, operationTimeout: .seconds(60))
        let start = ContinuousClock.now
        try await withThrowingTaskGroup { group in
            for _ in 1...30 {
                group.addTask {
                    _ = try? await withLDAPConnection(to: slow, as: .anonymous) { _ in }
                }
            }
            try await withLDAPConnection(to: slapd.server, as: slapd.credential) { _ in }
            #expect(start.duration(to: .now) < Listener.hang)
            group.cancelAll()
        }
    }

    @Test(arguments: [true, false])
    func aProtectedConnectionCarriesALongAnswer(startTLS: Bool) async throws {
        let slapd = try Slapd()
        let base = try slapd.load(Slapd.people(700))
        let server = try LDAPServer(
            url: startTLS ? slapd.url : slapd.ldapsURL, startTLS: startTLS,
            authorityFile: slapd.authority)
        let entries = try await withLDAPConnection(to: server, as: slapd.credential) {
            try $0.search(base: base, filter: .present("uid"))
        }
        #expect(entries.count == 700)
    }

    @Test(arguments: [true, false])
    func aCertificateThatIsNotTrustedIsRefused(startTLS: Bool) async throws {
        let slapd = try Slapd()
        let server = try LDAPServer(
            url: startTLS ? slapd.url : slapd.ldapsURL, startTLS: startTLS)
        let error = try await failure(server, as: slapd.credential).error
        #expect(error?.kind == .tls)
    }

    @Test func aMissingFileOfAuthoritiesIsRefused() async throws {
        let slapd = try Slapd()
        let server = try LDAPServer(
            url: slapd.ldapsURL, authorityFile: "/nonexistent/authority.pem")
        #expect(try await failure(server).error?.kind == .tls)
    }

    @Test func aServerWithoutTLSIsNotSpokenToInPlain() async throws {
        let refusal = Answer.result(1, tag: 0x78, code: 2, text: "no TLS\nhere\u{202E}")
        let listener = try Listener.scripted([refusal, Answer.bound], thenCloses: false)
        let server = try LDAPServer(
            url: listener.url, startTLS: true, operationTimeout: .seconds(2))
        let error = try await failure(server).error
        #expect(error?.kind == .tls)
        #expect(error?.diagnostic == "no TLS here")
    }

    @Test func aSilentHandshakeIsGivenUpInTime() async throws {
        let listener = try Listener.scripted([[]], thenCloses: false)
        let server = try LDAPServer(
            url: "ldaps://127.0.0.1:\(listener.port)", networkTimeout: .seconds(1))
        let (error, time) = try await failure(server)
        #expect(error?.kind == .timedOut)
        #expect(time < Listener.hang)
    }
}
