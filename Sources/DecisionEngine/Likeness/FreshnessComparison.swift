package import Facts

extension DecisionEngine {
    /// The first instant at which a source is fresh in one engine and not in the other; nil where there is none.
    package func firstFreshness(unlike other: DecisionEngine) -> Instant? {
        let here = snapshot.columns.value.freshness.intervals
        let there = other.snapshot.columns.value.freshness.intervals
        return zip(here, there).compactMap { here, there in
            let edges = [here, there].map { intervals in intervals.flatMap { [$0.from, $0.until] } }
            for place in 0..<max(edges[0].count, edges[1].count) {
                let pair = edges.map { place < $0.count ? $0[place] : .distantFuture }
                if pair[0] != pair[1] { return min(pair[0], pair[1]) }
            }
            return nil
        }.min()
    }
}
