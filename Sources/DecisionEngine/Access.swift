package import Facts
import PolicyProgram

/// The number that an engine, and those made of it by changes, has for an entity.
package typealias EntityNumber = UInt32

/// In which of an action's worlds a request is permitted, on what grounds, and how long at least so.
package struct Access: Hashable, Sendable {
    /// For each world, whether it is permitted.
    package let permitted: [Bool]
    /// The permits that give it, in order of name.
    package let reasons: [String]
    /// For each world, the rules that keep it from being permitted, if rules do.
    let hindrances: [Hindrance]
    /// An instant before which none of this changes, with the facts as known.
    package let unchangedUntil: Instant

    /// The rules that keep a request from being permitted.
    struct Hindrance: Hashable, Sendable {
        /// The rules that stand in the way, by number.
        let rules: [Int]
        /// Whether a permit holds all the same.
        let hasPermit: Bool

        /// No rule stands in the way.
        static let none = Hindrance(rules: [], hasPermit: false)
    }

    /// No access, now and always: that of somebody or to something that is not known.
    package static let never = Access(
        permitted: [], reasons: [], hindrances: [], unchangedUntil: .distantFuture)

    /// Whether it is permitted in no world.
    package var isEmpty: Bool { !permitted.contains(true) }

    /// Whether it is permitted wherever the other is.
    package func covers(_ other: Access) -> Bool {
        zip(permitted, other.permitted).allSatisfy { $0 || !$1 }
    }

    /// The rules that stand in the way in any world, by number.
    package var inTheWay: Set<Int> { Set(hindrances.flatMap(\.rules)) }

    /// The rules that stand in the way where the other was permitted, by number.
    package func inTheWay(of other: Access) -> Set<Int> {
        var found: Set<Int> = []
        for (hindrance, wasPermitted) in zip(hindrances, other.permitted) where wasPermitted {
            found.formUnion(hindrance.rules)
        }
        return found
    }

    /// Of some rules, those that stand in the way where the other was permitted, a permit holds, and nothing but such
    /// rules stands in the way; by number.
    package func lacking(of other: Access, among rules: Set<Int>) -> Set<Int> {
        var found: Set<Int> = []
        for (hindrance, wasPermitted) in zip(hindrances, other.permitted)
        where wasPermitted && hindrance.hasPermit && rules.isSuperset(of: hindrance.rules) {
            found.formUnion(hindrance.rules)
        }
        return found
    }
}

extension DecisionEngine {
    /// The access of a person to a resource at an instant, context left open; none where one of them is not known or the
    /// action is none for the resource.
    ///
    /// The worlds are this engine's: `circumstances(of:)`.
    package func access(
        of subject: EntityNumber, _ action: Int, _ resource: EntityNumber, at time: Instant,
        in worlds: [Circumstances]
    ) -> Access {
        guard Int(subject) < snapshot.count, people.lists(subject, in: snapshot),
            Int(resource) < snapshot.count, resources.lists(resource, in: snapshot),
            snapshot.columns.value.applies(action: action, to: resource)
        else { return .never }
        var permitted: [Bool] = []
        var reasons: Set<Int> = []
        var hindrances: [Access.Hindrance] = []
        var horizon = Instant.distantFuture
        for circumstances in worlds {
            let question = ResolvedRequest(
                subject: subject, action: action, resource: resource,
                circumstances: circumstances, time: time)
            let outcomes = outcomes(of: question, at: time, horizon: &horizon)
            let verdict = verdict(outcomes.truths, action: action)
            let isPermitted = outcomes.exists && verdict.basis == .permitted
            permitted.append(isPermitted)
            if isPermitted { reasons.formUnion(verdict.rules) }
            hindrances.append(
                outcomes.exists && verdict.basis == .inTheWay
                    ? Access.Hindrance(
                        rules: verdict.rules,
                        hasPermit: hasPermit(outcomes.truths, action: action)) : .none)
            // Nothing was asked of the context, so no world differs from this one.
            if permitted.count == 1, !outcomes.dependsOnContext {
                permitted = [Bool](repeating: isPermitted, count: worlds.count)
                hindrances = [Access.Hindrance](repeating: hindrances[0], count: worlds.count)
                break
            }
        }
        return Access(
            permitted: permitted, reasons: reasons.sorted().map { program.rules[$0].name },
            hindrances: hindrances, unchangedUntil: horizon)
    }

    private func hasPermit(_ truths: [Truth], action: Int) -> Bool {
        let layout = tables.layout.value
        return zip(layout.rulesByAction[action], truths).contains { rule, truth in
            truth == .true && layout.rules[Int(rule)].kind == .permit
        }
    }

    /// The requirements that ask for something of the person alone, such as a check, a pledge or a training, by number.
    ///
    /// - Complexity: linear in the size of the program.
    package var requirementsOnPeople: Set<Int> {
        let reads = ReadsOfTables(program.tables)
        return Set(
            program.rules.indices.filter { place in
                let rule = program.rules[place]
                return rule.kind == .require && !rule.onlyIf.isEmpty
                    && rule.onlyIf.allSatisfy { reads.nodes[Int($0.node)] == .subject }
            })
    }

    /// The actions there are for what a resource is; none for what is none.
    package func actions(on resource: EntityNumber) -> [Int] {
        guard Int(resource) < snapshot.count, resources.lists(resource, in: snapshot) else {
            return []
        }
        let columns = snapshot.columns.value
        return program.actions.indices.filter { columns.applies(action: $0, to: resource) }
    }

    /// The number of somebody or something; nil where nobody has spoken of them.
    package func number(of id: EntityID) -> EntityNumber? { snapshot[id] }

    /// The id of somebody or something that has a number.
    package func id(of handle: EntityNumber) -> EntityID { snapshot.id(of: handle) }
}
