import Facts
import PolicyProgram

extension Snapshot {
    /// Which sources facts and relations rest on, and when what these say counts.
    struct Freshness: Sendable {
        /// Stands for a source that can't go stale.
        static let lasting = UInt32.max

        /// For each source that can go stale, when it is fresh.
        let intervals: Flat<Flat<Interval>>
        /// For each source, its place among those that can go stale, or `lasting`.
        let bySource: Flat<UInt32>
        /// For each column, the sources it is stated by that can go stale.
        let byColumn: Flat<Flat<UInt32>>
        /// For each kind of record, likewise.
        let byKind: Flat<Flat<UInt32>>

        init(
            _ program: Program, sources: Interned<TextTable>, readings: [String: [Instant]],
            assumedFrom: Instant?, in arena: Arena
        ) {
            let vocabulary = program.vocabulary
            var places: [String: UInt32] = [:]
            var intervals: [Flat<Interval>] = []
            for source in vocabulary.sources where source.fresh != nil {
                places[source.name] = UInt32(intervals.count)
                intervals.append(
                    arena.keep(
                        Facts.Freshness.intervals(
                            of: source, readings: readings[source.name] ?? [],
                            assumedFrom: assumedFrom, in: program.zone)))
            }
            self.intervals = arena.keep(intervals)
            bySource = arena.keep(
                (0..<sources.count).map { places[sources[$0]] ?? Freshness.lasting })
            byColumn = arena.keep(
                program.tables.columns.map { key in
                    let sources = vocabulary.attribute(of: key)?.sources
                    return arena.keep((sources ?? []).compactMap { places[$0] })
                })
            byKind = arena.keep(
                vocabulary.kinds.map { arena.keep($0.sources.compactMap { places[$0] }) })
        }
    }
}
