import Facts
import LDAPClient

/// An entry as one rule sees it.
struct Candidate {
    /// The place of its entry in the model.
    let slot: Int
    let entry: DirectoryEntry
    let dn: DistinguishedName
    let ruleIndex: Int
    let rule: CheckedMapping.Rule
    /// The entity it stands for, as far as one can tell; also where the entry has a problem.
    var entity: EntityID?
    /// The same as the directory names it now.
    private(set) var name: EntityID?
    var problem: EntryProblem.Reason?

    /// What an entry is to a rule; of a rule whose entries share entities, one for each of its values, none without.
    static func candidates(
        _ entry: DirectoryEntry, _ dn: DistinguishedName, slot: Int, ruleIndex: Int,
        in mapping: CheckedMapping
    ) -> [Candidate] {
        let rule = mapping.rules[ruleIndex]
        let first = Candidate(entry, dn, slot: slot, ruleIndex: ruleIndex, rule, in: mapping)
        guard rule.isDistinct else { return [first] }
        let names = entry.entry.texts(rule.id)
        guard names.count == entry.entry.values(rule.id).count else { return [first] }
        return Set(names.map(\.inNFC)).sorted().map { name in
            var candidate = first
            candidate.entity = EntityID(kind: rule.rootKind, name: name)
            candidate.name = candidate.entity
            candidate.problem = nil
            candidate.check(in: mapping)
            return candidate
        }
    }

    private init(
        _ entry: DirectoryEntry, _ dn: DistinguishedName, slot: Int, ruleIndex: Int,
        _ rule: CheckedMapping.Rule, in mapping: CheckedMapping
    ) {
        self.slot = slot
        self.entry = entry
        self.dn = dn
        self.ruleIndex = ruleIndex
        self.rule = rule
        entity = Self.entity(of: entry.entry, by: rule)
        name = entity
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

    /// All that an entry is to the rules of a mapping.
    static func candidates(
        _ entry: DirectoryEntry, _ dn: DistinguishedName, slot: Int, in mapping: CheckedMapping
    ) -> [Candidate] {
        mapping.rules.enumerated().flatMap { index, rule in
            rule.selects(entry.entry, named: dn)
                ? candidates(entry, dn, slot: slot, ruleIndex: index, in: mapping) : []
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
