public import Facts
public import PolicyLanguage

/// §5.2, §5.3 and §6.1: entitlements, limits and duties, by asking everything about everybody.
extension NaiveEvaluator {
    /// Who belongs to an entitlement's group.
    public func members(of entitlement: CheckedEntitlement, at time: Instant) -> [EntityID] {
        let extent = entitlement.extent
        let resources = resources(of: extent, at: time) {
            extent.isEvery ? $0 != false : $0 == true
        }
        guard !resources.isEmpty else { return [] }
        return people.filter { person in
            let may = resources.map { resource in
                isPermitted(
                    Question(
                        subject: person, action: extent.action, resource: resource,
                        context: entitlement.assuming), at: time)
            }
            return extent.isEvery ? !may.contains(false) : may.contains(true)
        }
    }

    /// For each group of a limit's resources, by its id, who has the access in one of the `worlds`.
    public func findings(
        of limit: CheckedLimit, at time: Instant, worlds: [[String: Value]]
    ) -> [EntityID?: [EntityID]] {
        let extent = limit.extent
        let resources = resources(of: extent, at: time) {
            extent.isEvery ? $0 == true : $0 != false
        }
        var groups: [EntityID?: [EntityID]] = [:]
        for resource in resources {
            var found: [EntityID?] = [nil]
            if let operand = limit.group {
                found = value(of: operand, in: scope(about: resource, at: time))?.references ?? []
            }
            for group in found { groups[group, default: []].append(resource) }
        }
        return groups.mapValues { members in
            people.filter { person in
                let reached = members.map { resource in
                    worlds.contains { world in
                        isPermitted(
                            Question(
                                subject: person, action: extent.action, resource: resource,
                                context: world), at: time)
                    }
                }
                return extent.isEvery ? !reached.contains(false) : reached.contains(true)
            }
        }
    }

    /// What an event asks to be done, as verbs and objects.
    public func duties(of event: Event) -> [(verb: String, object: Value)] {
        let declaration = policy.vocabulary.events[event.name]
        return policy.duties.filter { $0.event == event.name }.flatMap { duty in
            var scope = scope(
                about: EntityID(kind: "", name: ""), at: event.effective.advanced(bySeconds: -1))
            for (name, variable) in duty.fields {
                // A field is what a request could bring of its type.
                if let value = event.fields[name], let type = declaration?.fields[name]?.type,
                    fits(value, type)
                {
                    scope.variables[variable] = value
                }
            }
            let spokenOf = duty.variablesRead
            guard spokenOf.isSubset(of: Set(scope.variables.keys)),
                truth(of: duty.when, in: scope) != false
            else { return [(verb: String, object: Value)]() }
            let objects = Set(objects(of: duty, in: scope)).sorted()
            return objects.map { (duty.verb, $0) }
        }
    }

    private func objects(of duty: CheckedDuty, in scope: Scope) -> [Value] {
        switch duty.object {
        case .one(let operand): return value(of: operand, in: scope).map { [$0] } ?? []
        case .each(let domain, let variable, let operand):
            return values(of: domain, in: scope).compactMap { member in
                var scope = scope
                scope.variables[variable] = member
                return value(of: operand, in: scope)
            }
        }
    }

    private var people: [EntityID] {
        facts.histories.filter { policy.vocabulary.isKind($0.kind, Vocabulary.subjectKind) }
            .map(\.id).sorted()
    }

    private func resources(
        of extent: CheckedExtent, at time: Instant, counting isCounted: (Bool?) -> Bool
    ) -> [EntityID] {
        facts.histories.filter { history in
            policy.vocabulary.actionNames(on: history.kind).contains(extent.action)
                && policy.vocabulary.isKind(history.kind, Vocabulary.resourceKind)
                && history.exists(at: time)
                && isCounted(truth(of: extent.head, in: scope(about: history.id, at: time)))
        }.map(\.id)
    }

    private func scope(about resource: EntityID, at time: Instant) -> Scope {
        Scope(
            question: Question(subject: resource, action: "", resource: resource, context: [:]),
            time: time)
    }
}

extension CheckedDuty {
    /// The variables of fields that it speaks of.
    fileprivate var variablesRead: Set<Int> {
        var operands = when.subconditions.flatMap(\.operands)
        switch object {
        case .one(let operand): operands.append(operand)
        case .each(let domain, _, let value): operands += [domain.operand, value]
        }
        let read = operands.flatMap(\.parts).compactMap { part -> Int? in
            guard case .variable(let id) = part else { return nil }
            return id
        }
        return Set(read).intersection(fields.values)
    }
}
