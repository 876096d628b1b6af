import CLDAP

extension LDAPConnection {
    /// Searches, and gives all that was found or throws.
    ///
    /// - Parameters:
    ///   - base: The entry to begin at.
    ///   - scope: How far below it to look.
    ///   - filter: Which entries to take.
    ///   - attributes: Which attributes to take; none means all that users see.
    /// - Returns: The entries in the server's order. References to other servers are left out; see
    ///   ``perform(_:)`` for those.
    /// - Throws: Why not everything could be had.
    package borrowing func search(
        base: String, scope: LDAPSearch.Scope = .subtree, filter: LDAPFilter = .any,
        attributes: [String] = []
    ) throws(LDAPError) -> [LDAPEntry] {
        try perform(
            LDAPSearch(base: base, scope: scope, filter: filter, attributes: attributes)
        ).entries
    }

    /// Searches, and gives all that was found or throws.
    ///
    /// A part is never returned.
    ///
    /// The server's operation timeout is for the whole search with all its pages.
    package borrowing func perform(_ search: LDAPSearch) throws(LDAPError) -> LDAPSearchResult {
        try checkUsable(.search)
        try validate(search)
        let deadline = Deadline(after: server.operationTimeout)
        let usesPages =
            search.scope == .base ? false : try offers(LDAP_CONTROL_PAGEDRESULTS, until: deadline)
        var collected = Collected()
        var cookie: [UInt8]? = usesPages ? [] : nil
        repeat {
            let request = try send(search, cookie: cookie)
            do throws(LDAPError) {
                cookie = try receive(request, search, into: &collected, until: deadline)
            } catch {
                if !state.isBroken { unsafe ldap_abandon_ext(handle, request, nil, nil) }
                throw error
            }
            collected.result.pages += 1
        } while cookie?.isEmpty == false
        return collected.result
    }

    /// What has arrived so far.
    private struct Collected {
        var result = LDAPSearchResult()
        var bytes = 0

        func checkRoom(
            _ search: LDAPSearch, _ connection: borrowing LDAPConnection
        ) throws(LDAPError) {
            guard result.entries.count + result.references.count < search.maximumEntries else {
                throw connection.error(.tooManyEntries(limit: search.maximumEntries), .search)
            }
        }
    }

    func validate(_ search: LDAPSearch) throws(LDAPError) {
        if search.base.utf8.contains(0) { throw error(.invalidRequest(.nulInText), .search) }
        for name in search.attributes where name != "*" && name != "+" && name != "1.1" {
            do {
                _ = try AttributeDescription(name)
            } catch {
                throw self.error(.invalidRequest(.attribute(name)), .search)
            }
        }
    }

    /// Asks the server, once, which controls it knows; whether this one is among them.
    func offers(_ control: String, until deadline: Deadline) throws(LDAPError) -> Bool {
        if let known = state.controls { return known.contains(control) }
        var root = LDAPSearch(base: "", scope: .base, attributes: ["supportedControl"])
        root.maximumEntries = 1
        var collected = Collected()
        let request = try send(root, cookie: nil)
        do throws(LDAPError) {
            _ = try receive(request, root, into: &collected, until: deadline)
        } catch {
            // A server that hides its root entry still answers searches.
            guard case .refused = error.kind else { throw error }
        }
        let controls = Set(collected.result.entries.flatMap { $0.texts("supportedControl") })
        state.controls = controls
        return controls.contains(control)
    }

    /// Sends the request; with a cookie, for one page.
    private func send(_ search: LDAPSearch, cookie: [UInt8]?) throws(LDAPError) -> Int32 {
        var control: UnsafeMutablePointer<LDAPControl>?
        if let cookie {
            // Not critical: a server that can't page some part of its tree answers in one piece.
            let code = unsafe withBerval(cookie) { value in
                unsafe ldap_create_page_control(handle, search.pageSize, value, 0, &control)
            }
            guard code == LDAP_SUCCESS else { throw sendingError(code, .search) }
        }
        defer { if let control = unsafe control { unsafe ldap_control_free(control) } }
        return try unsafe send(search, with: control)
    }

    /// Sends the request with a control, if there is one.
    func send(
        _ search: LDAPSearch, with control: UnsafeMutablePointer<LDAPControl>?
    ) throws(LDAPError) -> Int32 {
        var request: Int32 = 0
        let filter = search.filter.description
        let code = unsafe withStringList(search.attributes) { attributes in
            var controls = unsafe [control, nil]
            return unsafe controls.withUnsafeMutableBufferPointer { controls in
                unsafe ldap_search_ext(
                    handle, search.base, search.scope.rawValue, filter, attributes, 0,
                    controls.baseAddress, nil, nil, LDAP_NO_LIMIT, &request)
            }
        }
        guard code == LDAP_SUCCESS else { throw sendingError(code, .search) }
        return request
    }

    /// Takes messages until the one that says the search, or its page, is done.
    ///
    /// - Returns: The cookie for the next page; empty after the last.
    private func receive(
        _ request: Int32, _ search: LDAPSearch, into collected: inout Collected,
        until deadline: Deadline
    ) throws(LDAPError) -> [UInt8] {
        while true {
            let message = try nextMessage(for: request, .search, until: deadline)
            switch message.type {
            case Int32(LDAP_RES_SEARCH_ENTRY):
                try collected.checkRoom(search, self)
                let entry = try readEntry(message, bytes: &collected.bytes)
                guard collected.bytes <= search.maximumBytes else {
                    throw error(.tooManyBytes(limit: search.maximumBytes), .search)
                }
                collected.result.entries.append(entry)
            case Int32(LDAP_RES_SEARCH_REFERENCE):
                try collected.checkRoom(search, self)
                collected.result.references.append(try readReference(message))
            case Int32(LDAP_RES_INTERMEDIATE): continue
            case Int32(LDAP_RES_SEARCH_RESULT):
                let result = try readResult(message, .search)
                guard result.code == .success else {
                    throw error(.refused(result.code), .search, diagnostic: result.diagnostic)
                }
                return result.cookie
            default: throw error(.malformedAnswer, .search)
            }
        }
    }
}
