/// When what a source says still counts.
///
/// `docs/semantics.md`, 2.5, is the definition.
public enum Freshness {
    /// The times at which a source is fresh; always, where it has no age.
    ///
    /// - Parameters:
    ///   - source: the source.
    ///   - readings: when it was read to its end, in order.
    ///   - instant: an instant after which sources that were fresh then are taken to go on being read; nil for none.
    ///   - zone: the zone that calendar periods are counted in.
    /// - Returns: intervals in order that don't touch.
    /// - Complexity: linear in the number of readings.
    public static func intervals(
        of source: SourceDeclaration, readings: [Instant], assumedFrom instant: Instant? = nil,
        in zone: ZoneTable
    ) -> [Interval] {
        guard let age = source.fresh else { return [.always] }
        var intervals: [Interval] = []
        for reading in readings {
            let end = age.end(from: reading, in: zone)
            if let last = intervals.last, reading <= last.until {
                intervals[intervals.count - 1] = Interval(
                    from: last.from, until: max(last.until, end))
            } else {
                intervals.append(Interval(from: reading, until: end))
            }
        }
        guard let instant else { return intervals }
        // Readings that are still to come can't be known; a question about later supposes them.
        let known = intervals.filter { $0.from <= instant }
        guard let last = known.last, last.contains(instant) else { return intervals }
        return known.dropLast() + [Interval(from: last.from, until: .distantFuture)]
    }
}
