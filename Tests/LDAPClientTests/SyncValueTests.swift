import LDAPClient
import Testing

@Suite("The id of an entry")
struct EntryUUIDTests {
    @Test("is read from text and written again")
    func text() throws {
        let text = "0b1e5f5c-7a3f-103e-9f3d-7f0a5b0c6d7e"
        let id = try #require(EntryUUID(text))
        #expect(id.description == text)
        #expect(EntryUUID(text.uppercased()) == id)
        #expect(EntryUUID(bytes: id.bytes) == id)
        #expect(id.bytes.first == 0x0B && id.bytes.last == 0x7E)
    }

    @Test(
        "isn't read from anything else",
        arguments: [
            "", "0b1e5f5c7a3f103e9f3d7f0a5b0c6d7e", "0b1e5f5c-7a3f-103e-9f3d-7f0a5b0c6d7",
            "0b1e5f5c-7a3f-103e-9f3d-7f0a5b0c6d7g", "0b1e5f5c-7a3f-103e-9f3d-7f0a5b0c6d7e-",
            "０b1e5f5c-7a3f-103e-9f3d-7f0a5b0c6d",
        ])
    func malformed(_ text: String) {
        #expect(EntryUUID(text) == nil)
        #expect(EntryUUID(bytes: Array(text.utf8.prefix(15))) == nil)
    }
}

@Suite("What a server says of a refresh")
struct SyncValueTests {
    private static let id: [UInt8] = Array(1...16)
    private static let octets: [UInt8] = [0x04, 16] + id

    private static func wrapped(_ tag: UInt8, _ parts: [UInt8]...) -> [UInt8] {
        let bytes = parts.flatMap(\.self)
        return [tag, UInt8(bytes.count)] + bytes
    }

    private static let cookie: [UInt8] = [0x04, 1, 0x63]
    private static let yes: [UInt8] = [0x01, 1, 0xFF]
    private static let no: [UInt8] = [0x01, 1, 0]

    @Test("is read in every form of it")
    func info() throws {
        let uuid = try #require(EntryUUID(bytes: Self.id))
        let c: [UInt8] = [0x63]
        let cases: [([UInt8], SyncMessage, Bool)] = [
            ([0x80, 1, 0x63], .cookie(c), false),
            (Self.wrapped(0xA1), .deletePhaseEnded(cookie: nil), true),
            (Self.wrapped(0xA1, Self.cookie, Self.no), .deletePhaseEnded(cookie: c), false),
            (Self.wrapped(0xA2, Self.yes), .presentPhaseEnded(cookie: nil), true),
            (Self.wrapped(0xA3, Self.wrapped(0x31)), .present([], cookie: nil), false),
            (
                Self.wrapped(0xA3, Self.cookie, Self.wrapped(0x31, Self.octets, Self.octets)),
                .present([uuid, uuid], cookie: c), false
            ),
            (
                Self.wrapped(0xA3, Self.yes, Self.wrapped(0x31, Self.octets)),
                .deleted([uuid], cookie: nil), false
            ),
        ]
        for (bytes, message, endsRefresh) in cases {
            let info = try SyncInfo(bytes)
            #expect(info.message == message)
            #expect(info.endsRefresh == endsRefresh)
        }
        let done = try SyncDone(Self.wrapped(0x30, Self.cookie, Self.yes))
        #expect(done.message == .deletePhaseEnded(cookie: c))
        #expect(try SyncDone([0x30, 0]).message == .presentPhaseEnded(cookie: nil))
        let entry = LDAPEntry(dn: "uid=a", attributes: [])
        let messages: [SyncMessage] = [
            .present([uuid], cookie: nil), .entry(uuid, entry, cookie: nil),
            .entry(uuid, entry, cookie: nil), .deleted([uuid], cookie: nil),
        ]
        for (state, message) in messages.enumerated() {
            let value = Self.wrapped(0x30, [0x0A, 1, UInt8(state)], Self.octets)
            #expect(try SyncState(value).message(entry) == message)
        }
    }

    @Test("is refused in every other: cut, too long, of other types, with other ids")
    func malformed() throws {
        let info = Self.wrapped(0xA3, Self.cookie, Self.yes, Self.wrapped(0x31, Self.octets))
        let state = Self.wrapped(0x30, [0x0A, 1, 1], Self.octets, Self.cookie)
        let done = Self.wrapped(0x30, Self.cookie, Self.yes)
        _ = (try SyncInfo(info), try SyncState(state), try SyncDone(done))
        for count in info.indices {
            #expect(throws: MalformedBER.self) { try SyncInfo(Array(info.prefix(count))) }
        }
        for count in state.indices {
            #expect(throws: MalformedBER.self) { try SyncState(Array(state.prefix(count))) }
        }
        for count in done.indices {
            #expect(throws: MalformedBER.self) { try SyncDone(Array(done.prefix(count))) }
        }
        #expect(throws: MalformedBER.self) { try SyncInfo(info + [0]) }
        #expect(throws: MalformedBER.self) { try SyncState(state + [0x05, 0]) }
        #expect(throws: MalformedBER.self) { try SyncDone([0x30, 0x84, 0xFF, 0xFF, 0xFF, 0xFF]) }
        #expect(throws: MalformedBER.self) {
            try SyncState(Self.wrapped(0x30, [0x0A, 1, 4], Self.octets))
        }
        #expect(throws: MalformedBER.self) {
            try SyncInfo(Self.wrapped(0xA3, Self.wrapped(0x31, [0x04, 2, 1, 2])))
        }
    }
}
