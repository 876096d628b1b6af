import Foundation

/// The right to change other systems by a ledger, which one process has at a time.
///
/// The system takes it away from a process that ends, however it ends.
package final class EnforcementTurn: Sendable {
    private let descriptor: Int32

    fileprivate init(_ descriptor: Int32) { self.descriptor = descriptor }

    deinit { close(descriptor) }

    /// Gives it back.
    package func end() { flock(descriptor, LOCK_UN) }
}

extension Ledger {
    /// Takes the turn to change other systems; nil where another has it.
    ///
    /// A file beside the ledger, `NAME-enforcing`, stands for it.
    ///
    /// - Throws: `.cannotOpen` where there can be no such file.
    /// - Complexity: O(1).
    package func takeTurn() throws(LedgerError) -> EnforcementTurn? {
        let path = path + "-enforcing"
        let descriptor = unsafe Foundation.open(
            path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else {
            throw .cannotOpen(path: path, system: unsafe String(cString: strerror(errno)))
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            return nil
        }
        return EnforcementTurn(descriptor)
    }
}
