import DecisionEngine
import Facts
import PolicyLanguage

/// §3: conditions with three values; nil is unknown.
extension NaiveEvaluator {
    func truth(of condition: Condition, in scope: Scope) -> Bool? {
        switch condition {
        case .constant(let boolean): return boolean
        case .not(let inner): return truth(of: inner, in: scope).map { !$0 }
        case .and(let parts): return conjunction(parts.map { truth(of: $0, in: scope) })
        case .or(let parts): return disjunction(parts.map { truth(of: $0, in: scope) })
        case .compare(let comparison, let left, let right):
            return compare(comparison, left, right, in: scope)
        case .member(let element, let set):
            guard let element = value(of: element, in: scope),
                let members = members(of: set, in: scope)
            else { return nil }
            return members.contains(element)
        case .overlap(let left, let right):
            guard let left = members(of: left, in: scope), let right = members(of: right, in: scope)
            else { return nil }
            return left.contains { right.contains($0) }
        case .superset(let left, let right):
            guard let left = members(of: left, in: scope), let right = members(of: right, in: scope)
            else { return nil }
            return right.allSatisfy { left.contains($0) }
        case .below(let lower, let upper, _, let attribute):
            guard let lower = value(of: lower, in: scope)?.reference,
                let upper = value(of: upper, in: scope)?.reference
            else { return nil }
            return isBelow(lower, upper, over: attribute, at: scope.time)
        case .flag(let operand):
            guard case .boolean(let boolean) = value(of: operand, in: scope) else { return nil }
            return boolean
        case .quantified(let quantifier, let variable, let domain, let inner):
            return truth(of: quantifier, variable, over: domain, inner, in: scope)
        case .has(let operand): return value(of: operand, in: scope) != nil
        case .inForce(let operand):
            guard let record = value(of: operand, in: scope)?.reference else { return nil }
            guard facts[record]?.exists(at: scope.time) == true else { return false }
            return isStale(record, at: scope.time) ? nil : true
        case .isKind(let operand, let kind):
            guard let entity = value(of: operand, in: scope)?.reference, let history = facts[entity]
            else { return nil }
            return policy.vocabulary.isKind(history.kind, kind)
        case .moment(let moment): return truth(of: moment, in: scope)
        case .may(let action): return isPermitted(toDo: action, in: scope)
        case .passed(_, let inner): return truth(of: inner, in: scope)
        case .reached, .elapsed, .during, .at, .held: return temporalTruth(of: condition, in: scope)
        }
    }

    // MARK: Kleene's tables

    func conjunction(_ truths: [Bool?]) -> Bool? {
        if truths.contains(false) { return false }
        return truths.contains(nil) ? nil : true
    }

    func disjunction(_ truths: [Bool?]) -> Bool? {
        if truths.contains(true) { return true }
        return truths.contains(nil) ? nil : false
    }

    // MARK: Comparisons

    private func compare(
        _ comparison: Condition.Comparison, _ left: Operand, _ right: Operand, in scope: Scope
    ) -> Bool? {
        guard let first = value(of: left, in: scope), let second = value(of: right, in: scope)
        else {
            return nil
        }
        switch comparison {
        case .equal: return first == second
        case .notEqual: return first != second
        case .less, .lessOrEqual, .greater, .greaterOrEqual:
            // A variable's type is that of what it is compared with.
            let (one, other) = (type(of: left), type(of: right))
            guard let a = rank(of: first, one ?? other), let b = rank(of: second, other ?? one)
            else { return nil }
            switch comparison {
            case .less: return a < b
            case .lessOrEqual: return a <= b
            case .greater: return a > b
            default: return a >= b
            }
        }
    }

    /// Where a value stands among those of its type.
    private func rank(of value: Value, _ type: ValueType?) -> Int64? {
        switch (value, type) {
        case (.integer(let number), _): number
        case (.instant(let instant), _): instant.secondsSinceEpoch
        case (.symbol(let name), .enumeration(let scale)):
            policy.vocabulary.enumerations[scale]?.rank(of: name).map(Int64.init)
        default: nil
        }
    }

    private func type(of operand: Operand) -> ValueType? {
        switch operand {
        case .constant(_, let type): type
        case .attribute(_, let name, let kind):
            policy.vocabulary.kinds[kind]?.attributes[name]?.type
        case .context(let name): policy.vocabulary.contexts[name]?.type
        case .lookup(let table, _): policy.vocabulary.tables[table]?.valueType
        case .list(let list): policy.vocabulary.lists[list].map { .set(of: $0.memberType) }
        case .subject, .resource, .variable, .began, .ends: nil
        }
    }

    func members(of set: Operand, in scope: Scope) -> [Value]? {
        value(of: set, in: scope)?.members
    }

    /// Whether `upper` is `lower` itself or reached from it, one step up after another; nil where it
    /// isn't, and some way up is not known to its end.
    func isBelow(
        _ lower: EntityID, _ upper: EntityID, over attribute: String, at time: Instant
    ) -> Bool? {
        let (reached, isKnown) = chain(from: lower, over: attribute, at: time)
        return reached.contains(upper) ? true : isKnown ? false : nil
    }

    func records(
        of kind: String, holding time: Instant, _ owner: EntityID
    ) -> [EntityHistory] {
        facts.records(of: kind, ownedBy: owner).filter { $0.exists(at: time) }
    }

