import LDAPClient

/// What a server says of itself.
struct RootEntry {
    private let contexts: [DistinguishedName]

    /// Asks it; a server that hides its root entry still answers searches.
    init(_ connection: borrowing LDAPConnection) throws(DirectoryError) {
        let root = try Self.read("", ["namingContexts"], connection)
        contexts = root?.texts("namingContexts").compactMap { try? DistinguishedName($0) } ?? []
    }

    /// The top of the tree that an entry is in, as far as the server says.
    func context(of dn: DistinguishedName) -> DistinguishedName? {
        contexts.filter { dn.isAtOrBelow($0) }.max { $1.isAtOrBelow($0) }
    }

    /// How far the server's own changes have come, as it writes it: change sequence numbers, or the highest update number.
    func state(_ connection: borrowing LDAPConnection) throws(DirectoryError) -> [String] {
        var state: Set<String> = []
        for context in contexts {
            let entry = try Self.read(context.description, ["contextCSN"], connection)
            state.formUnion(entry?.texts("contextCSN") ?? [])
        }
        let root = try Self.read("", ["highestCommittedUSN"], connection)
        state.formUnion(root?.texts("highestCommittedUSN") ?? [])
        return state.sorted()
    }

    private static func read(
        _ name: String, _ attributes: [String], _ connection: borrowing LDAPConnection
    ) throws(DirectoryError) -> LDAPEntry? {
        do throws(LDAPError) {
            return try connection.search(base: name, scope: .base, attributes: attributes).first
        } catch {
            guard case .refused = error.kind else { throw .server(error) }
            return nil
        }
    }
}
