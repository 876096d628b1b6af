import Facts
import PolicyProgram

extension Snapshot {
    /// Which sources facts and relations rest on, and when what these say counts: for evaluation.
    struct Freshness: Sendable {
        /// Stands for a source that can't go stale.
        static let lasting = UInt32.max

        /// For each source that can go stale, when it is fresh.
        let intervals: Flat<Flat<Interval>>
        /// For each origin, the source that can go stale, or `lasting`.
        let byOrigin: Flat<UInt32>
        /// For each column, the sources it is stated by that can go stale.
        let byColumn: Flat<Flat<UInt32>>
        /// For each kind of record, likewise.
        let byKind: Flat<Flat<UInt32>>

        init(_ freshness: SnapshotFreshness, in arena: Arena) {
            var intervals: [Flat<Interval>] = []
            for source in freshness.intervals { intervals.append(arena.keep(source)) }
            self.intervals = arena.keep(intervals)
            byOrigin = arena.keep(
                freshness.byOrigin.map { $0.map(UInt32.init) ?? Freshness.lasting })
            byColumn = Freshness.keep(freshness.byColumn, in: arena)
            byKind = Freshness.keep(freshness.byKind, in: arena)
        }

        private static func keep(_ sources: [[Int]], in arena: Arena) -> Flat<Flat<UInt32>> {
            var kept: [Flat<UInt32>] = []
            for list in sources { kept.append(arena.keep(list.map(UInt32.init))) }
            return arena.keep(kept)
        }
    }
}

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
                Facts.Freshness.intervals(
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
