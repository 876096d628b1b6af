import Facts

/// The values that something may have, if it has one.
enum ValueSet: Hashable, Sendable {
    /// One of these.
    case only(Set<Value>)
    /// Any but these.
    case except(Set<Value>)
    /// A number, or an instant as its seconds, in one of these ranges; they are in order and apart.
    case numbers([ClosedRange<Int64>])

    static let everything = ValueSet.except([])
    static let allNumbers = ValueSet.numbers([Int64.min...Int64.max])

    /// These values, as ranges where they are numbers.
    static func of(_ values: some Sequence<Value>) -> ValueSet {
        let values = Set(values)
        let numbers = values.compactMap(\.number)
        guard !values.isEmpty, numbers.count == values.count else { return .only(values) }
        return .numbers(numbers.sorted().map { $0...$0 })
    }

    /// The numbers from one to another, both counted; none where they are the wrong way round.
    static func range(_ low: Int64, _ high: Int64) -> ValueSet {
        .numbers(low <= high ? [low...high] : [])
    }

    /// All that compare so with a number.
    static func numbers(_ comparison: Condition.Comparison, _ number: Int64) -> ValueSet {
        switch comparison {
        case .equal: .range(number, number)
        case .notEqual: ValueSet.range(number, number).complement
        case .lessOrEqual: .range(.min, number)
        case .greater: ValueSet.range(.min, number).complement
        case .greaterOrEqual: .range(number, .max)
        case .less: ValueSet.range(number, .max).complement
        }
    }

    var isEmpty: Bool {
        switch self {
        case .only(let values): values.isEmpty
        case .except: false
        case .numbers(let ranges): ranges.isEmpty
        }
    }

    /// The values, where they are few and can be told.
    var listed: [Value]? {
        guard case .only(let values) = self, values.count <= 8 else { return nil }
        return values.sorted()
    }

    var complement: ValueSet {
        switch self {
        case .only(let values): return .except(values)
        case .except(let values): return .only(values)
        case .numbers(let ranges):
            var gaps: [ClosedRange<Int64>] = []
            var next: Int64? = .min
            for range in ranges {
                if let low = next, low < range.lowerBound {
                    gaps.append(low...(range.lowerBound - 1))
                }
                next = range.upperBound == .max ? nil : range.upperBound + 1
            }
            if let next { gaps.append(next...Int64.max) }
            return .numbers(gaps)
        }
    }

    func intersection(_ other: ValueSet) -> ValueSet {
        if isEmpty { return self }
        if other.isEmpty { return other }
        switch (self, other) {
        case (.only(let mine), .only(let others)): return .only(mine.intersection(others))
        case (.only(let mine), .except(let others)): return .only(mine.subtracting(others))
        case (.except(let mine), .only(let others)): return .only(others.subtracting(mine))
        case (.except(let mine), .except(let others)): return .except(mine.union(others))
        case (.numbers(let mine), .numbers(let others)):
            return .numbers(
                mine.flatMap { range in
                    others.filter { $0.overlaps(range) }.map { $0.clamped(to: range) }
                })
        case (.numbers, _): return self
        case (_, .numbers): return other
        }
    }
}

extension Value {
    /// A number, or an instant's seconds.
    var number: Int64? {
        switch self {
        case .integer(let number): number
        case .instant(let instant): instant.secondsSinceEpoch
        default: nil
        }
    }
}

/// What is asked of the members of a set, if the set is known.
struct SetBounds: Hashable, Sendable {
    /// These are in it.
    var members: Set<Value> = []
    /// These are not.
    var strangers: Set<Value> = []
    /// Nothing but these is in it; nil where anything may be.
    var most: Set<Value>?
    /// Of each of these, one is in it.
    var oneOf: [Set<Value>] = []
    /// Of each of these, one is not in it.
    var notAll: [Set<Value>] = []
    /// Something outside of each of these is in it.
    var notWithin: [Set<Value>] = []

    /// Whether no set is so; sound, not complete.
    var isContradictory: Bool {
        var members = members
        for clause in oneOf {
            let possible = clause.filter(mayContain)
            if possible.isEmpty { return true }
            if possible.count == 1 { members.formUnion(possible) }
        }
        return !members.allSatisfy(mayContain)
            || notAll.contains { $0.isSubset(of: members) }
            || notWithin.contains { within in
                most.map { $0.subtracting(strangers).isSubset(of: within) } ?? false
            }
    }

    private func mayContain(_ value: Value) -> Bool {
        !strangers.contains(value) && (most?.contains(value) ?? true)
    }

    mutating func limit(to values: Set<Value>) {
        most = most.map { $0.intersection(values) } ?? values
    }
}
