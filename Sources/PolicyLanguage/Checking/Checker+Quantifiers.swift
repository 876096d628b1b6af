import Diagnostics
import Facts

/// `some`, `every`, `no` and counts, over records, sets and chains.
extension Checker {
    mutating func quantified(
        _ quantifier: Expression.Quantifier, _ variable: Name, _ collection: Expression,
        _ inner: Expression?, at place: Place, in scope: Scope
    ) -> Condition? {
        guard let (domain, type) = domain(collection, in: scope) else { return nil }
        var innerScope = scope
        let id = freshVariable()
        innerScope.variables[variable.text] = (id, type)
        var condition = Condition.constant(true)
        if let inner {
            guard let checked = self.condition(inner, in: innerScope) else { return nil }
            condition = checked
        }
        func quantified(_ quantifier: Quantifier) -> Condition {
            .quantified(quantifier, variable: id, over: domain, condition)
        }
        switch quantifier {
        case .some: return quantified(.some)
        case .every:
            guard mayBeEmpty(domain) else { return quantified(.every) }
            let any = Condition.quantified(
                .some, variable: freshVariable(), over: domain, .constant(true))
            return .or([quantified(.every), .not(any)])
        case .no: return .not(quantified(.some))
        case .atLeast(let count): return atLeast(count, quantified)
        case .atMost(let count): return .not(atLeast(count + 1, quantified))
        case .exactly(let count):
            // What is counted is written out twice.
            guard countCondition(condition.subconditions.count, at: place) else { return nil }
            return .all([atLeast(count, quantified), .not(atLeast(count + 1, quantified))])
        }
    }

    /// Whether the vocabulary says that what is asked of every member is true where there is none.
    private func mayBeEmpty(_ domain: Domain) -> Bool {
        switch domain {
        case .records(let kind, _): return emptyRecords.contains(kind)
        case .members(.attribute(_, let name, let kind)):
            let declarer = vocabulary.declarer(of: name, from: kind)
            return emptySets.contains(DeclaredAttribute(kind: declarer, name: name))
        case .members, .chain: return false
        }
    }

    /// None at least is always so; one at least is some.
    private func atLeast(_ count: Int, _ quantified: (Quantifier) -> Condition) -> Condition {
        switch count {
        case ...0: .constant(true)
        case 1: quantified(.some)
        default: quantified(.atLeast(count))
        }
    }

    /// What a quantifier looks through, and the type of what it meets there.
    mutating func domain(
        _ collection: Expression, in scope: Scope
    ) -> (domain: Domain, type: ValueType)? {
        if case .chain(let lowest) = collection.kind { return chain(lowest, in: scope) }
        if case .member(let base, let relation) = collection.kind,
            let (owner, ownerKind) = baseEntity(base, in: scope)
        {
            if let record = vocabulary.record(relation: relation.text, of: ownerKind) {
                guard mayBeRead(record, at: collection.place) else { return nil }
                return (.records(kind: record.name, owner: owner), .entity(record.name))
            }
            guard vocabulary.kinds[ownerKind]?.attributes[relation.text] != nil else {
                reportUnknown(
                    .notARelation, relation, [ownerKind],
                    among: relations(of: ownerKind) + setAttributes(of: ownerKind))
                return nil
            }
        }
        guard let typed = path(collection, in: scope) else {
            reportUnknownPath(collection, in: scope)
            return nil
        }
        guard case .set(let member) = typed.type else {
            report(.notARelation, [text(at: collection.place), ""], at: collection.place)
            return nil
        }
        return (.members(typed.operand), member)
    }

    /// The entity a path leads to, without a word where it leads to none.
    private mutating func baseEntity(
        _ expression: Expression, in scope: Scope
    ) -> (Operand, String)? {
        let reported = diagnostics.count
        guard let typed = path(expression, in: scope), case .entity(let kind) = typed.type else {
            diagnostics.removeSubrange(reported...)
            return nil
        }
        return (typed.operand, kind)
    }

    private mutating func chain(
        _ lowest: Expression, in scope: Scope
    ) -> (domain: Domain, type: ValueType)? {
        guard let (operand, kind) = entity(lowest, in: scope) else { return nil }
        guard let hierarchy = vocabulary.kinds[kind]?.hierarchy else {
            report(.noHierarchy, [kind], at: lowest.place)
            return nil
        }
        return (
            .chain(operand, kind: kind, attribute: hierarchy.attribute), .entity(kind)
        )
    }

    /// Whether rules may look at records of a kind at all; what a check says, only `passed` may.
    private mutating func mayBeRead(_ record: KindDeclaration, at place: Place) -> Bool {
        guard record.limitedTo == Vocabulary.checkPurpose else { return true }
        report(.limitedRecordRead, [text(at: place), Vocabulary.checkPurpose], at: place)
        return false
    }

    func relations(of kind: String) -> [String] {
        vocabulary.kinds.compactMap { record in
            record.ownership.flatMap { vocabulary.isKind(kind, $0.owner) ? $0.relation : nil }
        }
    }

    private func setAttributes(of kind: String) -> [String] {
        (vocabulary.kinds[kind]?.attributes ?? []).filter { $0.type.memberType != nil }.map(\.name)
    }
}
