import DirectorySync
import Foundation
import TestSupport
import Testing
import Yams

@Suite("A mapping")
struct MappingTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let change: (from: String, to: String)
        let message: String

        init(_ from: String, _ to: String, _ message: String) {
            change = (from, to)
            self.message = message
        }

        var testDescription: String { message }
    }

    private static let record = "{ kind: employeeType, employer: o, host: l }"

    @Test(
        "of another form is refused with the place",
        arguments: [
            Case("source: directory\n", "", "`source` is missing"),
            Case("source:", "sourc: x\nsource:", "`sourc` is not known here; `source` is"),
            Case("source: directory", "source: [a]", "`source` must be text"),
            Case("    id: uid\n", "", "`entities[1].id` is missing"),
            Case("id: uid", "id: { a: b }", "`entities[1].id` must be text"),
            Case(
                "id: uid", "idd: uid\n    id: uid", "`entities[1].idd` is not known here; `id` is"),
            Case(
                "when: seeAlso", "where: seeAlso",
                "`entities[1].records[2].where` is not known here"),
            Case(
                "mail: mail", "mail: [mail]",
                "`entities[1].attributes.mail` must have keys and values"),
            Case(
                "mail: mail", "mail: { atribute: mail }",
                "`entities[1].attributes.mail.atribute` is not known here; `attribute` is"),
            Case(
                "mail: mail", "mail: { required: true }",
                "`entities[1].attributes.mail.attribute` is missing"),
            Case(
                "mail: mail", "mail: { attribute: mail, required: 7 }",
                "`entities[1].attributes.mail.required` must be `true` or `false`"),
            Case(
                "mail: mail", "mail: { first: [mail], constant: x }",
                "`entities[1].attributes.mail.constant` and `first` exclude each other"),
            Case(
                "mail: mail", "mail: { constant: x, required: true }",
                "`entities[1].attributes.mail.constant` stands alone"),
            Case(
                "mail: mail", "mail: { attribute: mail, bit: two }",
                "`entities[1].attributes.mail.bit` must be a whole number"),
            Case(
                "{ parent: true }", "{ parent: false }",
                "`entities[0].attributes.parents.parent` can only be `true`, and stands alone"),
            Case(record, "", "`entities[1].records[0].attributes` has no value"),
        ])
    func malformed(_ item: Case) throws {
        let yaml = Sample.yaml.replacing(item.change.from, with: item.change.to)
        try #require(yaml != Sample.yaml)
        let error = #expect(throws: DecodingError.self) { try Sample.mapping(yaml) }
        guard case .dataCorrupted(let context) = error else {
            Issue.record("another error: \(String(describing: error))")
            return
        }
        #expect(context.debugDescription == item.message)
    }

    @Test("that is no list, or nothing, is refused")
    func noObject() {
        for (yaml, message) in [
            ("[]", "`the mapping` must have keys and values"),
            ("source: a\nentities: x", "`entities` must be a list"),
            ("source: a\nentities: [x]", "`entities[0]` must have keys and values"),
        ] {
            let error = #expect(throws: DecodingError.self) { try Sample.mapping(yaml) }
            guard case .dataCorrupted(let context) = error else {
                Issue.record("another error: \(String(describing: error))")
                continue
            }
            #expect(context.debugDescription == message)
        }
    }

    @Test("reads the same from JSON")
    func json() throws {
        let json = """
            {"source": "directory", "entities": [{"kind": "person", "base": "dc=x", "id": "uid",
            "filter": "(uid=*)", "attributes": {"mail": {"attribute": "mail", "required": true}}}]}
            """
        let mapping = try JSONDecoder().decode(DirectoryMapping.self, from: Data(json.utf8))
        let rule = DirectoryMapping.EntityRule(
            kind: "person", base: "dc=x", filter: "(uid=*)", id: "uid",
            attributes: ["mail": .attribute("mail", isRequired: true)])
        #expect(mapping == DirectoryMapping(source: "directory", entities: [rule]))
    }

    @Test("that fits the vocabulary has no problems")
    func fits() throws {
        #expect(try Sample.mapping().validate(against: Sample.vocabulary()) == [])
        #expect(try Aoba.mapping().source == "directory")
    }

    @Test(
        "that doesn't fit the vocabulary says where and why",
        arguments: [
            Case(
                "kind: person", "kind: persn",
                "entities[1].kind: the vocabulary has no kind `persn`; `person` exists"),
            Case(
                "kind: department\n", "kind: post\n",
                "entities[0].kind: `post` is a record and stands below `records` of the entity it "
                    + "belongs to"),
            Case(
                "- kind: post", "- kind: project",
                "entities[1].records[1].kind: `project` is no record and stands below `entities`"),
            Case(
                "- kind: post", "- kind: engagement",
                "entities[1].records[1].kind: a second `engagement` of one entry"),
            Case(
                "kind: person", "kind: project",
                "entities[1].records[0].kind: `engagement` belongs to `person`, not to `project`"),
            Case(
                "mail: mail", "mial: mail",
                "entities[1].attributes.mial: `person` has no attribute `mial`; `mail` exists"),
            Case(
                "role: title", "rôle: title",
                "entities[1].records[1].attributes.rôle: `post` has no attribute `rôle`; `role` exists"
            ),
            Case(
                "mail: mail", "mail: { parent: true }",
                "entities[1].attributes.mail: `mail` can't hold the `person` above an entry"),
            Case(
                "base: ou=people,dc=x", "base: people",
                "entities[1].base: `people` is not a distinguished name"),
            Case(
                "(objectClass=inetOrgPerson)", "(objectClass=inetOrgPerson",
                "entities[1].filter: the filter can't be read at byte 26: `)` expected"),
            Case(
                "(objectClass=inetOrgPerson)", "(|(uid=*)(cn~=x))",
                "entities[1].filter: only a server can tell whether `(cn~=x)` holds; use = >= <= or *"
            ),
            Case(
                "id: uid", "id: u id", "entities[1].id: `u id` is not the name of an LDAP attribute"
            ),
            Case(
                "when: seeAlso", "when: 2nd",
                "entities[1].records[2].when: `2nd` is not the name of an LDAP attribute"),
            Case(
                "mail: mail", "mail: (mail)",
                "entities[1].attributes.mail: `(mail)` is not the name of an LDAP attribute"),
            Case(
                "role: title", "role: { attribute: title, table: { M: manger } }",
                "entities[1].records[1].attributes.role.table: `manger` doesn't fit; `manager` exists"
            ),
            Case(
                "role: title", "role: { attribute: title, table: { M: manager, m: leader } }",
                "entities[1].records[1].attributes.role.table: `m` stands in the table in another "
                    + "spelling"),
            Case(
                "role: title", "role: { constant: boss }",
                "entities[1].records[1].attributes.role.constant: `boss` doesn't fit"),
            Case(
                "role: title", "role: { attribute: title, otherwise: manager }",
                "entities[1].records[1].attributes.role.otherwise: `otherwise` says nothing without "
                    + "`table`"),
            Case(
                "mail: mail", "mail: { attribute: mail, pattern: 'a)(b' }",
                "entities[1].attributes.mail.pattern: `a)(b` is not a regular expression"),
            Case(
                "mail: mail", "mail: { attribute: mail, pattern: '(a)', to: '$2' }",
                "entities[1].attributes.mail.to: the pattern has no group 2"),
            Case(
                "mail: mail", "mail: { attribute: mail, to: '$2' }",
                "entities[1].attributes.mail.to: `to` says nothing without `pattern`"),
            Case(
                "mail: mail", "mail: { attribute: mail, as: name }",
                "entities[1].attributes.mail.as: `name` is none of `text`, `dn`, `time`, `filetime`"
            ),
            Case(
                "mail: mail", "mail: { attribute: mail, as: dn }",
                "entities[1].attributes.mail.as: what is read as `dn` doesn't fit what it is for"),
            Case(
                "mail: mail", "mail: { attribute: mail, as: time }",
                "entities[1].attributes.mail.as: what is read as `time` doesn't fit what it is for"),
            Case(
                "mail: mail", "mail: { attribute: mail, bit: 3 }",
                "entities[1].attributes.mail.bit: `3` is no single bit; 1, 2, 4, 8 and so on are"),
            Case(
                "mail: mail", "mail: { first: [] }",
                "entities[1].attributes.mail.first: there are no attributes to choose from"),
            Case(
                "mail: mail", "mail: { above: true }",
                "entities[1].attributes.mail: an entity above an entry doesn't fit what it is for"),
            Case("source: directory", "source: a/b", "source: `a/b` can't name a source"),
            Case("source: directory", "source: ''", "source: `` can't name a source"),
        ])
    func unfit(_ item: Case) throws {
        let yaml = Sample.yaml.replacing(item.change.from, with: item.change.to)
        try #require(yaml != Sample.yaml)
        let problems = try Sample.mapping(yaml).validate(against: Sample.vocabulary())
        #expect(problems.map(\.description).contains(item.message), "\(problems)")
        let error = #expect(throws: DirectoryError.self) { try Sample.checked(yaml) }
        #expect(error == .invalidMapping(problems))
    }

    @Test("without rules is refused")
    func empty() throws {
        let mapping = DirectoryMapping(source: "a", entities: [])
        #expect(try mapping.validate(against: Sample.vocabulary()).map(\.reason) == [.noRules])
    }

    @Test("asks a server for what it names and nothing else")
    func attributes() throws {
        #expect(
            try Sample.checked().ldapAttributes == [
                "businessCategory", "cn;lang-ja", "departmentNumber", "employeeType", "l", "mail",
                "o", "objectclass", "ou", "ou;lang-ja", "seeAlso", "title", "uid",
            ])
    }
}
