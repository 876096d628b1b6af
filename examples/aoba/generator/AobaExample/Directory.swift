/// The company's directory as it stood on 2025-12-01.
enum Directory {
    private static let base = "dc=aoba,dc=example"
    private static let unitBase = "ou=departments," + base
    private static let peopleBase = "ou=people," + base

    static func text(_ people: [Person]) -> String {
        var ldif = LDIF()
        ldif.entry(
            base,
            [
                ("objectClass", "top"), ("objectClass", "organization"),
                ("objectClass", "dcObject"),
                ("dc", "aoba"), ("o", "aoba"), ("o;lang-ja", Organisation.all[0].name),
            ])
        unit(unitBase, "departments", "部署", &ldif)
        for department in Department.all {
            let path = department.path.reversed().map { "ou=\($0)" }.joined(separator: ",")
            unit("\(path),\(unitBase)", department.id, department.name, &ldif)
        }
        unit(peopleBase, "people", "人", &ldif)
        for person in people {
            ldif.entry("uid=\(person.uid),\(peopleBase)", attributes(person))
        }
        return ldif.text
    }

    private static func unit(_ entry: String, _ id: String, _ name: String, _ ldif: inout LDIF) {
        ldif.entry(
            entry,
            [
                ("objectClass", "top"), ("objectClass", "organizationalUnit"),
                ("ou", id), ("ou;lang-ja", name),
            ])
    }

    private static func attributes(_ person: Person) -> [(description: String, value: String)] {
        var result: [(description: String, value: String)] = [
            ("objectClass", "top"), ("objectClass", "person"),
            ("objectClass", "organizationalPerson"), ("objectClass", "inetOrgPerson"),
            ("uid", person.uid),
            ("cn", person.romaji), ("cn;lang-ja", person.name), ("cn;lang-ja-hrkt", person.kana),
            ("sn", person.surname.capitalised), ("sn;lang-ja", person.surname.kanji),
            ("sn;lang-ja-hrkt", person.surname.kana),
            ("givenName", person.given.capitalised), ("givenName;lang-ja", person.given.kanji),
            ("givenName;lang-ja-hrkt", person.given.kana),
            ("mail", person.mail), ("employeeNumber", person.number),
            ("employeeType", person.kind), ("o", person.employer),
            ("physicalDeliveryOfficeName", person.host),
        ]
        if let department = person.department {
            result.append(("departmentNumber", department))
        }
        if let role = person.role {
            result.append(("title", role))
        }
        return result
    }
}
