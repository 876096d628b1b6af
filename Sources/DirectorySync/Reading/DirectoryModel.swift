package import Facts
import LDAPClient

/// What the entries of a directory say, kept so that a change costs what it touches.
///
/// An entry's saying follows from the entry and from what stands at the names and ids that it speaks of; a change of one
/// has those read again who looked there, and nobody else. Where a change may be about who is who, everything is read anew.
package struct DirectoryModel {
    /// An entry that a source gave.
    package struct Found {
        let entry: DirectoryEntry
        /// What is wrong with it before it is read.
        var problems: [EntryProblem] = []

        /// Takes an entry, and what is wrong with it.
        package init(_ entry: DirectoryEntry, problems: [EntryProblem] = []) {
            self.entry = entry
            self.problems = problems
        }
    }

    /// An entry, what it is to the rules, and what it says.
    struct Slot {
        let found: Found
        let dn: DistinguishedName?
        var candidates: [Candidate] = []
        var saying = Saying()

        var problems: [EntryProblem] {
            let malformed = dn == nil ? [EntryProblem(.malformedDN, in: found.entry)] : []
            return found.problems + malformed + saying.problems
        }
    }

    let mapping: CheckedMapping
    let zone: ZoneTable
    /// Who is known by which of the directory's ids.
    package internal(set) var identities: Identities
    var surroundings: Surroundings
    var counts = AttributeCounts()
    var slots: [Int: Slot] = [:]
    var nextSlot = 0
    /// The slot of each entry that the source knows by an id of its own.
    var places: [EntryKey: Int] = [:]
    /// The slots whose entries looked at a name.
    var readers: [DistinguishedName: Set<Int>] = [:]
    /// The slots whose entries looked at an id.
    var idReaders: [EntityID: Set<Int>] = [:]
    /// Which slot says something of an entity or a record.
    var owners: [EntityID: Int] = [:]
    /// What several entries may say of one entity.
    var shared: [EntityID: Observation] = [:]
    /// Of whom entries say different things: none of it is believed.
    var disagreements: Set<EntityID> = []
    /// The slots of entries by the ids that a directory takes for one.
    var byFoldedID: [EntityID: Int] = [:]
    /// The slots with problems or notices.
    var remarkable: Set<Int> = []

    /// Reads entries.
    ///
    /// - Parameters:
    ///   - found: the entries.
    ///   - mapping: which entries mean what.
    ///   - zone: the zone of dates.
    ///   - identities: who is known by which of the directory's ids.
    ///   - effective: from when on it holds.
    package init(
        _ found: [Found], mapping: CheckedMapping, zone: ZoneTable, identities: Identities,
        effective: Instant
    ) {
        self.mapping = mapping
        self.zone = zone
        self.identities = identities
        var candidates: [Candidate] = []
        slots.reserveCapacity(found.count)
        for found in found {
            let dn = try? DistinguishedName(found.entry.entry.dn)
            slots[nextSlot] = Slot(found: found, dn: dn)
            places[found.entry.key] = nextSlot
            if let dn {
                candidates += Candidate.candidates(
                    found.entry, dn, slot: nextSlot, in: mapping)
            }
            nextSlot += 1
        }
        var meanings = CandidateNaming.identify(&candidates, &self.identities)
        meanings.merge(CandidateNaming.unify(&candidates)) { known, _ in known }
        CandidateNaming.markShared(&candidates)
        surroundings = Surroundings(candidates, meanings: meanings)
        for candidate in candidates {
            counts.add(candidate)
            if !candidate.rule.isDistinct, let entity = candidate.entity {
                byFoldedID[entity.folded] = candidate.slot
            }
            slots[candidate.slot]?.candidates.append(candidate)
        }
        for place in 0..<nextSlot { read(place, effective: effective) }
    }

    /// Reads what stands in a slot, which said nothing before.
    mutating func read(_ place: Int, effective: Instant) {
        guard let slot = slots[place] else { return }
        var saying = Saying()
        for candidate in slot.candidates {
            saying.add(
                candidate, in: surroundings, mapping: mapping, zone: zone, effective: effective)
        }
        for name in saying.seen.names { readers[name, default: []].insert(place) }
        for id in saying.seen.ids { idReaders[id, default: []].insert(place) }
        for observation in saying.observations { own(observation, by: place) }
        for observation in saying.shared {
            let entity = observation.entity
            if let other = shared.updateValue(observation, forKey: entity),
                !other.states(thatOf: observation)
            {
                disagreements.insert(entity)
            }
        }
        slots[place]?.saying = saying
        if !saying.problems.isEmpty || !saying.notices.isEmpty || !slot.found.problems.isEmpty
            || slot.dn == nil
        {
            remarkable.insert(place)
        }
    }

    private mutating func own(_ observation: Observation, by place: Int) {
        let entity = observation.entity
        guard let other = owners.updateValue(place, forKey: entity), other != place else { return }
        let said = slots[other]?.saying.observations.first { $0.entity == entity }
        if said?.states(thatOf: observation) != true { disagreements.insert(entity) }
    }

    /// All that is said, and what is wrong with the rest.
    ///
    /// - Parameters:
    ///   - problems: what couldn't even be found.
    ///   - effective: from when on it holds.
    /// - Returns: the reading.
    package func reading(
        besides problems: [EntryProblem] = [], effective: Instant
    ) -> DirectoryReading {
        var observations: [Observation] = []
        observations.reserveCapacity(owners.count + shared.count)
        for (place, slot) in slots {
            for observation in slot.saying.observations
            where owners[observation.entity] == place && !disagreements.contains(observation.entity)
            {
                observations.append(observation)
            }
        }
        observations += shared.values.filter { !disagreements.contains($0.entity) }
        var notices: Set<DirectoryNotice> = []
        for place in remarkable { notices.formUnion(slots[place]?.saying.notices ?? []) }
        return DirectoryReading(
            observations: observations.sorted(by: Observation.entitiesFirst),
            problems: (problems + self.problems).sorted(by: EntryProblem.inOrder),
            notices: notices.sorted { $0.description < $1.description },
            absentAttributes: counts.absent(by: mapping), effective: effective)
    }

    /// Whether anything is said of an entity, rather than of records alone.
    var saysEntities: Bool {
        !shared.isEmpty
            || slots.values.contains { $0.saying.observations.contains { $0.owner == nil } }
    }

    /// Why nothing was taken from some entries.
    var problems: [EntryProblem] {
        let own = remarkable.flatMap { slots[$0]?.problems ?? [] }
        guard !disagreements.isEmpty else { return own }
        let differing = slots.values.flatMap { slot in
            (slot.saying.observations + slot.saying.shared).map(\.entity)
                .filter(disagreements.contains)
                .map { EntryProblem(.disagreement($0), in: slot.found.entry, entity: $0) }
        }
        return own + differing
    }
}
