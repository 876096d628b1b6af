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
        let model = DirectoryModel(
            found.entries.map { DirectoryModel.Found($0) }, mapping: mapping, zone: zone,
            identities: identities, effective: effective)
        identities = model.identities
        return model.reading(besides: found.problems, effective: effective)
    }

    /// What entries say that have no ids but those of the mapping.
    package static func reading(
        of found: DirectoryEntries, mapping: CheckedMapping, zone: ZoneTable, effective: Instant
    ) -> DirectoryReading {
        var identities = Identities()
        return reading(
            of: found, mapping: mapping, zone: zone, effective: effective, identities: &identities)
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
