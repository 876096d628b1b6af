import Facts

/// How a reading of a server went: what it was asked, and what makes its answer believable.
package struct SyncReceipt: Codable, Hashable, Sendable {
    /// How a server was asked.
    package enum Way: String, Codable, Hashable, Sendable {
        /// For everything, in pages where it has them.
        case listing
        /// For everything, so that it can be asked for changes from then on (RFC 4533).
        case content
        /// For what has changed (RFC 4533).
        case changes
    }

    /// How one search went.
    package struct Search: Codable, Hashable, Sendable {
        /// Where it begins.
        package var base: String
        /// What it looks for.
        package var filter: String
        /// How it was asked.
        package var way: Way
        /// Why everything was asked for although a cookie was there.
        package var cookieRefused: String?
        /// How many entries it finds now; nil where nothing has changed, and they weren't counted again.
        package var entries: Int?
        /// How many of them are new, or other than before.
        package var changed = 0
        /// How many that it found before are gone from the answer.
        package var gone = 0
    }

    /// The server's address.
    package var server: String
    /// Each search, in the mapping's order.
    package var searches: [Search] = []
    /// Entries that must always be readable, and were.
    package var canaries: [String] = []
    /// How far the server's own changes had come when reading began, as it writes it; empty where it doesn't say.
    package var stateBefore: [String] = []
    /// How far they had come when it ended.
    package var stateAfter: [String] = []
    /// What is known of entries that are gone from an answer.
    package var disappearances: [Disappearance] = []
    /// How long reading took.
    package var milliseconds = 0
}

extension SyncReceipt {
    /// How long ago, in milliseconds, the server made the last change that is known to have been made while it was read.
    ///
    /// By the server's clock and ours; never less than zero.
    ///
    /// - Parameter now: the present, in milliseconds since 1970.
    /// - Returns: the time; nil where the server doesn't say.
    package func lag(at now: Int64) -> Int64? {
        let changes = stateAfter.compactMap(Self.milliseconds)
        return changes.max().map { max(0, now - $0) }
    }

    /// The time in a change sequence number: `20261201134906.757494Z#000000#000#000000`.
    private static func milliseconds(_ number: String) -> Int64? {
        let time = number.prefix { $0 != "#" }
        guard time.count < number.count, let dot = time.firstIndex(of: "."),
            let instant = DirectoryTime.generalized(String(time)),
            let fraction = Int64(time[dot...].dropFirst().prefix(3))
        else { return nil }
        return instant.secondsSinceEpoch * 1_000 + fraction
    }
}

/// An entry that a search found before and finds no longer.
package struct Disappearance: Codable, Hashable, Sendable {
    /// What became of it, as far as the directory lets us see.
    package enum Fate: String, Codable, Hashable, Sendable, CaseIterable {
        /// Nobody finds it any more: deleted, or hidden from us.
        case deleted
        /// It is where it was, and the search's filter doesn't match it any more.
        case unmatched
        /// It is somewhere else, outside of what the search looks through.
        case moved
    }

    /// Its name when it was last found.
    package let dn: String
    /// Its name now, where it is known.
    package let newDN: String?
    /// What became of it.
    package let fate: Fate
    /// Whether that means leaving, by the configuration; where not, what it stated stays.
    package let meansLeaving: Bool
}
