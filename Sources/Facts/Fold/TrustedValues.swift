/// What each source states of attributes that name whom to believe, and what follows.
///
/// At every instant the value is that of the most trusted source that states one; a source that the attribute
/// doesn't name is believed after all that it names, the later before the earlier.
struct TrustedValues {
    private struct Key: Hashable {
        let id: EntityID
        let attribute: String
    }

    /// For each attribute of an entity, each source's values in order of time, never overlapping.
    private var stated: [Key: [String: [TimedValue]]] = [:]
    private var attributes: [EntityID: Set<String>] = [:]

    /// Adds what a source states; gives what is to be believed of the attribute then.
    mutating func state(
        _ timed: TimedValue, attribute: String, of id: EntityID, order: [String]
    ) -> [TimedValue] {
        let key = Key(id: id, attribute: attribute)
        attributes[id, default: []].insert(attribute)
        let source = timed.origin.source
        var values = stated[key]?[source] ?? []
        let holds = values.last { $0.interval.contains(timed.interval.from) }
        if holds?.value != timed.value {
            values = values.ending(noLaterThan: timed.interval.from)
            values.append(timed)
        }
        stated[key, default: [:]][source] = values
        return believed(key, order: order)
    }

    /// Ends what a source states; gives what is to be believed then.
    mutating func end(
        _ attribute: String, of id: EntityID, at instant: Instant, source: String, order: [String]
    ) -> [TimedValue] {
        let key = Key(id: id, attribute: attribute)
        let values = stated[key]?[source] ?? []
        stated[key]?[source] = values.ending(noLaterThan: instant)
        return believed(key, order: order)
    }

    /// Ends all that is stated of an entity.
    mutating func close(_ id: EntityID, at instant: Instant) {
        for attribute in attributes[id] ?? [] {
            let key = Key(id: id, attribute: attribute)
            stated[key] = stated[key]?.mapValues { $0.ending(noLaterThan: instant) }
        }
    }

    /// The attributes of which a source states a value that holds at `instant`.
    func namesStated(of id: EntityID, by source: String, at instant: Instant) -> [String] {
        (attributes[id] ?? []).filter { attribute in
            stated[Key(id: id, attribute: attribute)]?[source]?.contains {
                $0.interval.contains(instant)
            } ?? false
        }
    }

    // MARK: Whom to believe

    private func believed(_ key: Key, order: [String]) -> [TimedValue] {
        let ranked = ranked(key, order: order)
        var believed: [TimedValue] = []
        for interval in Self.pieces(of: ranked) {
            guard
                let timed = ranked.first(where: { $0.interval.contains(interval.from) })
            else { continue }
            if let last = believed.last, last.interval.until == interval.from,
                last.value == timed.value, last.origin == timed.origin
            {
                believed[believed.count - 1].interval = Interval(
                    from: last.interval.from, until: interval.until)
            } else {
                believed.append(
                    TimedValue(value: timed.value, interval: interval, origin: timed.origin))
            }
        }
        return believed
    }

    /// All that is stated, what is believed first before what is believed after it.
    private func ranked(_ key: Key, order: [String]) -> [TimedValue] {
        let bySource = stated[key] ?? [:]
        let named = order.flatMap { bySource[$0] ?? [] }
        let others = bySource.filter { !order.contains($0.key) }.flatMap(\.value)
        return named
            + others.sorted {
                ($0.interval.from, $0.origin.sequence) > ($1.interval.from, $1.origin.sequence)
            }
    }

    /// The stretches of time within which no value begins or ends.
    private static func pieces(of values: [TimedValue]) -> [Interval] {
        let boundaries = Set(values.flatMap { [$0.interval.from, $0.interval.until] }).sorted()
        return zip(boundaries, boundaries.dropFirst()).map { Interval(from: $0, until: $1) }
    }

    /// Where a less trusted source says something else than the value believed.
    func disagreements(order: (String, EntityID) -> [String]) -> [Disagreement] {
        var found: [Disagreement] = []
        for key in stated.keys.sorted(by: { ($0.id, $0.attribute) < ($1.id, $1.attribute) }) {
            let ranked = ranked(key, order: order(key.attribute, key.id))
            for interval in Self.pieces(of: ranked) {
                let holding = ranked.filter { $0.interval.contains(interval.from) }
                guard let believed = holding.first,
                    let other = holding.dropFirst().first(where: { $0.value != believed.value })
                else { continue }
                found.append(
                    Disagreement(
                        entity: key.id, attribute: key.attribute, interval: interval,
                        believed: believed.value, source: believed.origin.source,
                        other: other.value, otherSource: other.origin.source))
            }
        }
        return found
    }
}

/// Two sources that say different things of one attribute at one time.
public struct Disagreement: Hashable, Sendable {
    /// Of what.
    public let entity: EntityID
    /// Which attribute of it.
    public let attribute: String
    /// When.
    public let interval: Interval
    /// The value that counts.
    public let believed: Value
    /// Who says so.
    public let source: String
    /// The value that doesn't.
    public let other: Value
    /// Who says that.
    public let otherSource: String
}
