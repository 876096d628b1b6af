import Facts
import PolicyProgram

/// What of an action's rules is left to ask, once the classes of the subject and of the resource are known.
enum Residual {
    /// Nothing: the rules come to this.
    case nothing(outcome: UInt32)
    /// What these rules come to; their outcomes together are kept from `table` on, where they are few.
    case rules(start: UInt32, count: UInt32, table: UInt32)
    /// Too much to keep apart.
    case tooMuch
    /// The action is none for such a resource.
    case noAction
}

/// The residuals that an evaluator has come across.
struct Residuals: ~Copyable {
    /// How many rules may be left, and how many conditions may be asked for.
    static let most = 32
    /// Up to how many rules left their outcomes are kept in a table.
    private static let mostInTable = 3
    /// How many residuals are kept before all are forgotten.
    private static let mostKept = 1 << 20

    /// A part of a rule that is left.
    enum Step: Hashable {
        case condition(UInt32, place: UInt8)
        case not(UInt32)
        case all(start: UInt32, count: UInt32, besides: Truth)
        case one(start: UInt32, count: UInt32, besides: Truth)
    }

    /// A rule that is left.
    struct OpenRule: Hashable {
        let rule: UInt32
        let step: UInt32
    }

    /// Outcomes by what the rules left come to, two bits each.
    private struct Combination: Hashable {
        let residual: UInt32
        let truths: UInt64
    }

    private var places = PlaceTable()
    private var residuals: [Residual] = []
    private var steps: [Step] = []
    private var stepPlaces: [Step: UInt32] = [:]
    private var children: [UInt32] = []
    private var childPlaces: [[UInt32]: UInt32] = [:]
    private var probes: [Probe] = []
    private var probePlaces: [NodeIndex: UInt32] = [:]
    private var contents: [Content: UInt32] = [:]
    private var openRules: [OpenRule] = []
    /// For each residual, the rules that are not left and not idle.
    private var settled: [[OutcomeTable.RuleTruth]] = []
    /// Numbers of outcomes; `missing` where nobody has asked.
    private var table: [UInt32] = []
    private var combinations: [Combination: UInt32] = [:]
    /// For each action and class of resources, the rules that can come to something.
    private var candidates: [UInt64: [UInt32]] = [:]

    private static let missing = UInt32.max

    /// What is left and what is settled; nothing is left where the outcome is known.
    private struct Content: Hashable {
        let action: Int
        let open: [OpenRule]
        let settled: [OutcomeTable.RuleTruth]
    }

    /// Whether it is time to forget all of them.
    var isFull: Bool { places.count >= Residuals.mostKept }

    /// The number of the residual for an action and two classes: the same where the same is left and settled.
    mutating func place(
        action: Int, subject: Int, resource: Int, _ prepared: Borrowed<Preparation.Layout>,
        _ engine: DecisionEngine, _ outcomes: inout OutcomeTable
    ) -> Int {
        let key = UInt64(action) << 48 | UInt64(subject) << 24 | UInt64(resource)
        if let known = places[key] { return Int(known) }
        let place = make(
            action: action, subject: subject, resource: resource, prepared, engine, &outcomes)
        places.insert(place, for: key)
        return Int(place)
    }

    /// What the rules come to: asks for the conditions that are left.
    mutating func outcome(
        of place: Int, _ probing: inout Probing, _ request: borrowing ResolvedRequest,
        _ engine: borrowing DecisionEngine, _ outcomes: inout OutcomeTable
    ) -> UInt32? {
        guard case .rules(let start, let count, let first) = residuals[place] else { return nil }
        var known = InlineArray<32, UInt8>(repeating: .max)
        var truths: UInt64 = 0
        for index in 0..<Int(count) {
            let step = openRules[Int(start) + index].step
            truths |=
                UInt64(truth(of: step, &probing, request, engine, &known).rawValue)
                << UInt64(2 * index)
        }
        if Int(count) <= Residuals.mostInTable {
            let entry = Int(first) + Int(truths)
            if table[entry] == Residuals.missing {
                table[entry] = number(place, start, count, truths, request, engine, &outcomes)
            }
            return table[entry]
        }
        let combination = Combination(residual: UInt32(place), truths: truths)
        if let number = combinations[combination] { return number }
        let number = number(place, start, count, truths, request, engine, &outcomes)
        combinations[combination] = number
        return number
    }

