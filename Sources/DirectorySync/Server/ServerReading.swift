import Foundation
package import LDAPClient
package import Ledger

/// Reads what a mapping wants from a server, over one connection: what has changed where the server can tell, else everything.
package struct ServerReading: Sendable {
    let server: LDAPServer
    let credential: LDAPCredential
    let mapping: CheckedMapping
    let copy: DirectoryCopy

    /// Prepares a reading.
    ///
    /// - Parameters:
    ///   - server: where the directory is.
    ///   - credential: as whom to speak to it.
    ///   - mapping: what is wanted.
    ///   - copy: what was kept of the last reading.
    package init(
        of server: LDAPServer, as credential: LDAPCredential, mapping: CheckedMapping,
        after copy: DirectoryCopy = DirectoryCopy()
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
        try await ask(within: limit) { connection throws(DirectoryError) in
            try answer(of: connection)
        }
    }

    /// What is to be kept where the server says that nothing has changed; nil where it says anything else, or can't tell.
    ///
    /// The copy's cookies are enough for it; rows aren't looked at.
    ///
    /// - Parameter limit: how long it may take.
    /// - Returns: the change of the copy, how far the server has told of changes now, and how that was found out.
    /// - Throws: why the server can't be asked.
    package func unchanged(
        within limit: Duration
    ) async throws(DirectoryError) -> (change: SourceCopyChange, receipt: SyncReceipt)? {
        try await ask(within: limit) { connection throws(DirectoryError) in
            try unchanged(by: connection)
        }
    }

    private func ask<R: Sendable>(
        within limit: Duration,
        _ question: @escaping @Sendable (borrowing LDAPConnection) throws(DirectoryError) -> R
    ) async throws(DirectoryError) -> R {
        let result = await withTaskGroup(of: Result<R, DirectoryError>?.self) { group in
            group.addTask { await outcome(of: question) }
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

    func outcome<R: Sendable>(
        of question: @escaping @Sendable (borrowing LDAPConnection) throws(DirectoryError) -> R
    ) async -> Result<R, DirectoryError> {
        do {
            return try await withLDAPConnection(to: server, as: credential) { connection in
                // The body may throw only what the connection does.
                do throws(DirectoryError) {
                    return .success(try question(connection))
                } catch {
                    return .failure(error)
                }
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
        var read = try self.read(connection, root)
        // Of those below an entry that was moved out of sight the server says nothing.
        if read.contains(where: leavesSomebodyBehind) {
            read = try self.read(connection, root, isAnew: true)
        }
        var change = SourceCopyChange(source: mapping.source, revision: copy.revision)
        for (search, update, fates) in read {
            receipt.disappearances += fates.sorted { $0.dn < $1.dn }
            let part = copy.parts[search.name] ?? DirectoryPart()
            let entries =
                part.entries.count - update.removed.count(where: { part.entries[$0] != nil })
                + update.put.keys.count(where: {
                    part.entries[$0] == nil || update.removed.contains($0)
                })
            receipt.searches.append(update.receipt(of: search, entries: entries))
            change.parts[search.name] = update.change
        }
        receipt.stateAfter = try root.state(connection)
        receipt.milliseconds = Int(begin.duration(to: clock.now) / .milliseconds(1))
        return ServerAnswer(
            updates: read.map { ($0.search, $0.update) }, change: change, receipt: receipt)
    }

    private typealias Read = (
        search: DirectorySearch, update: PartUpdate, fates: [Disappearance]
    )

    /// Asks for each search what has changed, or for everything, and what became of those who are gone.
    private func read(
        _ connection: borrowing LDAPConnection, _ root: RootEntry, isAnew: Bool = false
    ) throws(DirectoryError) -> [Read] {
        var updates: [(search: DirectorySearch, part: DirectoryPart, update: PartUpdate)] = []
        var renames = Renames()
        for search in DirectorySearch.searches(of: mapping) {
            var part = copy.parts[search.name] ?? DirectoryPart()
            if isAnew { part.forgetCookie() }
            let update = try PartReading(search: search, part: part).update(through: connection)
            renames.add(update, to: part)
            updates.append((search, part, update))
        }
        var read: [Read] = []
        for (search, part, answer) in updates {
            var update = answer
            if update.way == .changes { renames.complete(&update, of: part) }
            let fates = try FateReading(base: search.base, root: root, leaving: mapping.leaving)
                .fates(of: update.gone, in: part, through: connection)
            update.left = Set(fates.filter(\.value.meansLeaving).keys)
            read.append((search, update, Array(fates.values)))
        }
        return read
    }

    /// Whether somebody stood below an entry that was moved away, and was not said to be gone with it.
    private func leavesSomebodyBehind(_ read: Read) -> Bool {
        guard read.update.way == .changes else { return false }
        let moved = Set(
            read.fates.filter { $0.fate == .moved }.compactMap { try? DistinguishedName($0.dn) })
        return !moved.isEmpty
            && copy.parts.values.contains { part in
                part.entries.values.contains { entry in
                    let dn = try? DistinguishedName(entry.dn)
                    return moved.contains { dn?.depth != $0.depth && dn?.isAtOrBelow($0) == true }
                }
            }
    }

    private func unchanged(
        by connection: borrowing LDAPConnection
    ) throws(DirectoryError) -> (change: SourceCopyChange, receipt: SyncReceipt)? {
        let clock = ContinuousClock()
        let begin = clock.now
        var receipt = SyncReceipt(server: server.url)
        try checkCanaries(connection, &receipt)
        let searches = DirectorySearch.searches(of: mapping)
        guard Set(copy.parts.keys) == Set(searches.map(\.name)) else { return nil }
        var change = SourceCopyChange(source: mapping.source, revision: copy.revision)
        change.basis = copy.basis
        for search in searches {
            guard let cookie = copy.parts[search.name]?.cookie else { return nil }
            var refresh = PartRefresh(known: [], since: cookie)
            do throws(LDAPError) {
                guard try connection.offersSync() else { return nil }
                try connection.refresh(search.request(), since: cookie) { refresh.take($0) }
            } catch {
                guard case .refused = error.kind else { throw .server(error) }
                return nil
            }
            guard refresh.saysNothing, let outcome = try? refresh.outcome() else { return nil }
            change.parts[search.name] = SourceCopyChange.Part(cookie: outcome.cookie)
            receipt.searches.append(
                PartUpdate(.changes).receipt(of: search, entries: nil))
        }
        receipt.milliseconds = Int(begin.duration(to: clock.now) / .milliseconds(1))
        return (change, receipt)
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

/// What a server says that it didn't say before, and how that was found out.
package struct ServerAnswer: Sendable {
    /// What has become of what each search found before.
    let updates: [(search: DirectorySearch, update: PartUpdate)]
    /// What the ledger is to keep with what is made of them; not to be kept without.
    package let change: SourceCopyChange
    /// How it was found out.
    package let receipt: SyncReceipt
}
