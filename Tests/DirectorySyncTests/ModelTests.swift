import DirectorySync
import Facts
import LDAPClient
import TestSupport
import Testing

@Suite("What entries say while they change")
struct ModelTests {
    private static let yaml = """
        source: directory
        entities:
          - kind: department
            base: dc=x
            filter: (objectClass=organizationalUnit)
            id: ou
            attributes: { name: description, parents: { parent: true } }
          - kind: project
            base: dc=x
            filter: (objectClass=groupOfNames)
            id: cn
          - kind: person
            base: dc=x
            filter: (objectClass=inetOrgPerson)
            id: uid
            attributes: { name: cn }
            records:
              - kind: post
                when: title
                attributes: { department: { above: true }, role: title }
              - kind: engagement
                attributes: { kind: { constant: employee } }
        records:
          - kind: membership
            base: dc=x
            filter: (objectClass=groupOfNames)
            id: cn
            of: { attribute: member, as: dn }
            nested: true
            attributes: { project: cn }
          - kind: assignment
            base: dc=x
            filter: (objectClass=groupOfNames)
            id: cn
            of: memberUid
            attributes: { kind: { constant: task } }
        """

    private static let more = """
          - kind: organisation
            base: dc=x
            filter: (objectClass=inetOrgPerson)
            id: o
            distinct: true
            attributes: { country: c }
        records:
        """

    @Test("is what they say when all are read anew", arguments: [0, 1, 2, 3])
    func random(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let yaml =
            seed.isMultiple(of: 2)
            ? Self.yaml
            : Self.yaml.replacing(
                "records:\n  - kind: membership", with: Self.more + "\n  - kind: membership")
        let mapping = try Sample.checked(yaml)
        var world = World()
        var model = DirectoryModel(
            [], mapping: mapping, zone: Fixtures.tokyo, identities: Identities(),
            effective: Sample.now)
        var identities = Identities()
        var before: [EntityID: Observation] = [:]
        var quick = 0
        for round in 0..<100 {
            let changes = world.change(Int.random(in: 1...4, using: &random), &random)
            let change = model.apply(
                changes.mapValues { $0.map { DirectoryModel.Found($0) } }, effective: Sample.now)
            let anew = DirectoryModel(
                world.entries.values.map { DirectoryModel.Found($0) }, mapping: mapping,
                zone: Fixtures.tokyo, identities: identities, effective: Sample.now)
            identities = anew.identities
            let reading = anew.reading(effective: Sample.now)
            let said = model.reading(effective: Sample.now)
            #expect(said.observations == reading.observations, "seed \(seed), round \(round)")
            let differing = Set(said.problems).symmetricDifference(reading.problems)
            #expect(differing == [], "seed \(seed), round \(round)")
            #expect(said.notices == reading.notices, "seed \(seed), round \(round)")
            #expect(said.absentAttributes == reading.absentAttributes)
            let after = Sample.stated(reading.observations)
            if case .entities(let changed) = change {
                quick += 1
                #expect(
                    before.merging(changed.compactMapValues { $0 }) { $1 }.filter {
                        changed[$0.key] != .some(nil)
                    } == after, "seed \(seed), round \(round)")
            }
            before = after
            guard said.observations == reading.observations,
                Set(said.problems) == Set(reading.problems)
            else { return }
        }
        #expect(quick > 5, "\(quick) of 100 rounds were quick")
    }
}

/// Entries that refer to one another, and change.
private struct World {
    private(set) var entries: [EntryKey: DirectoryEntry] = [:]
    private var next: UInt64 = 0

    /// Changes some of them.
    mutating func change(
        _ count: Int, _ random: inout SplitMix64
    ) -> [EntryKey: DirectoryEntry?] {
        var changes: [EntryKey: DirectoryEntry?] = [:]
        for _ in 0..<count {
            let known = entries.keys.sorted { "\($0)" < "\($1)" }
            let key = known.randomElement(using: &random)
            switch Int.random(in: 0..<10, using: &random) {
            case 0, 1, 2: put(new(&random), as: nil, &changes)
            case 3:
                guard let key else { continue }
                entries[key] = nil
                changes.updateValue(nil, forKey: key)
            case 4:
                // Made anew under the same name and id.
                guard let key, let entry = entries[key] else { continue }
                entries[key] = nil
                changes.updateValue(nil, forKey: key)
                put(entry.entry, as: nil, &changes)
            default:
                guard let key, let entry = entries[key] else { continue }
                put(changed(entry.entry, &random), as: key, &changes)
            }
        }
        return changes
    }

