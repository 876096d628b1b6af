import DirectorySync
import LDAPClient
import Testing

@Suite("The messages of a refresh")
struct PartRefreshTests {
    private static func id(_ number: UInt8) -> EntryUUID {
        guard let id = EntryUUID(bytes: Array(repeating: number, count: 16)) else {
            preconditionFailure("16 bytes are an id")
        }
        return id
    }

    private static let known: Set<EntryUUID> = [id(1), id(2), id(3)]

    private func entry(_ name: String) -> LDAPEntry { LDAPEntry(dn: name, attributes: []) }

    private func outcome(
        _ messages: [SyncMessage], isAnew: Bool = false
    ) throws -> PartRefresh.Outcome {
        var refresh = PartRefresh(known: Self.known, since: isAnew ? nil : [0])
        for message in messages { refresh.take(message) }
        return try refresh.outcome()
    }

    @Test("that name what is gone leave the rest as it was")
    func deletes() throws {
        let outcome = try outcome([
            .entry(Self.id(4), entry("d"), cookie: nil), .deleted([Self.id(1)], cookie: [1]),
            .deleted([Self.id(9)], cookie: nil), .deletePhaseEnded(cookie: nil),
        ])
        #expect(outcome.put == [Self.id(4): entry("d")])
        #expect(outcome.gone == [Self.id(1)])
        #expect(outcome.cookie == [1])
    }

    @Test("that name what is there mean that the rest is gone")
    func presents() throws {
        let outcome = try outcome([
            .present([Self.id(1)], cookie: nil), .entry(Self.id(2), entry("b"), cookie: nil),
            .presentPhaseEnded(cookie: [2]),
        ])
        #expect(outcome.put == [Self.id(2): entry("b")])
        #expect(outcome.gone == [Self.id(3)])
        #expect(outcome.cookie == [2])
    }

    @Test("that name what is there, and then what is gone of it")
    func both() throws {
        let outcome = try outcome([
            .present([Self.id(1), Self.id(2)], cookie: nil), .presentPhaseEnded(cookie: nil),
            .deleted([Self.id(2)], cookie: nil), .deletePhaseEnded(cookie: [3]),
        ])
        #expect(outcome.gone == [Self.id(2), Self.id(3)])
    }

    @Test("count in their order: what is deleted and made again is there")
    func order() throws {
        let outcome = try outcome([
            .entry(Self.id(1), entry("a"), cookie: nil), .deleted([Self.id(1)], cookie: nil),
            .deleted([Self.id(2)], cookie: nil), .entry(Self.id(2), entry("b"), cookie: nil),
            .deletePhaseEnded(cookie: [1]),
        ])
        #expect(outcome.put == [Self.id(2): entry("b")])
        #expect(outcome.gone == [Self.id(1)])
    }

    @Test("about everything mean that what isn't named is gone, however they end")
    func anew() throws {
        for end in [
            SyncMessage.deletePhaseEnded(cookie: [1]), .presentPhaseEnded(cookie: [1]),
        ] {
            let outcome = try outcome(
                [.entry(Self.id(1), entry("a"), cookie: nil), end], isAnew: true)
            #expect(outcome.gone == [Self.id(2), Self.id(3)])
        }
    }

    @Test("about entries that were never given are not believed")
    func unknown() {
        #expect(throws: PartRefresh.UnknownEntries.self) {
            try outcome([.present([Self.id(7)], cookie: nil), .presentPhaseEnded(cookie: nil)])
        }
        // Where everything was asked for, nothing is as it was.
        #expect(throws: PartRefresh.UnknownEntries.self) {
            try outcome([.present([Self.id(1)], cookie: nil)], isAnew: true)
        }
    }

    @Test("without a cookie leave the one that was there, and none where there was none")
    func noCookie() throws {
        #expect(try outcome([.deletePhaseEnded(cookie: nil)]).cookie == [0])
        #expect(try outcome([.deletePhaseEnded(cookie: nil)], isAnew: true).cookie == nil)
    }

    @Test("say nothing where they name nothing, and don't mean that all is gone")
    func nothing() {
        let cases: [([SyncMessage], Bool)] = [
            ([.cookie([1]), .deletePhaseEnded(cookie: [2])], true),
            ([.presentPhaseEnded(cookie: [2])], false),
            ([.deleted([Self.id(9)], cookie: nil)], false),
            ([.present([Self.id(1)], cookie: nil)], false),
            ([.entry(Self.id(1), entry("a"), cookie: nil)], false),
            ([.reference(["ldap://b"])], false),
        ]
        for (messages, saysNothing) in cases {
            var refresh = PartRefresh(known: [], since: [0])
            for message in messages { refresh.take(message) }
            #expect(refresh.saysNothing == saysNothing)
        }
    }
}
