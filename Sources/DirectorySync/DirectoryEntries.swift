package import LDAPClient

/// An entry, and where it stood.
package struct DirectoryEntry: Hashable, Sendable {
    /// The entry.
    package let entry: LDAPEntry
    /// Its line of LDIF text; nil for one from a server.
    package let line: Int?
    /// The directory's own id of it; nil for one of LDIF text, or of a server without.
    package let uuid: EntryUUID?

    /// Creates an entry.
    package init(_ entry: LDAPEntry, line: Int? = nil, uuid: EntryUUID? = nil) {
        self.entry = entry
        self.line = line
        self.uuid = uuid
    }

    /// What it is known by.
    var key: EntryKey { uuid.map(EntryKey.uuid) ?? .name(entry.dn) }
}

/// What a source gave, whole: nothing that was asked for is left out in silence.
package struct DirectoryEntries: Hashable, Sendable {
    /// The entries, in the source's order.
    package let entries: [DirectoryEntry]
    /// What was there and couldn't be read.
    package let problems: [EntryProblem]

    /// Creates entries.
    package init(_ entries: [DirectoryEntry], problems: [EntryProblem] = []) {
        self.entries = entries
        self.problems = problems
    }
}
