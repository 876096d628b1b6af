package import Facts
import LDAPClient

extension DirectoryModel {
    /// What is said otherwise than before.
    package enum Change {
        /// Of these, with what is said now; nil where nothing is.
        case entities([EntityID: Observation?])
        /// Anything may be: everything was read anew.
        case everything
    }

    /// Takes entries that are new or other than before, and forgets those that are gone.
    ///
    /// - Parameters:
    ///   - entries: the entries by the ids that the source knows them by; nil for those that are gone.
    ///   - effective: from when on it holds.
    /// - Returns: what is said otherwise.
    /// - Complexity: linear in the entries, in those that speak of them, and in what these speak of; where who is who may
    ///   have changed, in all entries.
    package mutating func apply(_ entries: [EntryKey: Found?], effective: Instant) -> Change {
        var step = Step(effective: effective)
        if apply(entries, by: &step) {
            var said: [EntityID: Observation?] = [:]
            for entity in step.entities {
                said.updateValue(observation(of: entity), forKey: entity)
            }
            return .entities(said)
        }
        let changed = Set(entries.keys.compactMap { places[$0] })
        let kept = slots.filter { !changed.contains($0.key) && !step.added.contains($0.key) }
        self = DirectoryModel(
            kept.values.map(\.found) + entries.values.compactMap(\.self), mapping: mapping,
            zone: zone, identities: identities, effective: effective)
        return .everything
    }

    /// What is said of an entity or a record now.
    func observation(of entity: EntityID) -> Observation? {
        if let place = owners[entity] {
            return slots[place]?.saying.observations.first { $0.entity == entity }
        }
        return shared[entity]
    }

    /// One change, while it is made.
    private struct Step {
        let effective: Instant
        /// Where something else stands than before.
        var touched = Lookups.Seen()
        /// The slots to be read again.
        var dirty: Set<Int> = []
        /// The slots that are new.
        var added: Set<Int> = []
        /// The entities of which something is or was said by slots that are read again.
        var entities: Set<EntityID> = []

        init(effective: Instant) { self.effective = effective }
    }

    /// - Returns: Whether it could be done; where not, who is who has to be found out among all.
    private mutating func apply(_ entries: [EntryKey: Found?], by step: inout Step) -> Bool {
        guard disagreements.isEmpty else { return false }
        var put: [(key: EntryKey, found: Found)] = []
        for (key, found) in entries {
            if let found {
                put.append((key, found))
            } else if let place = places[key] {
                guard remove(place, by: &step) else { return false }
                slots[place] = nil
                places[key] = nil
            }
        }
        // Sorted, as when everything is read: who comes first to a name must not depend on the server's order.
        put.sort { $0.found.entry.entry.dn < $1.found.entry.entry.dn }
        for (key, found) in put {
            guard self.put(found, as: key, by: &step) else { return false }
        }
        for name in step.touched.names { step.dirty.formUnion(readers[name] ?? []) }
        for id in step.touched.ids { step.dirty.formUnion(idReaders[id] ?? []) }
        let dirty = step.dirty.filter { slots[$0] != nil }
        var before: [Int: [Observation]] = [:]
        for place in dirty {
            before[place] = slots[place]?.saying.shared
            forget(place, by: &step)
        }
        for place in dirty {
            read(place, effective: step.effective)
            guard let saying = slots[place]?.saying else { continue }
            step.entities.formUnion(saying.observations.map(\.entity))
            // What others may say too is only looked at where it stays as it was.
            let old = before[place] ?? []
            guard old.count == saying.shared.count,
                zip(old, saying.shared).allSatisfy({
                    $0.entity == $1.entity && $0.states(thatOf: $1)
                })
            else { return false }
        }
        return disagreements.isEmpty
    }

    /// Takes out an entry.
    private mutating func remove(_ place: Int, by step: inout Step) -> Bool {
        guard let slot = slots[place], slot.saying.shared.isEmpty,
            slot.candidates.allSatisfy({ $0.isPlain && $0.entity == $0.name })
        else { return false }
        forget(place, by: &step)
        if let dn = slot.dn { step.touched.names.insert(dn) }
        for candidate in slot.candidates { detach(candidate, by: &step) }
        step.dirty.remove(place)
        return true
    }

