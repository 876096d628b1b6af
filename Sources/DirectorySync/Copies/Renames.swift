import LDAPClient

/// The entries that go by another name than in the copy, of which a server says nothing of what stands below them.
///
/// Whoever is below is renamed with them: an entry that is sent itself has its new name already, and of the others the
/// nearest entry above that was renamed tells it.
struct Renames {
    private var names: [DistinguishedName: DistinguishedName] = [:]

    /// Takes what a search gave anew, beside what the copy has of it.
    mutating func add(_ update: PartUpdate, to part: DirectoryPart) {
        for (key, entry) in update.put {
            guard let before = part.entries[key], before.dn != entry.dn,
                let old = try? DistinguishedName(before.dn),
                let new = try? DistinguishedName(entry.dn), old != new
            else { continue }
            names[old] = new
        }
    }

    /// Renames in an update what the server left out of it.
    func complete(_ update: inout PartUpdate, of part: DirectoryPart) {
        guard !names.isEmpty else { return }
        for (key, entry) in part.entries
        where update.put[key] == nil && !update.gone.contains(key) {
            guard let dn = try? DistinguishedName(entry.dn), let name = name(of: dn) else {
                continue
            }
            var renamed = entry
            renamed.dn = name.description
            update.put[key] = renamed
        }
    }

    private func name(of dn: DistinguishedName) -> DistinguishedName? {
        var above = dn.parent
        while let name = above {
            if let new = names[name] { return dn.renamed(below: name, to: new) }
            above = name.parent
        }
        return nil
    }
}
