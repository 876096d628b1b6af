public import Facts
public import PolicyProgram

/// Something that an event asks to be done: to return, exchange or check again.
public struct Duty: Hashable, Sendable {
    /// What, in the policy's word.
    public let verb: String
    /// With what: an entity, a record, or a value.
    public let object: Value
    /// The event that asks for it.
    public let event: String
    /// Whom or what the event is about: the first of its fields, where that is somebody or something.
    public let about: EntityID?
    /// From when.
    public let from: Instant
    /// Until when, where the policy says so.
    public let by: Instant?
    /// Why it is there.
    public let why: ProgramWhy
}

extension DecisionEngine {
    /// The duties that an event gives rise to, in the order of the policy, then of what they are about.
    ///
    /// Evaluated on this engine's facts as they are just before the event takes effect: what the event ends is what
    /// must be given back. `docs/semantics.md`, 6.1, is the definition.
    ///
    /// - Complexity: linear in the duties of the policy and what they are about.
    public func duties(of event: Event) -> [Duty] {
        guard let place = program.vocabulary.events.index(of: event.name) else { return [] }
        let declaration = program.vocabulary.events[place]
        let about = declaration.fields.first.flatMap { event.fields[$0.name]?.reference }
        let before = event.effective.advanced(bySeconds: -1)
        var duties: [Duty] = []
        for duty in program.duties where Int(duty.event) == place {
            let nobody = ResolvedRequest(
                subject: 0, action: 0, resource: 0,
                circumstances: Circumstances(context: contextCells([:]), lineage: lineage),
                time: before)
            var evaluator = ConditionEvaluator(
                tables, snapshot, question: nobody, time: before, trace: NoTrace())
            guard put(duty.fields, of: event, declaration, in: &evaluator),
                // What nobody can rule out is asked for.
                evaluator.truth(of: duty.when) != .false
            else { continue }
            var by: Instant?
            if let field = duty.byField, case .instant(let instant) = event.fields[field] {
                by = instant
            }
            for object in Set(objects(of: duty, &evaluator)).sorted() {
                duties.append(
                    Duty(
                        verb: duty.verb, object: object, event: event.id, about: about,
                        from: event.effective, by: by, why: duty.why))
            }
        }
        return duties
    }

    /// Puts an event's fields in their slots; false where one of them is not there.
    private func put(
        _ fields: [String: UInt32], of event: Event, _ declaration: EventDeclaration,
        in evaluator: inout ConditionEvaluator<NoTrace>
    ) -> Bool {
        for (name, slot) in fields {
            guard let value = event.fields[name], let type = declaration.fields[name]?.type,
                let cell = contextCell(value, type)
            else { return false }
            evaluator.slots[Int(slot)] = cell
        }
        return true
    }

    private func objects(
        of duty: ProgramDuty, _ evaluator: inout ConditionEvaluator<NoTrace>
    ) -> [Value] {
        switch duty.object {
        case .one(let operand): return value(of: operand, &evaluator).map { [$0] } ?? []
        case .each(let domain, let slot, let operand):
            return evaluator.cells(of: domain).compactMap { cell in
                evaluator.slots[Int(slot)] = cell
                return value(of: operand, &evaluator)
            }
        }
    }

    private func value(of operand: UInt32, _ evaluator: inout ConditionEvaluator<NoTrace>) -> Value?
    {
        guard let cell = evaluator.value(of: operand) else { return nil }
        switch program.tables.operands[Int(operand)] {
        case .column(let column, _):
            let key = program.tables.columns[Int(column)]
            let type = program.vocabulary.attribute(of: key)?.type
            return type.map { value(of: cell, type: $0) }
        default:
            // A field or a record: an entity, by its number.
            return cell >= 0 && Int(cell) < snapshot.count
                ? .entity(snapshot.id(of: Snapshot.Handle(cell))) : nil
        }
    }
}
