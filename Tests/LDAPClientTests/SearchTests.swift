import Foundation
import LDAPClient
import SlapdSupport
import Testing

struct SearchTests {
    private func search(_ server: LDAPServer, base: String = "dc=x") async throws -> [LDAPEntry] {
        try await withLDAPConnection(to: server, as: .anonymous) { try $0.search(base: base) }
    }

    // A method, since the compiler crashes on a local function that captures the connection.
    private func uids(
        _ connection: borrowing LDAPConnection, _ base: String, _ filter: LDAPFilter
    ) throws -> [String] {
        try connection.search(base: base, filter: filter, attributes: ["uid"])
            .compactMap { $0.text("uid") }
    }

    @Test func everyByteOfAValueArrives() async throws {
        let slapd = try Slapd()
        let all = (0...255).map(UInt8.init)
        let base = try slapd.load(
            """
            dn: uid=tanaka,BASE
            objectClass: inetOrgPerson
            uid: tanaka
            cn: Tanaka Taro
            cn: T. Tanaka
            cn;lang-ja:: \(Data("田中 太郎".utf8).base64EncodedString())
            sn: Tanaka
            sn;lang-ja:: \(Data("田中".utf8).base64EncodedString())
            sn;lang-ja;phonetic:: \(Data("たなか".utf8).base64EncodedString())
            jpegPhoto:: \(Data(all).base64EncodedString())
            """)
        let entries = try await withLDAPConnection(to: slapd.server, as: slapd.credential) {
            try $0.search(base: base, filter: .equal("cn", "田中 太郎"))
        }
        let entry = try #require(entries.first)
        #expect(entries.count == 1)
        #expect(try DistinguishedName(entry.dn) == DistinguishedName("uid=tanaka,\(base)"))
        #expect(entry.texts("cn") == ["Tanaka Taro", "T. Tanaka"])
        #expect(entry.text("cn;lang-ja") == "田中 太郎")
        #expect(entry.text("sn;lang-ja;phonetic") == "たなか")
        #expect(entry.attributes(named: "sn").count == 3)
        #expect(entry.values("jpegPhoto") == [all])
    }

