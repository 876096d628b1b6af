import Foundation
package import LDAPClient
package import Ledger

/// Reads what a mapping wants from a server, over one connection: what has changed where the server can tell, else everything.
package struct ServerReading: Sendable {
    let server: LDAPServer
    let credential: LDAPCredential
    let mapping: CheckedMapping
    let copy: SourceCopy

    /// Prepares a reading.
    ///
    /// - Parameters:
    ///   - server: where the directory is.
    ///   - credential: as whom to speak to it.
    ///   - mapping: what is wanted.
    ///   - copy: what was kept of the last reading.
    package init(
        of server: LDAPServer, as credential: LDAPCredential, mapping: CheckedMapping,
        after copy: SourceCopy = SourceCopy()
    ) {
        self.server = server
        self.credential = credential
        self.mapping = mapping
        self.copy = copy
    }

    /// What the server says now, all of it, or why it can't be had, before the time is over.
    ///
    /// - Parameter limit: how long connecting and all searches together may take.
    /// - Returns: what it says, and how that was found out.
    /// - Throws: why nothing is to be made of it.
    package func answer(within limit: Duration) async throws(DirectoryError) -> ServerAnswer {
        let result = await withTaskGroup(of: Outcome?.self) { group in
            group.addTask { await outcome() }
            group.addTask {
                try? await Task.sleep(for: limit)
                return nil
            }
            let first = await group.next() ?? nil
            group.cancelAll()
            if let first { return first }
            // The clock ends early when the caller gives up; then the reading says so itself.
            if Task.isCancelled, let last = await group.next() ?? nil { return last }
            return .failure(.timedOut(after: limit))
        }
        return try result.get()
    }

    private typealias Outcome = Result<ServerAnswer, DirectoryError>

    private func outcome() async -> Outcome {
        do {
            return try await withLDAPConnection(to: server, as: credential) { connection in
                // The body may throw only what the connection does.
                Result { () throws(DirectoryError) in try answer(of: connection) }
            }
        } catch let error as LDAPError {
            return .failure(.server(error))
        } catch {
            preconditionFailure("\(error)")
        }
    }

    private func answer(
        of connection: borrowing LDAPConnection
    ) throws(DirectoryError) -> ServerAnswer {
        let clock = ContinuousClock()
        let begin = clock.now
        var receipt = SyncReceipt(server: server.url)
        let root = try RootEntry(connection)
        try checkCanaries(connection, &receipt)
        receipt.stateBefore = try root.state(connection)
        var change = SourceCopyChange(source: mapping.source, revision: copy.revision)
        var merged = MergedEntries()
        for search in DirectorySearch.searches(of: mapping) {
            var part = DirectoryPart(copy.parts[search.name])
            let update = try PartReading(search: search, part: part).update(through: connection)
            let fates = try FateReading(base: search.base, root: root, leaving: mapping.leaving)
                .fates(of: update.gone, in: part, through: connection)
            receipt.disappearances += fates.values.sorted { $0.dn < $1.dn }
            let left = Set(fates.filter(\.value.meansLeaving).keys)
            part.apply(update, removing: left)
            receipt.searches.append(update.receipt(of: search, entries: part.entries.count))
            change.parts[search.name] = update.change(removing: left)
            for (key, entry) in part.entries.sorted(by: { $0.value.dn < $1.value.dn }) {
                try merged.add(entry, key: key, for: search)
            }
        }
        receipt.stateAfter = try root.state(connection)
        let duration = begin.duration(to: clock.now)
        receipt.milliseconds = Int(duration / .milliseconds(1))
        return ServerAnswer(
            entries: DirectoryEntries(merged.entries, problems: merged.problems), change: change,
            receipt: receipt)
    }

    /// Reads what must always be readable; where it isn't, neither may others be.
    private func checkCanaries(
        _ connection: borrowing LDAPConnection, _ receipt: inout SyncReceipt
    ) throws(DirectoryError) {
        for name in mapping.canaries {
            let found: [LDAPEntry]
            do {
                found = try connection.search(
                    base: name.description, scope: .base, attributes: ["1.1"])
            } catch {
                guard case .refused(.noSuchObject) = error.kind else { throw .server(error) }
                found = []
            }
            guard found.count == 1 else { throw .canaryHidden(dn: name.description) }
            receipt.canaries.append(name.description)
        }
    }
}

/// What a server says now, and how that was found out.
package struct ServerAnswer: Sendable {
    /// All entries that the mapping may be about.
    package let entries: DirectoryEntries
    /// What the ledger is to keep with what is made of them; not to be kept without.
    package let change: SourceCopyChange
    /// How it was found out.
    package let receipt: SyncReceipt
}

/// The entries of several searches, each once.
private struct MergedEntries {
    private(set) var entries: [DirectoryEntry] = []
    private(set) var problems: [EntryProblem] = []
    private var places: [EntryKey: Int] = [:]

    mutating func add(
        _ entry: LDAPEntry, key: EntryKey, for search: DirectorySearch
    ) throws(DirectoryError) {
        let uuid: EntryUUID? = if case .uuid(let id) = key { id } else { nil }
        for rule in search.rules where !rule.filter.matches(entry) {
            problems.append(
                EntryProblem(
                    .filterDisagrees(filter: rule.filter.filter.description),
                    in: DirectoryEntry(entry, uuid: uuid),
                    entity: Candidate.entity(of: entry, by: rule)))
        }
        guard let place = places[key] else {
            places[key] = entries.count
            entries.append(DirectoryEntry(entry, uuid: uuid))
            return
        }
        guard entries[place].entry == entry else { throw .changedWhileRead(dn: entry.dn) }
    }
}
