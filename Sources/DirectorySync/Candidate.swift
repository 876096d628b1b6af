import Facts
import Foundation
import LDAPClient

/// An entry as one rule sees it.
struct Candidate {
    let entry: DirectoryEntry
    let dn: DistinguishedName
    let ruleIndex: Int
    let rule: CheckedMapping.Rule
    /// The entity it stands for, as far as one can tell; also where the entry has a problem.
    let entity: EntityID?
    var problem: EntryProblem.Reason?

    init(
        entry: DirectoryEntry, dn: DistinguishedName, ruleIndex: Int, rule: CheckedMapping.Rule,
        in mapping: CheckedMapping
    ) {
        self.entry = entry
        self.dn = dn
        self.ruleIndex = ruleIndex
        self.rule = rule
        entity = Self.entity(of: entry.entry, named: dn, by: rule)
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
        of entry: LDAPEntry, named dn: DistinguishedName?, by rule: CheckedMapping.Rule
    ) -> EntityID? {
        let texts = entry.texts(rule.id)
        // A server gives values in any order, so of several only the one in the name is sure.
        let text = texts.count == 1 ? texts[0] : dn?.rdnValue(of: rule.id)
        return text.map {
            EntityID(kind: rule.rootKind, name: $0.precomposedStringWithCanonicalMapping)
        }
    }
}
