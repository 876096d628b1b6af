import Facts

/// Looks for a state of affairs in which conditions are as asked, case by case.
///
/// Where it says that there is none, there is none. It may fail to see that there is none, and it stops at a limit;
/// `didStop` then says so.
struct Search: Sendable {
    /// How many cases one question may be parted into.
    static let mostCases = 1_000
    /// How many conditions may be looked at for one question.
    static let mostSteps = 50_000
    /// How many cases may lie inside each other.
    private static let deepest = 100

    let terms: Terms
    /// How many conditions may still be looked at in all.
    private(set) var left: Int
    /// Whether the question could not be followed to its end.
    private(set) var didStop = false
    private var cases = 0
    private var steps = 0
    /// What was found of the members of something looked through.
    private var known: [[Want]: Bool] = [:]

    /// Creates a search that may look at so many conditions, for all its questions together.
    init(terms: Terms, steps: Int) {
        self.terms = terms
        left = steps
    }

    /// Whether no request for one of the actions, where any are named, makes all of these so.
    mutating func isImpossible(_ wants: [Want], for actions: [String]? = nil) -> Bool {
        didStop = false
        cases = 0
        steps = 0
        var constraints = Constraints(terms: terms)
        if let actions { constraints.limitResource(to: terms.resourceKinds(for: actions)) }
        return refutes(wants, [], constraints, depth: 0)
    }

    private mutating func stop() -> Bool {
        didStop = true
        return false
    }

    /// Whether what is asked contradicts itself, in each of the cases that are open.
    private mutating func refutes(
        _ wants: [Want], _ splits: [[Want]], _ constraints: Constraints, depth: Int
    ) -> Bool {
        guard depth <= Search.deepest else { return stop() }
        var open = wants
        var splits = splits
        var constraints = constraints
        var seen: Set<Want> = []
        while true {
            if refutesAll(&open, &splits, &constraints, &seen) { return true }
            if didRunOut { return stop() }
            if constraints.isContradictory || refutesMembers(constraints) { return true }
            for index in splits.indices {
                splits[index] = splits[index].filter { mayBeSo($0, constraints) }
            }
            if didRunOut { return stop() }
            // What leaves no choice comes first.
            guard let sure = splits.indices.first(where: { splits[$0].count <= 1 }) else { break }
            guard let only = splits.remove(at: sure).first else { return true }
            open = [only]
        }
        guard !splits.isEmpty else { return refutesMembersHere(constraints) }
        for alternative in splits.removeFirst() {
            guard cases < Search.mostCases else { return stop() }
            cases += 1
            guard refutes([alternative], splits, constraints, depth: depth + 1) else {
                return false
            }
        }
        return true
    }

    /// Whether a choice does not contradict what is asked at first sight.
    private mutating func mayBeSo(_ choice: Want, _ constraints: Constraints) -> Bool {
        count(1 + constraints.cells.count / 8)
        if constraints.excludes(choice) { return false }
        var (open, splits, trial, seen) = ([choice], [[Want]](), constraints, Set<Want>())
        return !refutesAll(&open, &splits, &trial, &seen) && !trial.isContradictory
    }

    private var didRunOut: Bool { steps >= Search.mostSteps || left <= 0 }

    private mutating func count(_ conditions: Int) {
        steps += conditions
        left -= conditions
    }

    /// Takes what is asked apart into what has no parts, and into choices; says whether a constant refutes it.
    private mutating func refutesAll(
        _ open: inout [Want], _ splits: inout [[Want]], _ constraints: inout Constraints,
        _ seen: inout Set<Want>
    ) -> Bool {
        while let want = open.popLast(), !didRunOut {
            count(1)
            guard seen.insert(want).inserted else { continue }
            if case .constant(let boolean) = want.condition {
                if boolean != want.aim.isPositive { return true }
                continue
            }
            constraints.note(want)
            switch want.condition {
            case .not(let inner): open.append(Want(inner, want.aim.ofNegation))
            case .passed(_, let inner): open.append(Want(inner, want.aim))
            case .and(let parts), .or(let parts):
                let each = parts.map { Want($0, want.aim) }
                if want.joinsAll { open += each } else { splits.append(each) }
            default: open += constraints.ask(want.condition, want.aim)
            }
        }
        return false
    }

    private mutating func refutesMembers(_ constraints: Constraints) -> Bool {
        for (_, members) in constraints.members {
            for want in members.some where refutesApart([want] + members.every) { return true }
        }
        for (_, wants) in constraints.elsewhere where refutesApart(wants) { return true }
        for want in constraints.everSince where refutesApart([want]) { return true }
        return false
    }

    /// The same, with all that is known of the request besides: what is asked of a member holds at the same time.
    private mutating func refutesMembersHere(_ constraints: Constraints) -> Bool {
        for (_, members) in constraints.members {
            for want in members.some
            where refutes(
                [want] + members.every, [], constraints.insideQuantifier, depth: 0)
            {
                return true
            }
        }
        return false
    }

    /// The same for conditions about something or some time of their own.
    private mutating func refutesApart(_ wants: [Want]) -> Bool {
        if let answer = known[wants] { return answer }
        let stoppedBefore = didStop
        didStop = false
        let answer = refutes(wants, [], Constraints(terms: terms), depth: 0)
        if !didStop { known[wants] = answer }
        didStop = didStop || stoppedBefore
        return answer
    }
}

extension Want {
    /// Whether all parts of a conjunction or disjunction must be so; else it takes one.
    fileprivate var joinsAll: Bool {
        if case .and = condition { aim.isPositive } else { !aim.isPositive }
    }
}
