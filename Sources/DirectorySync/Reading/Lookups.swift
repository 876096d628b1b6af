import Facts
import LDAPClient

/// Looks at what surrounds an entry, and remembers at what.
///
/// When something else stands there, the entry has to be read again, and no other.
struct Lookups {
    /// What was looked at.
    struct Seen {
        /// Names, also those of no entry.
        var names: Set<DistinguishedName> = []
        /// Ids.
        var ids: Set<EntityID> = []

        mutating func formUnion(_ other: Seen) {
            names.formUnion(other.names)
            ids.formUnion(other.ids)
        }
    }

    private let surroundings: Surroundings
    private(set) var seen = Seen()

    init(_ surroundings: Surroundings) { self.surroundings = surroundings }

    /// Whom the directory means by an id.
    func meaning(of name: EntityID) -> Surroundings.Meaning { surroundings.meaning(of: name) }

    /// Whether some entry is this entity.
    mutating func has(_ entity: EntityID) -> Bool {
        seen.ids.insert(entity)
        return surroundings.has(entity)
    }

    /// What the entry with a name is, among the entities of a root kind.
    mutating func entity(
        named dn: DistinguishedName, of rootKind: String
    ) -> Surroundings.Referent {
        seen.names.insert(dn)
        return surroundings.entity(named: dn, of: rootKind)
    }

    /// What the entry right above is, among those of a rule.
    mutating func parent(of dn: DistinguishedName, ruleIndex: Int) -> Surroundings.Referent {
        guard let above = dn.parent else { return .none }
        seen.names.insert(above)
        return surroundings.entity(named: above, ofRule: ruleIndex)
    }

    /// The nearest entity of a root kind above.
    mutating func above(_ dn: DistinguishedName, of rootKind: String) -> Surroundings.Referent {
        var name = dn.parent
        while let above = name {
            let referent = entity(named: above, of: rootKind)
            guard referent == .none else { return referent }
            name = above.parent
        }
        return .none
    }

    /// By which rules the entry with a name gives records.
    mutating func grants(named dn: DistinguishedName) -> [Candidate] {
        seen.names.insert(dn)
        return surroundings.candidates(named: dn).filter { $0.rule.grant != nil }
    }
}
