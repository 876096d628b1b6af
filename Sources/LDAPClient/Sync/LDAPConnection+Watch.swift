import CLDAP

extension LDAPConnection {
    /// A search, and how far the server has told of changes to what it finds.
    package struct Watched: Sendable {
        let search: LDAPSearch
        let cookie: [UInt8]

        /// Creates one.
        ///
        /// - Parameters:
        ///   - search: the search as it was asked when the cookie was given.
        ///   - cookie: what its last refresh ended with.
        package init(_ search: LDAPSearch, since cookie: [UInt8]) {
            self.search = search
            self.cookie = cookie
        }
    }

    /// Waits until something has changed of what searches find (RFC 4533, refresh and persist).
    ///
    /// What the server says of it is not taken from here: whoever is woken asks for all that has changed, and so can't miss
    /// any of it. The connection is of no further use afterwards.
    ///
    /// - Parameters:
    ///   - watched: the searches.
    ///   - limit: how long to wait.
    /// - Returns: Whether something has changed; false when the time is over.
    /// - Throws: `refused` where the server can't be asked so, or why the connection is lost.
    package borrowing func waitForChange(
        of watched: [Watched], within limit: Duration
    ) throws(LDAPError) -> Bool {
        try checkUsable(.search)
        let deadline = Deadline(after: limit)
        for one in watched {
            try validate(one.search)
            _ = try sendSync(one.search, cookie: one.cookie, mode: .refreshAndPersist)
        }
        while true {
            let message: LDAPMessage
            do throws(LDAPError) {
                // An answer to any of them.
                message = try nextMessage(for: Int32(LDAP_RES_ANY), .search, until: deadline)
            } catch {
                guard error.kind == .timedOut, deadline.remaining <= .zero else { throw error }
                return false
            }
            if try tellsOfChange(message) { return true }
        }
    }

    private func tellsOfChange(_ message: borrowing LDAPMessage) throws(LDAPError) -> Bool {
        switch message.type {
        case Int32(LDAP_RES_SEARCH_ENTRY):
            let value = try readControl(SyncOID.state, ofEntry: message)
            let state = try decoded { () throws(MalformedBER) in try SyncState(value) }
            return state.state != .present
        case Int32(LDAP_RES_INTERMEDIATE):
            guard let value = try readSyncInfo(message) else { return false }
            let info = try decoded { () throws(MalformedBER) in try SyncInfo(value) }
            return switch info.message {
            // Something changed that we never had, or that is not of these searches.
            case .cookie, .deletePhaseEnded, .present: false
            // What isn't named is gone.
            case .presentPhaseEnded, .deleted: true
            case .entry, .reference: true
            }
        case Int32(LDAP_RES_SEARCH_REFERENCE): return true
        case Int32(LDAP_RES_SEARCH_RESULT):
            let result = try readResult(message, .search)
            // The cookie is too old: there is more to say than can be told from it.
            if result.code == .syncRefreshRequired { return true }
            throw error(.refused(result.code), .search, diagnostic: result.diagnostic)
        // A server says so before it ends a connection.
        default: throw error(.connectionLost, .search)
        }
    }
}
