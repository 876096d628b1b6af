import DirectorySync
import Facts
import Testing

@Suite("Aoba's directory")
struct AobaTests {
    @Test("gives everybody, with nothing to say against it")
    func everybody() async throws {
        let reading = try await Aoba.read(Aoba.ldif())
        #expect(reading.problems == [])
        let counts = Dictionary(grouping: reading.observations, by: \.kind).mapValues(\.count)
        #expect(counts == ["department": 40, "person": 300, "engagement": 300, "post": 262])
        let cells = reading.observations.first { $0.entity.name == "cells" }
        #expect(
            cells?.attributes == [
                "name": .text("セル設計課"),
                "parents": .set([.entity(EntityID(kind: "department", name: "battery"))]),
            ])
        let above = reading.observations.filter { $0.attributes?["parents"] == .set([]) }
        #expect(above.map(\.entity.name).contains("board"))
        #expect(above.count < 10)
    }

    @Test("has no posts for those from outside who hold none")
    func outsiders() async throws {
        let reading = try await Aoba.read(Aoba.ldif())
        let records = reading.observations.filter { $0.owner == Sample.person("yamamoto") }
        #expect(records.map(\.kind) == ["engagement"])
        #expect(records.first?.attributes?["kind"] == .symbol("student"))
    }
}
