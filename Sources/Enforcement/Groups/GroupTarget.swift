package import LDAPClient

/// A directory whose groups are kept as entitlements say, and how people and groups are found there.
package struct GroupTarget: Sendable {
    /// Which entries are people, and what says who.
    package struct PeopleRule: Sendable {
        let base: DistinguishedName
        let filter: LDAPFilter
        let id: AttributeDescription

        /// Creates a rule.
        ///
        /// - Parameters:
        ///   - base: where people are: this entry and all below it.
        ///   - filter: which entries they are.
        ///   - id: the attribute that holds a person's id.
        package init(base: DistinguishedName, filter: LDAPFilter, id: AttributeDescription) {
            self.base = base
            self.filter = filter
            self.id = id
        }
    }

    /// Where the directory is.
    package let server: LDAPServer
    /// As whom to speak to it: somebody who may read people, and read and write the groups' members.
    package let credential: LDAPCredential
    let people: [PeopleRule]
    let member: AttributeDescription
    let placeholder: DistinguishedName?
    let administrators: [DistinguishedName]

    /// Creates a target.
    ///
    /// - Parameters:
    ///   - server: where the directory is.
    ///   - credential: as whom to speak to it.
    ///   - people: which entries are people.
    ///   - member: the attribute that holds the names of a group's members.
    ///   - placeholder: who stands in a group that nobody belongs to, where its class doesn't allow it to be empty.
    ///   - administrators: groups that must never be left without anybody.
    package init(
        server: LDAPServer, credential: LDAPCredential, people: [PeopleRule],
        member: AttributeDescription, placeholder: DistinguishedName?,
        administrators: [DistinguishedName]
    ) {
        self.server = server
        self.credential = credential
        self.people = people
        self.member = member
        self.placeholder = placeholder
        self.administrators = administrators
    }
}
