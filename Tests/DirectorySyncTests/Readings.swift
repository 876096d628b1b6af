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
    /// The entries as last given.
    private(set) var found = DirectoryEntries([])
    /// How often a state that was held on to was compared with one made anew.
    private(set) var compared = 0
    private var held: DirectoryState?
    private var stated: [EntityID: Observation] = [:]

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
        var fresh = DirectoryState(
            copy, stated: stated, mapping: mapping, zone: Fixtures.tokyo, rebinding: rebinding)
        let answer = try await ServerReading(
            of: slapd.server, as: slapd.credential, mapping: mapping, after: fresh.copy
        ).answer(within: .seconds(30))
        try fresh.take(answer, effective: Sample.now)
        let reading = try #require(fresh.reading(effective: Sample.now))
        found = try fresh.entries()
        var limits = WithdrawalGuard()
        limits.isOverridden = true
        let changes = try? fresh.changes(guardedBy: limits)
        // Whoever was held on to since the last reading says the same.
        if var resident = held, resident.copy.revision == copy.revision, rebinding == .names([]) {
            held = nil
            try resident.take(answer, effective: Sample.now)
            let other = try #require(resident.reading(effective: Sample.now))
            #expect(other == reading)
            #expect((try? resident.changes(guardedBy: limits)) == changes)
            fresh = resident
            compared += 1
        }
        guard keeping, let changes else {
            held = nil
            return (answer, reading)
        }
        var change = answer.change
        change.identities = fresh.newIdentities
        _ = try ledger.append(recordedAt: Sample.now, keeping: change) { _ in [] }
        fresh.recorded(changes)
        for change in changes {
            stated[change.entity] = change.attributes == nil ? nil : change
        }
        held = fresh
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
