import Foundation
import Synchronization

/// Set in a signal's handler, which may touch nothing else.
private let stopIsRequested = Atomic(false)

/// Notices that the process is asked to stop, so that what it is at can be finished.
enum StopSignals {
    /// Listens for SIGTERM and SIGINT from now on.
    static func listen() {
        // Made before a handler needs it: making it may wait for a lock.
        stopIsRequested.store(false, ordering: .relaxed)
        for number in [SIGTERM, SIGINT] {
            signal(number) { _ in stopIsRequested.store(true, ordering: .relaxed) }
        }
    }

    /// Whether the process was asked to stop.
    static var isRequested: Bool { stopIsRequested.load(ordering: .relaxed) }
}
