import Facts
import PolicyProgram

/// What a change of the facts can reach.
///
/// A decision reads its subject and its resource, their records, and what these refer to. So whoever is not led, by
/// references and records, to something that changed has the same access as before. What is found here may
/// be more than what really changes, never less.
struct Reach {
    /// Everybody there is, before or after.
    let people: [EntityID]
    /// People, resources and others that the change can reach.
    let affected: Set<EntityID>

    init(before: FactBase, after: FactBase, program: Program) {
        people = Reach.people(before, after)
        var found = Self.changed(before, after)
        var leadsTo: [EntityID: Set<EntityID>] = [:]
        for history in before.histories + after.histories {
            if let owner = history.owner { leadsTo[history.id, default: []].insert(owner) }
            for values in history.attributes.values {
                for reference in values.flatMap(\.value.references) {
                    leadsTo[reference, default: []].insert(history.id)
                }
            }
        }
        // What a default names is read by whatever has the attribute and no value for it.
        for history in before.histories + after.histories {
            for attribute in program.vocabulary.kinds[history.kind]?.attributes ?? [] {
                for reference in attribute.defaultValue?.references ?? [] {
                    leadsTo[reference, default: []].insert(history.id)
                }
            }
        }
        // What the policy itself names is read by everybody's decisions.
        for reference in program.tables.constants.flatMap(\.value.references) {
            leadsTo[reference, default: []].formUnion(people)
        }
        var open = Array(found)
        while let next = open.popLast() {
            for referrer in leadsTo[next] ?? [] where found.insert(referrer).inserted {
                open.append(referrer)
            }
        }
        affected = found
    }

    /// Everybody there is, before or after, in order of id.
    static func people(_ before: FactBase, _ after: FactBase) -> [EntityID] {
        Set((before.histories + after.histories).map(\.id))
            .filter { $0.kind == Vocabulary.subjectKind }.sorted()
    }

    private static func changed(_ before: FactBase, _ after: FactBase) -> Set<EntityID> {
        var changed: Set<EntityID> = []
        for history in before.histories {
            guard let other = after[history.id], other.saysTheSame(as: history) else {
                changed.insert(history.id)
                continue
            }
        }
        for history in after.histories where before[history.id] == nil {
            changed.insert(history.id)
        }
        return changed
    }
}
