package import Facts

/// What a reading would have taken away, more than is likely to be meant: kept until somebody has looked.
///
/// It is no licence for all that may be gone next time: accepting it lets pass what stands here, and what the limits let
/// pass besides.
package struct PendingWithdrawals: Codable, Hashable, Sendable {
    /// Somebody or something that would be gone.
    package struct Item: Codable, Hashable, Sendable {
        /// What it is.
        package let kind: String
        /// Its id.
        package let id: String

        init(kind: String, id: String) {
            self.kind = kind
            self.id = id
        }
    }

    /// The server that was read.
    package let server: String
    /// When, in seconds since 1970.
    package let readAt: Int64
    /// Why it was not believed, in English.
    package let reason: String
    /// What would be gone, sorted.
    package let gone: [Item]

    /// Creates a list.
    package init(server: String, readAt: Instant, reason: String, gone: [Observation]) {
        self.server = server
        self.readAt = readAt.secondsSinceEpoch
        self.reason = reason
        self.gone = gone.map { Item(kind: $0.kind, id: $0.entity.name) }
            .sorted { ($0.kind, $0.id) < ($1.kind, $1.id) }
    }
}
