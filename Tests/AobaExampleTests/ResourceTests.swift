import Testing

@Suite struct ResourceTests {
    let example: Example
    let vocabulary: Vocabulary

    init() throws {
        example = try Example.published.get()
        vocabulary = try Vocabulary()
    }

    private func share(_ tier: String) -> Int {
        example.resources.count { $0["tier"] == tier } * 100 / example.resources.count
    }

    @Test func aboutThreeThousandInPlausibleTiers() {
        #expect((2_900...3_100).contains(example.resources.count))
        #expect((1...6).contains(share("open")))
        #expect((36...47).contains(share("internal")))
        #expect((36...47).contains(share("departmental")))
        #expect((9...15).contains(share("secret")))
    }

    @Test func everyIDAndNameIsUnique() {
        #expect(Set(example.resources.map { $0["id"] }).count == example.resources.count)
        #expect(Set(example.resources.map { $0["name"] }).count == example.resources.count)
        #expect(Set(example.organisations.map { $0["id"] }).count == example.organisations.count)
    }

    @Test func everyReferenceResolves() throws {
        let departments = Set(example.departments.compactMap { $0.value("ou") })
        let started = example.events.filter { $0.name == "project-started" }
        let projects = Set(started.compactMap { $0.text("project") })
        let categories = try #require(vocabulary.cases["category"])
        let forms = try #require(vocabulary.cases["form"])
        for resource in example.resources {
            let named = Set((resource["category"] ?? "").split(separator: ";").map(String.init))
            let works = Set((resource["projects"] ?? "").split(separator: ";").map(String.init))
            #expect(departments.contains(resource["owner"] ?? ""), "\(resource)")
            #expect(vocabulary.cases["tier"]?.contains(resource["tier"] ?? "") == true)
            #expect(named.isSubset(of: categories), "\(resource)")
            #expect(works.isSubset(of: projects), "\(resource)")
            #expect(forms.contains(resource["form"] ?? ""), "\(resource)")
        }
    }

    @Test func whatIsSecretBelongsToAProject() {
        let secret = example.resources.filter { $0["tier"] == "secret" }
        #expect(secret.allSatisfy { $0["projects"]?.isEmpty == false })
    }

    @Test func whatIsReadByAllHasNoCategory() {
        let wide = example.resources.filter { ["open", "internal"].contains($0["tier"]) }
        #expect(wide.allSatisfy { $0["category"]?.isEmpty == true })
    }

    @Test func theFormFitsTheKind() {
        for resource in example.resources {
            let isDocument = resource["entity"] == "document"
            let fits = isDocument ? ["data", "paper"] : [resource["entity"]]
            #expect(fits.contains(resource["form"]), "\(resource)")
        }
        #expect(Set(example.resources.map { $0["entity"] }).count == 4)
    }

    @Test(arguments: [
        "document,drawing-7,departmental,,battery,",
        "document,drawing-8,departmental,core,battery,",
        "document,lithium-recipe,secret,core;economic,battery,lithium",
        "document,house-rules,internal,,hr,", "document,press-2026,open,,planning,",
        "sample,cell-sample-1,departmental,core,battery,lithium",
        "equipment,coater-1,departmental,,process,", "area,dry-room,departmental,,battery,",
    ])
    func theCastIsThere(expected: String) {
        let columns = ["entity", "id", "tier", "category", "owner", "projects"]
        let lines = example.resources.map { row in
            columns.map { row[$0] ?? "" }.joined(separator: ",")
        }
        #expect(lines.contains(expected))
    }
}
