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

    init(
        entry: DirectoryEntry, dn: DistinguishedName, ruleIndex: Int, rule: CheckedMapping.Rule,
        in mapping: CheckedMapping
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
        } else if let entity {
            do {
                try mapping.vocabulary.checkID(entity.name)
            } catch {
                problem = .unfit(error, attribute: nil)
            }
        } else {
            problem = .severalIDs(attribute: rule.id)
        }
    }

    /// The entity an entry stands for, as far as one can tell.
    static func entity(
        of entry: LDAPEntry, by rule: CheckedMapping.Rule
    ) -> EntityID? {
        entry.identity(rule.id).map { EntityID(kind: rule.rootKind, name: $0) }
    }
}
