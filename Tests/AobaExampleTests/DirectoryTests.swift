import Testing

@Suite struct DirectoryTests {
    let example: Example
    let vocabulary: Vocabulary

    init() throws {
        example = try Example.published.get()
        vocabulary = try Vocabulary()
    }

    @Test func aboutThreeHundredPeople() {
        #expect((280...320).contains(example.people.count))
    }

    @Test func departmentsAreFourDeep() {
        // The parent of every entry stands before it, or a loader refuses the file.
        var seen: Set<String> = ["dc=example"]
        for entry in example.entries {
            let parent = entry.name.split(separator: ",", maxSplits: 1).last.map(String.init)
            #expect(seen.contains(parent ?? ""), "\(entry.name) stands before its parent")
            seen.insert(entry.name)
        }
        let depths = example.departments.map { $0.name.split(separator: ",").count - 3 }
        #expect(depths.max() == 4)
        #expect((30...40).contains(depths.count))
        let cells = "ou=cells,ou=battery,ou=research,ou=departments,dc=aoba,dc=example"
        #expect(seen.contains(cells))
        #expect(example.departments.contains { $0.name.hasSuffix("," + cells) })
    }

    @Test func everyIDIsUnique() {
        for attribute in ["uid", "employeeNumber", "mail"] {
            let values = example.people.compactMap { $0.value(attribute) }
            #expect(values.count == example.people.count)
            #expect(Set(values).count == values.count, "\(attribute) occurs twice")
        }
        let departments = example.departments.compactMap { $0.value("ou") }
        #expect(Set(departments).count == departments.count)
        #expect(Set(example.entries.map(\.name)).count == example.entries.count)
    }

    @Test func everyReferenceResolves() {
        let organisations = Set(example.organisations.compactMap { $0["id"] })
        let departments = Set(example.departments.compactMap { $0.value("ou") })
        for person in example.people {
            let employer = person.value("o") ?? ""
            let host = person.value("physicalDeliveryOfficeName") ?? ""
            let kind = person.value("employeeType") ?? ""
            #expect(organisations.contains(employer) && organisations.contains(host))
            #expect(vocabulary.cases["engagement-kind"]?.contains(kind) == true)
            let department = person.value("departmentNumber")
            let role = person.value("title")
            #expect((department == nil) == (role == nil), "\(person.name)")
            guard let department, let role else { continue }
            #expect(departments.contains(department))
            #expect(vocabulary.cases["role"]?.contains(role) == true)
        }
    }

    @Test func everyKindOfEngagementOccurs() {
        let kinds = Set(example.people.compactMap { $0.value("employeeType") })
        #expect(kinds == vocabulary.cases["engagement-kind"])
        let organisationKinds = Set(example.organisations.compactMap { $0["kind"] })
        #expect(organisationKinds == vocabulary.cases["organisation-kind"])
    }

    @Test func everyNameHasItsThreeScripts() {
        for person in example.people {
            for attribute in ["cn", "sn", "givenName"] {
                let kana = person.value("\(attribute);lang-ja-hrkt") ?? ""
                #expect(person.value(attribute)?.utf8.allSatisfy { $0 < 0x80 } == true)
                #expect(
                    person.value("\(attribute);lang-ja")?.utf8.allSatisfy { $0 < 0x80 } == false)
                #expect(kana.wholeMatch(of: /[ァ-ヺー ]+/) != nil, "\(kana)")
            }
        }
    }

    @Test func rankGivesNoPostInResearch() {
        let officers = example.people.filter { $0.value("employeeType") == "officer" }
        #expect(officers.count >= 3)
        #expect(officers.allSatisfy { $0.value("departmentNumber") == "board" })
    }

    @Test(arguments: [
        ("tanaka", "employee", "cells", "engineer"), ("sato", "employee", "cells", "engineer"),
        ("suzuki", "employee", "cells", "engineer"), ("ito", "employee", "battery", "manager"),
        ("kato", "employee", "cathode", "researcher"),
        ("takahashi", "employee", "battery", "general-manager"),
        ("kobayashi", "employee", "anode", "engineer"),
        ("watanabe", "secondee", "separator", "engineer"),
        ("yoshida", "dispatched", "evaluation", "assistant"),
        ("mori", "officer", "board", "director"),
    ])
    func theCastHoldsItsPosts(uid: String, kind: String, department: String, role: String) throws {
        let person = try #require(example.people.first { $0.value("uid") == uid })
        #expect(person.value("employeeType") == kind)
        #expect(person.value("departmentNumber") == department)
        #expect(person.value("title") == role)
    }
}
