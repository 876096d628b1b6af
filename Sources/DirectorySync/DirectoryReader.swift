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
                candidates.append(
                    Candidate(entry: entry, dn: dn, ruleIndex: index, rule: rule, in: mapping))
            }
        }
        let names = identify(&candidates, &identities)
        markShared(&candidates)
        let parents = Parents(candidates)
        var observations: [Observation] = []
        for candidate in candidates {
            if let reason = candidate.problem {
                problems.append(
                    EntryProblem(reason, in: candidate.entry, entity: candidate.entity))
                continue
            }
            var reader = EntryReader(
                candidate: candidate, parents: parents, names: names, mapping: mapping, zone: zone,
                effective: effective)
            observations += reader.read()
            problems += reader.problems
        }
        return DirectoryReading(
            observations: observations.sorted(by: Observation.entitiesFirst),
            problems: problems.sorted(by: EntryProblem.inOrder),
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
            let names = (rule.attributes + records.flatMap(\.attributes)).compactMap(\.ldapName)
            absent.formUnion(names.filter(isAbsent))
        }
        return absent.sorted()
    }

    /// Gives those who are known by the directory's own ids the names by which they are known.
    ///
    /// - Returns: whom the names mean that the directory uses now.
    private static func identify(
        _ candidates: inout [Candidate], _ identities: inout Identities
    ) -> CurrentNames {
        var names = CurrentNames()
        let present = Set(candidates.compactMap(\.entry.uuid))
        // Sorted: who comes first to a name must not depend on the server's order.
        let order = candidates.indices.sorted {
            candidates[$0].entry.entry.dn < candidates[$1].entry.entry.dn
        }
        for index in order {
            guard candidates[index].problem == nil, let uuid = candidates[index].entry.uuid,
                let name = candidates[index].entity
            else { continue }
            switch identities.entity(named: name, uuid: uuid, among: present) {
            case .entity(let entity):
                candidates[index].entity = entity
                if entity != name { names.add(name, means: .entity(entity)) }
            case .anothers:
                candidates[index].entity = nil
                candidates[index].problem = .idOfAnother(name)
                names.add(name, means: .unclear)
            }
        }
        return names
    }

    /// Marks whatever has its name or its id in common with another.
    ///
    /// Neither of them wins.
    private static func markShared(_ candidates: inout [Candidate]) {
        var byPlace: [Place: [Int]] = [:]
        var byID: [EntityID: [Int]] = [:]
        for (index, candidate) in candidates.enumerated() {
            byPlace[Place(candidate), default: []].append(index)
            guard let id = candidate.entity else { continue }
            let folded = EntityID(kind: id.kind, name: TextMatching.folded(id.name))
            byID[folded, default: []].append(index)
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
