import Facts

/// What has to be known of a policy to reason about its conditions.
struct Terms: Sendable {
    let vocabulary: Vocabulary
    let zone: ZoneTable
    /// The actions that no permit gives: nobody may ever take them.
    let neverGiven: Set<String>
    /// Whether some source can go stale, so that records may be doubtful.
    let hasFreshness: Bool

    init(vocabulary: Vocabulary, zone: ZoneTable, rules: [CheckedRule]) {
        self.vocabulary = vocabulary
        self.zone = zone
        let given = Set(rules.filter { $0.kind == .permit }.flatMap(\.actions))
        neverGiven = Set(vocabulary.actionNames).subtracting(given)
        hasFreshness = vocabulary.sources.contains { $0.fresh != nil }
    }

    /// The kinds that are `kind` or below it.
    func kinds(within kind: String) -> Set<Value> {
        Set(vocabulary.kinds.names.filter { vocabulary.isKind($0, kind) }.map(Value.symbol))
    }

    /// The kinds of resource on which one of these actions can be taken.
    func resourceKinds(for actions: [String]) -> Set<Value> {
        let possible = vocabulary.actions.filter { actions.contains($0.name) }.map(\.kind)
        return Set(
            vocabulary.kinds.names.filter { kind in
                vocabulary.isKind(kind, Vocabulary.resourceKind)
                    && possible.contains { vocabulary.isKind(kind, $0) }
            }.map(Value.symbol))
    }

    func type(of operand: Operand) -> ValueType? {
        switch operand {
        case .constant(_, let type): type
        case .attribute(_, let name, let kind):
            vocabulary.kinds[kind]?.attributes[name]?.type
        case .context(let name): vocabulary.contexts[name]?.type
        case .lookup(let table, _): vocabulary.tables[table]?.valueType
        case .list(let list): vocabulary.lists[list].map { .set(of: $0.memberType) }
        case .began, .ends: .instant
        case .subject, .resource, .variable: nil
        }
    }

    /// What an operand may be at most, whatever is asked of it.
    func possibleValues(of operand: Operand) -> ValueSet {
        if case .lookup(let name, _) = operand, let table = vocabulary.tables[name],
            table.valueType.memberType == nil
        {
            return .of(table.rows.map(\.value) + [table.otherwise].compactMap(\.self))
        }
        return switch type(of: operand) {
        case .boolean: .only([.boolean(true), .boolean(false)])
        case .enumeration(let name): .only(Set(cases(of: name)))
        case .integer, .instant, .date, .lastDay: .allNumbers
        case .text, .entity, .set, nil: .everything
        }
    }

    func cases(of enumeration: String) -> [Value] {
        vocabulary.enumerations[enumeration]?.cases.map { .symbol($0.name) } ?? []
    }

    /// All that is ever on a list.
    func values(onList name: String) -> Set<Value> {
        Set(vocabulary.lists[name]?.members.map(\.value) ?? [])
    }

    /// Whether there is always a value.
    func isAlwaysKnown(_ operand: Operand) -> Bool {
        switch operand {
        case .subject, .resource, .constant, .list: true
        case .variable, .attribute, .context, .lookup, .began, .ends: false
        }
    }

    /// The values that compare so with a constant.
    func values(_ comparison: Condition.Comparison, _ constant: Value, _ type: ValueType)
        -> ValueSet
    {
        if let number = constant.number { return .numbers(comparison, number) }
        if case .enumeration(let name) = type {
            let cases = cases(of: name)
            guard let rank = cases.firstIndex(of: constant) else { return .everything }
            return .only(Set(cases.indices.filter { comparison.holds($0, rank) }.map { cases[$0] }))
        }
        switch comparison {
        case .equal: return .only([constant])
        case .notEqual: return .except([constant])
        case .less, .lessOrEqual, .greater, .greaterOrEqual: return .everything
        }
    }
}

extension Condition.Comparison {
    /// How the two compare: -1, 0, 1 for less, the same, greater.
    var orders: Set<Value> {
        switch self {
        case .equal: [.integer(0)]
        case .notEqual: [.integer(-1), .integer(1)]
        case .less: [.integer(-1)]
        case .lessOrEqual: [.integer(-1), .integer(0)]
        case .greater: [.integer(1)]
        case .greaterOrEqual: [.integer(0), .integer(1)]
        }
    }

    /// The same comparison with its sides exchanged.
    var exchanged: Condition.Comparison {
        switch self {
        case .equal, .notEqual: self
        case .less: .greater
        case .lessOrEqual: .greaterOrEqual
        case .greater: .less
        case .greaterOrEqual: .lessOrEqual
        }
    }

    /// What holds of two known values exactly where this does not.
    var opposite: Condition.Comparison {
        switch self {
        case .equal: .notEqual
        case .notEqual: .equal
        case .less: .greaterOrEqual
        case .lessOrEqual: .greater
        case .greater: .lessOrEqual
        case .greaterOrEqual: .less
        }
    }
}
