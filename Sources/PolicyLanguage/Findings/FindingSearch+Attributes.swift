import Diagnostics
import Facts

/// Attributes that rules read and nothing can give a value.
extension FindingSearch {
    /// Finds attributes of records that events begin, and none of them fills in.
    ///
    /// What has a default or names its sources is filled in otherwise, and so may be the attributes of an entity or
    /// of a record that no event begins: those come from outside, and whoever brings them may bring the attribute.
    mutating func findAttributesNothingSets() {
        let set = attributesSet()
        let readers = readersOfAttributes()
        var begun: Set<String> = []
        for effect in policy.vocabulary.events.flatMap(\.effects) {
            if case .begin(let kind, _, _, _) = effect.operation { begun.insert(kind) }
        }
        let places = attributePlaces()
        for (attribute, reader) in readers.sorted(by: {
            ($0.value, $0.key.name) < ($1.value, $1.key.name)
        }) {
            guard begun.contains(attribute.kind),
                let kind = policy.vocabulary.kinds[attribute.kind], kind.sources.isEmpty,
                let declaration = kind.attributes[attribute.name],
                declaration.defaultValue == nil, declaration.sources.isEmpty,
                !set.contains(attribute)
            else { continue }
            let rule = rules[reader]
            let arguments = ["\(attribute.kind).\(attribute.name)", attribute.kind]
            if let place = places[attribute], isOwn(place) {
                add(
                    .attributeNothingSets, arguments, at: place, site: place, .warning,
                    notes: [Diagnostic.Note(.readHere, [rule.name], at: rule.syntax.head)])
            } else {
                add(.attributeNothingSets, arguments, about: rule, .warning)
            }
        }
    }

    /// What events give a value, and what leads upwards in a hierarchy of their own.
    private func attributesSet() -> Set<DeclaredAttribute> {
        var found: Set<DeclaredAttribute> = []
        for event in policy.vocabulary.events {
            func add(_ assignments: [Effect.Assignment], to kind: String) {
                for assignment in assignments {
                    found.insert(
                        DeclaredAttribute(
                            kind: terms.vocabulary.declarer(of: assignment.attribute, from: kind),
                            name: assignment.attribute))
                }
            }
            for effect in event.effects {
                switch effect.operation {
                case .create(let field, let assignments):
                    event.fields[field]?.type.entityKind.map { add(assignments, to: $0) }
                case .set(let field, let assignment):
                    event.fields[field]?.type.entityKind.map { add([assignment], to: $0) }
                case .begin(let kind, _, let assignments, _): add(assignments, to: kind)
                case .end, .need, .cancel: continue
                }
            }
        }
        return found
    }

    /// Each attribute that rules read, with the first that does.
    private func readersOfAttributes() -> [DeclaredAttribute: Int] {
        var readers: [DeclaredAttribute: Int] = [:]
        for (index, rule) in rules.enumerated() {
            for condition in [rule.applies, rule.onlyIf].flatMap(\.subconditions) {
                var read = condition.operands.flatMap(\.parts).compactMap {
                    operand -> DeclaredAttribute? in
                    guard case .attribute(_, let name, let kind) = operand else { return nil }
                    return DeclaredAttribute(kind: kind, name: name)
                }
                if case .moment(let moment) = condition {
                    read.append(DeclaredAttribute(kind: moment.kind, name: moment.attribute))
                }
                for attribute in read where readers[attribute] == nil { readers[attribute] = index }
            }
        }
        return readers
    }

    private func attributePlaces() -> [DeclaredAttribute: Place] {
        var places: [DeclaredAttribute: Place] = [:]
        for case .kind(let kind) in declarations {
            for attribute in kind.attributes {
                places[DeclaredAttribute(kind: kind.name.name.text, name: attribute.name.text)] =
                    attribute.name.place
            }
        }
        return places
    }
}
