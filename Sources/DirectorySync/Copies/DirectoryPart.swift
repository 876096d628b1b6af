import LDAPClient
import Ledger

/// What one search found when it was last asked.
struct DirectoryPart {
    private(set) var cookie: [UInt8]?
    private(set) var entries: [EntryKey: LDAPEntry] = [:]

    /// Reads what was kept; where any of it can't be read, it is as if nothing had been.
    init(_ kept: SourceCopy.Part?) {
        guard let kept else { return }
        var entries: [EntryKey: LDAPEntry] = [:]
        for (id, body) in kept.rows {
            guard let key = EntryKey(bytes: id), let entry = EntryForm.entry(body) else { return }
            entries[key] = entry
        }
        self.entries = entries
        cookie = kept.cookie
    }

    mutating func apply(_ update: PartUpdate, removing left: Set<EntryKey>) {
        cookie = update.cookie
        for key in left.union(update.rekeyed) { entries[key] = nil }
        for (key, entry) in update.put { entries[key] = entry }
    }
}
