import Facts
import LDAPClient

/// Reads one entry that is an entity: the entity and its records, or what is wrong with them.
struct EntryReader {
    let candidate: Candidate
    let mapping: CheckedMapping
    let effective: Instant
    private var values: ValueReader

    init(
        candidate: Candidate, surroundings: Surroundings, mapping: CheckedMapping, zone: ZoneTable,
        effective: Instant
    ) {
        self.candidate = candidate
        self.mapping = mapping
        self.effective = effective
        values = ValueReader(candidate, in: surroundings, mapping: mapping, zone: zone)
    }

    /// What was looked at beside the entry.
    var seen: Lookups.Seen { values.lookups.seen }

    /// What is wrong with the entry.
    var problems: [EntryProblem] {
        values.reasons.map {
            EntryProblem($0, in: candidate.entry, entity: candidate.entity)
        }
    }

    /// What the entry says; nothing where it has a problem.
    mutating func read() -> [Observation] {
        guard let id = candidate.entity else { return [] }
        let rule = candidate.rule
        var observations = [
            Observation(
                entity: id, kind: rule.kind,
                attributes: values.values(rule.attributes, of: rule.kind),
                effective: effective)
        ]
        for record in rule.records {
            if let when = record.when, candidate.entry.entry.values(when).isEmpty { continue }
            let name = RecordName.name(source: mapping.source, owner: id, kind: record.kind)
            do {
                try mapping.vocabulary.checkID(name)
            } catch {
                values.add(.unfit(error, attribute: nil))
            }
            observations.append(
                Observation(
                    entity: EntityID(kind: record.rootKind, name: name), kind: record.kind,
                    owner: id, attributes: values.values(record.attributes, of: record.kind),
                    effective: effective))
        }
        return values.reasons.isEmpty ? observations : []
    }
}
