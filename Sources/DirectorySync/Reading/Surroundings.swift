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
    /// The entities that entries are, with how many are it.
    private var entities: [EntityID: Int] = [:]
    private var meanings: [EntityID: Meaning] = [:]

    /// Takes the candidates, and whom those names mean that aren't the ids of whom they mean.
    init(_ candidates: [Candidate], meanings: [EntityID: Meaning]) {
        self.meanings = meanings
        byName.reserveCapacity(candidates.count)
        for candidate in candidates { insert(candidate) }
    }

    mutating func insert(_ candidate: Candidate) {
        byName[candidate.dn, default: []].append(candidate)
        guard candidate.rule.grant == nil, let entity = candidate.entity else { return }
        entities[entity, default: 0] += 1
    }

    mutating func remove(_ candidate: Candidate) {
        byName[candidate.dn]?.removeAll {
            $0.slot == candidate.slot && $0.ruleIndex == candidate.ruleIndex
                && $0.entity == candidate.entity
        }
        if byName[candidate.dn]?.isEmpty == true { byName[candidate.dn] = nil }
        guard candidate.rule.grant == nil, let entity = candidate.entity else { return }
        let count = entities[entity] ?? 0
        entities[entity] = count > 1 ? count - 1 : nil
    }

    /// The candidates of the entries with a name.
    func candidates(named dn: DistinguishedName) -> [Candidate] { byName[dn] ?? [] }

    /// Whom the directory means by an id: somebody who was renamed is known by the id of before.
    func meaning(of name: EntityID) -> Meaning { meanings[name] ?? .entity(name) }

    /// Whether some entry is this entity, understood or not.
    func has(_ entity: EntityID) -> Bool { entities[entity] != nil }

    /// What the entry with a name is, among the entities of a root kind.
    func entity(named dn: DistinguishedName, of rootKind: String) -> Referent {
        referent(at: dn) {
            $0.rule.grant == nil && !$0.rule.isDistinct && $0.rule.rootKind == rootKind
        }
    }

    /// What the entry with a name is, among those of a rule.
    func entity(named dn: DistinguishedName, ofRule ruleIndex: Int) -> Referent {
        referent(at: dn) { $0.ruleIndex == ruleIndex }
    }

    private func referent(
        at dn: DistinguishedName, where fits: (Candidate) -> Bool
    ) -> Referent {
        guard let candidate = byName[dn]?.first(where: fits) else { return .none }
        guard candidate.problem == nil, let entity = candidate.entity else { return .unclear }
        return .entity(entity)
    }
}
