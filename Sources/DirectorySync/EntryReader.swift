import Facts
import Foundation
import LDAPClient

/// Reads one entry: its entity and its records, or what is wrong with them.
struct EntryReader {
    let candidate: Candidate
    let parents: Parents
    let names: CurrentNames
    let mapping: CheckedMapping
    let zone: ZoneTable
    let effective: Instant
    private(set) var problems: [EntryProblem] = []

    init(
        candidate: Candidate, parents: Parents, names: CurrentNames, mapping: CheckedMapping,
        zone: ZoneTable, effective: Instant
    ) {
        self.candidate = candidate
        self.parents = parents
        self.names = names
        self.mapping = mapping
        self.zone = zone
        self.effective = effective
    }

    private var entry: LDAPEntry { candidate.entry.entry }

    /// What the entry says; nothing where it has a problem.
    mutating func read() -> [Observation] {
        guard let id = candidate.entity else { return [] }
        let rule = candidate.rule
        var observations = [
            Observation(
                entity: id, kind: rule.kind, attributes: values(rule.attributes, of: rule.kind),
                effective: effective)
        ]
        for record in rule.records {
            if let when = record.when, entry.values(when).isEmpty { continue }
            let name = "\(mapping.source)/\(id.name)/\(record.kind)"
            do {
                try mapping.vocabulary.checkID(name)
            } catch {
                add(.unfit(error, attribute: nil))
            }
            observations.append(
                Observation(
                    entity: EntityID(kind: record.rootKind, name: name), kind: record.kind,
                    owner: id, attributes: values(record.attributes, of: record.kind),
                    effective: effective))
        }
        return problems.isEmpty ? observations : []
    }

    private mutating func add(_ reason: EntryProblem.Reason) {
        // Two attributes may come from one; what is wrong with it is said once.
        guard !problems.contains(where: { $0.reason == reason }) else { return }
        problems.append(EntryProblem(reason, in: candidate.entry, entity: candidate.entity))
    }

    private mutating func values(
        _ rules: [CheckedMapping.AttributeRule], of kind: String
    ) -> [String: Value] {
        var values: [String: Value] = [:]
        for rule in rules {
            guard let raw = rawValue(rule, of: kind) else { continue }
            do {
                // One at a time, so that everything wrong with an entry is said at once.
                let typed = try mapping.vocabulary.attributes(
                    [rule.name: raw], of: kind, zone: zone)
                values[rule.name] = typed[rule.name]
            } catch {
                add(.unfit(error, attribute: rule.place))
            }
        }
        return values
    }

    private mutating func rawValue(
        _ rule: CheckedMapping.AttributeRule, of kind: String
    ) -> RawValue? {
        switch rule.source {
        case .parent:
            switch parents.parent(of: candidate) {
            case .entity(let id): return rule.isSet ? .list([.text(id.name)]) : .text(id.name)
            // The source speaks of it, and says that there is nothing above.
            case .none: return rule.isSet ? .list([]) : nil
            case .unknown:
                add(.noParentID)
                return nil
            }
        case .attribute(let name, let isRequired):
            let values = entry.values(name)
            let written = entry.texts(name).map(\.precomposedStringWithCanonicalMapping)
            guard written.count == values.count else {
                add(.notText(attribute: name))
                return nil
            }
            guard let texts = meant(by: written, rule, of: kind) else { return nil }
            guard let first = texts.first else {
                if isRequired { add(.missing(attribute: name)) }
                return nil
            }
            if rule.isSet { return .list(texts) }
            guard texts.count == 1 else {
                add(.severalValues(attribute: name, count: texts.count))
                return nil
            }
            return first
        }
    }

    /// The values, with those who were renamed under the names by which they are known; nil where that is unclear.
    private mutating func meant(
        by texts: [String], _ rule: CheckedMapping.AttributeRule, of kind: String
    ) -> [RawValue]? {
        let type = mapping.vocabulary.kinds[kind]?.attributes[rule.name]?.type
        guard case .entity(let referred) = type?.memberType ?? type else {
            return texts.map(RawValue.text)
        }
        let root = mapping.vocabulary.rootKind(of: referred)
        var values: [RawValue] = []
        for text in texts {
            let name = EntityID(kind: root, name: text)
            switch names[name] {
            case .entity(let entity): values.append(.text(entity.name))
            case .unclear:
                add(.unclearReference(attribute: rule.place, name))
                return nil
            }
        }
        return values
    }
}

extension CheckedMapping.AttributeRule {
    /// What to call the place a value comes from.
    fileprivate var place: String {
        switch source {
        case .attribute(let name, _): name
        case .parent: name
        }
    }
}
