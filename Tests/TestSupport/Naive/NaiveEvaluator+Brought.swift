import DecisionEngine
import Facts
import PolicyLanguage

/// §2.7: what a request brings.
extension NaiveEvaluator {
    func decideBrought(_ request: Request) -> NaiveDecision {
        var bare = request
        bare.brought = .nothing
        let vocabulary = policy.vocabulary
        let resource = EntityID(
            kind: vocabulary.rootKind(of: Vocabulary.resourceKind), name: request.resource)
        let subject = EntityID(
            kind: vocabulary.rootKind(of: Vocabulary.subjectKind), name: request.subject)
        var histories: [EntityID: EntityHistory] = [:]
        for history in facts.histories { histories[history.id] = history }

        // Case 2: a resource brought whole.
        let isNew = histories[resource] == nil
        if isNew, resource != subject,
            let kind = request.brought.resourceKind.flatMap({ vocabulary.kinds[$0] }),
            vocabulary.isKind(kind.name, Vocabulary.resourceKind),
            kind.attributes.contains(where: { $0.mayBeBrought })
        {
            var attributes: [String: [TimedValue]] = [:]
            for (name, value) in request.brought.resource {
                guard let attribute = kind.attributes[name], attribute.mayBeBrought,
                    fits(value, attribute.type)
                else { continue }
                attributes[name] = [stated(value, during: .always)]
            }
            histories[resource] = EntityHistory(
                id: resource, kind: kind.name, owner: nil, existence: [.always],
                origin: Origin(source: "the request", sequence: 0), attributes: attributes)
        }
        let alone = evaluator(over: histories).decide(bare)
        guard alone.basis == .permitted else { return alone }

        // Case 3: what is known, and what is brought besides.
        var isAnything = false
        func add(_ brought: [String: Value], to id: EntityID) {
            guard let history = histories[id], let kind = vocabulary.kinds[history.kind] else {
                return
            }
            for (name, value) in brought {
                guard let attribute = kind.attributes[name], attribute.mayBeBrought else {
                    continue
                }
                var brought = value
                if case .set(let member) = attribute.type, case .set(let members) = value {
                    let fitting = members.filter { fits($0, member) }
                    guard !fitting.isEmpty else { continue }
                    brought = .set(of: Array(fitting))
                } else if !fits(value, attribute.type) {
                    continue
                }
                isAnything = true
                histories[id] = histories[id]?.replacing(
                    name, with: besides(history, attribute, brought))
            }
        }
        if !isNew { add(request.brought.resource, to: resource) }
        add(request.brought.subject, to: subject)
        guard isAnything else { return alone }
        let both = evaluator(over: histories).decide(bare)
        guard both.basis == .permitted else { return both }
        return NaiveDecision(
            basis: .permitted, rules: Set(alone.rules).union(both.rules).sorted(),
            obligations: Set(alone.obligations).union(both.obligations).sorted(),
            validUntil: [alone.validUntil, both.validUntil].compactMap(\.self).min())
    }

    private func evaluator(over histories: [EntityID: EntityHistory]) -> NaiveEvaluator {
        NaiveEvaluator(
            policy: policy,
            facts: FactBase(
                sequence: facts.sequence, histories: histories.values, readings: facts.readings))
    }

    private func stated(_ value: Value, during interval: Interval) -> TimedValue {
        TimedValue(
            value: value, interval: interval, origin: Origin(source: "the request", sequence: 0))
    }

    /// The values of an attribute, piece by piece.
    private func besides(
        _ history: EntityHistory, _ attribute: AttributeDeclaration, _ brought: Value
    ) -> [TimedValue] {
        let known = history.attributes[attribute.name] ?? []
        let inside = known.flatMap { [$0.interval.from, $0.interval.until] }
        let instants = Set(inside + [.distantPast, .distantFuture]).sorted()
        return zip(instants, instants.dropFirst()).map { from, until in
            let piece = Interval(from: from, until: until)
            let fact = known.first { $0.interval.contains(from) }
            guard let before = fact?.value ?? attribute.defaultValue else {
                return stated(brought, during: piece)
            }
            let stricter = stricter(before, brought, attribute.type)
            if let fact, stricter == before {
                return TimedValue(value: before, interval: piece, origin: fact.origin)
            }
            return stated(stricter, during: piece)
        }
    }

    private func stricter(_ known: Value, _ brought: Value, _ type: ValueType) -> Value {
        if case .set(let members) = known, case .set(let others) = brought {
            return .set(of: Array(members) + Array(others))
        }
        if case .enumeration(let name) = type, case .symbol(let left) = known,
            case .symbol(let right) = brought,
            let declaration = policy.vocabulary.enumerations[name], declaration.isScale
        {
            let cases = declaration.cases.map(\.name)
            guard let first = cases.firstIndex(of: left), let second = cases.firstIndex(of: right)
            else { return brought }
            return cases[max(first, second)] == left ? known : brought
        }
        return brought
    }
}
