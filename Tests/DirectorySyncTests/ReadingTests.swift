import DirectorySync
import Facts
import LDAPClient
import TestSupport
import Testing

@Suite("Reading a directory")
struct ReadingTests {
    private static let engagement = EntityID(
        kind: "engagement", name: "directory/tanaka/engagement")
    private static let post = EntityID(kind: "post", name: "directory/tanaka/post")

    private func entity(_ kind: String, _ name: String) -> Value {
        .entity(EntityID(kind: kind, name: name))
    }

    @Test("gives an entity and its records")
    func person() async throws {
        let reading = try await Sample.read(Sample.tanaka)
        #expect(reading.problems == [])
        #expect(reading.isComplete)
        let tanaka = Sample.person("tanaka")
        #expect(
            reading.observations == [
                Observation(
                    entity: tanaka, kind: "person", attributes: ["name": .text("田中 健一")],
                    effective: Sample.now),
                Observation(
                    entity: Self.engagement, kind: "engagement", owner: tanaka,
                    attributes: [
                        "kind": .symbol("employee"), "employer": entity("organisation", "aoba"),
                        "host": entity("organisation", "aoba"),
                    ],
                    effective: Sample.now),
                Observation(
                    entity: Self.post, kind: "post", owner: tanaka,
                    attributes: [
                        "department": entity("department", "cells"), "role": .symbol("engineer"),
                    ],
                    effective: Sample.now),
            ])
    }

    @Test("gives a record only where its attribute is, and a set all values of it")
    func records() async throws {
        let ldif =
            Sample.tanaka.replacing("departmentNumber: cells\n", with: "")
            + "\nbusinessCategory: handover\nseeAlso: drawing-8\nseeAlso: drawing-7\n"
        let reading = try await Sample.read(ldif)
        #expect(reading.problems == [])
        #expect(reading.observations.map(\.kind) == ["person", "assignment", "engagement"])
        #expect(
            reading.observations[1].attributes?["items"]
                == .set(of: [entity("resource", "drawing-7"), entity("resource", "drawing-8")]))
    }

    @Test("finds who lies above, whatever the names' spelling, and at the top nobody")
    func parents() async throws {
        let reading = try await Sample.read(
            """
            dn: OU=cells, OU=Battery,ou=units,dc=x
            objectClass: organizationalUnit
            ou: cells

            dn: ou=battery,ou=units,dc=x
            objectClass: organizationalUnit
            ou: battery
            """)
        #expect(reading.problems == [])
        #expect(reading.observations.map(\.entity.name) == ["battery", "cells"])
        #expect(reading.observations[0].attributes == ["parents": .set([])])
        #expect(
            reading.observations[1].attributes == [
                "parents": .set([entity("department", "battery")])
            ])
    }

    @Test("takes an id out of several where it is the one in the name, and in NFC")
    func ids() async throws {
        let ldif = Sample.tanaka.replacing("uid: tanaka", with: "uid: other\nuid: tanaka")
            .replacing("田中 健一", with: "か\u{3099}")
        let reading = try await Sample.read(ldif)
        #expect(reading.problems == [])
        #expect(reading.observations.first?.entity == Sample.person("tanaka"))
        guard case .text(let name) = reading.observations.first?.attributes?["name"] else {
            Issue.record("no name")
            return
        }
        #expect(Array(name.unicodeScalars) == ["が"])
    }

    @Test("does not depend on the order of entries")
    func order() async throws {
        let sato = Sample.tanaka.replacing("tanaka", with: "sato")
        let one = try await Sample.read(Sample.tanaka + "\n\n" + sato)
        let other = try await Sample.read(sato + "\n\n" + Sample.tanaka)
        #expect(one == other)
        #expect(one.observations.map(\.entity.name).prefix(2) == ["sato", "tanaka"])
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let change: (from: String, to: String)
        let message: String
        let isAttributed: Bool

        init(_ from: String, _ to: String, _ message: String, isAttributed: Bool = true) {
            change = (from, to)
            self.message = message
            self.isAttributed = isAttributed
        }

        var testDescription: String { message }
    }

    private static let place = "line 5: uid=tanaka,ou=people,dc=x: "

    @Test(
        "takes nothing from an entry with a problem",
        arguments: [
            Case("uid: tanaka\n", "", place + "`uid`, which is to be the id, is missing"),
            Case("uid: tanaka\n", "uid:: /w==\n", place + "a value of `uid` is not text"),
            Case(
                "dn: uid=tanaka,ou=people,dc=x\nobjectClass: inetOrgPerson\nuid: tanaka",
                "dn: cn=t,ou=people,dc=x\nobjectClass: inetOrgPerson\nuid: tanaka\nuid: other",
                "line 5: cn=t,ou=people,dc=x: `uid`, which is to be the id, has several values",
                isAttributed: false),
            Case("uid: tanaka\n", "uid:: YQFi\n", place + "`a\u{1}b` can't be an id"),
            Case(
                "o: aoba", "o: aoba\no: beta",
                place + "`o` has 2 values, and there is room for one"),
            Case("o: aoba\n", "", place + "`o` is missing"),
            Case("l: aoba\n", "", place + "`l` is missing"),
            Case("title: engineer", "title:: gIA=", place + "a value of `title` is not text"),
            Case(
                "employee\n", "employe\n",
                place + "`employeeType`: `employe` does not fit; `employee` exists"),
            Case("title: engineer", "title: king", place + "`title`: `king` does not fit"),
            Case(
                "title: engineer", "title engineer",
                "line 13: there is no colon after the "
                    + "attribute's name", isAttributed: false),
            Case(
                "title: engineer", "title: engineer\nseeAlso: d\nbusinessCategory: x",
                place + "`businessCategory`: `x` does not fit"),
            Case(
                "departmentNumber: cells", "departmentNumber: ",
                place + "`departmentNumber`: `` can't be an id"),
        ])
    func problem(_ item: Case) async throws {
        let ldif = Sample.tanaka.replacing(item.change.from, with: item.change.to)
        try #require(ldif != Sample.tanaka)
        let sato = Sample.tanaka.replacing("tanaka", with: "sato")
        let reading = try await Sample.read(ldif + "\n\n" + sato)
        #expect(reading.problems.map(\.description) == [item.message])
        #expect(reading.problems.map { $0.entity != nil } == [item.isAttributed])
        #expect(!reading.isComplete)
        #expect(
            reading.observations.map(\.entity.name) == [
                "sato", "directory/sato/engagement", "directory/sato/post",
            ])
    }

    @Test("says everything that is wrong with an entry")
    func several() async throws {
        let ldif = Sample.tanaka.replacing("title: engineer", with: "title: king")
            .replacing("employee\n", with: "slave\n").replacing("o: aoba", with: "o: a\no: b")
        let reading = try await Sample.read(ldif)
        #expect(
            reading.problems.map(\.reason).count == 3 && reading.observations.isEmpty,
            "\(reading.problems)")
    }

    @Test("lets neither of two entries with one id win")
    func sharedID() async throws {
        let second = Sample.tanaka.replacing("dn: uid=tanaka", with: "dn: cn=x")
            .replacing("uid: tanaka", with: "uid: Tanaka")
        let reading = try await Sample.read(Sample.tanaka + "\n\n" + second)
        #expect(reading.observations == [])
        #expect(
            reading.problems.map(\.entity) == [Sample.person("tanaka"), Sample.person("Tanaka")])
        #expect(reading.problems.map(\.line) == [5, 15])
        #expect(
            reading.problems.map(\.reason) == [
                .sharedID(Sample.person("tanaka")), .sharedID(Sample.person("Tanaka")),
            ])
    }

    @Test("lets neither of two entries with one name win")
    func sameName() async throws {
        let second = Sample.tanaka.replacing("dn: uid=tanaka,", with: "dn: UID=Tanaka, ")
        let reading = try await Sample.read(Sample.tanaka + "\n\n" + second)
        #expect(reading.observations == [])
        #expect(reading.problems.map(\.reason) == [.secondEntry, .secondEntry])
    }

    @Test("does not guess who lies above")
    func unclearParent() async throws {
        let reading = try await Sample.read(
            """
            dn: cn=battery,ou=units,dc=x
            objectClass: organizationalUnit
            cn: battery

            dn: ou=cells,cn=battery,ou=units,dc=x
            objectClass: organizationalUnit
            ou: cells
            """)
        #expect(reading.observations == [])
        #expect(reading.problems.map(\.reason) == [.noID(attribute: "ou"), .noParentID])
    }

    @Test("may be told that an attribute with a default may be missing, or must not be")
    func required() async throws {
        let without = Sample.tanaka.replacing("\no: aoba", with: "")
        let lax = Sample.yaml.replacing(
            "employer: o", with: "employer: { attribute: o, required: false }")
        #expect(try await Sample.read(without, mapping: lax).problems == [])
        let strict = Sample.yaml.replacing(
            "mail: mail", with: "mail: { attribute: mail, required: true }")
        let problems = try await Sample.read(Sample.tanaka, mapping: strict).problems
        #expect(problems.map(\.reason) == [.missing(attribute: "mail")])
    }

    @Test("of text without a rule's base is an error")
    func noBase() async throws {
        let mapping = try Sample.checked()
        let source = DirectorySource.ldif(Array(Sample.tanaka.utf8))
        let error = await #expect(throws: DirectoryError.self) {
            try await source.entries(for: mapping)
        }
        #expect(error == .nothingBelow(base: "ou=units,dc=x"))
    }
}
