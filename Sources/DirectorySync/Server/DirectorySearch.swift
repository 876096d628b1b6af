import LDAPClient

/// One question to a server: where rules look in the same place for the same, it is asked once.
struct DirectorySearch: Sendable {
    let rules: [CheckedMapping.Rule]
    let attributes: [String]

    var base: DistinguishedName { rules[0].base }
    var filter: LDAPFilter { rules[0].filter.filter }

    /// What the copy knows it by: another question has another name, and so no cookie of this one.
    var name: String {
        "\(base)\n\(filter)\n\(attributes.joined(separator: " "))"
    }

    /// What is wrong with an entry that it found: by our own reading of a filter it doesn't match.
    func disagreements(_ entry: DirectoryEntry) -> [EntryProblem] {
        rules.filter { !$0.filter.matches(entry.entry) }.map { rule in
            EntryProblem(
                .filterDisagrees(filter: rule.filter.filter.description), in: entry,
                entity: Candidate.entity(of: entry.entry, by: rule))
        }
    }

    func request(_ more: [String] = []) -> LDAPSearch {
        LDAPSearch(base: base.description, filter: filter, attributes: attributes + more)
    }

    /// The searches that all rules need, in the order of the rules.
    static func searches(of mapping: CheckedMapping) -> [DirectorySearch] {
        let attributes = mapping.ldapAttributes
        var searches: [DirectorySearch] = []
        for rule in mapping.rules {
            let search = DirectorySearch(rules: [rule], attributes: attributes)
            if let index = searches.firstIndex(where: { $0.name == search.name }) {
                searches[index] = DirectorySearch(
                    rules: searches[index].rules + [rule], attributes: attributes)
            } else {
                searches.append(search)
            }
        }
        return searches
    }
}
