import LDAPClient

/// Looks up again what a search finds no longer: gone from an answer is not gone from the company.
struct FateReading {
    let base: DistinguishedName
    let root: RootEntry
    /// Which fates mean that somebody has left.
    let leaving: Set<Disappearance.Fate>

    /// So many are looked for at once.
    private static let batch = 50

    /// What became of the entries with these keys.
    func fates(
        of keys: Set<EntryKey>, in part: DirectoryPart,
        through connection: borrowing LDAPConnection
    ) throws(DirectoryError) -> [EntryKey: Disappearance] {
        var names: [EntryKey: String] = [:]
        var ids: [EntryUUID] = []
        for key in keys {
            switch key {
            case .uuid(let id): ids.append(id)
            case .name(let name):
                if try isThere(name, connection) { names[key] = name }
            }
        }
        ids.sort()
        while !ids.isEmpty {
            for (id, name) in try found(Array(ids.prefix(Self.batch)), connection) {
                names[.uuid(id)] = name
            }
            ids.removeFirst(min(Self.batch, ids.count))
        }
        var fates: [EntryKey: Disappearance] = [:]
        for key in keys {
            guard let entry = part.entries[key] else { continue }
            let fate = fate(of: names[key])
            fates[key] = Disappearance(
                dn: entry.dn, newDN: names[key], fate: fate, meansLeaving: leaving.contains(fate))
        }
        return fates
    }

    private func fate(of name: String?) -> Disappearance.Fate {
        guard let name else { return .deleted }
        guard let dn = try? DistinguishedName(name) else { return .moved }
        return dn.isAtOrBelow(base) ? .unmatched : .moved
    }

    /// The names that entries have now, of those that anybody lets us see.
    private func found(
        _ ids: [EntryUUID], _ connection: borrowing LDAPConnection
    ) throws(DirectoryError) -> [(EntryUUID, String)] {
        let attribute = AttributeDescription(reading: PartReading.id)
        let filter = LDAPFilter.or(
            ids.map { .equal(attribute, AssertionValue($0.description)) })
        for top in [root.context(of: base), base].compactMap(\.self) {
            do throws(LDAPError) {
                let found = try connection.search(
                    base: top.description, filter: filter, attributes: [PartReading.id])
                return found.compactMap { entry in
                    entry.text(PartReading.id).flatMap(EntryUUID.init).map { ($0, entry.dn) }
                }
            } catch {
                // We may be let in at the base, and not at the top.
                guard case .refused = error.kind, top != base else { throw .server(error) }
            }
        }
        return []
    }

    private func isThere(
        _ name: String, _ connection: borrowing LDAPConnection
    ) throws(DirectoryError) -> Bool {
        do throws(LDAPError) {
            return try !connection.search(base: name, scope: .base, attributes: ["1.1"]).isEmpty
        } catch {
            guard case .refused(.noSuchObject) = error.kind else { throw .server(error) }
            return false
        }
    }
}
