import DiagnosticText
import Facts
import Ledger
import SystemTime

/// The present, as other systems are changed by it.
///
/// A clock that was set back must not bring access back, and one that was set forward for a moment must not give any that sticks:
/// where the clock is behind what the ledger has seen, only who is entitled at both times counts.
struct Present {
    /// The clock's time; where it is behind, the latest that was seen as well.
    let instants: [Instant]

    /// The clock's time.
    var now: Instant { instants[0] }

    /// The latest time there was.
    var latest: Instant { instants.max() ?? now }
}

extension Session {
    /// The present.
    ///
    /// - Parameters:
    ///   - path: the ledger's.
    ///   - seen: the latest time that was seen otherwise.
    ///   - trustsClock: whether somebody says that the clock is right and what was seen wasn't.
    /// - Returns: the present.
    /// - Throws: where the ledger can't be read.
    func present(
        _ path: String, seen: Instant = .distantPast, trustsClock: Bool
    ) throws -> Present {
        let now = SystemClock.now()
        // Entries are never stamped earlier than those before them.
        let last = try LedgerAccess.run(path) { try ledger.journal(limit: 1) }.first?.recordedAt
        let latest = max(now, seen, last ?? now)
        guard latest > now, !trustsClock else { return Present(instants: [now]) }
        if seen < latest {
            let text = TimeText.text(latest, in: zone)
            console.note(
                "the clock is behind the ledger, which was written at \(text): only who is entitled at both times counts. If the clock is right, --trust-clock says so",
                "時計が台帳の記録（\(text)）より遅れています。両方の時点で権限のある人だけを対象とします。時計が正しければ --trust-clock を付けてください"
            )
        }
        return Present(instants: [now, latest])
    }
}
