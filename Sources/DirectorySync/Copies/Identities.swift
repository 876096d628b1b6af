package import Facts
package import LDAPClient

/// Which entity each of a directory's own ids stands for, since it was first read.
///
/// So somebody whose name or login changes stays who they are, and whoever gets a name that was somebody else's is not them.
package struct Identities: Sendable {
    /// Which entries, made anew under a known name, are to be taken for what was known by it.
    package enum Rebinding: Hashable, Sendable {
        /// These.
        case names(Set<String>)
        /// All: the directory was made anew.
        case all
    }

    /// Who an entry is.
    enum Answer: Hashable {
        case entity(EntityID)
        /// The name is known as another entry's.
        case anothers
    }

    private struct Place: Hashable {
        let kind: String
        let uuid: EntryUUID
    }

    private let rebinding: Rebinding
    private var ids: [EntityID: EntryUUID] = [:]
    private var names: [Place: EntityID] = [:]
    /// What has become known, or is taken for another entry's from now on.
    package private(set) var added: [EntityID: EntryUUID] = [:]

    /// Nothing is known yet.
    package init() { rebinding = .names([]) }

    /// Begins with what was kept.
    ///
    /// - Parameters:
    ///   - kept: ids by entity, as ``kept`` gives them.
    ///   - rebinding: what was made anew and is the same.
    package init(_ kept: [String: [UInt8]], rebinding: Rebinding = .names([])) {
        self.rebinding = rebinding
        for (text, bytes) in kept {
            guard let slash = text.firstIndex(of: "/"), let uuid = EntryUUID(bytes: bytes) else {
                continue
            }
            let entity = EntityID(
                kind: String(text[..<slash]), name: String(text[slash...].dropFirst()))
            ids[entity] = uuid
            names[Place(kind: entity.kind, uuid: uuid)] = entity
        }
    }

    /// What is to be kept of what was added.
    package var kept: [String: [UInt8]] {
        Dictionary(
            uniqueKeysWithValues: added.map { ("\($0.key.kind)/\($0.key.name)", $0.value.bytes) })
    }

    /// Notes that what was added is kept.
    mutating func forgetAdded() { added = [:] }

    /// Who the entry is that has this id of the directory's, and this name.
    mutating func entity(
        named name: EntityID, uuid: EntryUUID, where isPresent: (EntryUUID) -> Bool
    ) -> Answer {
        if let known = names[Place(kind: name.kind, uuid: uuid)] { return .entity(known) }
        if let other = ids[name], other != uuid {
            // While the other entry is there, the name is its own.
            guard !isPresent(other), rebinds(name) else { return .anothers }
        }
        ids[name] = uuid
        names[Place(kind: name.kind, uuid: uuid)] = name
        added[name] = uuid
        return .entity(name)
    }

    private func rebinds(_ name: EntityID) -> Bool {
        switch rebinding {
        case .all: true
        case .names(let names): names.contains(name.name)
        }
    }
}
