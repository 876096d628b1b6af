import LDAPClient

/// Reads what a mapping wants from a server, over one connection.
struct ServerReading: Sendable {
    let server: LDAPServer
    let credential: LDAPCredential
    let mapping: CheckedMapping

    /// All entries, or why not, before the time is over.
    func entries(within limit: Duration) async throws(DirectoryError) -> DirectoryEntries {
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

    private typealias Outcome = Result<DirectoryEntries, DirectoryError>

    private func outcome() async -> Outcome {
        do {
            return try await withLDAPConnection(to: server, as: credential) { connection in
                // The body may throw only what the connection does.
                Result { () throws(DirectoryError) in try search(connection) }
            }
        } catch let error as LDAPError {
            return .failure(.server(error))
        } catch {
            preconditionFailure("\(error)")
        }
    }

    private func search(
        _ connection: borrowing LDAPConnection
    ) throws(DirectoryError) -> DirectoryEntries {
        var merged = MergedEntries()
        for rule in mapping.rules {
            let found: LDAPSearchResult
            do {
                found = try connection.perform(
                    LDAPSearch(
                        base: rule.base.description, filter: rule.filter.filter,
                        attributes: mapping.ldapAttributes))
            } catch {
                throw .server(error)
            }
            guard found.references.isEmpty else {
                throw .partsElsewhere(found.references.flatMap { $0 })
            }
            for entry in found.entries { try merged.add(entry, for: rule) }
        }
        return DirectoryEntries(merged.entries, problems: merged.problems)
    }
}

/// The entries of several searches, each once.
private struct MergedEntries {
    private(set) var entries: [DirectoryEntry] = []
    private(set) var problems: [EntryProblem] = []
    private var places: [String: Int] = [:]

    mutating func add(_ entry: LDAPEntry, for rule: CheckedMapping.Rule) throws(DirectoryError) {
        if !rule.filter.matches(entry) {
            problems.append(
                EntryProblem(
                    .filterDisagrees(filter: rule.filter.filter.description),
                    in: DirectoryEntry(entry),
                    entity: Candidate.entity(of: entry, by: rule)))
        }
        guard let place = places[entry.dn] else {
            places[entry.dn] = entries.count
            entries.append(DirectoryEntry(entry))
            return
        }
        guard entries[place].entry == entry else { throw .changedWhileRead(dn: entry.dn) }
    }
}
