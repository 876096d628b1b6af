import Diagnostics
import Facts

/// The passes that collect what the policy can speak of.
extension Checker {
    mutating func collectDefinitions() {
        for case .definition(let definition) in declarations {
            guard declare(definition.name, in: "define") else { continue }
            definitions[definition.name.text] = definition
        }
        definitionNames = definitions.keys.sorted()
    }

    mutating func collectEnumerations() {
        for case .enumeration(let syntax) in declarations {
            guard declare(syntax.name, in: "type") else { continue }
            var cases: [Enumeration.Case] = []
            for labelled in syntax.cases {
                guard declare(labelled.name, in: "case of \(syntax.name.text)") else { continue }
                cases.append(
                    Enumeration.Case(
                        name: labelled.name.text, label: labelled.label ?? labelled.name.text))
            }
            vocabulary.enumerations.insert(
                Enumeration(name: syntax.name.text, cases: cases, isScale: syntax.isScale))
        }
    }

    mutating func collectKinds() {
        let kinds = declarations.compactMap { declaration -> KindSyntax? in
            guard case .kind(let kind) = declaration else { return nil }
            return kind
        }.filter { declare($0.name.name, in: "type") }
        for kind in kinds {
            if let relation = kind.relation, let owner = kind.owner {
                _ = declare(relation, in: "relation of \(owner.text)")
            }
        }
        // Bare kinds first, so that attributes may refer to kinds declared later.
        for kind in kinds {
            let name = kind.name.name.text
            if kind.mayBeEmpty { emptyRecords.insert(name) }
            emptySets.formUnion(
                kind.attributes.lazy.filter(\.mayBeEmpty)
                    .map { DeclaredAttribute(kind: name, name: $0.name.text) })
            vocabulary.kinds.insert(
                KindDeclaration(
                    name: name, label: kind.name.label ?? name, parent: kind.parent?.text,
                    ownership: ownership(of: kind), limitedTo: kind.limitedTo?.text,
                    sources: kind.sources.map(\.text)))
        }
        for kind in kinds {
            for name in [kind.parent, kind.owner].compactMap(\.self)
            where vocabulary.kinds[name.text] == nil {
                reportUnknown(.unknownType, name, among: vocabulary.kinds.names)
            }
        }
        let depths = depths(of: kinds)
        let sorted = kinds.sorted {
            depths[$0.name.name.text, default: 0] < depths[$1.name.name.text, default: 0]
        }
        var members = 0
        for kind in sorted {
            let whole = complete(kind)
            members += whole.attributes.count + whole.phrases.count
            members += derived[whole.name]?.count ?? 0
            guard members <= Limits.attributes else {
                report(
                    .tooMany, [String(Limits.attributes), "attributes"], at: kind.name.name.place)
                return
            }
            vocabulary.kinds.insert(whole)
        }
    }

    private func ownership(of kind: KindSyntax) -> KindDeclaration.Ownership? {
        guard let owner = kind.owner, let relation = kind.relation else { return nil }
        return KindDeclaration.Ownership(owner: owner.text, relation: relation.text)
    }

    /// The kind with its attributes and those of its parents, which are complete already.
    private mutating func complete(_ kind: KindSyntax) -> KindDeclaration {
        let name = kind.name.name.text
        let parent = kind.parent.flatMap { vocabulary.kinds[$0.text] }
        var attributes = parent?.attributes ?? []
        checkSources(kind.sources)
        checkPurpose(kind.limitedTo)
        for syntax in kind.attributes {
            if syntax.overrides { reportNothingToChange(syntax.name) }
            guard declare(syntax.name, in: "attribute of \(name)"),
                let attribute = attribute(syntax)
            else { continue }
            if let place = syntax.mayBeBrought, !mayBring(attribute, of: kind) {
                report(.broughtElsewhere, [attribute.name], at: place)
            }
            if attributes[attribute.name] != nil {
                report(.declaredTwice, [attribute.name], at: syntax.name.place)
                continue
            }
            attributes.insert(attribute)
        }
        derived[name] = derived[kind.parent?.text ?? ""] ?? [:]
        for syntax in kind.derived where declare(syntax.name, in: "attribute of \(name)") {
            if syntax.overrides { reportNothingToChange(syntax.name) }
            derived[name]?[syntax.name.text] = syntax
        }
        moments[name] = moments[kind.parent?.text ?? ""] ?? [:]
        for syntax in kind.moments where declare(syntax.name, in: "attribute of \(name)") {
            moments[name, default: [:]][syntax.name.text] = syntax
        }
        for phrase in kind.phrases {
            let known = ["self"] + attributes.names
            for case .field(let field) in phrase.phrase.parts where !known.contains(field) {
                reportUnknown(.unknownField, Name(field, phrase.place), [name], among: known)
            }
        }
        let inherited = parent?.hierarchy
        let own = kind.hierarchy.map { KindDeclaration.Hierarchy(attribute: $0.text) }
        if let hierarchy = kind.hierarchy,
            attributes[hierarchy.text]?.type != .set(of: .entity(name))
        {
            reportUnknown(.unknownAttribute, hierarchy, [name], among: attributes.names)
        }
        return KindDeclaration(
            name: name, label: kind.name.label ?? name, parent: kind.parent?.text,
            ownership: ownership(of: kind), attributes: attributes, hierarchy: own ?? inherited,
            limitedTo: kind.limitedTo?.text, sources: kind.sources.map(\.text),
            phrases: (parent?.phrases ?? []) + kind.phrases.map(\.phrase))
    }

