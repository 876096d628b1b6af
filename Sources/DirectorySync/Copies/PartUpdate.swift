import LDAPClient
import Ledger

/// What has become of what a search found before.
struct PartUpdate: Sendable {
    let way: SyncReceipt.Way
    /// Why everything was asked for although there was a cookie.
    var cookieRefused: String?
    /// How far the server has told of changes now.
    var cookie: [UInt8]?
    /// What is new, or other than before.
    var put: [EntryKey: LDAPEntry] = [:]
    /// What is found no longer.
    var gone: Set<EntryKey> = []
    /// What of it is to be forgotten; the rest of what is gone waits for somebody to look.
    var left: Set<EntryKey> = []
    /// What is known by another key from now on.
    var rekeyed: Set<EntryKey> = []

    /// The keys that nothing stands at any more.
    var removed: Set<EntryKey> { left.union(rekeyed) }

    init(_ way: SyncReceipt.Way) { self.way = way }

    /// What the ledger is to keep.
    var change: SourceCopyChange.Part {
        var change = SourceCopyChange.Part(cookie: cookie)
        change.removed = Set(removed.map(\.bytes))
        for (key, entry) in put { change.put[key.bytes] = EntryForm.bytes(of: entry) }
        return change
    }

    func receipt(of search: DirectorySearch, entries: Int?) -> SyncReceipt.Search {
        SyncReceipt.Search(
            base: search.base.description, filter: search.filter.description, way: way,
            cookieRefused: cookieRefused, entries: entries, changed: put.count, gone: gone.count)
    }
}

/// Asks a server about one search: for changes where it can tell them, else for everything.
struct PartReading: ~Copyable {
    let search: DirectorySearch
    let part: DirectoryPart

    func update(through connection: borrowing LDAPConnection) throws(DirectoryError) -> PartUpdate {
        guard try offersSync(connection) else { return try list(connection) }
        guard let cookie = part.cookie else { return try refresh(since: nil, connection) }
        let refusal: String
        do throws(DirectoryError) {
            return try refresh(since: cookie, connection)
        } catch .server(let error) {
            // Servers have many codes for a cookie they can't use; without it they say whether it was that.
            switch error.kind {
            case .refused(let code): refusal = "\(code)"
            case .unknownEntries: refusal = "entries it never gave"
            default: throw .server(error)
            }
        }
        var update = try refresh(since: nil, connection)
        update.cookieRefused = refusal
        return update
    }

    private func offersSync(
        _ connection: borrowing LDAPConnection
    ) throws(DirectoryError) -> Bool {
        do throws(LDAPError) {
            return try connection.offersSync()
        } catch {
            throw .server(error)
        }
    }

    private func refresh(
        since cookie: [UInt8]?, _ connection: borrowing LDAPConnection
    ) throws(DirectoryError) -> PartUpdate {
        let part = part
        var refresh = PartRefresh(knows: part.has, all: { part.uuids }, since: cookie)
        do throws(LDAPError) {
            try connection.refresh(search.request(), since: cookie) { refresh.take($0) }
        } catch {
            // It may know of changes, and not in this part of its tree.
            guard case .refused(.unavailableCriticalExtension) = error.kind else {
                throw .server(error)
            }
            return try list(connection)
        }
        guard refresh.references.isEmpty else {
            throw .partsElsewhere(refresh.references.flatMap { $0 })
        }
        let outcome: PartRefresh.Outcome
        do throws(PartRefresh.UnknownEntries) {
            outcome = try refresh.outcome()
        } catch {
            throw .server(connection.unknownEntries())
        }
        var update = PartUpdate(cookie == nil ? .content : .changes)
        update.cookie = outcome.cookie
        for (id, entry) in outcome.put where part.entries[.uuid(id)] != entry {
            update.put[.uuid(id)] = entry
        }
        update.gone = Set(outcome.gone.map(EntryKey.uuid))
        update.rekeyed = part.named
        return update
    }

    private func list(
        _ connection: borrowing LDAPConnection
    ) throws(DirectoryError) -> PartUpdate {
        let found: LDAPSearchResult
        do throws(LDAPError) {
            found = try connection.perform(search.request([Self.id]))
        } catch {
            throw .server(error)
        }
        guard found.references.isEmpty else {
            throw .partsElsewhere(found.references.flatMap { $0 })
        }
        var update = PartUpdate(.listing)
        var present: Set<EntryKey> = []
        for var entry in found.entries {
            let key = entry.text(Self.id).flatMap(EntryUUID.init).map(EntryKey.uuid)
            if !search.attributes.contains(where: { $0.lowercased() == Self.id.lowercased() }) {
                entry.attributes.removeAll { $0.description.lowercased() == Self.id.lowercased() }
            }
            let chosen = key ?? .name(entry.dn)
            present.insert(chosen)
            if part.entries[chosen] != entry { update.put[chosen] = entry }
        }
        update.gone = Set(part.entries.keys).subtracting(present)
        return update
    }

    /// The attribute by which servers tell entries apart (RFC 4530).
    static let id = "entryUUID"
}
