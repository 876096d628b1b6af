import Diagnostics
import Facts
import PolicyLanguage
import Testing
import TestSupport

@Suite("Aoba's policy")
struct AobaPolicyTests {
    @Test("reads without anything to say")
    func readsClean() throws {
        let result = try Fixtures.readAobaPolicy()
        #expect(
            result.diagnostics.map {
                "\($0.code.rawValue) \($0.arguments) \(result.sources[$0.place.source].name):\(result.sources[$0.place.source].line(at: $0.place.span.lower))"
            } == [])
        let policy = try #require(result.policy)
        #expect(policy.name == "aoba")
        #expect(policy.rules.contains { $0.name == "tail" && $0.cites == ["3.1.8"] })
        #expect(policy.scenarios.count == 6)
    }
}
