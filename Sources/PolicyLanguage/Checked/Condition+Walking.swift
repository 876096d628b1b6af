import Facts

extension Condition {
    /// The conditions directly inside this one.
    package var children: [Condition] {
        switch self {
        case .not(let inner), .some(_, _, _, let inner), .every(_, _, _, let inner),
            .passed(_, let inner):
            [inner]
        case .and(let inner), .or(let inner): inner
        case .constant, .compare, .member, .overlap, .superset, .below, .flag, .has, .inForce,
            .isKind, .moment, .may:
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
            .some(_, _, let operand, _), .every(_, _, let operand, _):
            [operand]
        case .moment(let moment): [moment.owner, moment.argument]
        case .constant, .not, .and, .or, .may, .passed: []
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
            open += next.children.reversed()
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
            case .some, .every: quantifiers += 1
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

    /// The same condition about `entity` in place of the variable `id`.
    package func replacing(variable id: Int, by entity: Operand) -> Condition {
        func inside(_ condition: Condition) -> Condition {
            condition.replacing(variable: id, by: entity)
        }
        func of(_ operand: Operand) -> Operand { operand.replacing(variable: id, by: entity) }
        switch self {
        case .constant, .may: return self
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
        case .some(let variable, let kind, let owner, let inner):
            return .some(variable: variable, kind: kind, owner: of(owner), inside(inner))
        case .every(let variable, let kind, let owner, let inner):
            return .every(variable: variable, kind: kind, owner: of(owner), inside(inner))
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
        }
    }
}

extension Operand {
    /// How many attributes it follows.
    var length: Int {
        var length = 0
        var current = self
        while case .attribute(let base, _, _) = current {
            length += 1
            current = base
        }
        return length
    }

    /// What its path begins with.
    var root: Operand {
        var current = self
        while case .attribute(let base, _, _) = current { current = base }
        return current
    }

    fileprivate func replacing(variable id: Int, by entity: Operand) -> Operand {
        switch self {
        case .variable(id): entity
        case .attribute(let base, let name, let kind):
            .attribute(base.replacing(variable: id, by: entity), name: name, kind: kind)
        case .subject, .resource, .variable, .constant, .context: self
        }
    }
}
