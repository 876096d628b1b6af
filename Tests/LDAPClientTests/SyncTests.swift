import LDAPClient
import SlapdSupport
import Testing

@Suite("Asking a server what has changed")
struct SyncTests {
    /// All that one refresh said.
    private func refresh(
        _ base: String, since cookie: [UInt8]? = nil, filter: LDAPFilter = .present("uid")
    ) async throws -> [SyncMessage] {
        let slapd = try Slapd()
        return try await withLDAPConnection(to: slapd.server, as: slapd.credential) { connection in
            var messages: [SyncMessage] = []
            try connection.refresh(
                LDAPSearch(base: base, filter: filter, attributes: ["uid", "cn"]), since: cookie
            ) { messages.append($0) }
            return messages
        }
    }

    private func cookie(_ messages: [SyncMessage]) throws -> [UInt8] {
        switch try #require(messages.last) {
        case .presentPhaseEnded(let cookie), .deletePhaseEnded(let cookie):
            try #require(cookie)
        default: throw SetupError(description: "the refresh didn't end: \(messages)")
        }
    }

    private func changed(_ messages: [SyncMessage]) -> [String] {
        messages.compactMap {
            guard case .entry(_, let entry, _) = $0 else { return nil }
            return entry.text("uid")
        }.sorted()
    }

    /// Which of the entries that were given are gone; a server may name others, which we never had.
    private func deleted(
        _ messages: [SyncMessage], from earlier: [SyncMessage]
    ) throws -> Set<String> {
        let known = try ids(earlier)
        let gone = messages.flatMap { message -> [EntryUUID] in
            guard case .deleted(let ids, _) = message else { return [] }
            return ids
        }
        return Set(gone.compactMap { id in known.first { $0.value == id }?.key })
    }

    private func ids(_ messages: [SyncMessage]) throws -> [String: EntryUUID] {
        var ids: [String: EntryUUID] = [:]
        for case .entry(let id, let entry, _) in messages {
            ids[try #require(entry.text("uid"))] = id
        }
        return ids
    }

    @Test("gives everything without a cookie, and nothing where nothing has changed")
    func unchanged() async throws {
        let base = try Slapd().load(Slapd.people(3))
        let all = try await refresh(base)
        #expect(changed(all) == ["p1", "p2", "p3"])
        let again = try await refresh(base, since: cookie(all))
        #expect(changed(again) == [])
        #expect(try deleted(again, from: all) == [])
    }

    @Test("gives the ids by which the server knows entries")
    func ids() async throws {
        let slapd = try Slapd()
        let base = try slapd.load(Slapd.people(3))
        let named = try await withLDAPConnection(to: slapd.server, as: slapd.credential) {
            try $0.search(base: base, filter: .present("uid"), attributes: ["entryUUID"])
        }
        let ids = try ids(await refresh(base)).values
        #expect(Set(ids) == Set(named.compactMap { $0.text("entryUUID").flatMap(EntryUUID.init) }))
        #expect(ids.count == 3)
    }

    @Test("tells of what is new, changed, renamed, moved away, matches no longer and is deleted")
    func changes() async throws {
        let slapd = try Slapd()
        let base = try slapd.load(Slapd.people(6))
        let elsewhere = try slapd.load("")
        let all = try await refresh(base)
        try slapd.change(
            """
            dn: uid=p1,\(base)
            changetype: modify
            replace: cn
            cn: Somebody

            dn: uid=p2,\(base)
            changetype: modrdn
            newrdn: uid=renamed
            deleteoldrdn: 1

            dn: uid=p3,\(base)
            changetype: modrdn
            newrdn: uid=p3
            deleteoldrdn: 0
            newsuperior: \(elsewhere)

            dn: uid=p4,\(base)
            changetype: delete

            dn: uid=new,\(base)
            changetype: add
            objectClass: inetOrgPerson
            uid: new
            cn: new
            sn: new

            """)
        let messages = try await refresh(base, since: cookie(all))
        #expect(changed(messages) == ["new", "p1", "renamed"])
        #expect(try deleted(messages, from: all) == ["p3", "p4"])
        #expect(try ids(messages)["renamed"] == ids(all)["p2"])
        // What matches no longer is gone as well, as far as this search goes.
        let filter = try LDAPFilter(parsing: "(cn=Person*)")
        let some = try await refresh(base, filter: filter)
        try slapd.change(
            "dn: uid=p5,\(base)\nchangetype: modify\nreplace: cn\ncn: Another\n")
        let left = try await refresh(base, since: cookie(some), filter: filter)
        #expect(changed(left) == [])
        #expect(try deleted(left, from: some) == ["p5"])
    }

    @Test("refuses a cookie that nobody can use, or gives everything for it")
    func uselessCookies() async throws {
        let base = try Slapd().load(Slapd.people(2))
        let real = String(decoding: try cookie(await refresh(base)), as: UTF8.self)
        let future = real.replacing(/csn=\d{4}/, with: "csn=2199")
        let old = real.replacing(/csn=\d{4}/, with: "csn=1999")
        #expect(future != real)
        for useless in ["garbage", "rid=000,csn=", future, old] {
            do {
                let messages = try await refresh(base, since: Array(useless.utf8))
                #expect(changed(messages) == ["p1", "p2"], "\(useless)")
            } catch let error as LDAPError {
                guard case .refused = error.kind else { throw error }
            }
        }
    }
}
