import Diagnostics
import Facts
import Feeds
import PolicyLanguage
import TestSupport
import Testing

@Suite("Event files that are tables")
struct EventTableTests {
    private func read(_ text: String) throws -> FeedResult<Event> {
        let policy = try #require(try Fixtures.readAobaPolicy().policy)
        return EventFeed.readTable(
            SourceText(name: "events.csv", text: text), vocabulary: policy.vocabulary,
            zone: policy.zone)
    }

    private func lines(_ text: String) throws -> FeedResult<Event> {
        let policy = try #require(try Fixtures.readAobaPolicy().policy)
        return EventFeed.read(
            SourceText(name: "events.jsonl", text: text), vocabulary: policy.vocabulary,
            zone: policy.zone)
    }

    @Test("say what lines of JSON say; an empty cell is a field left out")
    func same() throws {
        let table = try read(
            """
            id,event,at,person,to,last-day,handover,approved,project,consented
            e1,transferred,2026-04-01,tanaka,sales,,,,,
            e2,resign,2026-05-01T09:00+09:00,sato,,2026-06-30,drawing-7; drawing-8,,,

            e3,member-added,2026-06-01,ito,,,,true,lithium,false
            """)
        let lines = try lines(
            """
            {"id":"e1","event":"transferred","at":"2026-04-01","person":"tanaka","to":"sales"}
            {"id":"e2","event":"resign","at":"2026-05-01T09:00+09:00","person":"sato","last-day":"2026-06-30","handover":["drawing-7","drawing-8"]}
            {"id":"e3","event":"member-added","at":"2026-06-01","person":"ito","project":"lithium","approved":true,"consented":false}
            """)
        #expect(table.diagnostics == [])
        #expect(table.records.map(\.record) == lines.records.map(\.record))
        #expect(table.records.map(\.line) == [2, 3, 5])
    }

    @Test("are told from tables of entities by their header")
    func told() {
        func isTable(_ text: String) -> Bool {
            EventFeed.isTable(SourceText(name: "x.csv", text: text))
        }
        #expect(isTable("id,event,at\n"))
        #expect(isTable("\u{FEFF} event , id\n\"unterminated"))
        #expect(!isTable("entity,id,name\n"))
        #expect(!isTable("entity,id,event\n"))
        #expect(!isTable(""))
    }

    @Test(
        "are refused row by row, or whole where the header is wrong",
        arguments: [
            ("id,event,person\ne,departed,a", DiagnosticCode.missingColumn, 1),
            ("id,event,at,persom\ne,departed,2026-04-01,a", .unknownColumn, 1),
            ("id,event,at,person,person\ne,departed,2026-04-01,a,", .repeatedColumn, 1),
            ("id,event,at,person\ne,departed,2026-04-01", .wrongColumnCount, 2),
            ("id,event,at,person\ne,departed,never,a", .malformedTime, 2),
            ("id,event,at,person\n\ne,left,2026-04-01,a", .unknownEvent, 3),
            ("id,event,at,person,to\ne,departed,2026-04-01,a,sales", .unknownEventField, 2),
            ("id,event,at,person\ne,departed,2026-04-01,", .missingEventField, 2),
            ("id,event,at,person\ne,departed,2026-04-01,\"a", .unterminatedQuote, 2),
            (
                "id,event,at,person\ne,departed,2026-04-01,a\ne,departed,2026-04-01,b",
                .idUsedBefore, 3
            ),
        ])
    func refused(text: String, code: DiagnosticCode, line: Int) throws {
        let result = try read(text)
        #expect(result.diagnostics.map(\.code) == [code])
        #expect(result.badLines == [line])
    }

    @Test("may have the same event twice")
    func twice() throws {
        let row = "e,departed,2026-04-01,a\n"
        let result = try read("id,event,at,person\n" + row + row)
        #expect(result.diagnostics == [])
        #expect(result.records.count == 1)
    }
}
