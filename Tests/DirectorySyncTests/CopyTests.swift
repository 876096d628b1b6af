import DirectorySync
import Facts
import LDAPClient
import Ledger
import SlapdSupport
import TestSupport
import Testing

@Suite("What was kept of a directory")
struct CopyTests {
    private let three = ["a", "b", "c"].map(Readings.person).joined(separator: "\n")

    @Test("says the same as the directory, and is not asked for again")
    func again() async throws {
        let readings = try Readings(three)
        let first = try await readings.read()
        #expect(first.answer.receipt.searches.map(\.way) == [.content])
        #expect(first.answer.receipt.searches.first?.changed == 3)
        let second = try await readings.read()
        #expect(second.answer.receipt.searches.map(\.way) == [.changes])
        #expect(second.answer.receipt.searches.first?.changed == 0)
        #expect(second.reading == first.reading)
        #expect(second.reading.observations.count == 3)
        #expect(!second.answer.receipt.stateBefore.isEmpty)
    }

    @Test("follows what is added, changed and deleted")
    func follows() async throws {
        let readings = try Readings(three)
        _ = try await readings.read()
        try readings.slapd.change(
            """
            dn: \(readings.name("a"))
            changetype: delete

            dn: \(readings.name("b"))
            changetype: modify
            replace: cn
            cn: Berta


            """
                + Readings.person("d").replacing("BASE", with: readings.base)
                .replacing("objectClass", with: "changetype: add\nobjectClass"))
        let (answer, reading) = try await readings.read()
        let search = try #require(answer.receipt.searches.first)
        #expect(search.way == .changes && search.changed == 2 && search.gone == 1)
        #expect(answer.receipt.disappearances.map(\.fate) == [.deleted])
        #expect(reading.observations.map(\.entity.name) == ["b", "c", "d"])
        #expect(reading.observations.first?.attributes?["name"] == .text("Berta"))
        #expect(try await readings.people() == ["b", "c", "d"])
    }