    /// Whether requests may say what an attribute is: one of what they are about, that serves no one purpose.
    private func mayBring(_ attribute: AttributeDeclaration, of kind: KindSyntax) -> Bool {
        let lineage = [kind.name.name.text, kind.parent?.text].compactMap(\.self)
        let isAsked = [Vocabulary.subjectKind, Vocabulary.resourceKind].contains { asked in
            lineage.contains { $0 == asked || vocabulary.isKind($0, asked) }
        }
        return isAsked && attribute.limitedTo == nil
    }

    private mutating func attribute(_ syntax: AttributeSyntax) -> AttributeDeclaration? {
        guard let type = type(syntax.type) else { return nil }
        checkSources(syntax.sources)
        checkPurpose(syntax.limitedTo)
        if syntax.mayBeEmpty, type.memberType == nil {
            report(.notASet, [syntax.name.text, type.written], at: syntax.name.place)
        }
        var value: Value?
        if let written = syntax.defaultValue {
            // A bare word would be the id of an entity; a default that names nothing defined is a mistake.
            if case .name(let name) = written.kind, case .entity = type, definitions[name] == nil {
                reportUnknown(
                    .unknownName, Name(name, written.place), among: definitionNames)
            } else {
                value = constant(written, as: type)
            }
        }
        return AttributeDeclaration(
            name: syntax.name.text, type: type, defaultValue: value,
            sources: syntax.sources.map(\.text), limitedTo: syntax.limitedTo?.text,
            mayBeBrought: syntax.mayBeBrought != nil)
    }

    private mutating func reportNothingToChange(_ name: Name) {
        reportUnknown(.nothingToChange, name, among: [])
    }

    private mutating func checkSources(_ names: [Name]) {
        for name in names where vocabulary.sources[name.text] == nil {
            reportUnknown(.unknownSource, name, among: vocabulary.sources.names)
        }
    }

    private mutating func checkPurpose(_ name: Name?) {
        guard let name, name.text != Vocabulary.checkPurpose,
            vocabulary.purposes[name.text] == nil
        else { return }
        reportUnknown(
            .unknownPurpose, name, among: vocabulary.purposes.names + [Vocabulary.checkPurpose])
    }

    /// The types that need no declaration.
    static let builtInTypes: [String: ValueType] = [
        "boolean": .boolean, "integer": .integer, "text": .text, "instant": .instant,
        "date": .date, "last-day": .lastDay,
    ]

    mutating func type(_ syntax: TypeSyntax) -> ValueType? {
        let name = syntax.name.text
        let builtIn = Checker.builtInTypes
        let single: ValueType
        if let type = builtIn[name] {
            single = type
        } else if vocabulary.enumerations[name] != nil {
            single = .enumeration(name)
        } else if vocabulary.kinds[name] != nil {
            single = .entity(name)
        } else {
            let known =
                builtIn.keys.sorted() + vocabulary.enumerations.names + vocabulary.kinds.names
            reportUnknown(.unknownType, syntax.name, among: known)
            return nil
        }
        return syntax.isSet ? .set(of: single) : single
    }

    mutating func collectActionsAndContexts() {
        for declaration in declarations {
            switch declaration {
            case .action(let action):
                let kind = action.kind
                guard vocabulary.kinds[kind.text] != nil else {
                    reportUnknown(.unknownType, kind, among: vocabulary.kinds.names)
                    continue
                }
                for action in action.actions
                where declare(action.name, in: "action on \(kind.text)") {
                    let arguments = action.arguments.filter { collectArgument($0) }
                    vocabulary.actions.append(
                        Vocabulary.ActionDeclaration(
                            name: action.name.text, kind: kind.text,
                            arguments: arguments.map(\.name.text)))
                }
            case .context(let context):
                guard declare(context.name, in: "context") else { continue }
                for syntax in context.attributes
                where declare(syntax.name, in: "context \(context.name.text)") {
                    guard let type = type(syntax.type) else { continue }
                    vocabulary.contexts.insert(
                        Vocabulary.ContextDeclaration(
                            name: "\(context.name.text).\(syntax.name.text)", type: type))
                }
            default: continue
            }
        }
    }

    /// An argument's name means the same whichever action has it, so that a rule may be about several.
    private mutating func collectArgument(_ argument: TypedName) -> Bool {
        guard let type = type(argument.type) else { return false }
        let name = argument.name.text
        if let before = vocabulary.contexts[name] {
            guard before.type == type else {
                report(
                    .typesDiffer, [before.type.written, type.written],
                    at: argument.type.name.place)
                return false
            }
            return true
        }
        vocabulary.contexts.insert(Vocabulary.ContextDeclaration(name: name, type: type))
        return true
    }

    mutating func collectChecks() {
        for case .check(let check) in declarations where declare(check.name.name, in: "check") {
            for name in check.covers { checkCategory(name) }
            let name = check.name.name.text
            vocabulary.checks.insert(
                CheckDeclaration(
                    name: name, label: check.name.label ?? name,
                    covers: check.covers.map(\.text), consentRequired: check.consentRequired,
                    lasts: check.lasts))
        }
    }
}
