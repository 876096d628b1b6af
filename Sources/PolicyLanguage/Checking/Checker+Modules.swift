import Diagnostics
import Facts

/// Files together: what extends or replaces what another file declares, and what a file keeps to itself.
extension Checker {
    /// All declarations, those that extend or replace another worked into it.
    mutating func mergedDeclarations() -> [Declaration] {
        let all = files.flatMap(\.declarations)
        var merged = all.filter { $0.mode == .new }
        var places: [String: Int] = [:]
        for (index, declaration) in merged.enumerated() {
            guard let key = declaration.changeKey, places[key] == nil else { continue }
            places[key] = index
        }
        // What replaces a declaration goes before what adds to it, and nothing is replaced twice: the order of files
        // and declarations means nothing.
        let changes = all.filter { $0.mode == .overriding } + all.filter { $0.mode == .extending }
        var overridden: [String: Name] = [:]
        for change in changes {
            guard let key = change.changeKey, let name = change.name else { continue }
            for (part, name) in change.overrides(key, name) {
                if let before = overridden.updateValue(name, forKey: part) {
                    reportAgain(name.text, at: name.place, before: before.place)
                }
            }
            guard let index = places[key] else {
                let known = merged.filter { $0.changeKey?.prefix(5) == key.prefix(5) }
                reportUnknown(.nothingToChange, name, among: known.compactMap { $0.name?.text })
                continue
            }
            let changed = change.mode == .overriding ? change : merged[index].extended(by: change)
            merged[index] = changed.asNew
        }
        return merged
    }

    /// Notes which file each name is from, and what it lets others use.
    mutating func collectExports() {
        for (index, file) in files.enumerated() {
            guard let exports = file.exports else { continue }
            let own = Set(
                file.declarations.compactMap { $0.isExportable ? $0.name?.text : nil })
            for name in exports where !own.contains(name.text) {
                reportUnknown(.unknownName, name, among: own.sorted())
            }
            exportsByFile[index] = Set(exports.map(\.text))
        }
        for declaration in declarations where declaration.isExportable {
            guard let name = declaration.name else { continue }
            homes[name.text] = name.place
        }
    }

    /// Whether what stands at `place` may use a definition, table or list; reports where not.
    mutating func isVisible(_ name: String, from place: Place) -> Bool {
        guard let home = homes[name], home.source != place.source,
            let exports = exportsByFile[home.source], !exports.contains(name)
        else { return true }
        report(
            .notExported, [name, sources[home.source].name], at: place,
            notes: [Diagnostic.Note(.declaredHere, [name], at: home)])
        return false
    }
}

extension Declaration {
    fileprivate var mode: DeclarationMode {
        switch self {
        case .kind(let kind): kind.mode
        case .enumeration(let enumeration): enumeration.mode
        case .context(let context): context.mode
        case .event(let event): event.mode
        case .definition(let definition): definition.mode
        case .source(let source): source.mode
        default: .new
        }
    }

    fileprivate var asNew: Declaration {
        switch self {
        case .kind(var kind):
            kind.mode = .new
            return .kind(kind)
        case .enumeration(var enumeration):
            enumeration.mode = .new
            return .enumeration(enumeration)
        case .context(var context):
            context.mode = .new
            return .context(context)
        case .event(var event):
            event.mode = .new
            return .event(event)
        case .definition(var definition):
            definition.mode = .new
            return .definition(definition)
        case .source(var source):
            source.mode = .new
            return .source(source)
        default: return self
        }
    }

    /// The name it declares, where it declares one that others use.
    var name: Name? {
        switch self {
        case .kind(let kind): kind.name.name
        case .enumeration(let enumeration): enumeration.name
        case .context(let context): context.name
        case .event(let event): event.name.name
        case .definition(let definition): definition.name
        case .source(let source): source.name.name
        case .table(let table): table.name.name
        case .list(let list): list.name.name
        default: nil
        }
    }

    /// Whether a file may keep it to itself.
    fileprivate var isExportable: Bool {
        switch self {
        case .definition, .table, .list: true
        default: false
        }
    }

    /// What it takes the place of: itself, or the members of the kind that it extends.
    fileprivate func overrides(_ key: String, _ name: Name) -> [(part: String, name: Name)] {
        if mode == .overriding { return [(key, name)] }
        guard case .kind(let kind) = self else { return [] }
        let members =
            kind.attributes.filter(\.overrides).map(\.name)
            + kind.derived.filter(\.overrides).map(\.name)
        return members.map { ("\(key).\($0.text)", $0) }
    }

    /// Tells apart what `extend` and `override` can be about.
    fileprivate var changeKey: String? {
        guard let name = name?.text else { return nil }
        switch self {
        case .kind: return "kind \(name)"
        case .enumeration: return "enum \(name)"
        case .context: return "cont \(name)"
        case .event: return "even \(name)"
        case .definition: return "defi \(name)"
        case .source: return "sour \(name)"
        default: return nil
        }
    }

    /// This declaration with the members of another of the same form.
    fileprivate func extended(by change: Declaration) -> Declaration {
        switch (self, change) {
        case (.kind(let kind), .kind(let more)): .kind(kind.extended(by: more))
        case (.enumeration(let enumeration), .enumeration(let more)):
            .enumeration(
                EnumerationSyntax(
                    name: enumeration.name, cases: enumeration.cases + more.cases,
                    isScale: enumeration.isScale,
                    accepts: enumeration.accepts + more.accepts))
        case (.context(let context), .context(let more)):
            .context(
                ContextSyntax(
                    name: context.name, attributes: context.attributes + more.attributes))
        case (.event(var event), .event(let more)):
            {
                event.fields += more.fields
                event.effects += more.effects
                event.phrases += more.phrases
                return .event(event)
            }()
        default: self
        }
    }
}

extension KindSyntax {
    /// This kind with the members of an extension; those that override take the place of the ones they name.
    fileprivate func extended(by more: KindSyntax) -> KindSyntax {
        var kind = KindSyntax(
            name: LabelledName(name: name.name, label: more.name.label ?? name.label),
            parent: parent, owner: owner, relation: relation, limitedTo: limitedTo,
            sources: more.sources.isEmpty ? sources : more.sources, mayBeEmpty: mayBeEmpty)
        kind.attributes = attributes
        for attribute in more.attributes {
            let before =
                attribute.overrides
                ? kind.attributes.firstIndex { $0.name.text == attribute.name.text } : nil
            if let before {
                kind.attributes[before] = attribute
                kind.attributes[before].overrides = false
            } else {
                kind.attributes.append(attribute)
            }
        }
        kind.derived = derived
        for derived in more.derived {
            let before =
                derived.overrides
                ? kind.derived.firstIndex { $0.name.text == derived.name.text } : nil
            if let before {
                kind.derived[before] = derived
                kind.derived[before].overrides = false
            } else {
                kind.derived.append(derived)
            }
        }
        kind.moments = moments + more.moments
        kind.hierarchy = more.hierarchy ?? hierarchy
        kind.phrases = phrases + more.phrases
        return kind
    }
}