    /// §4.1.
    private func truth(of moment: Condition.Moment, in scope: Scope) -> Bool? {
        guard let owner = value(of: moment.owner, in: scope)?.reference,
            let argument = value(of: moment.argument, in: scope)?.reference
        else { return nil }
        func isBelowArgument(_ value: Value?) -> Bool? {
            value?.reference.flatMap {
                isBelow($0, argument, over: moment.hierarchyAttribute, at: scope.time)
            }
        }
        // A record counts as far as its source is fresh; while one of the relation's is stale, there may be others.
        func weighed(_ record: EntityHistory, _ truth: Bool?) -> Bool? {
            conjunction([isStale(record.id, at: scope.time) ? nil : true, truth])
        }
        func others(of kind: String) -> [Bool?] {
            isAnyStale(policy.vocabulary.kinds[kind]?.sources ?? [], at: scope.time) ? [nil] : []
        }
        let ended = facts.records(of: moment.kind, ownedBy: owner)
            .filter { $0.endedBy == moment.event && !$0.exists(at: scope.time) }
            .filter { record in
                guard let end = record.existence.last?.until else { return false }
                return end <= scope.time
                    && scope.time < moment.period.end(from: end, in: policy.zone)
            }
        let left = disjunction(
            ended.map {
                weighed($0, isBelowArgument(lastReading(of: moment.attribute, in: $0)))
            } + others(of: moment.kind))
        let held = disjunction(
            records(of: moment.kind, holding: scope.time, owner).map {
                weighed(
                    $0, isBelowArgument(read(moment.attribute, of: $0.id, at: scope.time)))
            } + others(of: moment.kind))
        let kept = disjunction(
            records(of: moment.whileKind, holding: scope.time, owner).map { weighed($0, true) }
                + others(of: moment.whileKind))
        return conjunction([left, held.map { !$0 }, kept])
    }

    /// What reading gave just before the record ended.
    private func lastReading(of attribute: String, in record: EntityHistory) -> Value? {
        guard let end = record.existence.last?.until else { return nil }
        // What was then is read as its source is believed now.
        return record.value(of: attribute, at: end.advanced(bySeconds: -1))?.value
            ?? policy.vocabulary.kinds[record.kind]?.attributes[attribute]?.defaultValue
    }

    /// The decision about another action on the same resource; never unknown.
    private func isPermitted(toDo action: String, in scope: Scope) -> Bool {
        let asked = question(
            Request(
                subject: scope.question.subject.name, action: action,
                resource: scope.question.resource.name, context: scope.question.context,
                at: scope.time))
        return asked.map { isPermitted($0, at: scope.time) } ?? false
    }

    // MARK: §2.2, reading

    func value(of operand: Operand, in scope: Scope) -> Value? {
        switch operand {
        case .subject: return .entity(scope.question.subject)
        case .resource: return .entity(scope.question.resource)
        case .variable(let id): return scope.variables[id]
        case .constant(let value, _): return value
        case .attribute(let base, let name, _):
            guard let entity = value(of: base, in: scope)?.reference else { return nil }
            return read(name, of: entity, at: scope.time)
        case .context(let name): return contextValue(name, in: scope)
        case .list(let name): return policy.vocabulary.lists[name]?.values(at: scope.time)
        case .lookup(let table, let key):
            return value(of: key, in: scope).flatMap {
                policy.vocabulary.tables[table]?.value(for: $0)
            }
        case .began(let base): return lifetime(of: base, in: scope).flatMap { known($0.from) }
        case .ends(let base): return lifetime(of: base, in: scope).flatMap { known($0.until) }
        }
    }

    /// The interval of an entity's existence that holds now.
    private func lifetime(of operand: Operand, in scope: Scope) -> Interval? {
        guard let entity = value(of: operand, in: scope)?.reference else { return nil }
        return facts[entity]?.existence.first { $0.contains(scope.time) }
    }

    private func known(_ instant: Instant) -> Value? {
        instant == .distantPast || instant == .distantFuture ? nil : .instant(instant)
    }

    func read(_ attribute: String, of entity: EntityID, at time: Instant) -> Value? {
        guard let history = facts[entity], history.exists(at: time) else { return nil }
        if let timed = history.value(of: attribute, at: time) {
            return isStale(timed.origin.source, at: time) ? nil : timed.value
        }
        let declaration = policy.vocabulary.kinds[history.kind]?.attributes[attribute]
        return isAnyStale(declaration?.sources ?? [], at: time) ? nil : declaration?.defaultValue
    }

    /// What the request brought; a value that doesn't fit its type was not brought.
    private func contextValue(_ name: String, in scope: Scope) -> Value? {
        guard let value = scope.question.context[name],
            let type = policy.vocabulary.contexts[name]?.type,
            fits(value, type)
        else { return nil }
        return value
    }

    private func fits(_ value: Value, _ type: ValueType) -> Bool {
        switch (value, type) {
        case (.boolean, .boolean), (.integer, .integer), (.text, .text), (.instant, .instant),
            (.instant, .date), (.instant, .lastDay):
            return true
        case (.symbol(let name), .enumeration(let enumeration)):
            return policy.vocabulary.enumerations[enumeration]?.rank(of: name) != nil
        case (.entity(let id), .entity(let kind)):
            return facts[id].map { policy.vocabulary.isKind($0.kind, kind) } ?? false
        case (.set(let members), .set(let member)):
            return members.allSatisfy { fits($0, member) }
        default:
            return false
        }
    }
}
