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

    /// What an event does to everybody's records, step by step.
    static func sweeps(
        of event: Event, _ declaration: EventDeclaration, entry: LedgerEntry
    ) -> [Step] {
        declaration.effects.enumerated().compactMap { position, effect in
            guard effect.isSweep, let instant = effect.instant(in: event) else { return nil }
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
    struct Step {
        enum Action {
            case observe(Observation)
            case perform(Effect, of: Event)
        }

        let instant: Instant
        let sequence: Int64
        let position: Int
        let source: String
        let action: Action
    }

    /// A step's place in the order, and where it comes from: small, since there are many to be sorted.
    fileprivate struct Place: Comparable {
        let instant: Instant
        let sequence: Int64
        let position: Int
        /// The entry's number; of a step that was given, -1 for the first, -2 for the next.
        let origin: Int

        static func < (left: Place, right: Place) -> Bool {
            (left.instant, left.sequence, left.position)
                < (right.instant, right.sequence, right.position)
        }
    }
}

extension Effect {
    /// When it happens; nil where the event lacks what it takes for it.
    fileprivate func instant(in event: Event) -> Instant? {
        if let field = onlyIfField, event.fields[field] == nil { return nil }
        guard let field = atField else { return event.effective }
        guard case .instant(let named) = event.fields[field] else { return nil }
        return named
    }
}

extension FactBuilder {
    /// Applies what entries say, and what `sweeps` do besides to whomever these are about.
    mutating func fold(
        _ entries: some Sequence<LedgerEntry>, voided: Set<String>, sweeps: [Fold.Step] = []
    ) {
        var listed: [LedgerEntry] = []
        var declarations: [EventDeclaration] = []
        var numbers: [String: Int] = [:]
        /// The number of each entry's declaration; -1 for what is no event.
        var declared: [Int] = []
        var places: [Fold.Place] = []
        for entry in entries {
            switch entry.content {
            case .correction, .reading: continue
            case .observation(let observation):
                places.append(
                    Fold.Place(
                        instant: observation.effective, sequence: entry.sequence, position: 0,
                        origin: listed.count))
                declared.append(-1)
            case .event(let event):
                guard !voided.contains(event.id) else { continue }
                guard
                    let number = numbers[event.name]
                        ?? vocabulary.events[event.name].map({ declaration in
                            declarations.append(declaration)
                            return declarations.count - 1
                        })
                else {
                    problems.append(
                        FactProblem(
                            .unknownEvent(name: event.name, similar: nil),
                            sequence: entry.sequence))
                    continue
                }
                numbers[event.name] = number
                for (position, effect) in declarations[number].effects.enumerated() {
                    guard let instant = effect.instant(in: event) else { continue }
                    places.append(
                        Fold.Place(
                            instant: instant, sequence: entry.sequence, position: position,
                            origin: listed.count))
                }
                declared.append(number)
            }
            listed.append(entry)
        }
        for (index, step) in sweeps.enumerated() {
            places.append(
                Fold.Place(
                    instant: step.instant, sequence: step.sequence, position: step.position,
                    origin: -1 - index))
        }
        places.sort()
        histories.reserveCapacity(histories.count + listed.count)
        for place in places {
            guard place.origin >= 0 else {
                apply(sweeps[-1 - place.origin])
                continue
            }
            let entry = listed[place.origin]
            let action: Fold.Step.Action
            switch entry.content {
            case .observation(let observation): action = .observe(observation)
            case .event(let event):
                let effect = declarations[declared[place.origin]].effects[place.position]
                action = .perform(effect, of: event)
            case .correction, .reading: continue
            }
            apply(
                Fold.Step(
                    instant: place.instant, sequence: place.sequence, position: place.position,
                    source: entry.source, action: action))
        }
    }
}

extension LedgerEntry {
    var voidedID: String? {
        guard case .correction(let id) = content else { return nil }
        return id
    }
}
