import CLDAP
import Foundation
import Synchronization

/// An open connection to a directory.
///
/// It ends, once, when its owner does.
///
/// Every call blocks its thread; ``withLDAPConnection(to:as:_:)`` provides one for that.
@safe
package struct LDAPConnection: ~Copyable {
    // INVARIANT: `handle` comes from ldap_initialize and only `deinit` gives it back.
    let handle: OpaquePointer
    /// Where it leads.
    package let server: LDAPServer
    let cancellation: CancellationFlag
    let state = ConnectionState()

    init(handle: OpaquePointer, server: LDAPServer, cancellation: CancellationFlag) {
        unsafe self.handle = handle
        self.server = server
        self.cancellation = cancellation
    }

    deinit {
        unsafe ldap_unbind_ext(handle, nil, nil)
    }

    /// What libldap or the server last said on this connection.
    var diagnostic: String? {
        var text: UnsafeMutablePointer<CChar>?
        guard
            unsafe ldap_get_option(handle, LDAP_OPT_DIAGNOSTIC_MESSAGE, &text) == LDAP_OPT_SUCCESS,
            let text = unsafe text
        else {
            return nil
        }
        defer { unsafe ldap_memfree(text) }
        return unsafe String(cString: text)
    }

    /// The code of libldap's last failure on this connection.
    var lastCode: LDAPResultCode {
        var code: Int32 = 0
        unsafe ldap_get_option(handle, LDAP_OPT_RESULT_CODE, &code)
        return LDAPResultCode(rawValue: code)
    }

    func error(
        _ kind: LDAPError.Kind, _ operation: LDAPError.Operation, diagnostic: String? = nil
    ) -> LDAPError {
        LDAPError(kind, operation, server: server, diagnostic: diagnostic)
    }

    /// The error for a request that libldap couldn't send.
    ///
    /// The connection is not used again.
    func sendingError(_ code: Int32, _ operation: LDAPError.Operation) -> LDAPError {
        let code = LDAPResultCode(rawValue: code)
        switch code {
        case .serverDown, .connectError:
            state.isBroken = true
            return error(.connectionLost, operation, diagnostic: diagnostic)
        case .timeout:
            state.isBroken = true
            return error(.timedOut, operation)
        default: return error(.failure(code), operation, diagnostic: diagnostic)
        }
    }

    /// Refuses to use a connection that has failed.
    ///
    /// libldap would quietly open another one, unprotected and bound as nobody.
    func checkUsable(_ operation: LDAPError.Operation) throws(LDAPError) {
        if state.isBroken { throw error(.connectionLost, operation) }
    }

    /// Waits for the next message that answers a request.
    ///
    /// - Throws: An error when the deadline passes, the task is cancelled or the connection ends;
    ///   the connection is not used again.
    func nextMessage(
        for request: Int32, _ operation: LDAPError.Operation, until deadline: Deadline
    ) throws(LDAPError) -> LDAPMessage {
        while true {
            let remaining = deadline.remaining
            if cancellation.isCancelled || remaining <= .zero {
                state.isBroken = true
                throw error(cancellation.isCancelled ? .cancelled : .timedOut, operation)
            }
            // Short waits, so that a cancelled task is noticed.
            var wait = min(remaining, .milliseconds(100)).timeval
            var message: OpaquePointer?
            let type = unsafe ldap_result(handle, request, LDAP_MSG_ONE, &wait, &message)
            if let message = unsafe message {
                return unsafe LDAPMessage(message, type: type)
            }
            if type == 0 { continue }
            state.isBroken = true
            switch lastCode {
            case .decodingError, .localError: throw error(.malformedAnswer, operation)
            case .timeout: throw error(.timedOut, operation)
            default: throw error(.connectionLost, operation, diagnostic: diagnostic)
            }
        }
    }
}

/// One message from the server.
///
/// It is freed, once, when its owner ends.
@safe
struct LDAPMessage: ~Copyable {
    // INVARIANT: `pointer` comes from ldap_result and only `deinit` gives it back.
    let pointer: OpaquePointer
    let type: Int32

    init(_ pointer: OpaquePointer, type: Int32) {
        unsafe self.pointer = pointer
        self.type = type
    }

    deinit {
        unsafe ldap_msgfree(pointer)
    }
}

/// What changes in the life of a connection.
///
/// It never leaves the connection's thread.
final class ConnectionState {
    /// Set when the connection may not be used again.
    var isBroken = false
    /// The controls that the server knows; nil until asked.
    var controls: Set<String>?
}

/// Set from the task, read from the connection's thread.
final class CancellationFlag: Sendable {
    private let flag = Atomic(false)

    var isCancelled: Bool { flag.load(ordering: .relaxed) }

    func cancel() { flag.store(true, ordering: .relaxed) }
}
