import DiagnosticText
import Foundation
import PolicyLanguage
import TestSupport
import Testing

@Suite("The schema of events")
struct EventSchemaTests {
    private func schema() throws -> JSONSchema {
        try JSONSchema(path: "examples/aoba/events.schema.json")
    }

    private func complaints(_ line: String) throws -> [String] {
        try schema().complaints(about: JSONTree(text: line))
    }

    @Test("of the example company is what ntk prints")
    func published() throws {
        let policy = try #require(try Fixtures.readAobaPolicy().policy)
        let file = Fixtures.root.appending(path: "examples/aoba/events.schema.json")
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] != nil {
            try Data(EventSchema.tree(policy).text.utf8).write(to: file)
        }
        #expect(try String(contentsOf: file, encoding: .utf8) == EventSchema.tree(policy).text)
    }

    @Test("lets all events of the example through")
    func events() throws {
        let schema = try schema()
        let text = try String(
            contentsOf: Fixtures.root.appending(path: "examples/aoba/events.jsonl"), encoding: .utf8
        )
        let lines = text.split(separator: "\n")
        #expect(lines.count == 939)
        for line in lines {
            #expect(schema.complaints(about: try JSONTree(text: String(line))) == [], "\(line)")
        }
    }

    @Test(
        "finds what the import would refuse",
        arguments: [
            #"{"id":"e","event":"departed","at":"2026-04-01"}"#,
            #"{"id":"e","event":"departed","at":"2026-04-01","persn":"a"}"#,
            #"{"id":"e","event":"left","at":"2026-04-01","person":"a"}"#,
            #"{"id":"","event":"departed","at":"2026-04-01","person":"a"}"#,
            #"{"id":"e","event":"departed","person":"a"}"#,
            #"{"id":"e","event":"joined","at":"2026-04-01","person":"a","kind":"boss"}"#,
            #"{"id":"e","event":"departed","at":"2026-04-01","person":7}"#,
        ])
    func wrong(line: String) throws {
        #expect(try !complaints(line).isEmpty)
    }

    @Test("takes an event by its name and by its command")
    func names() throws {
        for name in ["departed", "depart"] {
            #expect(
                try complaints(#"{"id":"e","event":"\#(name)","at":"2026-04-01","person":"a"}"#)
                    == [])
        }
    }
}