    subscript(place: Int) -> Residual { residuals[place] }

    private func number(
        _ place: Int, _ start: UInt32, _ count: UInt32, _ truths: UInt64,
        _ request: borrowing ResolvedRequest, _ engine: borrowing DecisionEngine,
        _ outcomes: inout OutcomeTable
    ) -> UInt32 {
        var found = settled[place]
        let rules = engine.tables.layout.value.rules
        for index in 0..<Int(count) {
            let rule = openRules[Int(start) + index].rule
            let truth = Truth(rawValue: UInt8(truncatingIfNeeded: truths >> UInt64(2 * index)) & 3)
            guard let truth, !OutcomeTable.RuleTruth.isIdle(truth, rules[Int(rule)].kind) else {
                continue
            }
            found.append(OutcomeTable.RuleTruth(rule: rule, truth: truth))
        }
        return outcomes.place(action: request.action, found, rules)
    }

    private func truth(
        of place: UInt32, _ probing: inout Probing, _ request: borrowing ResolvedRequest,
        _ engine: borrowing DecisionEngine, _ known: inout InlineArray<32, UInt8>
    ) -> Truth {
        switch steps[Int(place)] {
        case .condition(let probe, let place):
            if let truth = Truth(rawValue: known[Int(place)]) { return truth }
            let truth = probing.truth(of: probes[Int(probe)], request, engine)
            known[Int(place)] = truth.rawValue
            return truth
        case .not(let inner): return !truth(of: inner, &probing, request, engine, &known)
        case .all(let start, let count, var result):
            for index in Int(start)..<Int(start + count) {
                result = min(
                    result, truth(of: children[index], &probing, request, engine, &known))
                if result == .false { break }
            }
            return result
        case .one(let start, let count, var result):
            for index in Int(start)..<Int(start + count) {
                result = max(
                    result, truth(of: children[index], &probing, request, engine, &known))
                if result == .true { break }
            }
            return result
        }
    }

    // MARK: Looking through many

    /// What somebody of a class must meet to be permitted, in conditions that are quick to ask of many: one of these.
    ///
    /// None where nobody of the class is permitted; nil where all of them have to be asked in full.
    func needs(of place: Int, varying start: Probe.Path.Start, _ engine: DecisionEngine) -> [Need]?
    {
        guard case .rules(let first, let count, _) = residuals[place] else { return nil }
        let rules = engine.tables.layout.value.rules
        let hasReason = settled[place].contains {
            $0.truth == .true && rules[Int($0.rule)].kind == .permit
        }
        guard !hasReason else { return nil }
        var needs: [Need] = []
        for open in openRules[Int(first)..<Int(first + count)]
        where rules[Int(open.rule)].kind == .permit {
            guard let found = self.needs(for: open.step, varying: start) else { return nil }
            needs += found
        }
        return needs
    }

    /// A condition that depends on one value of those who are looked through.
    struct Need: Hashable {
        let probe: UInt32
        /// The value's word in their rows; 0 for themselves.
        let word: UInt32
    }

    func probe(_ place: UInt32) -> Probe { probes[Int(place)] }

    private func needs(for step: UInt32, varying start: Probe.Path.Start) -> [Need]? {
        switch steps[Int(step)] {
        case .not: return nil
        case .condition(let place, _):
            let paths = probes[Int(place)].paths
            let words = Set(paths.filter { $0.start == start }.map(\.first))
            guard !paths.isEmpty, words.count == 1, let word = words.first else { return nil }
            return [Need(probe: place, word: word)]
        case .all(let first, let count, let besides):
            // With something unknown beside them, all of them together never hold.
            guard besides == .true else { return [] }
            var fewest: [Need]?
            for part in children[Int(first)..<Int(first + count)] {
                guard let found = needs(for: part, varying: start) else { continue }
                if found.count < fewest?.count ?? .max { fewest = found }
            }
            return fewest
        case .one(let first, let count, _):
            var needs: [Need] = []
            for part in children[Int(first)..<Int(first + count)] {
                guard let found = self.needs(for: part, varying: start) else { return nil }
                needs += found
            }
            return needs
        }
    }

