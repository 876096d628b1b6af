import Diagnostics
import Facts

/// What a vocabulary that comes with us leaves to the policy.
///
/// Nobody can mend that vocabulary, so what it misses is said once, where the policy asks for it.
extension Checker {
    /// Whether a source comes with us.
    func isBuiltIn(_ source: Int) -> Bool {
        uses[source] != nil && sources[source] == PolicyReader.standardVocabulary
    }

    /// Reports every type and definition that such a vocabulary speaks of and nobody declares.
    mutating func reportNeeds() {
        let kinds = declarations.compactMap { declaration -> String? in
            guard case .kind(let kind) = declaration else { return nil }
            return kind.name.name.text
        }
        let types = Checker.builtInTypes.keys + vocabulary.enumerations.names + kinds
        for (index, file) in files.enumerated() where isBuiltIn(index) {
            guard let place = uses[index] else { continue }
            for (name, isDefinition) in neededNames(of: file) {
                let isThere =
                    isDefinition ? definitions[name.text] != nil : types.contains(name.text)
                // Who uses it elsewhere isn't to blame.
                guard !isThere, brokenNames.insert(name.text).inserted else { continue }
                report(
                    .neededDeclaration, [name.text, sources[place.source].text(in: place.span)],
                    at: place,
                    notes: [Diagnostic.Note(.neededHere, [name.text], at: name.place)])
            }
        }
    }

    /// The types of a file's attributes and fields, and the definitions that are defaults.
    private func neededNames(of file: FileSyntax) -> [(Name, isDefinition: Bool)] {
        var needed: [(Name, isDefinition: Bool)] = []
        func add(_ attributes: [AttributeSyntax]) {
            for attribute in attributes {
                needed.append((attribute.type.name, false))
                if let value = attribute.defaultValue, case .name(let name) = value.kind,
                    vocabulary.enumerations[attribute.type.name.text] == nil
                {
                    needed.append((Name(name, value.place), true))
                }
            }
        }
        for declaration in file.declarations {
            switch declaration {
            case .kind(let kind): add(kind.attributes)
            case .context(let context): add(context.attributes)
            case .event(let event): needed += event.fields.map { ($0.type.name, false) }
            case .action(let action):
                needed += action.actions.flatMap(\.arguments).map { ($0.type.name, false) }
            case .enumeration, .check, .source, .purpose, .table, .list, .calendar, .definition,
                .rule, .lease, .limit, .upon, .entitlement, .scenario:
                break
            }
        }
        return needed
    }
}
