package import Facts
package import LDAPClient

/// A mapping that fits its vocabulary: all that reading needs, with nothing left to go wrong in it.
package struct CheckedMapping: Sendable {
    /// The source under whose name the ledger records what is read.
    package let source: String
    /// What it was checked against.
    package let vocabulary: Vocabulary
    let rules: [Rule]
    /// How the directory's groups hold their members.
    package let groups: Groups

    /// Entries that must always be readable: where one isn't, nothing is believed.
    package let canaries: [DistinguishedName]
    /// What of an entry that is found no longer means that it is gone; otherwise what it stated stays.
    package let leaving: Set<Disappearance.Fate>

    /// How groups hold their members.
    package struct Groups: Sendable {
        /// The attribute that holds the members' names.
        package let member: AttributeDescription
        /// Who stands in a group that nobody belongs to.
        package let placeholder: DistinguishedName?
        /// The groups that must never be left without anybody.
        package let administrators: [DistinguishedName]
    }

    /// Where people are found.
    package struct People: Sendable {
        /// This entry and all below it.
        package let base: DistinguishedName
        /// Which entries they are.
        package let filter: LDAPFilter
        /// The attribute that holds a person's id.
        package let id: AttributeDescription
    }

    /// Where the people of the vocabulary are found, rule by rule.
    package var people: [People] {
        rules.filter { $0.rootKind == vocabulary.rootKind(of: Vocabulary.subjectKind) }
            .map { rule in
                People(
                    base: rule.base, filter: rule.filter.filter,
                    id: AttributeDescription(reading: rule.id))
            }
    }

    /// Which entries are entities of a kind, or give records of one, and what is read of each.
    ///
    /// A class, since what stands for an entry holds its rule, and there are many entries.
    final class Rule: Sendable {
        /// Where it stands in the mapping: `entities[1]`.
        let path: String
        let kind: String
        let rootKind: String
        let base: DistinguishedName
        let filter: FilterMatcher
        let id: String
        /// Whether each value of the id is an entity, however many entries have it.
        let isDistinct: Bool
        let attributes: [AttributeRule]
        let records: [RecordRule]
        /// Who gets a record of each entry; nil where entries are entities.
        let grant: Grant?
        /// The attributes that values come from, each once: those that many entries don't all lack by chance.
        let countedNames: [String]

        init(
            path: String, kind: String, rootKind: String, base: DistinguishedName,
            filter: FilterMatcher, id: String,
            isDistinct: Bool = false, attributes: [AttributeRule],
            records: [RecordRule] = [], grant: Grant? = nil
        ) {
            self.path = path
            self.kind = kind
            self.rootKind = rootKind
            self.base = base
            self.filter = filter
            self.id = id
            self.isDistinct = isDistinct
            self.attributes = attributes
            self.records = records
            self.grant = grant
            let values = (attributes + records.flatMap(\.attributes)).map(\.source)
            countedNames = Set(
                (values + [grant?.owners].compactMap(\.self)).flatMap(\.ldapNames)
                    + records.compactMap(\.when)
            ).sorted()
        }

        /// The LDAP attributes that are read of an entry, beside those its filter asks for.
        var ldapNames: [String] {
            [id] + attributes.flatMap(\.source.ldapNames) + (grant?.owners.ldapNames ?? [])
                + records.flatMap { record in
                    [record.when].compactMap(\.self) + record.attributes.flatMap(\.source.ldapNames)
                }
        }

        func selects(_ entry: LDAPEntry, named dn: DistinguishedName) -> Bool {
            dn.isAtOrBelow(base) && filter.matches(entry)
        }
    }

    /// Who gets a record of an entry.
    struct Grant: Sendable {
        /// The kind of those who do.
        let ownerKind: String
        let owners: ValueRule
        /// Whether they may be entries that give records themselves.
        let isNested: Bool
    }

    /// A record that an entry gives beside its entity.
    struct RecordRule: Sendable {
        let kind: String
        let rootKind: String
        let when: String?
        let attributes: [AttributeRule]
    }

    /// Where an attribute's value comes from, and what it must be like.
    struct AttributeRule: Sendable {
        let name: String
        let type: ValueType
        let source: ValueRule

        /// Whether it holds any number of values.
        var isSet: Bool { type.memberType != nil }
        /// The type of one value.
        var memberType: ValueType { type.memberType ?? type }
    }

    /// The LDAP attributes that are read, each once: what is asked of a server, and no more.
    package var ldapAttributes: [String] {
        var names: Set<String> = []
        for rule in rules {
            names.formUnion(rule.ldapNames)
            names.formUnion(rule.filter.attributes)
        }
        return names.sorted()
    }
}

extension DirectoryMapping {
    /// What is wrong with the mapping, in its own order; nothing where it can be used.
    package func validate(against vocabulary: Vocabulary) -> [MappingProblem] {
        var checker = MappingChecker(vocabulary: vocabulary)
        _ = checker.check(self)
        return checker.problems
    }

    /// The mapping as reading takes it.
    ///
    /// - Throws: ``DirectoryError/invalidMapping(_:)`` with all that is wrong with it.
    package func checked(
        against vocabulary: Vocabulary
    ) throws(DirectoryError) -> CheckedMapping {
        var checker = MappingChecker(vocabulary: vocabulary)
        let mapping = checker.check(self)
        guard checker.problems.isEmpty else { throw .invalidMapping(checker.problems) }
        return mapping
    }
}