    // MARK: Parts

    /// The place of a part; equal ones share it.
    mutating func place(_ step: Step) -> UInt32 {
        if let known = stepPlaces[step] { return known }
        let place = UInt32(steps.count)
        steps.append(step)
        stepPlaces[step] = place
        return place
    }

    /// The place of a list of parts.
    mutating func place(of parts: [UInt32]) -> UInt32 {
        if let known = childPlaces[parts] { return known }
        let place = UInt32(children.count)
        children += parts
        childPlaces[parts] = place
        return place
    }

    /// The place of a condition that is asked for; `place` is its own among those of one residual.
    mutating func place(_ probe: Probe, _ node: NodeIndex, at place: UInt8) -> UInt32 {
        let known = probePlaces[node] ?? UInt32(probes.count)
        if known == probes.count {
            probes.append(probe)
            probePlaces[node] = known
        }
        return self.place(.condition(known, place: place))
    }

    // MARK: Making one

    private mutating func make(
        action: Int, subject: Int, resource: Int, _ prepared: Borrowed<Preparation.Layout>,
        _ engine: DecisionEngine, _ outcomes: inout OutcomeTable
    ) -> UInt32 {
        let kind = Int(prepared.value.resources.kinds[resource])
        guard engine.snapshot.columns.value.constants.kinship.applies(action: action, to: kind)
        else {
            return keep(.noAction, settled: [])
        }
        var simplifier = Simplifier(
            engine.tables.layout, prepared, engine.snapshot.columns, subject: subject,
            resource: resource)
        var open: [OpenRule] = []
        var found: [OutcomeTable.RuleTruth] = []
        for rule in rules(action: action, resource: resource, prepared, engine) {
            let entry = engine.tables.layout.value.rules[Int(rule)]
            switch simplifier.simplify(entry.outcome, &self) {
            case .known(let truth):
                if !OutcomeTable.RuleTruth.isIdle(truth, entry.kind) {
                    found.append(OutcomeTable.RuleTruth(rule: rule, truth: truth))
                }
            case .open(let step): open.append(OpenRule(rule: rule, step: step))
            }
        }
        let content = Content(action: action, open: open, settled: found)
        if let known = contents[content] { return known }
        let place: UInt32
        if open.isEmpty {
            let number = outcomes.place(action: action, found, engine.tables.layout.value.rules)
            place = keep(.nothing(outcome: number), settled: found)
        } else if open.count > Residuals.most || simplifier.conditions.count > Residuals.most {
            place = keep(.tooMuch, settled: found)
        } else {
            let rest = Residual.rules(
                start: UInt32(openRules.count), count: UInt32(open.count),
                table: UInt32(table.count))
            place = keep(rest, settled: found)
            openRules += open
            if open.count <= Residuals.mostInTable {
                table += [UInt32](repeating: Residuals.missing, count: 1 << (2 * open.count))
            }
        }
        contents[content] = place
        return place
    }

    private mutating func keep(
        _ residual: Residual, settled truths: [OutcomeTable.RuleTruth]
    ) -> UInt32 {
        residuals.append(residual)
        settled.append(truths)
        return UInt32(residuals.count - 1)
    }

    /// The rules about an action that can come to something with resources of a class.
    private mutating func rules(
        action: Int, resource: Int, _ prepared: Borrowed<Preparation.Layout>,
        _ engine: DecisionEngine
    ) -> [UInt32] {
        let key = UInt64(action) << 24 | UInt64(resource)
        if let known = candidates[key] { return known }
        let scope = RuleScope(engine.tables.layout, prepared, resource: resource)
        let rules = engine.tables.layout.value.rulesByAction[action].filter { scope.canMatter($0) }
        candidates[key] = rules
        return rules
    }
}
