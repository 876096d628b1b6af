import Facts
import LDAPClient

/// What the values of one entry may speak of: the other entries, by their names and by their ids.
struct Surroundings {
    /// Whom a name means.
    enum Meaning: Hashable {
        case entity(EntityID)
        /// An entry that isn't the one known by this name.
        case unclear
    }

    /// What an entry is, where another speaks of it.
    enum Referent: Hashable {
        case entity(EntityID)
        /// It would be one, and has a problem.
        case unclear
        /// It is none that fits.
        case none
    }

    private var byName: [DistinguishedName: [Candidate]] = [:]
    private var entities: Set<EntityID> = []
    private var meanings: [EntityID: Meaning] = [:]

    /// Takes the candidates, and whom those names mean that aren't the ids of whom they mean.
    init(_ candidates: [Candidate], meanings: [EntityID: Meaning]) {
        self.meanings = meanings
        for candidate in candidates {
            byName[candidate.dn, default: []].append(candidate)
            if candidate.rule.grant == nil, let entity = candidate.entity {
                entities.insert(entity)
            }
        }
    }

    /// Whom the directory means by an id: somebody who was renamed is known by the id of before.
    func meaning(of name: EntityID) -> Meaning { meanings[name] ?? .entity(name) }

    /// Whether some entry is this entity, understood or not.
    func has(_ entity: EntityID) -> Bool { entities.contains(entity) }

    /// What the entry with a name is, among the entities of a root kind.
    func entity(named dn: DistinguishedName, of rootKind: String) -> Referent {
        referent(at: dn) {
            $0.rule.grant == nil && !$0.rule.isDistinct && $0.rule.rootKind == rootKind
        }
    }

    /// What the entry right above is, among those of the same rule.
    func parent(of dn: DistinguishedName, ruleIndex: Int) -> Referent {
        guard let above = dn.parent else { return .none }
        return referent(at: above) { $0.ruleIndex == ruleIndex }
    }

    /// The nearest entity of a root kind above.
    func above(_ dn: DistinguishedName, of rootKind: String) -> Referent {
        var name = dn.parent
        while let above = name {
            let referent = entity(named: above, of: rootKind)
            guard referent == .none else { return referent }
            name = above.parent
        }
        return .none
    }

    /// What the entry with a name gives records by, rule by rule.
    func grants(named dn: DistinguishedName) -> [Candidate] {
        (byName[dn] ?? []).filter { $0.rule.grant != nil }
    }

    private func referent(
        at dn: DistinguishedName, where fits: (Candidate) -> Bool
    ) -> Referent {
        guard let candidate = byName[dn]?.first(where: fits) else { return .none }
        guard candidate.problem == nil, let entity = candidate.entity else { return .unclear }
        return .entity(entity)
    }
}
