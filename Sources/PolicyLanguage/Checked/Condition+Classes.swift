import Facts

/// What the heads of rules say of a class, one attribute at a time.
extension Condition {
    /// Whether no resource can be in both classes, as far as kinds and single values tell.
    ///
    /// Sound, not complete: where it says no, there may be none all the same.
    func isApart(from other: Condition, in vocabulary: Vocabulary) -> Bool {
        let (mine, others) = (conjuncts, other.conjuncts)
        for first in mine {
            for second in others {
                if first.excludes(second, in: vocabulary) { return true }
            }
        }
        return false
    }

    /// The parts that must all hold.
    var conjuncts: [Condition] {
        guard case .and(let parts) = self else { return [self] }
        return parts.flatMap(\.conjuncts)
    }

    private func excludes(_ other: Condition, in vocabulary: Vocabulary) -> Bool {
        switch (self, other) {
        case (.isKind(let first, let kind), .isKind(let second, let otherKind)):
            return first == second && !vocabulary.isKind(kind, otherKind)
                && !vocabulary.isKind(otherKind, kind)
        default:
            guard let mine = allowedCases(in: vocabulary),
                let others = other.allowedCases(in: vocabulary), mine.operand == others.operand
            else { return false }
            return mine.cases.isDisjoint(with: others.cases)
        }
    }

    /// The cases of an enumeration that an operand may have for the condition to hold, where that is what it says.
    func allowedCases(
        in vocabulary: Vocabulary
    ) -> (operand: Operand, cases: Set<String>)? {
        switch self {
        case .compare(let comparison, let operand, .constant(.symbol(let name), let type)):
            guard case .enumeration(let enumeration) = type,
                let all = vocabulary.enumerations[enumeration]?.cases.map(\.name),
                let rank = all.firstIndex(of: name)
            else { return nil }
            let allowed = all.indices.filter { comparison.holds($0, rank) }
            return (operand, Set(allowed.map { all[$0] }))
        case .member(let operand, of: .constant(.set(let members), .set(.enumeration))):
            return (
                operand,
                Set(
                    members.compactMap { member in
                        guard case .symbol(let name) = member else { return nil }
                        return name
                    })
            )
        default: return nil
        }
    }
}

extension Condition.Comparison {
    func holds(_ left: Int, _ right: Int) -> Bool {
        switch self {
        case .equal: left == right
        case .notEqual: left != right
        case .less: left < right
        case .lessOrEqual: left <= right
        case .greater: left > right
        case .greaterOrEqual: left >= right
        }
    }
}
