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
        if history.value(of: attribute, at: step.instant)?.value == value { return }
        endValue(of: attribute, in: id, at: step.instant)
        histories[id]?.attributes[attribute, default: []].append(
            TimedValue(
                value: value, interval: Interval(from: step.instant, until: lifetime.until),
                origin: Origin(source: step.source, sequence: step.sequence)))
    }

    mutating func endValue(of attribute: String, in id: EntityID, at instant: Instant) {
        guard let values = histories[id]?.attributes[attribute] else { return }
        histories[id]?.attributes[attribute] = values.ending(noLaterThan: instant)
    }
}

extension [TimedValue] {
    fileprivate func ending(noLaterThan instant: Instant) -> [TimedValue] {
        compactMap { timed in
            var timed = timed
            timed.interval = timed.interval.ending(noLaterThan: instant)
            return timed.interval.isEmpty ? nil : timed
        }
    }
}
