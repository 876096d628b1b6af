import DirectorySync
import Facts
import TestSupport
import Testing

@Suite("Records that entries give to others")
struct GrantTests {
    private static let yaml = """
        source: directory
        entities:
          - kind: project
            base: ou=units,dc=x
            filter: (&(objectClass=groupOfNames)(description=project))
            id: cn
          - kind: person
            base: ou=people,dc=x
            filter: (objectClass=inetOrgPerson)
            id: uid
        records:
          - kind: membership
            base: ou=units,dc=x
            filter: (objectClass=groupOfNames)
            id: cn
            of: { attribute: member, as: dn }
            nested: true
            attributes: { project: cn }
        """

    private func person(_ id: String) -> String {
        "dn: uid=\(id),ou=people,dc=x\nobjectClass: inetOrgPerson\nuid: \(id)\n\n"
    }

    private func group(_ id: String, _ members: String...) -> String {
        let lines = members.map { name in
            "member: "
                + (name.contains("=")
                    ? name
                    : name.count == 1 ? "uid=\(name),ou=people,dc=x" : "CN=\(name), ou=Units,dc=x")
        }
        return
            "dn: cn=\(id),ou=units,dc=x\nobjectClass: groupOfNames\ndescription: project\ncn: \(id)\n"
            + lines.joined(separator: "\n") + "\n\n"
    }

    private func members(_ reading: DirectoryReading) -> [String: [String]] {
        var members: [String: [String]] = [:]
        for record in reading.observations where record.kind == "membership" {
            guard case .entity(let project) = record.attributes?["project"] else { continue }
            members[project.name, default: []].append(record.owner?.name ?? "")
        }
        return members.mapValues { $0.sorted() }
    }

    private func read(_ ldif: String, _ yaml: String = yaml) async throws -> DirectoryReading {
        try await Sample.read(["a", "b", "c"].map(person).joined() + ldif, mapping: yaml)
    }

    @Test("go to all members, and to those of groups within groups")
    func nested() async throws {
        let reading = try await read(
            group("p1", "a", "p2") + group("p2", "b", "p3") + group("p3", "c", "a"))
        #expect(reading.problems == [])
        #expect(reading.notices == [])
        #expect(
            members(reading) == ["p1": ["a", "b", "c"], "p2": ["a", "b", "c"], "p3": ["a", "c"]])
        #expect(reading.observations.contains { $0.entity.name == "directory/a/membership=p1" })
    }

    @Test("don't go on where nesting isn't said, and name what nobody knows")
    func flat() async throws {
        let reading = try await read(
            group("p1", "a", "p2", "cn=nobody,dc=x") + group("p2", "b"),
            Self.yaml.replacing("    nested: true\n", with: ""))
        #expect(members(reading) == ["p1": ["a"], "p2": ["b"]])
        #expect(
            reading.notices.map(\.description) == [
                "`cn=p1,ou=units,dc=x` names `CN=p2, ou=Units,dc=x`, whom the mapping finds nowhere",
                "`cn=p1,ou=units,dc=x` names `cn=nobody,dc=x`, whom the mapping finds nowhere",
            ])
        #expect(reading.isComplete)
    }

    @Test("end in a circle of groups, which is named once")
    func cycle() async throws {
        let reading = try await read(
            group("p2", "b", "p3") + group("p3", "c", "p1") + group("p1", "a", "p2"))
        let all = ["a", "b", "c"]
        #expect(members(reading) == ["p1": all, "p2": all, "p3": all])
        #expect(
            reading.notices.map(\.description) == [
                "groups in a circle: cn=p1,ou=units,dc=x → cn=p2,ou=units,dc=x → "
                    + "cn=p3,ou=units,dc=x → cn=p1,ou=units,dc=x"
            ])
    }

    @Test("stay as they were where the group, or one within it, has a problem")
    func problems() async throws {
        let before = try await read(group("p1", "a", "p2") + group("p2", "b"))
        let stated = Sample.stated(before.observations)
        let twin = group("p2", "c").replacing("cn=p2,ou", with: "cn=p2,cn=p1,ou")
        let after = try await read(group("p1", "p2") + group("p2", "c") + twin)
        #expect(Set(after.problems.compactMap(\.entity?.name)) == ["p1", "p2"])
        #expect(!after.observations.contains { $0.kind == "membership" })
        #expect(try after.changes(since: stated) == [])
    }

    @Test("end when somebody is no member any more")
    func removed() async throws {
        let before = try await read(group("p1", "a", "b"))
        let after = try await read(group("p1", "a"))
        let changes = try after.changes(since: Sample.stated(before.observations))
        #expect(changes.map(\.entity.name) == ["directory/b/membership=p1"])
        #expect(changes.first?.attributes == nil)
    }

    @Test("can name their owners by id")
    func ids() async throws {
        let yaml = Self.yaml.replacing("{ attribute: member, as: dn }", with: "memberUid")
        let reading = try await read(
            group("p1", "c").replacing(
                "member: uid=c,ou=people,dc=x", with: "memberUid: a\nmemberUid: z"),
            yaml)
        #expect(members(reading) == ["p1": ["a"]])
        #expect(
            reading.notices.map(\.description) == [
                "`cn=p1,ou=units,dc=x` names `z`, whom the mapping finds nowhere"
            ])
    }
}
