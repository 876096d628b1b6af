import LDAPClient
import Ledger

extension ServerReading {
    /// What came of waiting for a change.
    package enum Notice: Hashable, Sendable {
        /// Something has changed.
        case changed
        /// Nothing has, as long as we waited.
        case quiet
        /// The server can't tell: it doesn't know of changes, or was never asked for any.
        case unable
    }

    /// Waits until something changes of what the mapping wants, since the copy was made.
    ///
    /// Cancelling the task ends it within a moment.
    ///
    /// - Parameter limit: how long to wait.
    /// - Returns: what came of it.
    /// - Throws: why the server can't be asked, or isn't there any more.
    package func notice(within limit: Duration) async throws(DirectoryError) -> Notice {
        var watched: [LDAPConnection.Watched] = []
        for search in DirectorySearch.searches(of: mapping) {
            guard let cookie = copy.parts[search.name]?.cookie else { return .unable }
            watched.append(LDAPConnection.Watched(search.request(), since: cookie))
        }
        let searches = watched
        return try await outcome { connection throws(DirectoryError) in
            do throws(LDAPError) {
                guard try connection.offersSync() else { return .unable }
                return try connection.waitForChange(of: searches, within: limit) ? .changed : .quiet
            } catch {
                if case .refused = error.kind { return .unable }
                throw .server(error)
            }
        }.get()
    }
}
