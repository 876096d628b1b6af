/// What an administrator writes to say which entries of a directory mean what.
///
/// It comes from a file and may hold any mistake; ``checked(against:)`` finds them before anything
/// is read.
package struct DirectoryMapping: Hashable, Sendable {
    /// Which entries are entities of a kind, and what is read of each.
    package struct EntityRule: Hashable, Sendable {
        /// The kind of entity.
        package var kind: String
        /// The name of the entry at or below which to look.
        package var base: String
        /// Which entries to take, as RFC 4515 writes it.
        package var filter: String
        /// The LDAP attribute whose value is the entity's id.
        package var id: String
        /// Whether each value that some entry has there is an entity, however many have it.
        package var isDistinct: Bool
        /// The entity's attributes, by their names in the vocabulary.
        package var attributes: [String: ValueSource]
        /// The records that belong to the entity.
        package var records: [RecordRule]

        /// Creates a rule.
        package init(
            kind: String, base: String, filter: String, id: String, isDistinct: Bool = false,
            attributes: [String: ValueSource] = [:], records: [RecordRule] = []
        ) {
            self.kind = kind
            self.base = base
            self.filter = filter
            self.id = id
            self.isDistinct = isDistinct
            self.attributes = attributes
            self.records = records
        }
    }

    /// A record that an entry gives beside its entity.
    package struct RecordRule: Hashable, Sendable {
        /// The kind of record.
        package var kind: String
        /// The LDAP attribute without which there is no such record; nil where there always is.
        package var when: String?
        /// The record's attributes, by their names in the vocabulary.
        package var attributes: [String: ValueSource]

        /// Creates a rule.
        package init(
            kind: String, when: String? = nil, attributes: [String: ValueSource] = [:]
        ) {
            self.kind = kind
            self.when = when
            self.attributes = attributes
        }
    }

    /// Which entries give records to others: a project's group to its members, a position to whoever holds it.
    package struct GrantRule: Hashable, Sendable {
        /// The kind of record.
        package var kind: String
        /// The name of the entry at or below which to look.
        package var base: String
        /// Which entries to take, as RFC 4515 writes it.
        package var filter: String
        /// The LDAP attribute whose value tells an entry from others of the rule.
        package var id: String
        /// The LDAP attribute that holds who gets a record, and what is made of its values.
        package var owners: ValueSource
        /// Whether those whom an entry names may be entries of these rules themselves, whose own then get it too.
        package var isNested: Bool
        /// The record's attributes, by their names in the vocabulary.
        package var attributes: [String: ValueSource]

        /// Creates a rule.
        package init(
            kind: String, base: String, filter: String, id: String, owners: ValueSource,
            isNested: Bool = false, attributes: [String: ValueSource] = [:]
        ) {
            self.kind = kind
            self.base = base
            self.filter = filter
            self.id = id
            self.owners = owners
            self.isNested = isNested
            self.attributes = attributes
        }
    }

    /// How the directory's groups hold their members, where entitlements are carried out in it.
    package struct GroupRule: Hashable, Sendable {
        /// The LDAP attribute that holds the names of a group's members.
        package var member: String
        /// Who stands in a group that nobody belongs to, where its class doesn't allow it to be empty.
        package var placeholder: String?
        /// The groups that must never be left without anybody.
        package var administrators: [String]

        /// Creates a rule.
        package init(
            member: String = "member", placeholder: String? = nil, administrators: [String] = []
        ) {
            self.member = member
            self.placeholder = placeholder
            self.administrators = administrators
        }
    }

    /// The source under whose name the ledger records what is read.
    package var source: String
    /// The rules, in the file's order.
    package var entities: [EntityRule]
    /// The rules for entries that give records to others, in the file's order.
    package var records: [GrantRule]
    /// How groups hold their members.
    package var groups: GroupRule
    /// The names of entries that must always be readable.
    package var canaries: [String]
    /// What of an entry that is found no longer means that it is gone: `deleted`, `unmatched`, `moved`; nil for all.
    package var leaving: [String]?

    /// Creates a mapping.
    package init(
        source: String, entities: [EntityRule], records: [GrantRule] = [],
        groups: GroupRule = GroupRule(), canaries: [String] = [], leaving: [String]? = nil
    ) {
        self.source = source
        self.entities = entities
        self.records = records
        self.groups = groups
        self.canaries = canaries
        self.leaving = leaving
    }
}
