import Facts
import LDAPClient

/// Reads values of one entry, and collects what is wrong with them.
struct ValueReader {
    let entry: LDAPEntry
    let dn: DistinguishedName
    let ruleIndex: Int
    let mapping: CheckedMapping
    let zone: ZoneTable
    /// What is wrong, each thing once.
    private(set) var reasons: [EntryProblem.Reason] = []
    /// What was looked at beside the entry.
    private(set) var lookups: Lookups

    init(
        _ candidate: Candidate, in surroundings: Surroundings, mapping: CheckedMapping,
        zone: ZoneTable
    ) {
        entry = candidate.entry.entry
        dn = candidate.dn
        ruleIndex = candidate.ruleIndex
        lookups = Lookups(surroundings)
        self.mapping = mapping
        self.zone = zone
    }

    /// Notes what is wrong; two attributes may come from one, and it is said once.
    mutating func add(_ reason: EntryProblem.Reason) {
        if !reasons.contains(reason) { reasons.append(reason) }
    }

    /// The values of attributes, as far as they are there and understood.
    mutating func values(_ rules: [CheckedMapping.AttributeRule], of kind: String) -> [String:
        Value]
    {
        var values: [String: Value] = [:]
        for rule in rules {
            guard let raw = raw(rule) else { continue }
            do {
                // One at a time, so that everything wrong with an entry is said at once.
                values[rule.name] = try mapping.vocabulary.value(
                    raw, as: rule.type, name: rule.name, zone: zone)
            } catch {
                if rule.source.need != .forgiven {
                    add(.unfit(error, attribute: rule.source.place))
                }
            }
        }
        return values
    }

    /// The texts that an attribute gives, by its pattern and its table; nil where something is wrong with them.
    mutating func texts(_ rule: ValueRule) -> [String]? {
        switch rule.origin {
        case .constant(let text): return [text]
        case .parent, .above: return []
        case .attributes(let names):
            guard let name = names.first(where: { !entry.values($0).isEmpty }) else { return [] }
            let written = entry.texts(name)
            guard written.count == entry.values(name).count else {
                add(.notText(attribute: name))
                return nil
            }
            var texts: [String] = []
            for value in written.map(\.inNFC) {
                switch translated(value, by: rule, from: name) {
                case .success(let text): texts.append(text)
                case .failure(let reason):
                    guard rule.need != .forgiven else { continue }
                    add(reason.reason)
                    return nil
                }
            }
            return texts
        }
    }

    private struct Misfit: Error { let reason: EntryProblem.Reason }

    private func translated(
        _ value: String, by rule: ValueRule, from name: String
    ) -> Result<String, Misfit> {
        var text = value
        if let pattern = rule.pattern {
            guard let piece = pattern.applied(to: text) else {
                return .failure(Misfit(reason: .noMatch(attribute: name, value: value)))
            }
            text = piece
        }
        if let table = rule.table {
            guard let result = table[text] else {
                return .failure(Misfit(reason: .notInTable(attribute: name, value: text)))
            }
            text = result
        }
        return .success(text)
    }

    private mutating func raw(_ rule: CheckedMapping.AttributeRule) -> RawValue? {
        let source = rule.source
        switch source.origin {
        case .parent: return raw(lookups.parent(of: dn, ruleIndex: ruleIndex), rule)
        case .above:
            let kind = mapping.vocabulary.rootKind(of: rule.memberType.entityKind ?? "")
            return raw(lookups.above(dn, of: kind), rule)
        case .attributes, .constant:
            guard let texts = texts(source) else { return nil }
            var values: [RawValue] = []
            for text in texts {
                do throws(Misfit) {
                    if let value = try meant(by: text, rule) { values.append(value) }
                } catch {
                    guard source.need != .forgiven else { continue }
                    add(error.reason)
                    return nil
                }
            }
            guard let first = values.first else {
                // One that says never has said it.
                if source.need == .required, texts.isEmpty {
                    add(.missing(attribute: source.place))
                }
                return nil
            }
            if rule.isSet { return .list(values) }
            guard values.count == 1 else {
                add(.severalValues(attribute: source.place, count: values.count))
                return nil
            }
            return first
        }
    }

    private mutating func raw(
        _ referent: Surroundings.Referent, _ rule: CheckedMapping.AttributeRule
    ) -> RawValue? {
        switch referent {
        case .entity(let id): return rule.isSet ? .list([.text(id.name)]) : .text(id.name)
        // The source speaks of it, and says that there is nothing above.
        case .none: return rule.isSet ? .list([]) : nil
        case .unclear:
            add(.noParentID)
            return nil
        }
    }

    /// What one text stands for; nil where it says that there is nothing.
    private mutating func meant(
        by text: String, _ rule: CheckedMapping.AttributeRule
    ) throws(Misfit) -> RawValue? {
        let place = rule.source.place
        switch rule.source.form {
        case .text: return try plain(text, rule)
        case .name:
            let kind = mapping.vocabulary.rootKind(of: rule.memberType.entityKind ?? "")
            guard let name = try? DistinguishedName(text) else {
                throw Misfit(reason: .notAName(attribute: place, value: text))
            }
            switch lookups.entity(named: name, of: kind) {
            case .entity(let entity): return .text(entity.name)
            case .unclear: throw Misfit(reason: .unclearName(attribute: place, name: text))
            case .none: throw Misfit(reason: .unknownName(attribute: place, name: text))
            }
        case .time:
            guard let instant = DirectoryTime.generalized(text) else {
                throw Misfit(reason: .notATime(attribute: place, value: text))
            }
            return time(instant, as: rule.memberType)
        case .fileTime:
            guard let instant = DirectoryTime.fileTime(text) else {
                throw Misfit(reason: .notATime(attribute: place, value: text))
            }
            return instant.map { time($0, as: rule.memberType) }
        case .bit(let bit):
            guard let number = Int64(text) else {
                throw Misfit(reason: .notANumber(attribute: place, value: text))
            }
            return .boolean(number & bit != 0)
        }
    }

    private func time(_ instant: Instant, as type: ValueType) -> RawValue {
        let text = TimeText.rfc3339(instant, in: zone)
        return .text(type == .instant ? text : String(text.prefix { $0 != "T" }))
    }

    private func plain(
        _ text: String, _ rule: CheckedMapping.AttributeRule
    ) throws(Misfit) -> RawValue {
        switch rule.memberType {
        // As directories write it (RFC 4517, 3.3.3).
        case .boolean where text == "TRUE": return .boolean(true)
        case .boolean where text == "FALSE": return .boolean(false)
        case .entity(let kind):
            let name = EntityID(kind: mapping.vocabulary.rootKind(of: kind), name: text)
            switch lookups.meaning(of: name) {
            case .entity(let entity): return .text(entity.name)
            case .unclear:
                throw Misfit(reason: .unclearReference(attribute: rule.source.place, name))
            }
        default: return .text(text)
        }
    }
}
