import Facts

/// One spelling for conditions that say the same: attributes by the kind that declares them, variables by their
/// depth, constants on the right.
extension Terms {
    func canonical(_ condition: Condition) -> Condition { canonical(condition, naming: [:]) }

    private func canonical(_ condition: Condition, naming names: [Int: Int]) -> Condition {
        func inside(_ condition: Condition) -> Condition { canonical(condition, naming: names) }
        func of(_ operand: Operand) -> Operand { canonical(operand, naming: names) }
        switch condition {
        case .not(let inner):
            let inner = inside(inner)
            if case .not(let twice) = inner { return twice }
            return .not(inner)
        case .and(let parts): return .all(parts.map(inside))
        case .or(let parts): return .any(parts.map(inside))
        case .compare(let comparison, let left, let right):
            return compare(comparison, of(left), of(right))
        case .member(let element, let set): return member(of(element), of(set))
        case .overlap(let left, let right):
            let (left, right) = (of(left), of(right))
            return left.isConstant ? .overlap(right, left) : .overlap(left, right)
        case .below(let left, let right, let kind, let attribute):
            return .below(
                of(left), of(right), kind: vocabulary.declarer(of: attribute, from: kind),
                attribute: attribute)
        case .quantified(let quantifier, let variable, let domain, let inner):
            var names = names
            let name = -(names.count + 1)
            let domain = canonical(domain, naming: names)
            names[variable] = name
            return .quantified(
                quantifier, variable: name, over: domain, canonical(inner, naming: names))
        default:
            return condition.mapping(
                conditions: inside, domains: { canonical($0, naming: names) }, operands: of)
        }
    }

    private func compare(
        _ comparison: Condition.Comparison, _ left: Operand, _ right: Operand
    ) -> Condition {
        guard case .constant(let constant, let type) = left else {
            return .compare(comparison, left, right)
        }
        guard case .constant(let other, _) = right else {
            return .compare(comparison.exchanged, right, left)
        }
        return .constant(contains(values(comparison, other, type), constant))
    }

    private func member(_ element: Operand, _ set: Operand) -> Condition {
        guard case .constant(let value, _) = element,
            case .constant(.set(let members), _) = set
        else { return .member(element, of: set) }
        return .constant(members.contains(value))
    }

    private func contains(_ values: ValueSet, _ value: Value) -> Bool {
        !values.intersection(.of([value])).isEmpty
    }

    private func canonical(_ domain: Domain, naming names: [Int: Int]) -> Domain {
        switch domain {
        case .records(let kind, let owner):
            .records(kind: kind, owner: canonical(owner, naming: names))
        case .members(let set): .members(canonical(set, naming: names))
        case .chain(let lowest, let kind, let attribute):
            .chain(
                canonical(lowest, naming: names),
                kind: vocabulary.declarer(of: attribute, from: kind),
                attribute: attribute)
        }
    }

    func canonical(_ operand: Operand) -> Operand { canonical(operand, naming: [:]) }

    private func canonical(_ operand: Operand, naming names: [Int: Int]) -> Operand {
        switch operand {
        case .variable(let id): .variable(names[id] ?? id)
        case .attribute(let base, let name, let kind):
            .attribute(
                canonical(base, naming: names), name: name,
                kind: vocabulary.declarer(of: name, from: kind))
        case .lookup(let table, let key): .lookup(table: table, canonical(key, naming: names))
        case .began(let base): .began(canonical(base, naming: names))
        case .ends(let base): .ends(canonical(base, naming: names))
        case .subject, .resource, .constant, .context, .list: operand
        }
    }
}

extension Operand {
    var isConstant: Bool {
        if case .constant = self { true } else { false }
    }
}

extension Condition {
    /// Whether no more conditions lie inside each other than an evaluation can follow.
    func isShallow(limit: Int) -> Bool {
        var open = [(condition: self, depth: 1)]
        while let (condition, depth) = open.popLast() {
            guard depth <= limit else { return false }
            open += condition.children.map { ($0, depth + 1) }
        }
        return true
    }
}
