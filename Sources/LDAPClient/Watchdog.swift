import Foundation
import Synchronization

/// Cuts a connection when a call that knows no timeout takes too long, or its task is cancelled.
final class Watchdog: Sendable {
    private struct State {
        var isStopped = false
        var hasCut = false
    }

    private let state = Mutex(State())
    private let wake = DispatchSemaphore(value: 0)

    init(descriptor: Int32, limit: Duration, cancellation: CancellationFlag) {
        let deadline = Deadline(after: limit)
        Thread.detachNewThread {
            while self.wake.wait(timeout: .now() + .milliseconds(50)) == .timedOut {
                guard deadline.remaining <= .zero || cancellation.isCancelled else { continue }
                self.cut(descriptor)
                return
            }
        }
    }

    /// Ends the watch, after which the connection isn't touched any more.
    ///
    /// - Returns: Whether the connection was cut.
    func stop() -> Bool {
        wake.signal()
        return state.withLock {
            $0.isStopped = true
            return $0.hasCut
        }
    }

    // INVARIANT: nothing is done to a descriptor after `stop`, when it may be another's.
    private func cut(_ descriptor: Int32) {
        state.withLock {
            if $0.isStopped { return }
            $0.hasCut = true
            shutdown(descriptor, Int32(SHUT_RDWR))
        }
    }
}
