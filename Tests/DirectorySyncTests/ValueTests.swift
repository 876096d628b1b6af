import DirectorySync
import Facts
import TestSupport
import Testing

@Suite("Values on their way from a directory")
struct ValueTests {
    private func mapping(_ attributes: String) -> String {
        """
        source: directory
        entities:
          - kind: department
            base: ou=units,dc=x
            filter: (objectClass=organizationalUnit)
            id: ou
          - kind: person
            base: ou=people,dc=x
            filter: (objectClass=inetOrgPerson)
            id: uid
            records:
              - kind: engagement
                attributes: { \(attributes) }
              - kind: post
                attributes: { role: { constant: engineer } }
        """
    }

    private static let person = "dn: uid=a,ou=people,dc=x\nobjectClass: inetOrgPerson\nuid: a\n"

    /// What an attribute of the engagement comes to, or why it can't.
    private func value(
        _ name: String, _ source: String, _ entry: String
    ) async throws -> (value: Value?, problems: [String]) {
        let reading = try await Sample.read(
            Self.person + entry,
            mapping: mapping(
                name == "kind" ? "kind: \(source)" : "kind: employeeType, \(name): \(source)"))
        let record = reading.observations.first { $0.kind == "engagement" }
        return (
            record?.attributes?[name],
            reading.problems.map {
                $0.description.split(separator: ": ").dropFirst(2).joined(separator: ": ")
            }
        )
    }

