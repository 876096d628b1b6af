import DirectorySync
import Facts
import Foundation
import LDAPClient
import SlapdSupport
import Testing

/// These need the server that `scripts/slapd` runs, with `examples/aoba/people.ldif` in it.
@Suite("A directory server")
struct ServerTests {
    @Test("says exactly what the LDIF text says")
    func sameAsText() async throws {
        let slapd = try Slapd()
        let served = try await Aoba.read(slapd.source)
        let written = try await Aoba.read(Aoba.ldif())
        #expect(served.problems == [])
        #expect(served.observations.count == 902)
        #expect(served == written)
        #expect(try served.changes(since: Sample.stated(written.observations)) == [])
    }

    @Test("gives the attributes that were asked for and no others")
    func attributes() async throws {
        let mapping = try Aoba.mapping()
        let found = try await Slapd().source.entries(for: mapping)
        let names = Set(
            found.entries.flatMap { $0.entry.attributes.map { $0.description.lowercased() } })
        #expect(names.isSubset(of: mapping.ldapAttributes.map { $0.lowercased() }))
        #expect(found.entries.count == 340)
    }

    @Test(
        "understands filters as we do",
        arguments: [
            "(uid=TANAKA)", "(cn=kenichi  tanaka)", "(cn=ken*)", "(cn=*aka)", "(cn=*chi tan*)",
            "(cn=k*i*a)", "(cn=ken* tan*)", "(cn=田中 健一)", "(cn;lang-ja=田中*)", "(cn=田中　健一)",
            "(cn;lang-ja=*健*)", "(cn;lang-ja-hrkt=タナカ*)", "(cn;lang-ja-hrkt=ﾀﾅｶ*)", "(uid=*)",
            "(title=*)",
            "(!(title=*))", "(!(title=engineer))", "(&(title=engineer)(o=AOBA))",
            "(|(uid=sato)(uid=ito))",
            "(&(objectClass=inetOrgPerson)(!(|(title=member)(title=engineer))))",
            "(objectClass=PERSON)",
            "(&(uid=*)(employeeType=student))", "(mail=tanaka@aoba.example)", "(uid=t*n*k*)",
            "(uid=tanaka*)", "(cn=*  tanaka)", "(cn= ken*)", "(departmentNumber=c*s)",
        ])
    func filters(_ text: String) async throws {
        let slapd = try Slapd()
        let filter = try LDAPFilter(parsing: text)
        let base = "ou=people,\(slapd.base)"
        let found = try await withLDAPConnection(to: slapd.server, as: slapd.credential) {
            try $0.search(base: base, filter: filter, attributes: ["uid"])
        }
        let all = try await withLDAPConnection(to: slapd.server, as: slapd.credential) {
            try $0.search(base: base)
        }
        let matcher = try FilterMatcher(filter)
        let ours = all.filter(matcher.matches).map(\.dn)
        #expect(found.map(\.dn).sorted() == ours.sorted())
        #expect(!ours.isEmpty)
    }

    @Test("that takes an entry for a match when we don't is not simply believed")
    func filterDisagrees() async throws {
        // Another name of `sn`, which only the schema knows.
        let yaml = Sample.yaml.replacing("dc=x", with: try Slapd().base)
            .replacing("ou=units", with: "ou=departments").replacing("(ou=units)", with: "(ou=x)")
            .replacing("(objectClass=inetOrgPerson)", with: "(surname=Tanaka)")
        let mapping = try Sample.checked(yaml)
        let found = try await Slapd().source.entries(for: mapping)
        #expect(!found.problems.isEmpty)
        #expect(
            found.problems.allSatisfy { $0.reason == .filterDisagrees(filter: "(surname=Tanaka)") })
        #expect(found.problems.map(\.entity).contains(Sample.person("tanaka")))
    }

    @Test("that says parts are elsewhere has not said everything")
    func references() async throws {
        let slapd = try Slapd()
        let base = try slapd.load(
            """
            dn: ou=units,BASE
            objectClass: organizationalUnit
            ou: units

            dn: ou=people,BASE
            objectClass: organizationalUnit
            ou: people

            dn: uid=far,ou=people,BASE
            objectClass: referral
            objectClass: extensibleObject
            uid: far
            ref: ldap://elsewhere.example/dc=y
            """)
        let mapping = try Sample.checked(Sample.yaml.replacing("dc=x", with: base))
        let error = await #expect(throws: DirectoryError.self) {
            try await slapd.source.entries(for: mapping)
        }
        guard case .partsElsewhere(let urls) = error else {
            Issue.record("another error: \(String(describing: error))")
            return
        }
        #expect(urls.count == 1)
        #expect(urls.first?.hasPrefix("ldap://elsewhere.example/") == true)
    }

    @Test("gives an entry of two rules once")
    func overlap() async throws {
        let slapd = try Slapd()
        let base = "ou=people,\(slapd.base)"
        let rules = ["person", "project"].map {
            DirectoryMapping.EntityRule(
                kind: $0, base: base, filter: "(uid=tanaka)", id: "uid")
        }
        let mapping = try DirectoryMapping(source: "directory", entities: rules)
            .checked(against: Sample.vocabulary())
        let reading = try await Aoba.read(slapd.source, by: mapping)
        #expect(reading.problems == [])
        #expect(reading.observations.map(\.entity.kind) == ["person", "project"])
    }

    @Test("that lacks a base is an error")
    func noBase() async throws {
        let slapd = try Slapd()
        let mapping = try Sample.checked()
        let error = await #expect(throws: DirectoryError.self) {
            try await slapd.source.entries(for: mapping)
        }
        guard case .server(let cause) = error else {
            Issue.record("another error: \(String(describing: error))")
            return
        }
        #expect(cause.kind == .refused(.noSuchObject))
    }

    @Test("that doesn't know us is an error")
    func wrongPassword() async throws {
        let slapd = try Slapd()
        let source = DirectorySource.server(
            try slapd.server, .simple(dn: slapd.admin, password: LDAPSecret("no")))
        let mapping = try Aoba.mapping()
        let error = await #expect(throws: DirectoryError.self) {
            try await source.entries(for: mapping)
        }
        guard case .server(let cause) = error else {
            Issue.record("another error: \(String(describing: error))")
            return
        }
        #expect(cause.kind == .invalidCredentials)
    }
}

extension Slapd {
    /// As a mapping's source.
    fileprivate var source: DirectorySource {
        get throws { .server(try server, credential) }
    }
}
