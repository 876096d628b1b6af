import CLDAP

extension LDAPConnection {
    /// Whether the server can tell what has changed since a cookie (RFC 4533).
    package borrowing func offersSync() throws(LDAPError) -> Bool {
        try offers(SyncOID.request, until: Deadline(after: server.operationTimeout))
    }

    /// Asks what has changed since a cookie, or for everything there is.
    ///
    /// libldap's own `ldap_sync_…` functions aren't used: they lose entries where several messages arrive at once, and give
    /// the cookie before anything has been kept.
    ///
    /// - Parameters:
    ///   - search: which entries and attributes; the same as when the cookie was given.
    ///   - cookie: what an earlier refresh ended with; nil for everything.
    ///   - take: takes the messages, in order; what they say counts only if the call doesn't throw.
    /// - Throws: why not all of it could be had. `refused` with `syncRefreshRequired` where the cookie is too old; servers
    ///   have other codes for cookies they can't use, too.
    package borrowing func refresh(
        _ search: LDAPSearch, since cookie: [UInt8]?, _ take: (SyncMessage) -> Void
    ) throws(LDAPError) {
        try checkUsable(.search)
        try validate(search)
        let deadline = Deadline(after: server.operationTimeout)
        let request = try sendSync(search, cookie: cookie)
        do throws(LDAPError) {
            try receiveSync(request, search, until: deadline, take)
        } catch {
            if !state.isBroken { unsafe ldap_abandon_ext(handle, request, nil, nil) }
            throw error
        }
    }

    /// The error for a refresh that says of entries that they are as they were, which were never given.
    package borrowing func unknownEntries() -> LDAPError { error(.unknownEntries, .search) }

    /// How a search goes on once everything has been told.
    enum SyncMode {
        /// It ends.
        case refreshOnly
        /// It tells of changes as they come.
        case refreshAndPersist
    }

    func sendSync(
        _ search: LDAPSearch, cookie: [UInt8]?, mode: SyncMode = .refreshOnly
    ) throws(LDAPError) -> Int32 {
        var control: UnsafeMutablePointer<LDAPControl>?
        let value = Self.syncRequest(cookie: cookie, mode: mode)
        // Critical: who doesn't know of it must not answer with a plain search.
        let code = unsafe withBerval(value) { value in
            unsafe ldap_control_create(SyncOID.request, 1, value, 1, &control)
        }
        guard code == LDAP_SUCCESS else { throw sendingError(code, .search) }
        defer { if let control = unsafe control { unsafe ldap_control_free(control) } }
        return try unsafe send(search, with: control)
    }

    /// The value of a sync request control (RFC 4533, 2.2), in BER.
    static func syncRequest(cookie: [UInt8]?, mode: SyncMode) -> [UInt8] {
        guard let element = unsafe ber_alloc_t(LBER_USE_DER) else { return [] }
        defer { unsafe ber_free(element, 1) }
        unsafe ber_start_seq(element, BerReader.Tag.sequence)
        let mode =
            mode == .refreshOnly ? LDAP_SYNC_REFRESH_ONLY : LDAP_SYNC_REFRESH_AND_PERSIST
        unsafe ber_put_enum(element, mode, BerReader.Tag.enumerated)
        if let cookie {
            _ = unsafe withBerval(cookie) { value in
                unsafe ber_put_ostring(
                    element, value.pointee.bv_val, value.pointee.bv_len, BerReader.Tag.octetString)
            }
        }
        unsafe ber_put_seq(element)
        var value = unsafe berval()
        // Points into the element.
        guard unsafe ber_flatten2(element, &value, 0) == 0 else { return [] }
        return unsafe copyBytes(value)
    }

    private func receiveSync(
        _ request: Int32, _ search: LDAPSearch, until deadline: Deadline,
        _ take: (SyncMessage) -> Void
    ) throws(LDAPError) {
        var count = 0
        var bytes = 0
        while true {
            let message = try nextMessage(for: request, .search, until: deadline)
            switch message.type {
            case Int32(LDAP_RES_SEARCH_ENTRY):
                // The controls first: reading names and values in place overwrites bytes between them, where libldap
                // would look for controls.
                let value = try readControl(SyncOID.state, ofEntry: message)
                let entry = try readEntry(message, bytes: &bytes)
                guard bytes <= search.maximumBytes else {
                    throw error(.tooManyBytes(limit: search.maximumBytes), .search)
                }
                count += 1
                take(
                    try decoded { () throws(MalformedBER) in
                        try SyncState(value).message(entry)
                    })
            case Int32(LDAP_RES_INTERMEDIATE):
                guard let value = try readSyncInfo(message) else { continue }
                let info = try decoded { () throws(MalformedBER) in try SyncInfo(value) }
                if case .present(let ids, _) = info.message { count += ids.count }
                if case .deleted(let ids, _) = info.message { count += ids.count }
                take(info.message)
            case Int32(LDAP_RES_SEARCH_REFERENCE):
                count += 1
                take(.reference(try readReference(message)))
            case Int32(LDAP_RES_SEARCH_RESULT):
                let result = try readResult(message, .search)
                guard result.code == .success else {
                    throw error(.refused(result.code), .search, diagnostic: result.diagnostic)
                }
                guard let value = result.syncDone else { throw error(.malformedAnswer, .search) }
                take(try decoded { () throws(MalformedBER) in try SyncDone(value).message })
                return
            default: throw error(.malformedAnswer, .search)
            }
            guard count <= search.maximumEntries else {
                throw error(.tooManyEntries(limit: search.maximumEntries), .search)
            }
        }
    }

    func decoded<R>(
        _ decode: () throws(MalformedBER) -> R
    ) throws(LDAPError) -> R {
        do throws(MalformedBER) {
            return try decode()
        } catch {
            throw self.error(.malformedAnswer, .search)
        }
    }

    /// The value of a control that an entry must come with.
    func readControl(
        _ name: String, ofEntry message: borrowing LDAPMessage
    ) throws(LDAPError) -> [UInt8] {
        var controls: UnsafeMutablePointer<UnsafeMutablePointer<LDAPControl>?>?
        let code = unsafe ldap_get_entry_controls(handle, message.pointer, &controls)
        defer { unsafe ldap_controls_free(controls) }
        guard code == LDAP_SUCCESS,
            let control = unsafe ldap_control_find(name, controls, nil)
        else { throw error(.malformedAnswer, .search) }
        return unsafe copyBytes(control.pointee.ldctl_value)
    }

    /// The value of a sync info message; nil of another intermediate one.
    func readSyncInfo(_ message: borrowing LDAPMessage) throws(LDAPError) -> [UInt8]? {
        var name: UnsafeMutablePointer<CChar>?
        var data: UnsafeMutablePointer<berval>?
        let code = unsafe ldap_parse_intermediate(handle, message.pointer, &name, &data, nil, 0)
        defer {
            unsafe ldap_memfree(name)
            unsafe ber_bvfree(data)
        }
        guard code == LDAP_SUCCESS else { throw error(.malformedAnswer, .search) }
        guard let name = unsafe name, unsafe String(cString: name) == SyncOID.info else {
            return nil
        }
        guard let data = unsafe data else { throw error(.malformedAnswer, .search) }
        return unsafe copyBytes(data.pointee)
    }
}
