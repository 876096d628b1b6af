package import LDAPClient

/// What the messages of one refresh say of the entries that a search found before (RFC 4533, 3.3 and 3.4).
package struct PartRefresh {
    /// What a refresh that was told to its end comes to.
    package struct Outcome: Hashable, Sendable {
        /// What is new, or other than before.
        package var put: [EntryUUID: LDAPEntry] = [:]
        /// Which of the entries known before are found no longer.
        package var gone: Set<EntryUUID> = []
        /// How far the server has told of changes now; nil where everything has to be asked for again next time.
        package var cookie: [UInt8]?
    }

    /// The server says of entries that they are as they were, which it never gave: the copy is not what it takes it for.
    package struct UnknownEntries: Error, Hashable, Sendable {}

    private let knows: (EntryUUID) -> Bool
    private let all: () -> Set<EntryUUID>
    private let isAnew: Bool
    private var changed: [EntryUUID: LDAPEntry] = [:]
    private var seen: Set<EntryUUID> = []
    private var deleted: Set<EntryUUID> = []
    private var isAllNamed: Bool
    private var cookie: [UInt8]?
    /// Where the server said that more might be found.
    package private(set) var references: [[String]] = []

    /// Begins with what was known before.
    ///
    /// - Parameters:
    ///   - knows: whether an entry was known.
    ///   - all: all that were; asked for only where the server names what is there, and not what is gone.
    ///   - cookie: where the server is asked to go on from; nil where it is asked for everything.
    package init(
        knows: @escaping (EntryUUID) -> Bool, all: @escaping () -> Set<EntryUUID>,
        since cookie: [UInt8]?
    ) {
        self.knows = knows
        self.all = all
        self.cookie = cookie
        isAnew = cookie == nil
        isAllNamed = isAnew
    }

    /// Begins with the entries that were known before.
    package init(known: Set<EntryUUID>, since cookie: [UInt8]?) {
        self.init(knows: known.contains, all: { known }, since: cookie)
    }

    /// Whether the messages so far say of nothing that it is other than before.
    package var saysNothing: Bool {
        changed.isEmpty && seen.isEmpty && deleted.isEmpty && references.isEmpty && !isAllNamed
    }

    /// Takes the next message.
    package mutating func take(_ message: SyncMessage) {
        var latest: [UInt8]?
        switch message {
        case .entry(let id, let entry, let cookie):
            changed[id] = entry
            seen.insert(id)
            deleted.remove(id)
            latest = cookie
        case .present(let ids, let cookie):
            seen.formUnion(ids)
            deleted.subtract(ids)
            latest = cookie
        case .deleted(let ids, let cookie):
            for id in ids { changed[id] = nil }
            seen.subtract(ids)
            deleted.formUnion(ids)
            latest = cookie
        case .presentPhaseEnded(let cookie):
            isAllNamed = true
            latest = cookie
        case .deletePhaseEnded(let cookie): latest = cookie
        case .cookie(let cookie): latest = cookie
        case .reference(let urls): references.append(urls)
        }
        if let latest { cookie = latest }
    }

    /// What it comes to.
    package func outcome() throws(UnknownEntries) -> Outcome {
        guard seen.allSatisfy({ changed[$0] != nil || (!isAnew && knows($0)) }) else {
            throw UnknownEntries()
        }
        // A server names what is gone from all of its tree, also what this search never found.
        var gone = deleted.filter(knows)
        if isAllNamed { gone.formUnion(all().subtracting(seen)) }
        return Outcome(put: changed, gone: gone, cookie: cookie)
    }
}
