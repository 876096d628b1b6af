/// The facts while they are being folded.
struct FactBuilder {
    let vocabulary: Vocabulary
    let zone: ZoneTable
    var histories: [EntityID: EntityHistory] = [:]
    var problems: [FactProblem] = []
    /// Records by owner and kind, so that `end` need not look at everybody's.
    var records: [EntityID: [String: [EntityID]]] = [:]
    /// What each source stated last of an entity: saying it again is no news.
    private var statements: [Statement: [String: Value]] = [:]
    /// What each source states, of attributes that name whom to believe.
    var trust = TrustedValues()
    /// Events that were called off, by what they are about, and the last entry that did so.
    private var cancelled: [String: [EntityID: [Cancellation]]] = [:]
    /// The entries whose events lack what they presuppose.
    private var unmet: Set<Int64> = []
    /// How many records of a kind each event has begun, for the ids of all but the first.
    private var begun: [String: Int] = [:]

    init(vocabulary: Vocabulary, zone: ZoneTable) {
        self.vocabulary = vocabulary
        self.zone = zone
        for check in vocabulary.checks.names {
            let id = EntityID(kind: Vocabulary.checkKind, name: check)
            histories[id] = EntityHistory(
                id: id, kind: Vocabulary.checkKind, owner: nil, existence: [.always],
                origin: Origin(source: "policy", sequence: 0))
        }
    }

    mutating func apply(_ step: Fold.Step) {
        switch step.action {
        case .observe(let observation): observe(observation, at: step)
        case .perform(let effect, let event):
            if !isLeftOut(effect, of: event, at: step) { perform(effect, of: event, at: step) }
        }
    }

    // MARK: Observations

    private mutating func observe(_ observation: Observation, at step: Fold.Step) {
        let id = observation.entity
        let statement = Statement(source: step.source, entity: id)
        let before = statements[statement]
        statements[statement] = observation.attributes
        guard let attributes = observation.attributes else {
            guard histories[id]?.exists(at: step.instant) == true else { return }
            close(id, at: step.instant, endedBy: nil)
            return
        }
        let isNew = histories[id] == nil
        open(id, kind: observation.kind, owner: observation.owner, until: .distantFuture, at: step)
        for name in attributes.keys.sorted() {
            guard let value = attributes[name], before?[name] != value else { continue }
            set(name, of: id, to: value, at: step)
        }
        // A complete statement: what it no longer says ends.
        guard !isNew else { return }
        for name in namesStated(of: id, by: step.source, at: step.instant)
        where attributes[name] == nil {
            endValue(of: name, in: id, at: step.instant, by: step.source)
        }
    }

    /// A source and an entity it speaks of.
    private struct Statement: Hashable {
        let source: String
        let entity: EntityID
    }

    // MARK: Effects

    private mutating func perform(_ effect: Effect, of event: Event, at step: Fold.Step) {
        switch effect.operation {
        case .create(let field, let attributes):
            guard let id = event.fields[field]?.reference,
                let kind = vocabulary.events[event.name]?.fields[field]?.type.entityKind
            else { return }
            open(id, kind: kind, owner: nil, until: .distantFuture, at: step)
            assign(attributes, to: id, event: event, at: step)
        case .set(let field, let assignment):
            guard let id = existing(field, of: event, at: step) else { return }
            assign([assignment], to: id, event: event, at: step)
        case .begin(let kind, let ownerField, let attributes, let end):
            guard let owner = existing(ownerField, of: event, at: step) else { return }
            begin(kind, for: owner, attributes, until: end, of: event, at: step)
        case .end(let kind, let ownerField, let matching):
            if let ownerField {
                guard let owner = existing(ownerField, of: event, at: step) else { return }
                endRecords(kind, of: owner, matching, event: event, at: step)
            } else {
                for owner in records.keys.sorted() {
                    endRecords(kind, of: owner, matching, event: event, at: step)
                }
            }
        case .need(let kind, let ownerField, let matching):
            guard let owner = existing(ownerField, of: event, at: step),
                !holds(kind, of: owner, matching, event: event, at: step)
            else { return }
            unmet.insert(step.sequence)
            let relation = vocabulary.kinds[kind]?.ownership?.relation ?? kind
            problems.append(
                FactProblem(
                    .lacks(owner, relation: relation, event: event.name), sequence: step.sequence))
        case .cancel(let name, let field, let matching):
            guard let id = existing(field, of: event, at: step) else { return }
            var fields: [String: Value] = [:]
            for assignment in matching {
                // What the event doesn't say matches nothing.
                guard let value = value(of: assignment.operand, event: event, at: step) else {
                    return
                }
                fields[assignment.attribute] = value
            }
            cancelled[name, default: [:]][id, default: []].append(
                Cancellation(sequence: step.sequence, fields: fields))
        }
    }

