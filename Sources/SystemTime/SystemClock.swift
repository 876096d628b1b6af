package import Facts
import Foundation

/// The system's clock: the one place where the present comes from.
package enum SystemClock {
    /// The present instant, in whole seconds, rounded down.
    ///
    /// - Complexity: O(1).
    package static func now() -> Instant {
        Instant(secondsSinceEpoch: Int64(Date().timeIntervalSince1970.rounded(.down)))
    }
}