    /// Puts an entry where it was before, or where none was.
    private mutating func put(_ found: Found, as key: EntryKey, by step: inout Step) -> Bool {
        guard let dn = try? DistinguishedName(found.entry.entry.dn) else { return false }
        let place = places[key] ?? nextSlot
        let old = slots[place]
        var candidates = Candidate.candidates(found.entry, dn, slot: place, in: mapping)
        guard
            (old?.candidates ?? []).allSatisfy({ before in
                before.isPlain
                    && (before.entity == before.name
                        || candidates.contains {
                            $0.ruleIndex == before.ruleIndex && $0.name == before.name
                        })
            })
        else { return false }
        if let old {
            for candidate in old.candidates { detach(candidate) }
        } else {
            nextSlot += 1
            step.added.insert(place)
        }
        places[key] = place
        for index in candidates.indices {
            guard identify(&candidates[index], old: old) else { return false }
        }
        slots[place] = Slot(
            found: found, dn: dn, candidates: candidates, saying: old?.saying ?? Saying())
        for candidate in candidates { attach(candidate) }
        note(old, candidates, dn, by: &step)
        step.dirty.insert(place)
        return true
    }

    /// Gives a candidate the entity it is known as; false where somebody else may be meant.
    private mutating func identify(_ candidate: inout Candidate, old: Slot?) -> Bool {
        if candidate.rule.isDistinct {
            guard let name = candidate.name else { return true }
            guard case .entity(let entity) = surroundings.meaning(of: name) else { return false }
            candidate.entity = entity
            return old != nil
        }
        if candidate.problem == nil, let uuid = candidate.entry.uuid, let name = candidate.name {
            let answer = identities.entity(named: name, uuid: uuid) { [places] in
                places[.uuid($0)] != nil
            }
            guard case .entity(let entity) = answer,
                surroundings.meaning(of: name) == .entity(entity)
            else { return false }
            candidate.entity = entity
        }
        let slot = candidate.slot
        if let entity = candidate.entity, let other = byFoldedID[entity.folded], other != slot {
            return false
        }
        let ruleIndex = candidate.ruleIndex
        return !surroundings.candidates(named: candidate.dn).contains {
            $0.slot != slot && $0.ruleIndex == ruleIndex
        }
    }

    /// Notes where something else stands than before.
    private func note(
        _ old: Slot?, _ candidates: [Candidate], _ dn: DistinguishedName, by step: inout Step
    ) {
        let before = old?.candidates ?? []
        // Whom a group names, those see who stand in it by way of another.
        let isSame =
            old?.dn == dn && before.count == candidates.count
            && zip(before, candidates).allSatisfy { $0.isSeenAs($1) && $1.rule.grant == nil }
        guard !isSame else { return }
        step.touched.names.insert(dn)
        if let dn = old?.dn { step.touched.names.insert(dn) }
        let ids = Set(before.compactMap(\.entity)).symmetricDifference(
            candidates.compactMap(\.entity))
        step.touched.ids.formUnion(ids)
    }

    private mutating func attach(_ candidate: Candidate) {
        surroundings.insert(candidate)
        counts.add(candidate)
        if !candidate.rule.isDistinct, let entity = candidate.entity {
            byFoldedID[entity.folded] = candidate.slot
        }
    }

    private mutating func detach(_ candidate: Candidate) {
        surroundings.remove(candidate)
        counts.add(candidate, -1)
        if !candidate.rule.isDistinct, let entity = candidate.entity {
            byFoldedID[entity.folded] = nil
        }
    }

    private mutating func detach(_ candidate: Candidate, by step: inout Step) {
        detach(candidate)
        if let entity = candidate.entity { step.touched.ids.insert(entity) }
    }

    /// Forgets what an entry says, and by what it was read.
    private mutating func forget(_ place: Int, by step: inout Step) {
        guard let saying = slots[place]?.saying else { return }
        for name in saying.seen.names {
            readers[name]?.remove(place)
            if readers[name]?.isEmpty == true { readers[name] = nil }
        }
        for id in saying.seen.ids {
            idReaders[id]?.remove(place)
            if idReaders[id]?.isEmpty == true { idReaders[id] = nil }
        }
        for observation in saying.observations where owners[observation.entity] == place {
            owners[observation.entity] = nil
            step.entities.insert(observation.entity)
        }
        remarkable.remove(place)
        slots[place]?.saying = Saying()
    }
}

extension Candidate {
    /// Whether it is told from others by itself: its problem, if it has one, is its own.
    fileprivate var isPlain: Bool {
        switch problem {
        case .idOfAnother, .sharedID, .secondEntry: false
        default: true
        }
    }

    /// Whether whoever speaks of it is told the same of both.
    fileprivate func isSeenAs(_ other: Candidate) -> Bool {
        ruleIndex == other.ruleIndex && entity == other.entity
            && (problem == nil) == (other.problem == nil)
    }
}