    private mutating func put(
        _ entry: LDAPEntry, as key: EntryKey?, _ changes: inout [EntryKey: DirectoryEntry?]
    ) {
        // A directory has each name once.
        guard !entries.contains(where: { $0.key != key && $0.value.entry.dn == entry.dn }) else {
            return
        }
        var uuid: EntryUUID?
        if case .uuid(let known) = key { uuid = known }
        if uuid == nil {
            next += 1
            uuid = EntryUUID(
                bytes: (0..<16).map {
                    $0 < 8 ? 0 : UInt8(truncatingIfNeeded: next >> (8 * (15 - $0)))
                })
        }
        guard let uuid else { return }
        let found = DirectoryEntry(entry, uuid: uuid)
        entries[.uuid(uuid)] = found
        changes[.uuid(uuid)] = found
    }

    /// Few names and ids, so that they meet.
    private func new(_ random: inout SplitMix64) -> LDAPEntry {
        let number = Int.random(in: 0..<150, using: &random)
        let above = name(&random) ?? "dc=x"
        switch Int.random(in: 0..<5, using: &random) {
        case 0:
            return LDAPEntry(
                dn: "ou=d\(number),\(above)",
                attributes: [
                    LDAPAttribute("objectClass", "organizationalUnit"),
                    LDAPAttribute("ou", "d\(number)"), LDAPAttribute("description", "text"),
                ])
        case 1:
            return members(
                of: LDAPEntry(
                    dn: "cn=g\(number),\(above)",
                    attributes: [
                        LDAPAttribute("objectClass", "groupOfNames"),
                        LDAPAttribute("cn", "g\(number)"),
                    ]), &random)
        default:
            return LDAPEntry(
                dn: "uid=p\(number),\(above)",
                attributes: [
                    LDAPAttribute("objectClass", "inetOrgPerson"),
                    LDAPAttribute("uid", "p\(number)"), LDAPAttribute("cn", "name"),
                    LDAPAttribute(
                        "title",
                        ["manager", "engineer", "nonsense"].randomElement(using: &random) ?? ""),
                    LDAPAttribute(
                        "o", ["aoba", "Aoba", "other"].randomElement(using: &random) ?? ""),
                    LDAPAttribute("c", number.isMultiple(of: 20) ? "us" : "jp"),
                ])
        }
    }

    private func members(of entry: LDAPEntry, _ random: inout SplitMix64) -> LDAPEntry {
        var entry = entry
        entry.attributes.removeAll { $0.description.hasPrefix("member") }
        let names = (0..<Int.random(in: 0...4, using: &random)).compactMap { _ in name(&random) }
        entry.attributes.append(
            LDAPAttribute(description: "member", values: Set(names).sorted().map { Array($0.utf8) })
        )
        entry.attributes.append(
            LDAPAttribute("memberUid", "p\(Int.random(in: 0..<150, using: &random))"))
        return entry
    }

    private func name(_ random: inout SplitMix64) -> String? {
        entries.values.map(\.entry.dn).filter { $0.utf8.count < 40 }.sorted()
            .randomElement(using: &random)
    }

    private func changed(_ entry: LDAPEntry, _ random: inout SplitMix64) -> LDAPEntry {
        var entry = entry
        switch Int.random(in: 0..<8, using: &random) {
        case 0:
            // Elsewhere.
            let own = entry.dn.prefix { $0 != "," }
            entry.dn = "\(own),\(name(&random) ?? "dc=x")"
        case 1:
            // Renamed.
            let new = new(&random)
            let id = ["uid", "ou", "cn"].first { entry.dn.hasPrefix($0) } ?? "uid"
            let value = "q\(new.dn.utf8.count)"
            entry.dn = "\(id)=\(value)" + entry.dn.drop { $0 != "," }
            entry.attributes.removeAll { $0.description == id }
            entry.attributes.append(LDAPAttribute(id, value))
        case 2:
            // Without its id.
            entry.attributes.removeAll { ["uid", "ou"].contains($0.description) }
        case 3, 4:
            guard entry.dn.hasPrefix("cn") else { fallthrough }
            return members(of: entry, &random)
        default:
            entry.attributes.removeAll { ["title", "description"].contains($0.description) }
            if Bool.random(using: &random) {
                entry.attributes.append(LDAPAttribute("title", "leader"))
            }
        }
        return entry
    }
}
