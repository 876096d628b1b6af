/// A hierarchy must lead upwards at every instant, never back to where it began.
extension FactBuilder {
    mutating func findHierarchyCycles() {
        for declaration in vocabulary.kinds {
            guard let hierarchy = declaration.hierarchy else { continue }
            let members = histories.values.filter { $0.kind == declaration.name }.sorted {
                $0.id < $1.id
            }
            let instants = Set(
                members.flatMap { ($0.attributes[hierarchy.attribute] ?? []).map(\.interval.from) })
            for instant in instants.sorted() {
                if let problem = cycle(among: members, over: hierarchy.attribute, at: instant) {
                    problems.append(problem)
                    break
                }
            }
        }
    }

    /// Removes, again and again, whoever has nobody above them left; who remains goes round in a circle.
    private func cycle(
        among members: [EntityHistory], over attribute: String, at instant: Instant
    ) -> FactProblem? {
        var above: [EntityID: Set<EntityID>] = [:]
        for member in members {
            let parents = member.value(of: attribute, at: instant)?.value.references ?? []
            above[member.id] = Set(parents)
        }
        var below: [EntityID: [EntityID]] = [:]
        for (id, parents) in above {
            for parent in parents { below[parent, default: []].append(id) }
        }
        var free = above.filter { id, parents in parents.allSatisfy { above[$0] == nil } }.map(
            \.key)
        var left = above
        while let next = free.popLast() {
            guard left.removeValue(forKey: next) != nil else { continue }
            for child in below[next] ?? [] {
                guard let parents = left[child] else { continue }
                if parents.allSatisfy({ left[$0] == nil }) { free.append(child) }
            }
        }
        guard let first = left.keys.min() else { return nil }
        // At fault is whoever closed the circle: the last to say something of it.
        let sequence = left.keys.compactMap { id in
            histories[id]?.value(of: attribute, at: instant)?.origin.sequence
        }.max()
        return FactProblem(.hierarchyCycle(first), sequence: sequence)
    }
}
