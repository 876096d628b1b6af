import Facts
import PolicyProgram

/// Which sources facts and relations rest on, and when what these say counts.
struct SnapshotFreshness: Sendable {
    /// For each source that can go stale, when it is fresh.
    private(set) var intervals: [[Interval]] = []
    /// For each origin, the source that can go stale; nil for one that can't.
    private(set) var byOrigin: [Int?] = []
    /// For each column, the sources it is stated by that can go stale.
    private(set) var byColumn: [[Int]] = []
    /// For each kind of record, likewise.
    private(set) var byKind: [[Int]] = []

    init() {}

    init(of facts: FactBase, for program: Program, origins: [Origin], assumedFrom: Instant?) {
        let vocabulary = program.vocabulary
        var places: [String: Int] = [:]
        for source in vocabulary.sources where source.fresh != nil {
            places[source.name] = intervals.count
            intervals.append(
                Freshness.intervals(
                    of: source, readings: facts.readings[source.name] ?? [],
                    assumedFrom: assumedFrom, in: program.zone))
        }
        byOrigin = origins.map { places[$0.source] }
        byColumn = program.tables.columns.map { key in
            (vocabulary.kinds[key.kind]?.attributes[key.attribute]?.sources ?? [])
                .compactMap { places[$0] }
        }
        byKind = vocabulary.kinds.map { $0.sources.compactMap { places[$0] } }
    }
}
