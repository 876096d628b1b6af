import Foundation

/// Opens a connection, lets the body use it, and ends it.
///
/// Everything happens on a thread of its own, so that waiting for the directory holds up no other
/// task. Cancelling the task ends the wait within a moment (within the network timeout while the
/// connection is still coming about).
///
/// ```swift
/// let people = try await withLDAPConnection(to: server, as: credential) { connection in
///     try connection.search(base: "ou=people,dc=aoba,dc=example", filter: .present("uid"))
/// }
/// ```
///
/// - Parameters:
///   - server: Where the directory is.
///   - credential: As whom to speak to it.
///   - body: What to do with the connection; it blocks.
/// - Returns: What the body returns.
/// - Throws: An ``LDAPError``, or what the body throws.
package func withLDAPConnection<R: Sendable>(
    to server: LDAPServer, as credential: LDAPCredential,
    _ body: @escaping @Sendable (borrowing LDAPConnection) throws -> R
) async throws -> R {
    let cancellation = CancellationFlag()
    return try await withTaskCancellationHandler {
        try await withCheckedThrowingContinuation { continuation in
            let thread = Thread {
                blockPipeSignal()
                let result = Result {
                    let connection = try LDAPConnection.open(
                        server, as: credential, cancellation: cancellation)
                    return try body(connection)
                }
                continuation.resume(with: result)
            }
            thread.name = "LDAP"
            thread.start()
        }
    } onCancel: {
        cancellation.cancel()
    }
}

/// libldap writes with plain `write`, so a peer that has gone raises SIGPIPE, which ends the
/// process by default.
///
/// It is raised on the thread that writes: blocked there it stays pending and ends with the thread,
/// `write` reports EPIPE, and the rest of the process keeps its own way with signals.
private func blockPipeSignal() {
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    unsafe sigaddset(&signals, SIGPIPE)
    unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
}