    @Test("renames what stands below an entry that was renamed, of which the server says nothing")
    func subtrees() async throws {
        let form = """
            dn: ou=NAME,ABOVEBASE
            objectClass: organizationalUnit
            ou: NAME
            description: unit


            """
        func unit(_ name: String, below above: String = "") -> String {
            form.replacing("NAME", with: name).replacing("ABOVE", with: above)
        }
        let tree =
            unit("rd") + unit("cells", below: "ou=rd,") + unit("far", below: "ou=cells,ou=rd,")
            + unit("other")
            + Readings.person("a").replacing("ou=people", with: "ou=far,ou=cells,ou=rd")
        let readings = try Readings(tree)
        readings.mapping = try Sample.checked(
            """
            source: directory
            entities:
              - kind: department
                base: \(readings.base)
                filter: (&(objectClass=organizationalUnit)(description=unit))
                id: ou
                attributes: { parents: { parent: true } }
              - kind: person
                base: \(readings.base)
                filter: (objectClass=inetOrgPerson)
                id: uid
                records:
                  - kind: post
                    attributes: { department: { above: true } }
            """)
        let before = try await readings.read()
        #expect(before.reading.problems == [])
        #expect(before.reading.observations.count == 6)
        // One is moved, and one below it is renamed as well.
        try readings.slapd.change(
            """
            dn: ou=rd,\(readings.base)
            changetype: modrdn
            newrdn: ou=research
            deleteoldrdn: 1
            newsuperior: ou=other,\(readings.base)

            dn: ou=cells,ou=research,ou=other,\(readings.base)
            changetype: modrdn
            newrdn: ou=batteries
            deleteoldrdn: 0

            """)
        let after = try await readings.read()
        #expect(after.answer.receipt.searches.map(\.way) == [.changes, .changes])
        #expect(
            Set(readings.found.entries.map(\.entry.dn))
                == [
                    "ou=other,", "ou=research,ou=other,", "ou=batteries,ou=research,ou=other,",
                    "ou=far,ou=batteries,ou=research,ou=other,",
                    "uid=a,ou=far,ou=batteries,ou=research,ou=other,",
                ].reduce(into: []) { $0.insert($1 + readings.base) })
        let parents = after.reading.observations.filter { $0.kind == "department" }
            .reduce(into: [:]) { $0[$1.entity.name] = $1.attributes?["parents"] }
        func department(_ name: String) -> Value {
            .set([.entity(EntityID(kind: "department", name: name))])
        }
        // Each is known by the id it had.
        #expect(
            parents == [
                "other": .set([]), "rd": department("other"), "cells": department("rd"),
                "far": department("cells"),
            ])
    }

    @Test("sees who is gone with the branch they stood in, of whom the server says nothing")
    func branches() async throws {
        let branch = """
            dn: ou=branch,ou=people,BASE
            objectClass: organizationalUnit
            ou: branch


            """
        let person = Readings.person("far").replacing("ou=people", with: "ou=branch,ou=people")
        let readings = try Readings(three + "\n" + branch + person)
        readings.mapping = try Sample.checked(
            """
            source: directory
            entities:
              - kind: department
                base: ou=people,\(readings.base)
                filter: (ou=branch)
                id: ou
              - kind: person
                base: ou=people,\(readings.base)
                filter: (objectClass=inetOrgPerson)
                id: uid
            """)
        #expect(try await readings.people() == ["a", "b", "branch", "c", "far"])
        try readings.slapd.change(
            """
            dn: ou=branch,ou=people,\(readings.base)
            changetype: modrdn
            newrdn: ou=branch
            deleteoldrdn: 0
            newsuperior: \(readings.elsewhere)

            """)
        let answer = try await readings.read().answer
        #expect(answer.receipt.searches.map(\.way) == [.content, .content])
        #expect(answer.receipt.disappearances.map(\.fate) == [.moved, .moved])
        #expect(try await readings.people() == ["a", "b", "c"])
    }

    @Test("tells what is deleted from what matches no longer and from what is elsewhere")
    func fates() async throws {
        for leaving in [nil, "[deleted]"] {
            let readings = try Readings(three, more: leaving.map { "leaving: \($0)\n" } ?? "")
            _ = try await readings.read()
            try readings.slapd.change(
                """
                dn: \(readings.name("a"))
                changetype: delete

                dn: \(readings.name("b"))
                changetype: modrdn
                newrdn: uid=b
                deleteoldrdn: 0
                newsuperior: \(readings.elsewhere)

                """)
            let (answer, _) = try await readings.read()
            let fates = answer.receipt.disappearances
            #expect(fates.map(\.dn) == [readings.name("a"), readings.name("b")])
            #expect(fates.map(\.fate) == [.deleted, .moved])
            #expect(fates.last?.newDN == "uid=b,\(readings.elsewhere)")
            #expect(fates.map(\.meansLeaving) == [true, leaving == nil])
            #expect(try await readings.people() == (leaving == nil ? ["c"] : ["b", "c"]))
        }
    }

    @Test("tells what a filter leaves out from what is deleted")
    func unmatched() async throws {
        let readings = try Readings(three)
        readings.mapping = try Sample.checked(
            """
            source: directory
            entities:
              - kind: person
                base: ou=people,\(readings.base)
                filter: (&(objectClass=inetOrgPerson)(!(employeeType=left)))
                id: uid
            """)
        _ = try await readings.read()
        try readings.slapd.change(
            "dn: \(readings.name("c"))\nchangetype: modify\nadd: employeeType\nemployeeType: left\n"
        )
        let (answer, reading) = try await readings.read()
        #expect(answer.receipt.disappearances.map(\.fate) == [.unmatched])
        #expect(reading.observations.map(\.entity.name) == ["a", "b"])
    }

    @Test("knows somebody again whose name has changed, and takes nobody else for them")
    func identity() async throws {
        let readings = try Readings(three)
        _ = try await readings.read()
        try readings.slapd.change(
            """
            dn: \(readings.name("a"))
            changetype: modrdn
            newrdn: uid=married
            deleteoldrdn: 1

            dn: \(readings.name("b"))
            changetype: delete

            """)
        #expect(try await readings.people() == ["a", "c"])
        // Others now have the names that were theirs.
        try readings.slapd.change(
            [Readings.person("a"), Readings.person("b")].joined(separator: "\n")
                .replacing("BASE", with: readings.base))
        for rebinding in [Identities.Rebinding.names([]), .names(["a"])] {
            let (_, reading) = try await readings.read(rebinding: rebinding)
            #expect(reading.observations.map(\.entity.name) == ["a", "c"])
            #expect(
                reading.problems.map(\.reason) == [
                    .idOfAnother(Sample.person("a")), .idOfAnother(Sample.person("b")),
                ])
        }
        let (_, reading) = try await readings.read(rebinding: .names(["b"]))
        #expect(reading.observations.map(\.entity.name) == ["a", "b", "c"])
        #expect(reading.problems.count == 1)
        #expect(try await readings.people() == ["a", "b", "c"])
    }

    @Test("knows whom others mean by a new name, and not whom they mean by somebody else's")
    func references() async throws {
        let member = Readings.person("a").replacing("sn: a", with: "sn: a\ndepartmentNumber: cells")
        let readings = try Readings(
            member + """

                dn: ou=cells,ou=units,BASE
                objectClass: organizationalUnit
                ou: cells

                """)
        readings.mapping = try Sample.checked(
            """
            source: directory
            entities:
              - kind: department
                base: ou=units,\(readings.base)
                filter: (&(objectClass=organizationalUnit)(!(ou=units)))
                id: ou
              - kind: person
                base: ou=people,\(readings.base)
                filter: (objectClass=inetOrgPerson)
                id: uid
                records:
                  - kind: post
                    when: departmentNumber
                    attributes: { department: departmentNumber }
            """)
        func department(_ reading: DirectoryReading) -> Value? {
            reading.observations.first { $0.kind == "post" }?.attributes?["department"]
        }
        let cells = Value.entity(EntityID(kind: "department", name: "cells"))
        #expect(department(try await readings.read().reading) == cells)
        try readings.slapd.change(
            """
            dn: ou=cells,ou=units,\(readings.base)
            changetype: modrdn
            newrdn: ou=cells-and-packs
            deleteoldrdn: 1

            dn: \(readings.name("a"))
            changetype: modify
            replace: departmentNumber
            departmentNumber: cells-and-packs

            """)
        let renamed = try await readings.read().reading
        #expect(renamed.problems == [])
        #expect(department(renamed) == cells)
        // Another department now has the name.
        try readings.slapd.change(
            """
            dn: ou=cells,ou=units,\(readings.base)
            objectClass: organizationalUnit
            ou: cells

            dn: \(readings.name("a"))
            changetype: modify
            replace: departmentNumber
            departmentNumber: cells

            """)
        let unclear = try await readings.read().reading
        #expect(department(unclear) == nil)
        let name = EntityID(kind: "department", name: "cells")
        #expect(
            Set(unclear.problems.map(\.reason)) == [
                .idOfAnother(name), .unclearReference(attribute: "departmentNumber", name),
            ])
    }

    @Test("with a cookie that can't be used is asked for anew")
    func uselessCookie() async throws {
        let readings = try Readings(three)
        _ = try await readings.read()
        let folder = try TemporaryFolder()
        let ledger = try Ledger.open(at: folder.path("copy.ledger"), create: true)
        var copy = SourceCopy()
        let first = try await ServerReading(
            of: readings.slapd.server, as: readings.slapd.credential, mapping: readings.mapping
        ).answer(within: .seconds(30))
        _ = try ledger.append(recordedAt: Sample.now, keeping: first.change) { _ in [] }
        copy = try ledger.copy(of: "directory")
        for name in copy.parts.keys {
            copy.parts[name]?.cookie = Array(
                "rid=000,csn=21990101000000.000000Z#000000#000#000000".utf8)
        }
        let second = try await ServerReading(
            of: readings.slapd.server, as: readings.slapd.credential, mapping: readings.mapping,
            after: DirectoryCopy(copy)
        ).answer(within: .seconds(30))
        #expect(second.receipt.searches.first?.entries == 3)
        func entries(_ copy: SourceCopy, _ answer: ServerAnswer) throws -> Set<DirectoryEntry> {
            var state = DirectoryState(
                copy, stated: [:], mapping: readings.mapping, zone: Fixtures.tokyo)
            try state.take(answer, effective: Sample.now)
            return Set(try state.entries().entries)
        }
        #expect(try entries(copy, second) == entries(SourceCopy(), first))
    }

    @Test("is not touched where an entry that must be readable isn't")
    func canaries() async throws {
        let readings = try Readings(three, more: "canaries: [\"uid=c,ou=people,BASE\"]\n")
        let (answer, _) = try await readings.read()
        #expect(answer.receipt.canaries == [readings.name("c")])
        try readings.slapd.change("dn: \(readings.name("c"))\nchangetype: delete\n")
        await #expect(throws: DirectoryError.canaryHidden(dn: readings.name("c"))) {
            try await readings.read()
        }
    }
}
