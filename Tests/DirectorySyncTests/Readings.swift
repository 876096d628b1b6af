import DirectorySync
import Facts
import LDAPClient
import Ledger
import SlapdSupport
import TestSupport
import Testing

/// A directory that is read again and again, with what was kept of the last time.
final class Readings {
    let slapd: Slapd
    let base: String
    let elsewhere: String
    var mapping: CheckedMapping
    private let ledger: Ledger
    private let folder: TemporaryFolder
    private(set) var identities = Identities()

    init(_ people: String, more: String = "", in slapd: Slapd? = nil) throws {
        self.slapd = try slapd ?? Slapd()
        let slapd = self.slapd
        elsewhere = try slapd.load("")
        base = try slapd.load(
            """
            dn: ou=units,BASE
            objectClass: organizationalUnit
            ou: units

            dn: ou=people,BASE
            objectClass: organizationalUnit
            ou: people


            """ + people)
        folder = try TemporaryFolder()
        ledger = try Ledger.open(at: folder.path("copy.ledger"), create: true)
        mapping = try Sample.checked(
            Self.yaml.replacing("dc=x", with: base) + more.replacing("BASE", with: base))
    }

    private static let yaml = """
        source: directory
        entities:
          - kind: person
            base: ou=people,dc=x
            filter: (objectClass=inetOrgPerson)
            id: uid
            attributes: { name: cn }

        """

    static func person(_ id: String) -> String {
        """
        dn: uid=\(id),ou=people,BASE
        objectClass: inetOrgPerson
        uid: \(id)
        cn: \(id)
        sn: \(id)

        """
    }

    func name(_ id: String) -> String { "uid=\(id),ou=people,\(base)" }

    /// Reads, keeps what is to be kept, and gives what was said.
    ///
    /// Without keeping, it is as if the reader had been killed before it had recorded anything.
    @discardableResult func read(
        rebinding: Identities.Rebinding = .names([]), keeping: Bool = true
    ) async throws -> (answer: ServerAnswer, reading: DirectoryReading) {
        let copy = try ledger.copy(of: mapping.source)
        let answer = try await ServerReading(
            of: slapd.server, as: slapd.credential, mapping: mapping, after: copy
        ).answer(within: .seconds(30))
        identities = Identities(copy.identities, rebinding: rebinding)
        let reading = DirectoryReader.reading(
            of: answer.entries, mapping: mapping, zone: Fixtures.tokyo, effective: Sample.now,
            identities: &identities)
        guard keeping else { return (answer, reading) }
        var change = answer.change
        change.identities = identities.kept
        _ = try ledger.append(recordedAt: Sample.now, keeping: change) { _ in [] }
        return (answer, reading)
    }

    /// All entries and their ids, as a plain search gives them.
    func entries() async throws -> [EntryUUID: LDAPEntry] {
        let base = "ou=people,\(base)"
        let names = mapping.ldapAttributes
        let found = try await withLDAPConnection(to: slapd.server, as: slapd.credential) {
            try $0.search(
                base: base, filter: .equal("objectClass", "inetOrgPerson"),
                attributes: names + ["entryUUID"])
        }
        var entries: [EntryUUID: LDAPEntry] = [:]
        for var entry in found {
            let id = try #require(entry.text("entryUUID").flatMap(EntryUUID.init))
            entry.attributes.removeAll { $0.description == "entryUUID" }
            entries[id] = entry
        }
        return entries
    }

    func people() async throws -> [String] {
        try await read().reading.observations.map(\.entity.name).sorted()
    }
}
