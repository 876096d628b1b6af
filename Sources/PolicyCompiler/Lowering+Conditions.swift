import Facts
import PolicyLanguage
import PolicyProgram

/// Conditions to nodes.
extension Lowering {
    /// `slots` says at which depth each variable's quantifier stands.
    mutating func lower(_ condition: Condition, slots: [Int: Int]) -> NodeIndex {
        switch condition {
        case .constant(let boolean): return place(.constant(boolean))
        case .not(let inner): return place(.not(lower(inner, slots: slots)))
        case .and(let inner):
            let list = list(of: inner, slots: slots)
            return place(.and(start: list, count: UInt32(inner.count)))
        case .or(let inner):
            let list = list(of: inner, slots: slots)
            return place(.or(start: list, count: UInt32(inner.count)))
        case .compare(let comparison, let left, let right):
            return place(
                .compare(lower(comparison), lower(left, slots: slots), lower(right, slots: slots)))
        case .member(let element, let set):
            return place(.member(lower(element, slots: slots), of: lower(set, slots: slots)))
        case .overlap(let left, let right):
            return place(.overlap(lower(left, slots: slots), lower(right, slots: slots)))
        case .superset(let left, let right):
            return place(.superset(lower(left, slots: slots), lower(right, slots: slots)))
        case .below(let left, let right, let kind, let attribute):
            return place(
                .below(
                    lower(left, slots: slots), lower(right, slots: slots),
                    column: column(attribute, of: kind)))
        case .flag(let operand): return place(.flag(lower(operand, slots: slots)))
        case .has(let operand): return place(.has(lower(operand, slots: slots)))
        case .inForce(let operand): return place(.inForce(lower(operand, slots: slots)))
        case .isKind(let operand, let kind):
            return place(.isKind(lower(operand, slots: slots), UInt32(kindPlace(kind))))
        case .quantified(let quantifier, let variable, let domain, let inner):
            return quantified(quantifier, variable, domain, inner, slots: slots)
        case .moment(let moment): return place(.moment(lower(moment, slots: slots)))
        case .may(let name): return place(.may(action(name)))
        case .passed(let check, let inner):
            let index = tables.vocabulary.checks.index(of: check) ?? tables.vocabulary.checks.count
            return place(.passed(check: UInt32(index), lower(inner, slots: slots)))
        case .reached(let operand): return place(.reached(lower(operand, slots: slots)))
        case .elapsed(let instant, let period, after: let beginning, let isOver):
            let node = ElapsedNode(
                instant: instant.map { lower($0, slots: slots) }, period: period,
                beginning: lower(beginning, slots: slots), isOver: isOver)
            return place(.elapsed(elapses.place(of: node)))
        case .during(let window): return place(.during(windows.place(of: lower(window))))
        case .at(let operand, let inner):
            return place(.at(lower(operand, slots: slots), lower(inner, slots: slots)))
        case .held(let inner, let period):
            return place(.held(lower(inner, slots: slots), periods.place(of: period)))
        }
    }

    private mutating func quantified(
        _ quantifier: Quantifier, _ variable: Int, _ domain: Domain, _ inner: Condition,
        slots: [Int: Int]
    ) -> NodeIndex {
        let slot = min((slots.values.max() ?? -1) + 1, ProgramLimits.slots)
        var innerSlots = slots
        innerSlots[variable] = slot
        let body = lower(inner, slots: innerSlots)
        let node = QuantifierNode(
            quantifier: lower(quantifier), domain: lower(domain, slots: slots),
            slot: UInt16(slot), condition: body)
        return place(.quantified(quantifiers.place(of: node)))
    }

    private func lower(_ quantifier: Quantifier) -> QuantifierNode.Quantifier {
        switch quantifier {
        case .some: .some
        case .every: .every
        case .atLeast(let count): .atLeast(UInt32(clamping: count))
        }
    }

    mutating func lower(_ domain: Domain, slots: [Int: Int]) -> DomainNode {
        switch domain {
        case .records(let kind, let owner):
            .records(kind: UInt16(kindPlace(kind)), owner: lower(owner, slots: slots))
        case .members(let set): .members(lower(set, slots: slots))
        case .chain(let lowest, let kind, let attribute):
            .chain(lower(lowest, slots: slots), column: column(attribute, of: kind))
        }
    }

    private func lower(_ window: Window) -> WindowNode {
        let calendars = tables.vocabulary.calendars
        return switch window {
        case .clock(let hours): .clock(hours)
        case .calendar(let name):
            .calendar(UInt32(calendars.index(of: name) ?? calendars.count))
        }
    }

    private mutating func list(of conditions: [Condition], slots: [Int: Int]) -> UInt32 {
        let nodes = conditions.map { lower($0, slots: slots) }
        if let known = listPlaces[nodes] { return known }
        let start = UInt32(tables.lists.count)
        tables.lists += nodes
        listPlaces[nodes] = start
        return start
    }

    private mutating func lower(_ moment: Condition.Moment, slots: [Int: Int]) -> UInt32 {
        let events = tables.vocabulary.events
        let node = MomentNode(
            owner: lower(moment.owner, slots: slots), kind: UInt16(kindPlace(moment.kind)),
            column: column(moment.attribute, of: moment.kind),
            argument: lower(moment.argument, slots: slots),
            hierarchyColumn: column(moment.hierarchyAttribute, of: moment.hierarchyKind),
            event: UInt32(events.index(of: moment.event) ?? events.count),
            whileKind: UInt16(kindPlace(moment.whileKind)), period: moment.period)
        return moments.place(of: node)
    }

    private func lower(_ comparison: Condition.Comparison) -> Node.Comparison {
        switch comparison {
        case .equal: .equal
        case .notEqual: .notEqual
        case .less: .less
        case .lessOrEqual: .lessOrEqual
        case .greater: .greater
        case .greaterOrEqual: .greaterOrEqual
        }
    }
}