    @Test func scopesFiltersAndAttributesAreAsAsked() async throws {
        let slapd = try Slapd()
        let base = try slapd.load(
            Slapd.people(3)
                + "\n\ndn: uid=a*(b\\\\,BASE\nobjectClass: inetOrgPerson\nuid: a*(b\\\ncn: x\nsn: x\n"
        )
        try await withLDAPConnection(to: slapd.server, as: slapd.credential) { connection in
            #expect(try connection.search(base: base, scope: .base).count == 1)
            #expect(try connection.search(base: base, scope: .oneLevel).count == 4)
            #expect(try connection.search(base: base).count == 5)
            #expect(try uids(connection, base, .equal("uid", "a*(b\\")) == ["a*(b\\"])
            #expect(try uids(connection, base, .equal("uid", "*")).isEmpty)
            #expect(
                try uids(connection, base, LDAPFilter(parsing: "(&(uid=p*)(!(uid=p2)))")) == [
                    "p1", "p3",
                ])
            #expect(try uids(connection, base, .and([.and([]), .equal("uid", "p1")])) == ["p1"])
            #expect(try uids(connection, base, .or([])).isEmpty)
            let some = try connection.search(
                base: base, filter: .equal("uid", "p1"), attributes: ["uid", "cn"])
            #expect(some.first?.attributes.map(\.description).sorted() == ["cn", "uid"])
        }
    }

    @Test func aLongAnswerComesInPagesAndWhole() async throws {
        let slapd = try Slapd()
        let base = try slapd.load(Slapd.people(1_201))
        try await withLDAPConnection(to: slapd.server, as: slapd.credential) { connection in
            var search = LDAPSearch(base: base, filter: .present("uid"), attributes: ["uid"])
            let result = try connection.perform(search)
            #expect(result.pages == 3)
            #expect(result.entries.count == 1_201)
            #expect(Set(result.entries.compactMap { $0.text("uid") }).count == 1_201)

            search.maximumEntries = 1_201
            #expect(try connection.perform(search).entries.count == 1_201)
            search.maximumEntries = 1_200
            let many = #expect(throws: LDAPError.self) { try connection.perform(search) }
            #expect(many?.kind == .tooManyEntries(limit: 1_200))

            search.maximumEntries = 10_000
            search.maximumBytes = 10_000
            let large = #expect(throws: LDAPError.self) { try connection.perform(search) }
            #expect(large?.kind == .tooManyBytes(limit: 10_000))

            // A search that was given up leaves nothing behind that spoils the next.
            #expect(try connection.search(base: base, scope: .base).count == 1)
        }
    }

    @Test func noCutMakesAPartOfAnAnswerASuccess() async throws {
        let slapd = try Slapd()
        let base = try slapd.load(Slapd.people(1_100))
        let port = try slapd.server.port
        let credential = slapd.credential
        for bytes in [1, 10, 14, 20, 100, 1_000, 5_001, 30_000, 99_999, 150_000, 250_000] {
            let proxy = try Listener.proxy(to: port, bytes: bytes)
            let server = try LDAPServer(url: proxy.url, operationTimeout: .seconds(60))
            let error = await #expect(throws: LDAPError.self, "cut after \(bytes) bytes") {
                try await withLDAPConnection(to: server, as: credential) {
                    try $0.search(base: base, filter: .present("uid"))
                }
            }
            #expect(error?.kind == .connectionLost, "cut after \(bytes) bytes")
        }
        let whole = try Listener.proxy(to: port, bytes: .max)
        let entries = try await withLDAPConnection(
            to: LDAPServer(url: whole.url), as: credential
        ) {
            try $0.search(base: base, filter: .present("uid"))
        }
        #expect(entries.count == 1_100)
    }

    @Test func noCutOfAProtectedConnectionDoesEither() async throws {
        let slapd = try Slapd()
        let base = try slapd.load(Slapd.people(600))
        let port = try slapd.server.port
        let credential = slapd.credential
        for bytes in [5, 20, 200, 1_000, 2_000, 5_000, 20_000, 100_000] {
            let proxy = try Listener.proxy(to: port, bytes: bytes)
            let server = try LDAPServer(
                url: proxy.url, startTLS: true, authorityFile: slapd.authority,
                operationTimeout: .seconds(60))
            let error = await #expect(throws: LDAPError.self, "cut after \(bytes) bytes") {
                try await withLDAPConnection(to: server, as: credential) {
                    try $0.search(base: base, filter: .present("uid"))
                }
            }
            #expect(error?.kind == .connectionLost || error?.kind == .tls, "after \(bytes)")
        }
    }

    @Test func aMissingBaseIsRefused() async throws {
        let slapd = try Slapd()
        let error = await #expect(throws: LDAPError.self) {
            try await withLDAPConnection(to: slapd.server, as: slapd.credential) {
                try $0.search(base: "ou=nowhere,\(slapd.base)")
            }
        }
        #expect(error?.kind == .refused(.noSuchObject))
    }

    @Test func whatCannotBeSentIsNotSent() async throws {
        let slapd = try Slapd()
        try await withLDAPConnection(to: slapd.server, as: slapd.credential) { connection in
            let nul = #expect(throws: LDAPError.self) { try connection.search(base: "dc=a\0b") }
            #expect(nul?.kind == .invalidRequest(.nulInText))
            let name = #expect(throws: LDAPError.self) {
                try connection.search(base: "dc=a", attributes: ["c n"])
            }
            #expect(name?.kind == .invalidRequest(.attribute("c n")))
        }
    }

    @Test func aServersOwnLimitThrowsAwayWhatHadArrived() async throws {
        let entry = Answer.entry(3, dn: "cn=a", attribute: "cn", value: "a")
        let end = Answer.result(3, tag: 0x65, code: 4, text: "limit")
        let listener = try Listener.scripted(
            [Answer.bound, Answer.noRoot, entry + end], thenCloses: false)
        let error = await #expect(throws: LDAPError.self) {
            try await search(LDAPServer(url: listener.url))
        }
        #expect(error?.kind == .refused(.sizeLimitExceeded))
        #expect(error?.diagnostic == "limit")
        #expect(error?.description.contains("sizeLimitExceeded (4) [limit]") == true)
    }

    @Test func partOfAnAttributesValuesIsNotTakenForAll() async throws {
        let entry = Answer.entry(3, dn: "cn=g", attribute: "member;range=0-1499", value: "cn=a")
        let listener = try Listener.scripted(
            [Answer.bound, Answer.noRoot, entry + Answer.result(3, tag: 0x65)], thenCloses: false)
        let error = await #expect(throws: LDAPError.self) {
            try await search(LDAPServer(url: listener.url))
        }
        #expect(error?.kind == .incompleteValues("member;range=0-1499"))
    }

    @Test func referencesAreCountedAndNotFollowed() async throws {
        let url = "ldap://elsewhere.example/dc=y"
        let answer =
            Answer.reference(3, url) + Answer.entry(3, dn: "cn=a", attribute: "cn", value: "a")
            + Answer.result(3, tag: 0x65)
        let listener = try Listener.scripted(
            [Answer.bound, Answer.noRoot, answer], thenCloses: false)
        let result = try await withLDAPConnection(
            to: LDAPServer(url: listener.url), as: .anonymous
        ) {
            try $0.perform(LDAPSearch(base: "dc=x"))
        }
        #expect(result.references == [[url]])
        #expect(result.entries == [LDAPEntry(dn: "cn=a", attributes: [LDAPAttribute("cn", "a")])])
        #expect(result.pages == 1)
    }

    @Test func entriesThatKeepComingAreGivenUpInTime() async throws {
        let listener = try Listener()
        let entry = Answer.entry(3, dn: "cn=a", attribute: "cn", value: "a")
        listener.serve { client in
            for answer in [Answer.bound, Answer.noRoot] {
                _ = Listener.answer(client, answer)
            }
            while Listener.send(entry, to: client) { Thread.sleep(forTimeInterval: 0.02) }
        }
        let start = ContinuousClock.now
        let error = await #expect(throws: LDAPError.self) {
            try await search(LDAPServer(url: listener.url, operationTimeout: .seconds(1)))
        }
        #expect(error?.kind == .timedOut)
        #expect(start.duration(to: .now) < Listener.hang)
    }
}
