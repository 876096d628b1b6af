import Facts

extension Condition {
    /// The conditions directly inside this one.
    package var children: [Condition] {
        switch self {
        case .not(let inner), .quantified(_, _, _, let inner), .passed(_, let inner),
            .at(_, let inner), .held(let inner, _):
            [inner]
        case .and(let inner), .or(let inner): inner
        case .constant, .compare, .member, .overlap, .superset, .below, .flag, .has, .inForce,
            .isKind, .moment, .may, .reached, .elapsed, .during:
            []
        }
    }

    /// The operands directly inside this one.
    package var operands: [Operand] {
        switch self {
        case .compare(_, let left, let right), .member(let left, of: let right),
            .overlap(let left, let right), .superset(let left, let right),
            .below(let left, let right, _, _):
            [left, right]
        case .flag(let operand), .has(let operand), .inForce(let operand), .isKind(let operand, _),
            .reached(let operand), .at(let operand, _):
            [operand]
        case .quantified(_, _, let range, _): [range.operand]
        case .elapsed(let instant, _, after: let beginning, _):
            [instant, beginning].compactMap(\.self)
        case .moment(let moment): [moment.owner, moment.argument]
        case .constant, .not, .and, .or, .may, .passed, .during, .held: []
        }
    }

    /// This condition and all inside it, each before what it holds.
    ///
    /// - Complexity: linear in their number.
    package var subconditions: [Condition] {
        var found: [Condition] = []
        var open = [self]
        while let next = open.popLast() {
            found.append(next)
            let children = next.children
            if !children.isEmpty { open += children.reversed() }
        }
        return found
    }

    /// How deep conditions stand inside each other in this one, and how deep quantifiers do.
    var depth: (conditions: Int, quantifiers: Int) {
        var deepest = (conditions: 0, quantifiers: 0)
        var open = [(condition: self, depth: 0, quantifiers: 0)]
        while let (condition, depth, outer) = open.popLast() {
            var quantifiers = outer
            switch condition {
            case .quantified: quantifiers += 1
            default: break
            }
            deepest = (max(deepest.conditions, depth), max(deepest.quantifiers, quantifiers))
            open += condition.children.map { ($0, depth + 1, quantifiers) }
        }
        return deepest
    }

    /// How many attributes its longest path from a variable follows.
    func longestPath(from variable: Int) -> Int {
        subconditions.flatMap(\.operands).filter { $0.root == .variable(variable) }.map(\.length)
            .max() ?? 0
    }

    /// The checks whose state it reads.
    package var checksRead: Set<String> {
        Set(
            subconditions.compactMap { condition in
                guard case .passed(let check, _) = condition else { return nil }
                return check
            })
    }

    /// The actions whose decision it asks for.
    package var actionsAsked: Set<String> {
        Set(
            subconditions.compactMap { condition in
                guard case .may(let action) = condition else { return nil }
                return action
            })
    }

    /// The circumstances it asks for, by name.
    package var contextsRead: Set<String> {
        Set(subconditions.flatMap(\.operands).flatMap(\.parts).compactMap(\.contextName))
    }

    /// The windows of time it asks for.
    package var windows: Set<Window> {
        Set(
            subconditions.compactMap { condition in
                guard case .during(let window) = condition else { return nil }
                return window
            })
    }

    /// The same condition about `entity` in place of the variable `id`.
    package func replacing(variable id: Int, by entity: Operand) -> Condition {
        mapping(
            conditions: { $0.replacing(variable: id, by: entity) },
            domains: { $0.replacing(variable: id, by: entity) },
            operands: { $0.replacing(variable: id, by: entity) })
    }

    /// The same condition with all that stands directly inside it changed.
    func mapping(
        conditions inside: (Condition) -> Condition, domains: (Domain) -> Domain,
        operands of: (Operand) -> Operand
    ) -> Condition {
        switch self {
        case .constant, .may, .during: return self
        case .not(let inner): return .not(inside(inner))
        case .and(let inner): return .and(inner.map(inside))
        case .or(let inner): return .or(inner.map(inside))
        case .compare(let comparison, let left, let right):
            return .compare(comparison, of(left), of(right))
        case .member(let left, let right): return .member(of(left), of: of(right))
        case .overlap(let left, let right): return .overlap(of(left), of(right))
        case .superset(let left, let right): return .superset(of(left), of(right))
        case .below(let left, let right, let kind, let attribute):
            return .below(of(left), of(right), kind: kind, attribute: attribute)
        case .flag(let operand): return .flag(of(operand))
        case .quantified(let quantifier, let variable, let domain, let inner):
            return .quantified(
                quantifier, variable: variable, over: domains(domain), inside(inner))
        case .has(let operand): return .has(of(operand))
        case .inForce(let operand): return .inForce(of(operand))
        case .isKind(let operand, let kind): return .isKind(of(operand), kind)
        case .moment(let moment):
            return .moment(
                Moment(
                    owner: of(moment.owner), kind: moment.kind, attribute: moment.attribute,
                    argument: of(moment.argument), hierarchyKind: moment.hierarchyKind,
                    hierarchyAttribute: moment.hierarchyAttribute, event: moment.event,
                    whileKind: moment.whileKind, period: moment.period))
        case .passed(let check, let inner): return .passed(check: check, inside(inner))
        case .reached(let operand): return .reached(of(operand))
        case .elapsed(let instant, let period, after: let beginning, let isOver):
            return .elapsed(instant.map(of), period, after: of(beginning), isOver: isOver)
        case .at(let operand, let inner): return .at(of(operand), inside(inner))
        case .held(let inner, let period): return .held(inside(inner), period)
        }
    }
}

extension Domain {
    /// What is looked through, or whose.
    package var operand: Operand {
        switch self {
        case .records(_, let owner): owner
        case .members(let set): set
        case .chain(let lowest, _, _): lowest
        }
    }

    fileprivate func replacing(variable id: Int, by entity: Operand) -> Domain {
        switch self {
        case .records(let kind, let owner):
            .records(kind: kind, owner: owner.replacing(variable: id, by: entity))
        case .members(let set): .members(set.replacing(variable: id, by: entity))
        case .chain(let lowest, let kind, let attribute):
            .chain(
                lowest.replacing(variable: id, by: entity), kind: kind, attribute: attribute)
        }
    }
}

extension Operand {
    /// How many attributes, and look-ups in tables, it follows.
    var length: Int { parts.count - 1 }

    /// What its path begins with.
    var root: Operand { parts.last ?? self }

    /// This operand and those it is read from, from the end of the path to its beginning.
    package var parts: [Operand] {
        var parts = [self]
        while true {
            switch parts[parts.count - 1] {
            case .attribute(let base, _, _), .lookup(_, let base), .began(let base),
                .ends(let base):
                parts.append(base)
            case .subject, .resource, .variable, .constant, .context, .list: return parts
            }
        }
    }

    fileprivate var contextName: String? {
        guard case .context(let name) = self else { return nil }
        return name
    }

    package func replacing(variable id: Int, by entity: Operand) -> Operand {
        switch self {
        case .variable(id): entity
        case .attribute(let base, let name, let kind):
            .attribute(base.replacing(variable: id, by: entity), name: name, kind: kind)
        case .lookup(let table, let key):
            .lookup(table: table, key.replacing(variable: id, by: entity))
        case .began(let base): .began(base.replacing(variable: id, by: entity))
        case .ends(let base): .ends(base.replacing(variable: id, by: entity))
        case .subject, .resource, .variable, .constant, .context, .list: self
        }
    }
}
