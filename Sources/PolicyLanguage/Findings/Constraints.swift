import Facts

/// Something whose value conditions ask about.
enum Term: Hashable, Sendable {
    /// What an operand has for a value.
    case operand(Operand)
    /// Of which kind the entity is that an operand leads to.
    case kind(Operand)
    /// How two values compare: -1, 0 or 1.
    case order(Operand, Operand)
    /// Where an instant, else the time in question, lies: before a period after another instant (-1), in it (0), past it (1).
    case span(Operand?, Period, after: Operand)
    /// The time in question.
    case time
    /// The truth of a condition that is not looked into.
    case truth(Condition)
}

/// All that is asked of one state of affairs at one time, and whether there can be such a state.
struct Constraints: Sendable {
    struct Cell: Sendable {
        /// Whether there must be a value.
        var isKnown = false
        /// Whether there must be none.
        var isUnknown = false
        var values = ValueSet.everything
        var bounds: SetBounds?

        var isContradictory: Bool {
            isKnown && (isUnknown || values.isEmpty || bounds?.isContradictory == true)
        }
    }

    /// What is asked of the members of something that is looked through.
    struct Members: Sendable {
        /// For each of these there is one that meets it.
        var some: [Want] = []
        /// Each meets all of these.
        var every: [Want] = []
    }

    let terms: Terms
    private(set) var cells: [Term: Cell] = [:]
    /// By what is looked through, in the order in which it was asked.
    private(set) var members: [(domain: Domain, members: Members)] = []
    /// What is asked of another time, by the operand that says which.
    private(set) var elsewhere: [(time: Operand, wants: [Want])] = []
    /// What must have been so at some time or other.
    private(set) var everSince: [Want] = []

    init(terms: Terms) { self.terms = terms }

    var isContradictory: Bool {
        cells.contains { term, cell in
            if cell.isContradictory { return true }
            guard !cell.isKnown, cell.values.isEmpty else { return false }
            // What follows from two values is known as soon as they are.
            switch term {
            case .order(let left, let right): return isKnown(left) && isKnown(right)
            case .span(let instant, _, let beginning):
                return (instant.map(isKnown) ?? true) && isKnown(beginning)
            case .operand, .kind, .time, .truth: return false
            }
        }
    }

    /// What holds inside of a quantifier as well: all but what is asked of the members of something, or another time.
    var insideQuantifier: Constraints {
        var constraints = self
        constraints.members = []
        constraints.elsewhere = []
        constraints.everSince = []
        return constraints
    }

    private func isKnown(_ operand: Operand) -> Bool {
        cells[.operand(operand)]?.isKnown ?? terms.isAlwaysKnown(operand)
    }

    // MARK: Asking

    /// Asks that a resource is of one of these kinds.
    mutating func limitResource(to kinds: Set<Value>) {
        narrow(.kind(.resource), to: .only(kinds), .isTrue)
    }

    /// Notes what is asked of a condition as a whole, so that the opposite is seen before it is taken apart.
    mutating func note(_ want: Want) {
        narrow(.truth(want.condition), to: .only([.boolean(want.aim.isPositive)]), want.aim)
    }

    /// Whether the opposite was asked of the same condition.
    func excludes(_ want: Want) -> Bool {
        guard let cell = cells[.truth(want.condition)] else { return false }
        let wanted = ValueSet.only([.boolean(want.aim.isPositive)])
        return cell.values.intersection(wanted).isEmpty
            && (cell.isKnown || !want.aim.allowsUnknown)
    }

