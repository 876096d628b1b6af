package import DecisionEngine
package import Facts

/// Finds when two states of the facts begin to differ.
package enum FirstDifference {
    /// The first instant at which rules can read something else in one engine than in the other; nil where there is none.
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
        ids.compactMap { instant(between: before.history(of: $0), and: after.history(of: $0)) }
            .min()
    }

    /// What holds from an instant on.
    private enum Statement: Hashable {
        case exists(kind: String, owner: EntityID?, from: Instant)
        case has(attribute: String, Value, from: Instant)

        var from: Instant {
            switch self {
            case .exists(_, _, let from), .has(_, _, let from): from
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
                kind: history.kind, owner: history.owner, from: interval.from)
            statements[statement] = interval.until
        }
        for (name, values) in history.attributes {
            for timed in values {
                let statement = Statement.has(
                    attribute: name, timed.value, from: timed.interval.from)
                statements[statement] = timed.interval.until
            }
        }
        return statements
    }
}
