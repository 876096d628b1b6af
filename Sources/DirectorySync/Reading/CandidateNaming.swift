import Facts
import LDAPClient

/// Finds out, of all candidates together, who is who.
enum CandidateNaming {
    /// Gives those who are known by the directory's own ids the names by which they are known.
    ///
    /// - Returns: whom the names mean that the directory uses now.
    static func identify(
        _ candidates: inout [Candidate], _ identities: inout Identities
    ) -> [EntityID: Surroundings.Meaning] {
        var meanings: [EntityID: Surroundings.Meaning] = [:]
        let present = Set(candidates.compactMap(\.entry.uuid))
        // Sorted: who comes first to a name must not depend on the server's order.
        let order = candidates.indices.sorted {
            candidates[$0].entry.entry.dn < candidates[$1].entry.entry.dn
        }
        for index in order {
            guard candidates[index].problem == nil, !candidates[index].rule.isDistinct,
                let uuid = candidates[index].entry.uuid,
                let name = candidates[index].entity
            else { continue }
            switch identities.entity(named: name, uuid: uuid, where: present.contains) {
            case .entity(let entity):
                candidates[index].entity = entity
                if entity != name { meanings[name] = .entity(entity) }
            case .anothers:
                candidates[index].entity = nil
                candidates[index].problem = .idOfAnother(name)
                meanings[name] = .unclear
            }
        }
        return meanings
    }

    /// Gives what several entries name in several spellings, which a directory takes for one, the first of them.
    ///
    /// - Returns: whom the other spellings mean.
    static func unify(
        _ candidates: inout [Candidate]
    ) -> [EntityID: Surroundings.Meaning] {
        var chosen: [EntityID: EntityID] = [:]
        let shared = candidates.indices.filter { candidates[$0].rule.isDistinct }
        for index in shared {
            guard let entity = candidates[index].entity else { continue }
            let folded = entity.folded
            chosen[folded] = min(chosen[folded] ?? entity, entity)
        }
        var meanings: [EntityID: Surroundings.Meaning] = [:]
        for index in shared {
            guard let entity = candidates[index].entity, let first = chosen[entity.folded],
                first != entity
            else { continue }
            meanings[entity] = .entity(first)
            candidates[index].entity = first
        }
        return meanings
    }

    /// Marks whatever has its name or its id in common with another.
    ///
    /// Neither of them wins.
    static func markShared(_ candidates: inout [Candidate]) {
        var byPlace: [Place: [Int]] = [:]
        var byID: [EntityID: [Int]] = [:]
        for (index, candidate) in candidates.enumerated() {
            if candidate.rule.isDistinct { continue }
            byPlace[Place(candidate), default: []].append(index)
            guard let id = candidate.entity else { continue }
            byID[id.folded, default: []].append(index)
        }
        for indices in byID.values where indices.count > 1 {
            for index in indices {
                guard let id = candidates[index].entity else { continue }
                candidates[index].problem = candidates[index].problem ?? .sharedID(id)
            }
        }
        for indices in byPlace.values where indices.count > 1 {
            for index in indices { candidates[index].problem = .secondEntry }
        }
    }
}