    /// Whether a step of an event is not to be done: a later entry called the event off, or it lacks what it presupposes.
    ///
    /// What it does to everybody's records is done even so.
    private func isLeftOut(_ effect: Effect, of event: Event, at step: Fold.Step) -> Bool {
        guard !effect.isSweep else { return false }
        if unmet.contains(step.sequence) { return true }
        guard let cancelled = cancelled[event.name],
            let about = vocabulary.events[event.name]?.fields.first,
            let id = event.fields[about.name]?.reference, let cancellations = cancelled[id]
        else { return false }
        return cancellations.contains { cancellation in
            step.sequence < cancellation.sequence
                && cancellation.fields.allSatisfy { event.fields[$0.key] == $0.value }
        }
    }

    /// An entry that calls events off, and what their fields must be.
    private struct Cancellation {
        let sequence: Int64
        let fields: [String: Value]
    }

    private mutating func begin(
        _ kind: String, for owner: EntityID, _ attributes: [Effect.Assignment],
        until end: Effect.End?, of event: Event, at step: Fold.Step
    ) {
        let key = "\(event.id)/\(kind)"
        let number = begun[key, default: 0] + 1
        begun[key] = number
        let id = FactBuilder.record(kind, number: number, begunBy: event.id)
        let until = instant(of: end, event: event, at: step)
        guard until > step.instant else {
            problems.append(FactProblem(.endsBeforeItBegins(name: kind), sequence: step.sequence))
            return
        }
        open(id, kind: kind, owner: owner, until: until, at: step)
        assign(attributes, to: id, event: event, at: step)
    }

    /// The id of a record that an event begins, by its number among those of its kind that the event does.
    static func record(_ kind: String, number: Int, begunBy event: String) -> EntityID {
        let key = "\(event)/\(kind)"
        return EntityID(kind: kind, name: number == 1 ? key : "\(key)/\(number)")
    }

    private func instant(of end: Effect.End?, event: Event, at step: Fold.Step) -> Instant {
        switch end {
        case nil: return .distantFuture
        case .field(let name):
            guard case .instant(let named) = event.fields[name] else { return .distantFuture }
            return named
        case .lastsOfCheck(let field):
            // INVARIANT: a check nobody declared lasts no time, so that nothing rests on it.
            guard let check = event.fields[field]?.reference,
                let declaration = vocabulary.checks[check.name]
            else { return step.instant }
            return declaration.lasts.end(from: step.instant, in: zone)
        }
    }

    private mutating func endRecords(
        _ kind: String, of owner: EntityID, _ matching: [Effect.Assignment], event: Event,
        at step: Fold.Step
    ) {
        for id in matches(kind, of: owner, matching, event: event, at: step) {
            close(id, at: step.instant, endedBy: event.name)
        }
    }

    private func holds(
        _ kind: String, of owner: EntityID, _ matching: [Effect.Assignment], event: Event,
        at step: Fold.Step
    ) -> Bool {
        !matches(kind, of: owner, matching, event: event, at: step).isEmpty
    }

    /// The records of an owner that hold and match.
    private func matches(
        _ kind: String, of owner: EntityID, _ matching: [Effect.Assignment], event: Event,
        at step: Fold.Step
    ) -> [EntityID] {
        (records[owner]?[kind] ?? []).filter { id in
            guard let history = histories[id], history.exists(at: step.instant) else {
                return false
            }
            return matching.allSatisfy { assignment in
                guard let wanted = value(of: assignment.operand, event: event, at: step) else {
                    return false
                }
                return read(assignment.attribute, of: history, at: step.instant) == wanted
            }
        }
    }

    // MARK: Values

    private mutating func assign(
        _ assignments: [Effect.Assignment], to id: EntityID, event: Event, at step: Fold.Step
    ) {
        for assignment in assignments {
            guard let value = value(of: assignment.operand, event: event, at: step) else {
                continue
            }
            set(assignment.attribute, of: id, to: value, at: step)
        }
    }

    private func value(of operand: Effect.Operand, event: Event, at step: Fold.Step) -> Value? {
        switch operand {
        case .constant(let value): return value
        case .field(let name): return event.fields[name]
        case .current(let kind, let ownerField):
            guard let owner = event.fields[ownerField]?.reference else { return nil }
            let holding = (records[owner]?[kind] ?? []).compactMap { histories[$0] }
                .filter { $0.exists(at: step.instant) }
            let last = holding.max { left, right in
                (left.existence[0].from, left.origin.sequence, left.id)
                    < (right.existence[0].from, right.origin.sequence, right.id)
            }
            return last.map { .entity($0.id) }
        }
    }

    private func read(_ attribute: String, of history: EntityHistory, at instant: Instant) -> Value?
    {
        history.value(of: attribute, at: instant)?.value
            ?? vocabulary.kinds[history.kind]?.attributes[attribute]?.defaultValue
    }

    private mutating func existing(_ field: String, of event: Event, at step: Fold.Step)
        -> EntityID?
    {
        guard let id = event.fields[field]?.reference else { return nil }
        // Who is gone from a source may come back to it; what happens to them meanwhile must not be lost.
        guard histories[id] != nil else {
            problems.append(FactProblem(.doesNotExist(id), sequence: step.sequence))
            return nil
        }
        return id
    }
}
