import CLDAP

extension LDAPConnection {
    /// Changes an entry: all of the changes, or none.
    ///
    /// - Parameters:
    ///   - dn: the entry's name.
    ///   - changes: what to change, in this order; at least one.
    ///   - assertion: what must hold of the entry at that moment (RFC 4528), else nothing is changed and the error's
    ///     code is `assertionFailed`; not said to servers that don't know of it.
    /// - Throws: why nothing was changed. After `timedOut`, `connectionLost`, `cancelled` and `malformedAnswer` it may have been.
    package borrowing func modify(
        _ dn: DistinguishedName, _ changes: [LDAPModification], onlyIf assertion: LDAPFilter? = nil
    ) throws(LDAPError) {
        try checkUsable(.modify)
        let deadline = Deadline(after: server.operationTimeout)
        var assertion = assertion
        if assertion != nil, try !offers(LDAP_CONTROL_ASSERT, until: deadline) { assertion = nil }
        let request = try send(dn, changes, assertion)
        let message = try nextMessage(for: request, .modify, until: deadline)
        guard message.type == Int32(LDAP_RES_MODIFY) else { throw error(.malformedAnswer, .modify) }
        let result = try readResult(message, .modify)
        guard result.code == .success else {
            throw error(.refused(result.code), .modify, diagnostic: result.diagnostic)
        }
    }

    private func send(
        _ dn: DistinguishedName, _ changes: [LDAPModification], _ assertion: LDAPFilter?
    ) throws(LDAPError) -> Int32 {
        var control: UnsafeMutablePointer<LDAPControl>?
        if let assertion {
            var filter = Array(assertion.description.utf8CString)
            // Critical: a server that can't promise it must not change anything.
            let code = unsafe ldap_create_assertion_control(handle, &filter, 1, &control)
            guard code == LDAP_SUCCESS else { throw sendingError(code, .modify) }
        }
        defer { if let control = unsafe control { unsafe ldap_control_free(control) } }
        var request: Int32 = 0
        let code = unsafe withModifications(changes[...]) { modifications in
            var controls = unsafe [control, nil]
            var list = unsafe modifications + [nil]
            return unsafe controls.withUnsafeMutableBufferPointer { controls in
                unsafe list.withUnsafeMutableBufferPointer { list in
                    unsafe ldap_modify_ext(
                        handle, dn.description, list.baseAddress, controls.baseAddress, nil,
                        &request)
                }
            }
        }
        guard code == LDAP_SUCCESS else { throw sendingError(code, .modify) }
        return request
    }
}

/// Calls the body with C's form of the changes, which lasts as long as the call.
private func withModifications<R>(
    _ changes: ArraySlice<LDAPModification>,
    _ body: ([UnsafeMutablePointer<LDAPMod>?]) -> R
) -> R {
    guard let change = changes.last else { return unsafe body([]) }
    var name = Array(change.attribute.description.utf8CString)
    return unsafe name.withUnsafeMutableBufferPointer { name in
        unsafe withBervals(change.values) { values in
            var modification = unsafe LDAPMod()
            unsafe modification.mod_op = change.operation.code | LDAP_MOD_BVALUES
            unsafe modification.mod_type = name.baseAddress
            unsafe modification.mod_vals.modv_bvals = values
            return unsafe withUnsafeMutablePointer(to: &modification) { modification in
                unsafe withModifications(changes.dropLast()) { unsafe body($0 + [modification]) }
            }
        }
    }
}

extension LDAPModification.Operation {
    fileprivate var code: Int32 {
        switch self {
        case .add: LDAP_MOD_ADD
        case .delete: LDAP_MOD_DELETE
        case .replace: LDAP_MOD_REPLACE
        }
    }
}
