package import LDAPClient

/// Where entries come from.
package enum DirectorySource: Sendable {
    /// LDIF text.
    case ldif([UInt8])
    /// A server, and as whom to speak to it.
    case server(LDAPServer, LDAPCredential)

    /// The entries that a mapping may be about: all of them, or an error.
    ///
    /// Of a server only what the mapping selects is asked for, and only the attributes it names. Bad
    /// records of LDIF text are problems, each by itself.
    ///
    /// - Parameters:
    ///   - mapping: what is wanted.
    ///   - limit: how long connecting and all searches together may take. It is noticed
    ///     within the server's network timeout while the connection is still coming about.
    /// - Returns: the entries, and what couldn't be read of LDIF text.
    /// - Throws: why not everything could be had.
    package func entries(
        for mapping: CheckedMapping, within limit: Duration = .seconds(600)
    ) async throws(DirectoryError) -> DirectoryEntries {
        switch self {
        case .ldif(let bytes): try Self.entries(in: bytes, for: mapping)
        case .server(let server, let credential):
            try await Self.entries(at: server, as: credential, for: mapping, within: limit)
        }
    }

    private static func entries(
        at server: LDAPServer, as credential: LDAPCredential, for mapping: CheckedMapping,
        within limit: Duration
    ) async throws(DirectoryError) -> DirectoryEntries {
        let answer = try await ServerReading(of: server, as: credential, mapping: mapping)
            .answer(within: limit)
        var copy = DirectoryCopy()
        copy.apply(answer)
        return try DirectoryState(copy, mapping: mapping).entries()
    }

    private static func entries(
        in bytes: [UInt8], for mapping: CheckedMapping
    ) throws(DirectoryError) -> DirectoryEntries {
        let (records, bad) = LDIF.parse(bytes)
        let names = records.compactMap { try? DistinguishedName($0.entry.dn) }
        // A server says so too when there is no such base.
        for rule in mapping.rules where !names.contains(where: { $0.isAtOrBelow(rule.base) }) {
            throw .nothingBelow(base: rule.base.description)
        }
        return DirectoryEntries(
            records.map { DirectoryEntry($0.entry, line: $0.line) },
            problems: bad.map {
                EntryProblem(dn: nil, line: $0.line, reason: .unreadable($0))
            })
    }
}
