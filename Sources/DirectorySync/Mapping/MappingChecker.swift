import Facts
import LDAPClient

/// Goes through a mapping, collects what is wrong and keeps what isn't.
struct MappingChecker {
    let vocabulary: Vocabulary
    private(set) var problems: [MappingProblem] = []

    init(vocabulary: Vocabulary) { self.vocabulary = vocabulary }

    mutating func check(_ mapping: DirectoryMapping) -> CheckedMapping {
        let root = MappingPath()
        // A `/` in it would make the ids of records ambiguous.
        let isName = (try? vocabulary.checkID(mapping.source)) != nil
        if !isName || mapping.source.contains("/") {
            add(.badSource(mapping.source), at: root / "source")
        }
        if mapping.entities.isEmpty { add(.noRules, at: root / "entities") }
        var rules: [CheckedMapping.Rule] = []
        for (index, rule) in mapping.entities.enumerated() {
            guard let checked = check(rule, at: (root / "entities")[index]) else { continue }
            rules.append(checked)
        }
        for (index, rule) in mapping.records.enumerated() {
            guard let checked = check(rule, at: (root / "records")[index]) else { continue }
            rules.append(checked)
        }
        var canaries: [DistinguishedName] = []
        for (index, name) in mapping.canaries.enumerated() {
            guard let name = base(name, at: (root / "canaries")[index]) else { continue }
            canaries.append(name)
        }
        return CheckedMapping(
            source: mapping.source, vocabulary: vocabulary, rules: rules,
            groups: check(mapping.groups, at: root / "groups"), canaries: canaries,
            leaving: check(mapping.leaving, at: root / "leaving"))
    }

    private mutating func check(
        _ leaving: [String]?, at path: MappingPath
    ) -> Set<Disappearance.Fate> {
        guard let leaving else { return Set(Disappearance.Fate.allCases) }
        var fates: Set<Disappearance.Fate> = []
        for (index, word) in leaving.enumerated() {
            guard let fate = Disappearance.Fate(rawValue: word) else {
                add(.unknownFate(word), at: path[index])
                continue
            }
            fates.insert(fate)
        }
        return fates
    }

    private mutating func check(
        _ rule: DirectoryMapping.GroupRule, at path: MappingPath
    ) -> CheckedMapping.Groups {
        checkAttribute(rule.member, at: path / "member")
        // A server answers by names: by a number the members would look as if there were none.
        if rule.member.contains(".") { add(.badAttribute(rule.member), at: path / "member") }
        let placeholder = rule.placeholder.flatMap { base($0, at: path / "placeholder") }
        var administrators: [DistinguishedName] = []
        for (index, name) in rule.administrators.enumerated() {
            guard let name = base(name, at: (path / "administrators")[index]) else { continue }
            administrators.append(name)
        }
        return CheckedMapping.Groups(
            member: AttributeDescription(reading: rule.member), placeholder: placeholder,
            administrators: administrators)
    }

    mutating func add(_ reason: MappingProblem.Reason, at path: MappingPath) {
        problems.append(MappingProblem(path: path.description, reason: reason))
    }

    private mutating func check(
        _ rule: DirectoryMapping.EntityRule, at path: MappingPath
    ) -> CheckedMapping.Rule? {
        let declaration = kind(rule.kind, at: path / "kind")
        if let declaration, declaration.ownership != nil {
            add(.recordWithoutOwner(rule.kind), at: path / "kind")
        }
        let base = base(rule.base, at: path / "base")
        let filter = filter(rule.filter, at: path / "filter")
        checkAttribute(rule.id, at: path / "id")
        var attributes: [CheckedMapping.AttributeRule] = []
        if let declaration {
            attributes = check(
                rule.attributes, of: declaration, above: rule.kind, at: path / "attributes")
        }
        var records: [CheckedMapping.RecordRule] = []
        var seen: Set<String> = []
        for (index, record) in rule.records.enumerated() {
            let place = (path / "records")[index]
            if !seen.insert(record.kind).inserted {
                add(.secondRecord(record.kind), at: place / "kind")
            }
            guard let checked = check(record, of: rule.kind, at: place) else { continue }
            records.append(checked)
        }
        guard let base, let filter else { return nil }
        return CheckedMapping.Rule(
            path: path.description, kind: rule.kind, rootKind: vocabulary.rootKind(of: rule.kind),
            base: base,
            filter: filter, id: rule.id, isDistinct: rule.isDistinct, attributes: attributes,
            records: records)
    }

