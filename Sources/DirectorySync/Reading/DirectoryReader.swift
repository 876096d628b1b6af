package import Facts
import LDAPClient

/// Turns entries into what a source states.
///
/// Pure: the same entries, in any order, say the same.
package enum DirectoryReader {
    /// What the entries say, by a mapping.
    ///
    /// An entry with a problem says nothing at all; ``DirectoryReading/changes(since:guardedBy:)``
    /// leaves what was stated of it before as it was.
    ///
    /// - Parameters:
    ///   - found: what the source gave.
    ///   - mapping: which entries mean what.
    ///   - zone: the zone of dates.
    ///   - effective: from when on it holds.
    ///   - identities: who is known by which of the directory's ids; what becomes known is added.
    /// - Returns: what they say, and what is wrong with those that say nothing.
    package static func reading(
        of found: DirectoryEntries, mapping: CheckedMapping, zone: ZoneTable, effective: Instant,
        identities: inout Identities
    ) -> DirectoryReading {
        var problems = found.problems
        var named: [(entry: DirectoryEntry, dn: DistinguishedName)] = []
        for entry in found.entries {
            guard let dn = try? DistinguishedName(entry.entry.dn) else {
                problems.append(EntryProblem(.malformedDN, in: entry))
                continue
            }
            named.append((entry, dn))
        }
        var candidates: [Candidate] = []
        for (index, rule) in mapping.rules.enumerated() {
            for (entry, dn) in named where rule.selects(entry.entry, named: dn) {
                candidates += Candidate.candidates(entry, dn, ruleIndex: index, in: mapping)
            }
        }
        var meanings = identify(&candidates, &identities)
        meanings.merge(unify(&candidates)) { known, _ in known }
        markShared(&candidates)
        let surroundings = Surroundings(candidates, meanings: meanings)
        var said = Said()
        for candidate in candidates {
            if let reason = candidate.problem {
                said.add(EntryProblem(reason, in: candidate.entry, entity: candidate.entity))
            } else if candidate.rule.grant == nil {
                var reader = EntryReader(
                    candidate: candidate, surroundings: surroundings, mapping: mapping, zone: zone,
                    effective: effective)
                said.add(reader.read(), of: candidate)
                for problem in reader.problems { said.add(problem) }
            } else {
                var reader = GrantReader(
                    candidate: candidate, surroundings: surroundings, mapping: mapping, zone: zone,
                    effective: effective)
                said.add(reader.read(), of: candidate)
                for problem in reader.problems { said.add(problem) }
                said.notices.formUnion(reader.notices)
            }
        }
        return DirectoryReading(
            observations: said.observations.sorted(by: Observation.entitiesFirst),
            problems: (problems + said.problems).sorted(by: EntryProblem.inOrder),
            notices: said.notices.sorted { $0.description < $1.description },
            absentAttributes: absentAttributes(candidates, mapping: mapping), effective: effective)
    }

    /// What entries say that have no ids but those of the mapping.
    package static func reading(
        of found: DirectoryEntries, mapping: CheckedMapping, zone: ZoneTable, effective: Instant
    ) -> DirectoryReading {
        var identities = Identities()
        return reading(
            of: found, mapping: mapping, zone: zone, effective: effective, identities: &identities)
    }

    /// From how many entries on an attribute that none of them has is taken for a mistake.
    private static let many = 10

    private static func absentAttributes(
        _ candidates: [Candidate], mapping: CheckedMapping
    ) -> [String] {
        var absent: Set<String> = []
        for (index, rule) in mapping.rules.enumerated() {
            let entries = candidates.filter { $0.ruleIndex == index }.map(\.entry.entry)
            guard entries.count >= many else { continue }
            func isAbsent(_ name: String) -> Bool { entries.allSatisfy { $0.values(name).isEmpty } }
            // A record that hangs on an attribute nobody has now is one that nobody has now.
            let records = rule.records.filter { $0.when.map { !isAbsent($0) } ?? true }
            let rules = (rule.attributes + records.flatMap(\.attributes)).map(\.source)
            for source in rules + [rule.grant?.owners].compactMap(\.self)
            where source.ldapNames.allSatisfy(isAbsent) {
                absent.formUnion(source.ldapNames)
            }
        }
        return absent.sorted()
    }

    /// Gives those who are known by the directory's own ids the names by which they are known.
    ///
    /// - Returns: whom the names mean that the directory uses now.
    private static func identify(
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
            switch identities.entity(named: name, uuid: uuid, among: present) {
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
    private static func unify(
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
    private static func markShared(_ candidates: inout [Candidate]) {
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

/// What entries say, each entity and record once.
private struct Said {
    private var all: [(observation: Observation, entry: DirectoryEntry)] = []
    private var places: [EntityID: Int] = [:]
    private var refused: Set<EntityID> = []
    private(set) var problems: [EntryProblem] = []
    var notices: Set<DirectoryNotice> = []

    var observations: [Observation] {
        let all = all.map(\.observation)
        return refused.isEmpty ? all : all.filter { !refused.contains($0.entity) }
    }

    mutating func add(_ problem: EntryProblem) { problems.append(problem) }

    /// Takes what an entry says; where another says something else of the same, neither is believed.
    mutating func add(_ observations: [Observation], of candidate: Candidate) {
        for observation in observations {
            let entity = observation.entity
            guard let place = places[entity] else {
                places[entity] = all.count
                all.append((observation, candidate.entry))
                continue
            }
            guard all[place].observation != observation else { continue }
            refused.insert(entity)
            for entry in [all[place].entry, candidate.entry] {
                problems.append(EntryProblem(.disagreement(entity), in: entry, entity: entity))
            }
        }
    }
}

extension EntityID {
    /// The form that all ids share which a directory takes for one.
    var folded: EntityID { EntityID(kind: kind, name: TextMatching.folded(name)) }
}

extension Observation {
    /// Entities before records, each sorted by id.
    static func entitiesFirst(_ left: Observation, _ right: Observation) -> Bool {
        if (left.owner == nil) != (right.owner == nil) { return left.owner == nil }
        return left.entity < right.entity
    }
}

extension EntryProblem {
    /// By line, then by name.
    static func inOrder(_ left: EntryProblem, _ right: EntryProblem) -> Bool {
        (left.line ?? 0, left.dn ?? "", left.description)
            < (right.line ?? 0, right.dn ?? "", right.description)
    }
}
