/// Turns ledger entries into facts.
///
/// `docs/semantics.md`, section 2, is its definition.
public enum Fold {
    /// The facts that follow from `entries`, and what is wrong with them.
    ///
    /// Entries with a problem have no effect; whoever records entries refuses them beforehand.
    ///
    /// - Parameters:
    ///   - entries: the ledger's entries as known, in any order.
    ///   - vocabulary: what the events mean.
    ///   - zone: the zone that calendar periods are counted in.
    /// - Returns: the facts, and a problem for each entry or effect that had to be left out.
    /// - Complexity: O(*n* log *n*) in the number of effects, times the records of one owner.
    public static func facts(
        from entries: [LedgerEntry], vocabulary: Vocabulary, zone: ZoneTable
    ) -> (facts: FactBase, problems: [FactProblem]) {
        let voided = Set(entries.compactMap(\.voidedID))
        var builder = FactBuilder(vocabulary: vocabulary, zone: zone)
        builder.fold(entries, voided: voided)
        builder.findHierarchyCycles()
        return (
            FactBase(
                sequence: entries.map(\.sequence).max() ?? 0, histories: builder.histories.values,
                readings: readings(in: entries).mapValues { $0.sorted() },
                disagreements: builder.disagreements),
            builder.problems + unmatchedCorrections(entries)
        )
    }

    /// When each source was read to its end, by what entries say.
    static func readings(in entries: [LedgerEntry]) -> [String: [Instant]] {
        var readings: [String: [Instant]] = [:]
        for entry in entries {
            guard case .reading(let instant) = entry.content else { continue }
            readings[entry.source, default: []].append(instant)
        }
        return readings
    }

    static func steps(
        of event: Event, _ declaration: EventDeclaration, entry: LedgerEntry
    ) -> [Step] {
        declaration.effects.enumerated().compactMap { position, effect in
            if let field = effect.onlyIfField, event.fields[field] == nil { return nil }
            var instant = event.effective
            if let field = effect.atField {
                guard case .instant(let named) = event.fields[field] else { return nil }
                instant = named
            }
            return Step(
                instant: instant, sequence: entry.sequence, position: position,
                source: entry.source, action: .perform(effect, of: event))
        }
    }

    private static func unmatchedCorrections(_ entries: [LedgerEntry]) -> [FactProblem] {
        let known = Set(
            entries.compactMap { entry -> String? in
                guard case .event(let event) = entry.content else { return nil }
                return event.id
            })
        return entries.compactMap { entry in
            guard let id = entry.voidedID, !known.contains(id) else { return nil }
            return FactProblem(.unknownEventID(id), sequence: entry.sequence)
        }
    }

    /// One effect at one instant; steps are applied in the order of (instant, sequence, position).
    struct Step: Comparable {
        enum Action: Equatable {
            case observe(Observation)
            case perform(Effect, of: Event)
        }

        let instant: Instant
        let sequence: Int64
        let position: Int
        let source: String
        let action: Action

        static func < (left: Step, right: Step) -> Bool {
            (left.instant, left.sequence, left.position)
                < (right.instant, right.sequence, right.position)
        }
    }
}

extension FactBuilder {
    /// Applies what entries say, and what `sweeps` do besides to whomever these are about.
    mutating func fold(
        _ entries: some Sequence<LedgerEntry>, voided: Set<String>, sweeps: [Fold.Step] = []
    ) {
        var steps = sweeps
        for entry in entries {
            switch entry.content {
            case .correction, .reading: continue
            case .observation(let observation):
                steps.append(
                    Fold.Step(
                        instant: observation.effective, sequence: entry.sequence, position: 0,
                        source: entry.source, action: .observe(observation)))
            case .event(let event):
                guard !voided.contains(event.id) else { continue }
                guard let declaration = vocabulary.events[event.name] else {
                    problems.append(
                        FactProblem(
                            .unknownEvent(name: event.name, similar: nil),
                            sequence: entry.sequence))
                    continue
                }
                steps += Fold.steps(of: event, declaration, entry: entry)
            }
        }
        for step in steps.sorted() { apply(step) }
    }
}

extension LedgerEntry {
    var voidedID: String? {
        guard case .correction(let id) = content else { return nil }
        return id
    }
}
