import LDAPClient
import Ledger

/// What one search found when it was last asked.
struct DirectoryPart: Sendable {
    private(set) var cookie: [UInt8]?
    private(set) var entries: [EntryKey: LDAPEntry] = [:]
    /// The entries that are known by their names alone.
    private(set) var named: Set<EntryKey> = []

    /// Nothing yet.
    init() {}

    /// Reads what was kept; where any of it can't be read, it is as if nothing had been.
    init(_ kept: SourceCopy.Part) {
        var entries: [EntryKey: LDAPEntry] = [:]
        entries.reserveCapacity(kept.rows.count)
        for (id, body) in kept.rows {
            guard let key = EntryKey(bytes: id), let entry = EntryForm.entry(body) else { return }
            entries[key] = entry
            if case .name = key { named.insert(key) }
        }
        self.entries = entries
        cookie = kept.cookie
    }

    /// Whether it has an entry with this id of the directory's.
    func has(_ id: EntryUUID) -> Bool { entries[.uuid(id)] != nil }

    /// The directory's own ids of its entries.
    var uuids: Set<EntryUUID> {
        Set(
            entries.keys.compactMap { key in
                if case .uuid(let id) = key { id } else { nil }
            })
    }

    mutating func apply(_ update: PartUpdate) {
        cookie = update.cookie
        for key in update.removed {
            entries[key] = nil
            named.remove(key)
        }
        for (key, entry) in update.put {
            entries[key] = entry
            if case .name = key { named.insert(key) }
        }
    }

    /// Makes it as if the server had never told how far it had come, so that everything is asked for.
    mutating func forgetCookie() { cookie = nil }
}
