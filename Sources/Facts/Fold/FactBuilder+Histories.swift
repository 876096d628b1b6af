/// The four ways a history changes: an entity opens or closes, a value begins or ends.
extension FactBuilder {
    mutating func open(
        _ id: EntityID, kind: String, owner: EntityID?, until: Instant, at step: Fold.Step
    ) {
        let interval = Interval(from: step.instant, until: until)
        guard var history = histories[id] else {
            histories[id] = EntityHistory(
                id: id, kind: kind, owner: owner, existence: [interval],
                origin: Origin(source: step.source, sequence: step.sequence))
            if let owner { records[owner, default: [:]][kind, default: []].append(id) }
            return
        }
        guard !history.exists(at: step.instant) else { return }
        // What an event has ended stays ended, whatever a source still says: the source lags behind, or speaks of the old.
        guard history.endedBy == nil else { return }
        history.existence.append(interval)
        histories[id] = history
    }

    mutating func close(_ id: EntityID, at instant: Instant, endedBy event: String?) {
        guard var history = histories[id] else { return }
        history.existence = history.existence.map { $0.ending(noLaterThan: instant) }
            .filter { !$0.isEmpty }
        for (name, values) in history.attributes {
            history.attributes[name] = values.ending(noLaterThan: instant)
        }
        // What ends at the instant it began never was.
        trust.close(id, at: instant)
        if history.existence.isEmpty {
            histories[id] = nil
            if let owner = history.owner { records[owner]?[history.kind]?.removeAll { $0 == id } }
            return
        }
        if history.owner != nil, history.existence.last?.until == instant {
            history.endedBy = event
        }
        histories[id] = history
    }

    mutating func set(_ attribute: String, of id: EntityID, to value: Value, at step: Fold.Step) {
        guard let history = histories[id],
            let lifetime = history.existence.first(where: { $0.contains(step.instant) })
        else { return }
        let timed = TimedValue(
            value: value, interval: Interval(from: step.instant, until: lifetime.until),
            origin: Origin(source: step.source, sequence: step.sequence))
        let order = sources(of: attribute, kind: history.kind)
        guard order.isEmpty else {
            histories[id]?.attributes[attribute] = trust.state(
                timed, attribute: attribute, of: id, order: order)
            return
        }
        if history.value(of: attribute, at: step.instant)?.value == value { return }
        endValue(of: attribute, in: id, at: step.instant, by: step.source)
        histories[id]?.attributes[attribute, default: []].append(timed)
    }

    /// Ends a value; where the attribute names whom to believe, what this source says of it.
    mutating func endValue(
        of attribute: String, in id: EntityID, at instant: Instant, by source: String
    ) {
        guard let history = histories[id], let values = history.attributes[attribute] else {
            return
        }
        let order = sources(of: attribute, kind: history.kind)
        histories[id]?.attributes[attribute] =
            order.isEmpty
            ? values.ending(noLaterThan: instant)
            : trust.end(attribute, of: id, at: instant, source: source, order: order)
    }

    /// Whom the vocabulary believes about an attribute, the most trusted first.
    private func sources(of attribute: String, kind: String) -> [String] {
        vocabulary.kinds[kind]?.attributes[attribute]?.sources ?? []
    }

    /// The attributes of which a source states a value that holds at `instant`.
    func namesStated(of id: EntityID, by source: String, at instant: Instant) -> [String] {
        guard let history = histories[id] else { return [] }
        let plain = history.attributes.filter { name, values in
            sources(of: name, kind: history.kind).isEmpty
                && values.contains {
                    $0.origin.source == source && $0.interval.contains(instant)
                }
        }
        return (plain.keys + trust.namesStated(of: id, by: source, at: instant)).sorted()
    }

    /// Where sources contradict each other about an attribute that names whom to believe.
    var disagreements: [Disagreement] {
        trust.disagreements { attribute, id in
            histories[id].map { sources(of: attribute, kind: $0.kind) } ?? []
        }
    }
}

extension [TimedValue] {
    func ending(noLaterThan instant: Instant) -> [TimedValue] {
        compactMap { timed in
            var timed = timed
            timed.interval = timed.interval.ending(noLaterThan: instant)
            return timed.interval.isEmpty ? nil : timed
        }
    }
}
