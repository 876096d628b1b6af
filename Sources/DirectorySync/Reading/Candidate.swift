import Facts
import LDAPClient

/// An entry as one rule sees it.
struct Candidate {
    let entry: DirectoryEntry
    let dn: DistinguishedName
    let ruleIndex: Int
    let rule: CheckedMapping.Rule
    /// The entity it stands for, as far as one can tell; also where the entry has a problem.
    var entity: EntityID?
    var problem: EntryProblem.Reason?

    /// What an entry is to a rule; of a rule whose entries share entities, one for each of its values, none without.
    static func candidates(
        _ entry: DirectoryEntry, _ dn: DistinguishedName, ruleIndex: Int, in mapping: CheckedMapping
    ) -> [Candidate] {
        let rule = mapping.rules[ruleIndex]
        let first = Candidate(entry, dn, ruleIndex: ruleIndex, rule, in: mapping)
        guard rule.isDistinct else { return [first] }
        let names = entry.entry.texts(rule.id)
        guard names.count == entry.entry.values(rule.id).count else { return [first] }
        return Set(names.map(\.inNFC)).sorted().map { name in
            var candidate = first
            candidate.entity = EntityID(kind: rule.rootKind, name: name)
            candidate.problem = nil
            candidate.check(in: mapping)
            return candidate
        }
    }

    private init(
        _ entry: DirectoryEntry, _ dn: DistinguishedName, ruleIndex: Int,
        _ rule: CheckedMapping.Rule, in mapping: CheckedMapping
    ) {
        self.entry = entry
        self.dn = dn
        self.ruleIndex = ruleIndex
        self.rule = rule
        entity = Self.entity(of: entry.entry, by: rule)
        let values = entry.entry.values(rule.id)
        if values.isEmpty {
            problem = .noID(attribute: rule.id)
        } else if values.count != entry.entry.texts(rule.id).count {
            problem = .notText(attribute: rule.id)
        } else if entity != nil {
            check(in: mapping)
        } else {
            problem = .severalIDs(attribute: rule.id)
        }
    }

    private mutating func check(in mapping: CheckedMapping) {
        guard let entity else { return }
        do {
            try mapping.vocabulary.checkID(entity.name)
        } catch {
            problem = .unfit(error, attribute: nil)
        }
    }

    /// The entity an entry stands for, as far as one can tell.
    static func entity(
        of entry: LDAPEntry, by rule: CheckedMapping.Rule
    ) -> EntityID? {
        entry.identity(rule.id).map { EntityID(kind: rule.rootKind, name: $0) }
    }
}
