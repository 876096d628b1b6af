import CLDAP

/// The end of an operation, as the server puts it.
struct OperationResult {
    var code: LDAPResultCode
    var diagnostic: String?
    /// For the next page; empty when there is none.
    var cookie: [UInt8] = []
    /// The value of a sync done control.
    var syncDone: [UInt8]?
}

extension LDAPConnection {
    /// Reads the message that ends an operation.
    func readResult(
        _ message: borrowing LDAPMessage, _ operation: LDAPError.Operation
    ) throws(LDAPError) -> OperationResult {
        var code: Int32 = 0
        var text: UnsafeMutablePointer<CChar>?
        var controls: UnsafeMutablePointer<UnsafeMutablePointer<LDAPControl>?>?
        let parsed = unsafe ldap_parse_result(
            handle, message.pointer, &code, nil, &text, nil, &controls, 0)
        defer {
            unsafe ldap_memfree(text)
            unsafe ldap_controls_free(controls)
        }
        guard parsed == LDAP_SUCCESS else { throw error(.malformedAnswer, operation) }
        var result = OperationResult(code: LDAPResultCode(rawValue: code))
        if let text = unsafe text { result.diagnostic = unsafe String(cString: text) }
        let page = unsafe ldap_control_find(LDAP_CONTROL_PAGEDRESULTS, controls, nil)
        if let page = unsafe page {
            var estimate: Int32 = 0
            var cookie = unsafe berval()
            let code = unsafe ldap_parse_pageresponse_control(handle, page, &estimate, &cookie)
            guard code == LDAP_SUCCESS else { throw error(.malformedAnswer, operation) }
            defer { unsafe ldap_memfree(cookie.bv_val) }
            result.cookie = unsafe copyBytes(cookie)
        }
        if let done = unsafe ldap_control_find(SyncOID.done, controls, nil) {
            result.syncDone = unsafe copyBytes(done.pointee.ldctl_value)
        }
        return result
    }

    /// Copies an entry out of its message.
    func readEntry(
        _ message: borrowing LDAPMessage, bytes: inout Int
    ) throws(LDAPError) -> LDAPEntry {
        // The names point into the message; `cursor` and the list of values are ours to free.
        var cursor: OpaquePointer?
        var name = unsafe berval()
        let code = unsafe ldap_get_dn_ber(handle, message.pointer, &cursor, &name)
        defer { unsafe ber_free(cursor, 0) }
        guard code == LDAP_SUCCESS, let dn = unsafe copyText(name) else {
            throw error(.malformedAnswer, .search)
        }
        bytes += dn.utf8.count
        var attributes: [LDAPAttribute] = []
        while true {
            var name = unsafe berval()
            var list: UnsafeMutablePointer<berval>?
            let code = unsafe ldap_get_attribute_ber(
                handle, message.pointer, cursor, &name, &list)
            defer { unsafe ber_memfree(list) }
            guard code == LDAP_SUCCESS else { throw error(.malformedAnswer, .search) }
            guard unsafe name.bv_val != nil else { break }
            guard let description = unsafe copyText(name) else {
                throw error(.malformedAnswer, .search)
            }
            if description.lowercased().contains(";range=") {
                throw error(.incompleteValues(description), .search)
            }
            var values: [[UInt8]] = []
            if var next = unsafe list {
                while unsafe next.pointee.bv_val != nil {
                    let value = unsafe copyBytes(next.pointee)
                    bytes += value.count
                    values.append(value)
                    unsafe next += 1
                }
            }
            attributes.append(LDAPAttribute(description: description, values: values))
        }
        return LDAPEntry(dn: dn, attributes: attributes)
    }

    /// Copies the URLs of a reference to another server.
    func readReference(_ message: borrowing LDAPMessage) throws(LDAPError) -> [String] {
        var list: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
        let code = unsafe ldap_parse_reference(handle, message.pointer, &list, nil, 0)
        let urls = unsafe takeStringList(list)
        guard code == LDAP_SUCCESS else { throw error(.malformedAnswer, .search) }
        return urls
    }
}