    private mutating func check(
        _ rule: DirectoryMapping.GrantRule, at path: MappingPath
    ) -> CheckedMapping.Rule? {
        let base = base(rule.base, at: path / "base")
        let filter = filter(rule.filter, at: path / "filter")
        checkAttribute(rule.id, at: path / "id")
        guard let declaration = kind(rule.kind, at: path / "kind") else { return nil }
        guard let owner = declaration.ownership?.owner else {
            add(.notARecord(rule.kind), at: path / "kind")
            return nil
        }
        let attributes = check(
            rule.attributes, of: declaration, above: rule.kind, at: path / "attributes")
        switch rule.owners.origin {
        case .attribute, .first: break
        case .constant, .parent, .above: add(.ownerOfNothing, at: path / "of")
        }
        let owners = check(rule.owners, as: .entity(owner), of: rule.kind, at: path / "of")
        guard let base, let filter, let owners else { return nil }
        return CheckedMapping.Rule(
            path: path.description, kind: rule.kind, rootKind: vocabulary.rootKind(of: rule.kind),
            base: base,
            filter: filter, id: rule.id, attributes: attributes,
            grant: CheckedMapping.Grant(
                ownerKind: vocabulary.rootKind(of: owner), owners: owners, isNested: rule.isNested))
    }

    private mutating func check(
        _ record: DirectoryMapping.RecordRule, of owner: String, at path: MappingPath
    ) -> CheckedMapping.RecordRule? {
        if let when = record.when { checkAttribute(when, at: path / "when") }
        guard let declaration = kind(record.kind, at: path / "kind") else { return nil }
        if let ownership = declaration.ownership {
            // Of an unknown owner there is nothing more to say.
            if vocabulary.kinds[owner] != nil, !vocabulary.isKind(owner, ownership.owner) {
                add(
                    .wrongOwner(record: record.kind, owner: ownership.owner, kind: owner),
                    at: path / "kind")
            }
        } else {
            add(.notARecord(record.kind), at: path / "kind")
        }
        return CheckedMapping.RecordRule(
            kind: record.kind, rootKind: vocabulary.rootKind(of: record.kind), when: record.when,
            attributes: check(
                record.attributes, of: declaration, above: owner, at: path / "attributes"))
    }

    private mutating func check(
        _ sources: [String: ValueSource], of kind: KindDeclaration,
        above ruleKind: String, at path: MappingPath
    ) -> [CheckedMapping.AttributeRule] {
        var rules: [CheckedMapping.AttributeRule] = []
        for (name, source) in sources.sorted(by: { $0.key < $1.key }) {
            guard let attribute = kind.attributes[name] else {
                checkNames(in: source, at: path / name)
                let similar = Similarity.nearest(to: name, in: kind.attributes.names)
                add(.unknownAttribute(name, kind: kind.name, similar: similar), at: path / name)
                continue
            }
            guard
                var rule = check(
                    source, as: attribute.type.memberType ?? attribute.type, of: ruleKind,
                    at: path / name)
            else { continue }
            // What a directory hides from us must not come out as the default: with a default of
            // "our own company" every outsider would become one of us. An empty set gives nothing.
            if source.isRequired == nil, let value = attribute.defaultValue, value != .set([]) {
                rule.need = .required
            }
            rules.append(
                CheckedMapping.AttributeRule(
                    name: attribute.name, type: attribute.type, source: rule))
        }
        return rules
    }

    private mutating func kind(_ name: String, at path: MappingPath) -> KindDeclaration? {
        if let declaration = vocabulary.kinds[name] { return declaration }
        let similar = Similarity.nearest(to: name, in: vocabulary.kinds.names)
        add(.unknownKind(name, similar: similar), at: path)
        return nil
    }

    private mutating func base(_ text: String, at path: MappingPath) -> DistinguishedName? {
        do {
            return try DistinguishedName(text)
        } catch {
            add(.badBase(text), at: path)
            return nil
        }
    }

    private mutating func filter(_ text: String, at path: MappingPath) -> FilterMatcher? {
        do {
            return try FilterMatcher(LDAPFilter(parsing: text))
        } catch let error as LDAPFilterError {
            add(.badFilter(error), at: path)
        } catch let error as FilterMatcher.Unsupported {
            add(.unsupportedFilter(error.part.description), at: path)
        } catch {
            preconditionFailure("\(error)")
        }
        return nil
    }

    mutating func checkAttribute(_ name: String, at path: MappingPath) {
        if (try? AttributeDescription(name)) == nil { add(.badAttribute(name), at: path) }
    }
}