    @Test("come from a table, whatever their case, or from what stands for all others")
    func table() async throws {
        let table = "{ attribute: title, table: { M: officer, s: employee }"
        #expect(try await value("kind", table + "}", "title: m").value == .symbol("officer"))
        #expect(try await value("kind", table + "}", "title:  S ").value == .symbol("employee"))
        let unknown = try await value("kind", table + "}", "title: x")
        #expect(unknown.problems == ["`title`: `x` isn't in the table"])
        #expect(
            try await value("kind", table + ", otherwise: student }", "title: x").value
                == .symbol("student"))
        let forgiven = try await value("kind", table + ", required: false }", "title: x")
        #expect(forgiven.problems == [] && forgiven.value == nil)
    }

    @Test("are taken out by a pattern that matches all of them")
    func pattern() async throws {
        let pattern = #"{ attribute: title, pattern: '([a-z]+)-\d+' }"#
        #expect(try await value("kind", pattern, "title: employee-7").value == .symbol("employee"))
        #expect(
            try await value("kind", pattern, "title: employee-7x").problems
                == ["`title`: `employee-7x` doesn't match the pattern"])
        let both = #"{ attribute: title, pattern: '(\w)(\w)', to: '$2', table: { m: officer } }"#
        #expect(try await value("kind", both, "title: xm").value == .symbol("officer"))
        // One that would keep an expression busy for ever is no match.
        let slow = "{ attribute: title, pattern: '(a+)+' }"
        let long = String(repeating: "a", count: 60) + "!"
        #expect(try await value("kind", slow, "title: \(long)").problems.count == 1)
    }

    @Test("come from the first attribute that is there, or are always the same")
    func origins() async throws {
        let first = "{ first: [title, employeeType] }"
        #expect(
            try await value("kind", first, "employeeType: student").value == .symbol("student"))
        #expect(
            try await value("kind", first, "employeeType: student\ntitle: officer").value
                == .symbol("officer"))
        #expect(
            try await value("kind", "{ constant: contractor }", "").value == .symbol("contractor"))
    }

    @Test("name entries, however their names are written, and mean what those map to")
    func names() async throws {
        let yaml = mapping("kind: employeeType").replacing(
            "role: { constant: engineer }",
            with: "role: { constant: engineer }, department: { attribute: seeAlso, as: dn }")
        let unit = """
            dn: ou=R\\2C D+l=Tokyo,ou=units,dc=x
            objectClass: organizationalUnit
            ou: rd
            l: Tokyo


            """
        let entry = Self.person + "employeeType: employee\nseeAlso: "
        let reading = try await Sample.read(
            unit + entry + #"L=TOKYO + OU=r\,  d, OU=Units , DC=X"#, mapping: yaml)
        #expect(reading.problems == [])
        let post = try #require(reading.observations.first { $0.kind == "post" })
        #expect(
            post.attributes?["department"] == .entity(EntityID(kind: "department", name: "rd")))
        for (name, message) in [
            (
                "ou=nowhere,dc=x",
                "`seeAlso` names `ou=nowhere,dc=x`, which the mapping finds nowhere"
            ),
            ("nothing", "`seeAlso`: `nothing` is not a distinguished name"),
            (
                "uid=a,ou=people,dc=x",
                "`seeAlso` names `uid=a,ou=people,dc=x`, which the mapping finds nowhere"
            ),
        ] {
            let reading = try await Sample.read(unit + entry + name, mapping: yaml)
            #expect(reading.problems.map(\.description).first?.hasSuffix(message) == true)
            #expect(!reading.observations.contains { $0.kind == "person" })
        }
    }

    @Test("are the nearest entity above, in a tree of departments with people in them")
    func above() async throws {
        let yaml = """
            source: directory
            entities:
              - kind: department
                base: ou=people,dc=x
                filter: (objectClass=organizationalUnit)
                id: ou
                attributes: { parents: { parent: true } }
              - kind: person
                base: ou=people,dc=x
                filter: (objectClass=inetOrgPerson)
                id: uid
                records:
                  - kind: post
                    attributes: { department: { above: true } }
            """
        let reading = try await Sample.read(
            """
            dn: ou=cells,ou=people,dc=x
            objectClass: organizationalUnit
            ou: cells

            dn: cn=far,ou=cells,ou=people,dc=x
            objectClass: applicationProcess
            cn: far

            dn: uid=b,cn=far,ou=cells,ou=people,dc=x
            objectClass: inetOrgPerson
            uid: b
            """, mapping: yaml)
        let post = try #require(reading.observations.first { $0.kind == "post" })
        #expect(
            post.attributes == ["department": .entity(EntityID(kind: "department", name: "cells"))])
    }

    @Test("that many entries share are one entity each, in whichever spelling")
    func distinct() async throws {
        let yaml = """
            source: directory
            entities:
              - kind: department
                base: ou=people,dc=x
                filter: (objectClass=inetOrgPerson)
                id: departmentNumber
                distinct: true
                attributes: { name: l }
              - kind: person
                base: ou=people,dc=x
                filter: (objectClass=inetOrgPerson)
                id: uid
                records:
                  - kind: post
                    attributes: { department: departmentNumber }
            """
        func person(_ id: String, _ more: String) -> String {
            "dn: uid=\(id),ou=people,dc=x\nobjectClass: inetOrgPerson\nuid: \(id)\n\(more)\n\n"
        }
        let people =
            person("a", "departmentNumber: cells\nl: Cells")
            + person("b", "departmentNumber: Cells\nl: Cells") + person("c", "")
        let reading = try await Sample.read(people, mapping: yaml)
        #expect(reading.problems == [])
        let departments = reading.observations.filter { $0.kind == "department" }
        #expect(departments.map(\.entity.name) == ["Cells"])
        let posts = reading.observations.filter { $0.kind == "post" }
        #expect(
            Set(posts.compactMap { $0.attributes?["department"] }) == [
                .entity(EntityID(kind: "department", name: "Cells"))
            ])
        let other = try await Sample.read(
            people + person("d", "departmentNumber: cells\nl: Other"), mapping: yaml)
        #expect(!other.observations.contains { $0.kind == "department" })
        #expect(
            Set(other.problems.map(\.reason)) == [
                .disagreement(EntityID(kind: "department", name: "Cells"))
            ])
    }
}
