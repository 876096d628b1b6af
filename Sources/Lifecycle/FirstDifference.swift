package import DecisionEngine
package import Facts

/// Finds when two states of the facts begin to differ.
package enum FirstDifference {
    /// An instant before which rules can read nothing else in one engine than in the other; nil where they never can.
    ///
    /// - Parameters:
    ///   - before: the one.
    ///   - after: the other.
    ///   - ids: of whom something else may be known.
    /// - Returns: the instant.
    /// - Complexity: linear in what is known of those.
    package static func instant(
        between before: DecisionEngine, and after: DecisionEngine, of ids: some Sequence<EntityID>
    ) -> Instant? {
        let all = ids.compactMap { id in
            instant(between: before.history(of: id), and: after.history(of: id))
        }
        return (all + [before.firstFreshness(unlike: after)].compactMap(\.self)).min()
    }

    /// What holds from an instant on.
    private enum Statement: Hashable {
        case exists(kind: String, owner: EntityID?, source: String, from: Instant)
        case has(attribute: String, Value, source: String, from: Instant)

        var from: Instant {
            switch self {
            case .exists(_, _, _, let from), .has(_, _, _, let from): from
            }
        }
    }

    private static func instant(
        between before: EntityHistory?, and after: EntityHistory?
    ) -> Instant? {
        let (old, new) = (statements(of: before), statements(of: after))
        var first: Instant?
        func note(_ instant: Instant) { first = min(first ?? instant, instant) }
        for (statement, until) in old {
            guard let other = new[statement] else {
                note(statement.from)
                continue
            }
            // Both say so from the same instant on; they differ where the first of them stops.
            if until != other { note(min(until, other)) }
        }
        for statement in new.keys where old[statement] == nil { note(statement.from) }
        if before?.endedBy != after?.endedBy,
            let end = [before, after].compactMap({ $0?.existence.last?.until }).min()
        {
            note(end)
        }
        return first
    }

    /// Each statement about an entity, with the instant until which it holds.
    private static func statements(of history: EntityHistory?) -> [Statement: Instant] {
        guard let history else { return [:] }
        var statements: [Statement: Instant] = [:]
        for interval in history.existence {
            let statement = Statement.exists(
                kind: history.kind, owner: history.owner, source: history.origin.source,
                from: interval.from)
            statements[statement] = interval.until
        }
        for (name, values) in history.attributes {
            for timed in values {
                let statement = Statement.has(
                    attribute: name, timed.value, source: timed.origin.source,
                    from: timed.interval.from)
                statements[statement] = timed.interval.until
            }
        }
        return statements
    }
}