    /// Asks something of a condition without parts; gives what is asked of others because of it.
    mutating func ask(_ condition: Condition, _ aim: Aim) -> [Want] {
        switch condition {
        case .compare(let comparison, let left, let right):
            compare(comparison, left, right, aim)
        case .member(let element, let set): member(element, set, aim, condition)
        case .overlap(let set, .constant(.set(let members), _)):
            bound(set, aim) {
                if aim.isPositive {
                    $0.oneOf.append(Set(members))
                } else {
                    $0.strangers.formUnion(members)
                }
            }
        case .superset(let set, .constant(.set(let members), _)) where !set.isConstant:
            bound(set, aim) {
                if aim.isPositive {
                    $0.members.formUnion(members)
                } else {
                    $0.notAll.append(Set(members))
                }
            }
        case .superset(.constant(.set(let members), _), let set) where !set.isConstant:
            bound(set, aim) {
                if aim.isPositive {
                    $0.limit(to: Set(members))
                } else {
                    $0.notWithin.append(Set(members))
                }
            }
        case .flag(let operand):
            narrow(.operand(operand), to: .only([.boolean(aim.isPositive)]), aim)
        case .has(let operand):
            if aim.isPositive {
                know(operand)
            } else {
                touch(.operand(operand))
                cells[.operand(operand)]?.isUnknown = true
            }
        case .isKind(let operand, let kind):
            let kinds = ValueSet.only(terms.kinds(within: kind))
            narrow(.kind(operand), to: aim.isPositive ? kinds : kinds.complement, aim)
        case .reached(.constant(let value, _)):
            limitTime(.greaterOrEqual, value.number, aim)
        case .elapsed(let instant, let period, after: let beginning, let isOver):
            elapsed(instant, period, beginning, isOver: isOver, aim)
        case .quantified(let quantifier, _, let domain, let inner):
            settle(condition, aim)
            quantified(quantifier, domain, inner, aim)
        case .at(let operand, let inner):
            settle(condition, aim)
            if !aim.allowsUnknown || terms.isAlwaysKnown(operand) {
                if let index = elsewhere.firstIndex(where: { $0.time == operand }) {
                    elsewhere[index].wants.append(Want(inner, aim))
                } else {
                    elsewhere.append((operand, [Want(inner, aim)]))
                }
            }
        case .held(let inner, _):
            settle(condition, aim)
            if aim.isPositive { return [Want(inner, aim)] }
            everSince.append(Want(inner, aim))
        case .below(let left, let right, _, _) where left == right:
            settle(condition, aim)
            narrow(.truth(condition), to: .only([.boolean(true)]), .notFalse)
        case .may(let action):
            settle(condition, aim.isPositive ? .isTrue : .isFalse)
            if terms.neverGiven.contains(action) {
                narrow(.truth(condition), to: .only([.boolean(false)]), .isFalse)
            }
        default: settle(condition, aim)
        }
        return []
    }

    /// Asks it of a condition as a whole; where it must be known, so must be what it reads.
    private mutating func settle(_ condition: Condition, _ aim: Aim) {
        narrow(.truth(condition), to: .only([.boolean(aim.isPositive)]), aim)
        if !aim.allowsUnknown { condition.operands.forEach { know($0) } }
    }

    private mutating func compare(
        _ comparison: Condition.Comparison, _ left: Operand, _ right: Operand, _ aim: Aim
    ) {
        if case .constant(.set(let members), _) = right {
            // Sets are the same or not; more is known of those that are.
            settle(.compare(.equal, left, right), comparison == .equal ? aim : aim.ofNegation)
            guard (comparison == .equal) == aim.isPositive else { return }
            bound(left, aim) {
                $0.members.formUnion(members)
                $0.limit(to: Set(members))
            }
            return
        }
        let comparison = aim.isPositive ? comparison : comparison.opposite
        if case .constant(let value, let type) = right {
            narrow(.operand(left), to: terms.values(comparison, value, type), aim)
            return
        }
        if cells[.order(right, left)] != nil {
            narrow(.order(right, left), to: .only(comparison.exchanged.orders), aim)
        } else {
            narrow(.order(left, right), to: .only(comparison.orders), aim)
        }
        if !aim.allowsUnknown {
            know(left)
            know(right)
        }
    }

    private mutating func member(
        _ element: Operand, _ set: Operand, _ aim: Aim, _ condition: Condition
    ) {
        if case .constant(.set(let members), _) = set {
            let values = ValueSet.of(members)
            narrow(
                .operand(element), to: aim.isPositive ? values : terms.complement(values, members),
                aim)
        } else if case .constant(let value, _) = element {
            bound(set, aim) {
                if aim.isPositive {
                    $0.members.insert(value)
                } else {
                    $0.strangers.insert(value)
                }
            }
        } else {
            settle(condition, aim)
            if case .list(let list) = set, aim.isPositive {
                narrow(.operand(element), to: .of(terms.values(onList: list)), aim)
            }
        }
    }

    private mutating func limitTime(
        _ comparison: Condition.Comparison, _ number: Int64?, _ aim: Aim
    ) {
        guard let number else { return }
        narrow(
            .time, to: .numbers(aim.isPositive ? comparison : comparison.opposite, number), aim)
    }

