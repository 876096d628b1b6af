import DirectorySync
import Facts
import Foundation
import LDAPClient
import PolicyLanguage
import TestSupport
import Testing
import Yams

/// A small directory and its mapping.
enum Sample {
    static let yaml = """
        source: directory
        entities:
          - kind: department
            base: ou=units,dc=x
            filter: (&(objectClass=organizationalUnit)(!(ou=units)))
            id: ou
            attributes: { name: "ou;lang-ja", parents: { parent: true } }
          - kind: person
            base: ou=people,dc=x
            filter: (objectClass=inetOrgPerson)
            id: uid
            attributes: { name: "cn;lang-ja", mail: mail }
            records:
              - kind: engagement
                attributes: { kind: employeeType, employer: o, host: l }
              - kind: post
                when: departmentNumber
                attributes: { department: departmentNumber, role: title }
              - kind: assignment
                when: seeAlso
                attributes: { kind: businessCategory, items: seeAlso }
        """

    static let bases = "dn: ou=units,dc=x\nobjectClass: organizationalUnit\nou: units\n\n"

    static let tanaka = """
        dn: uid=tanaka,ou=people,dc=x
        objectClass: inetOrgPerson
        uid: tanaka
        cn;lang-ja: 田中 健一
        employeeType: employee
        o: aoba
        l: aoba
        departmentNumber: cells
        title: engineer
        """

    static let now = Instant(secondsSinceEpoch: 1_800_000_000)

    // Read once: it takes long enough to keep tests that measure time from being punctual.
    private static let policy = Result { try Fixtures.readAobaPolicy().policy }

    static func vocabulary() throws -> Vocabulary { try #require(try policy.get()).vocabulary }

    static func mapping(_ yaml: String = yaml) throws -> DirectoryMapping {
        try YAMLDecoder().decode(DirectoryMapping.self, from: yaml)
    }

    static func checked(_ yaml: String = yaml) throws -> CheckedMapping {
        try mapping(yaml).checked(against: vocabulary())
    }

    /// What these records say, below the two bases.
    static func read(
        _ ldif: String, mapping yaml: String = yaml, at instant: Instant = now
    ) async throws -> DirectoryReading {
        let mapping = try checked(yaml)
        let text = bases + ldif + "\n\ndn: ou=people,dc=x\nou: people\n"
        let found = try await DirectorySource.ldif(Array(text.utf8)).entries(for: mapping)
        return DirectoryReader.reading(
            of: found, mapping: mapping, zone: Fixtures.tokyo, effective: instant)
    }

    static func person(_ id: String) -> EntityID { EntityID(kind: "person", name: id) }

    /// The observations as a ledger would hold them.
    static func stated(_ observations: [Observation]) -> [EntityID: Observation] {
        Dictionary(uniqueKeysWithValues: observations.map { ($0.entity, $0) })
    }
}

/// The example company's directory.
enum Aoba {
    static func mapping() throws -> CheckedMapping {
        let file = Fixtures.root.appending(path: "examples/aoba/directory.yaml")
        return try Sample.checked(String(decoding: Data(contentsOf: file), as: UTF8.self))
    }

    static func ldif() throws -> DirectorySource {
        let file = Fixtures.root.appending(path: "examples/aoba/people.ldif")
        return .ldif(Array(try Data(contentsOf: file)))
    }

    static func read(
        _ source: DirectorySource, by mapping: CheckedMapping? = nil
    ) async throws -> DirectoryReading {
        let mapping = try mapping ?? Self.mapping()
        return DirectoryReader.reading(
            of: try await source.entries(for: mapping), mapping: mapping, zone: Fixtures.tokyo,
            effective: Sample.now)
    }
}
