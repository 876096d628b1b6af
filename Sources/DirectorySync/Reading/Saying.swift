import Facts

/// What one entry says, and what it was read by.
struct Saying {
    /// What it says of entities and records that are its own.
    var observations: [Observation] = []
    /// What it says of entities that other entries may say too.
    var shared: [Observation] = []
    /// Why it says nothing, by one rule or another.
    var problems: [EntryProblem] = []
    /// What somebody should know of besides.
    var notices: Set<DirectoryNotice> = []
    /// What was looked at beside it.
    var seen = Lookups.Seen()

    /// What a candidate says in these surroundings.
    mutating func add(
        _ candidate: Candidate, in surroundings: Surroundings, mapping: CheckedMapping,
        zone: ZoneTable, effective: Instant
    ) {
        if let reason = candidate.problem {
            problems.append(EntryProblem(reason, in: candidate.entry, entity: candidate.entity))
        } else if candidate.rule.grant == nil {
            var reader = EntryReader(
                candidate: candidate, surroundings: surroundings, mapping: mapping, zone: zone,
                effective: effective)
            let read = reader.read()
            if candidate.rule.isDistinct { shared += read } else { observations += read }
            problems += reader.problems
            seen.formUnion(reader.seen)
        } else {
            var reader = GrantReader(
                candidate: candidate, surroundings: surroundings, mapping: mapping, zone: zone,
                effective: effective)
            observations += reader.read()
            problems += reader.problems
            notices.formUnion(reader.notices)
            seen.formUnion(reader.seen)
        }
    }
}