    private mutating func elapsed(
        _ instant: Operand?, _ period: Period, _ beginning: Operand, isOver: Bool, _ aim: Aim
    ) {
        if case .constant(.instant(let begun), _) = beginning, instant?.isConstant != true {
            let end = period.end(from: begun, in: terms.zone).secondsSinceEpoch
            let asked =
                isOver
                ? ValueSet.numbers(.greaterOrEqual, end)
                : ValueSet.numbers(.greaterOrEqual, begun.secondsSinceEpoch)
                    .intersection(.numbers(.less, end))
            narrow(
                instant.map(Term.operand) ?? .time, to: aim.isPositive ? asked : asked.complement,
                aim)
            return
        }
        let places: [Int64] = aim.isPositive ? [isOver ? 1 : 0] : isOver ? [-1, 0] : [-1, 1]
        narrow(
            .span(instant, period, after: beginning), to: .only(Set(places.map(Value.integer))),
            aim)
        if !aim.allowsUnknown {
            know(beginning)
            if let instant { know(instant) }
        }
    }

    private mutating func quantified(
        _ quantifier: Quantifier, _ domain: Domain, _ inner: Condition, _ aim: Aim
    ) {
        let index = members.firstIndex { $0.domain == domain }
        var found = index.map { members[$0].members } ?? Members()
        switch (quantifier, aim) {
        case (.some, .isTrue), (.atLeast, .isTrue): found.some.append(Want(inner, .isTrue))
        case (.some, .isFalse): found.every.append(Want(inner, .isFalse))
        case (.every, .isTrue):
            found.some.append(Want(inner, .isTrue))
            found.every.append(Want(inner, .isTrue))
        case (.every, .isFalse): found.some.append(Want(inner, .isFalse))
        // Where nothing is ever doubtful, what isn't true or isn't false says as much of the members.
        case (.some, .notFalse) where terms.isCertain(domain):
            found.some.append(Want(inner, .notFalse))
        case (.some, .notTrue) where !terms.hasFreshness:
            found.every.append(Want(inner, .notTrue))
        case (.every, .notFalse) where !terms.hasFreshness:
            found.every.append(Want(inner, .notFalse))
        default: return
        }
        if let index {
            members[index].members = found
        } else {
            members.append((domain, found))
        }
    }

    // MARK: Cells

    private mutating func touch(_ term: Term) {
        guard cells[term] == nil else { return }
        var cell = Cell()
        switch term {
        case .operand(let operand):
            cell.isKnown = terms.isAlwaysKnown(operand)
            cell.values = terms.possibleValues(of: operand)
            if case .list(let list) = operand {
                cell.bounds = SetBounds(most: terms.values(onList: list))
            }
        case .kind(let operand): cell.isKnown = terms.isAlwaysKnown(operand)
        case .time:
            cell.isKnown = true
            cell.values = .allNumbers
        case .order(let left, let right) where left == right: cell.values = .only([.integer(0)])
        case .order, .span, .truth: break
        }
        cells[term] = cell
    }

    private mutating func narrow(_ term: Term, to values: ValueSet, _ aim: Aim) {
        touch(term)
        if let before = cells[term]?.values { cells[term]?.values = before.intersection(values) }
        guard !aim.allowsUnknown else { return }
        cells[term]?.isKnown = true
        switch term {
        case .operand(let operand), .kind(let operand): know(operand)
        case .order, .span, .time, .truth: break
        }
    }

    private mutating func bound(
        _ set: Operand, _ aim: Aim, _ change: (inout SetBounds) -> Void
    ) {
        touch(.operand(set))
        var bounds = cells[.operand(set)]?.bounds ?? SetBounds()
        change(&bounds)
        cells[.operand(set)]?.bounds = bounds
        if !aim.allowsUnknown { know(set) }
    }

    /// What is read from something that has no value has none either.
    private mutating func know(_ operand: Operand) {
        for part in operand.parts {
            touch(.operand(part))
            cells[.operand(part)]?.isKnown = true
        }
    }
}

extension Terms {
    /// Whether all that is looked through is known, and whose it is.
    fileprivate func isCertain(_ domain: Domain) -> Bool {
        guard case .records(_, let owner) = domain, !hasFreshness else { return false }
        return isAlwaysKnown(owner)
    }

    /// The complement of a set of values; of none of any type, all.
    fileprivate func complement(_ values: ValueSet, _ members: [Value]) -> ValueSet {
        members.isEmpty ? .everything : values.complement
    }
}
