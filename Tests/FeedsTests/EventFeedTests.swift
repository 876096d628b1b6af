import Diagnostics
import Facts
import Feeds
import Foundation
import PolicyLanguage
import TestSupport
import Testing

@Suite("Event files")
struct EventFeedTests {
    private static let vocabulary: Vocabulary = {
        let text = """
            policy small version "1" zone "Asia/Tokyo"
            use standard
            define company = organisation "aoba"
            scale tier { open < secret }
            category core "コア技術"
            enumeration role { engineer, manager }
            """
        return Fixtures.read(text).policy?.vocabulary ?? Vocabulary()
    }()

    private func read(
        _ text: String, limits: FeedLimits = .standard
    ) -> (FeedResult<Event>, SourceText) {
        let source = SourceText(name: "events.jsonl", text: text)
        let result = EventFeed.read(
            source, vocabulary: Self.vocabulary, zone: Fixtures.tokyo, limits: limits)
        return (result, source)
    }

    private static let start = #""event":"project-started","at":"2026-04-01","project":"p""#

    @Test("Aoba's events are read without anything to say")
    func aoba() throws {
        let policy = try #require(try Fixtures.readAobaPolicy().policy)
        let data = try Data(contentsOf: Fixtures.root.appending(path: "examples/aoba/events.jsonl"))
        let result = EventFeed.read(
            SourceText(name: "events.jsonl", bytes: Array(data)), vocabulary: policy.vocabulary,
            zone: policy.zone)
        #expect(result.diagnostics == [])
        #expect(result.badLines == [])
        #expect(result.records.count == 939)
        #expect(result.records.map(\.line) == Array(1...939))
        let transfer = try #require(
            result.records.first { $0.record.id == "hr-2026-tanaka-transfer" }?.record)
        #expect(transfer.name == "transferred")
        #expect(transfer.effective == TimeText.instant("2026-04-01", in: policy.zone))
    }

    @Test("values become what the vocabulary says; null and blank lines mean nothing")
    func values() throws {
        let (result, _) = read(
            "\u{FEFF}{\"id\" : \"e1\", \(Self.start), \"name\": \"\\u30AB\\u3099 \\ud83d\\ude00\\n\"}\r\n"
                + "\n \t\n"
                + "{\"id\":\"e2\",\(Self.start),\"name\":null}\n")
        #expect(result.diagnostics == [])
        #expect(result.records.map(\.line) == [1, 4])
        let name = try #require(result.records.first?.record.fields["name"])
        guard case .text(let text) = name else {
            Issue.record("\(name)")
            return
        }
        #expect(Array(text.unicodeScalars) == Array("\u{30AC} 😀\n".unicodeScalars), "in NFC")
        #expect(result.records.last?.record.fields["name"] == nil)
        #expect(
            result.records.first?.record.fields["project"]
                == .entity(EntityID(kind: "project", name: "p")))
    }

    @Test("an id that comes again is one event where it says the same, and an error where not")
    func repeated() throws {
        let (result, source) = read(
            """
            {"id":"e1",\(Self.start)}
            {"project":"p","at":"2026-04-01T00:00","event":"project-started","id":"e1"}
            {"id":"e1",\(Self.start),"name":"other"}
            """)
        #expect(result.records.map(\.line) == [1])
        #expect(result.badLines == [3])
        let diagnostic = try #require(result.diagnostics.first)
        #expect(diagnostic.code == .idUsedBefore)
        #expect(source.line(at: diagnostic.place.span.lower) == 3)
        let note = try #require(diagnostic.notes.first)
        #expect(note.place.map { source.line(at: $0.span.lower) } == 1)
    }

    /// A line, the code that refuses it, its arguments, and the text that is pointed at.
    static let bad: [(line: String, code: DiagnosticCode, arguments: [String], marked: String)] = [
        ("hello", .notJSON, [], "h"),
        ("{", .notJSON, [], ""),
        (#"{"id":"e1","#, .notJSON, [], ""),
        (#"{"id":"e1"} x"#, .notJSON, [], "x"),
        (#"{"id":"e1",}"#, .notJSON, [], "}"),
        (#"{id:"e1"}"#, .notJSON, [], "i"),
        (#"{"id":01}"#, .notJSON, [], "1"),
        (#"{"id":"\ud800x"}"#, .notJSON, [], "x"),
        (#"{"id":"\x"}"#, .notJSON, [], "x"),
        (#"{"id":"e1"#, .notJSON, [], ""),
        (#"{"a":[1,]}"#, .notJSON, [], "]"),
        (#"{"a":tru}"#, .notJSON, [], "t"),
        (#"["id"]"#, .notAnObject, [], #"["id"]"#),
        ("12", .notAnObject, [], "12"),
        (#"{"id":"e1","id":"e1"}"#, .repeatedKey, ["id"], #""id""#),
        (#"{"id":"e1","\u0069d":"e1"}"#, .repeatedKey, ["id"], #""\u0069d""#),
        (#"{"id":"e1","a":{}}"#, .unsupportedValue, ["a"], "{"),
        (#"{"id":"e1","a":[[]]}"#, .unsupportedValue, ["a"], "["),
        (#"{"id":"e1","a":[null]}"#, .unsupportedValue, ["a"], "n"),
        (#"{"id":"e1","a":1.5}"#, .notAWholeNumber, ["a", "1.5"], "1.5"),
        (#"{"id":"e1","a":1e3}"#, .notAWholeNumber, ["a", "1e3"], "1e3"),
        (
            #"{"a":9223372036854775808}"#, .notAWholeNumber, ["a", "9223372036854775808"],
            "9223372036854775808"
        ),
        (#"{"event":"x"}"#, .missingKey, ["id"], #"{"event":"x"}"#),
        (#"{"id":null}"#, .missingKey, ["id"], #"{"id":null}"#),
        (#"{"id":7}"#, .keyNotText, ["id"], #""id":7"#),
        (#"{"id":"e","event":"x","at":20260401}"#, .keyNotText, ["at"], #""at":20260401"#),
        (
            #"{"id":"e","event":"transfered","at":"2026-04-01"}"#, .unknownEvent, ["transfered"],
            #""event":"transfered""#
        ),
        (
            #"{"id":"e","event":"project-started","at":"1 April"}"#, .malformedTime, ["1 April"],
            #""at":"1 April""#
        ),
        (#"{"id":"","event":"x","at":"x"}"#, .malformedID, [""], #""id":"""#),
        (
            #"{"id":"e",\#(start),"nmae":"x"}"#, .unknownEventField, ["nmae", "project-started"],
            #""nmae":"x""#
        ),
        (#"{"id":"e",\#(start),"name":7}"#, .wrongType, ["name", "7", "text"], #""name":7"#),
        (
            #"{"id":"e","event":"project-started","at":"2026-04-01"}"#, .missingEventField,
            ["project", "project-started"],
            #"{"id":"e","event":"project-started","at":"2026-04-01"}"#
        ),
    ]

    @Test("a bad line is refused alone, with one reason and its place", arguments: bad)
    func badLine(
        line: String, code: DiagnosticCode, arguments: [String], marked: String
    ) throws {
        let good = #"{"id":"good",\#(Self.start)}"#
        let other = #"{"id":"other",\#(Self.start)}"#
        let (result, source) = read("\(good)\n\(line)\n\(other)\n")
        #expect(result.records.map(\.record.id) == ["good", "other"])
        #expect(result.badLines == [2])
        let diagnostic = try #require(result.diagnostics.first)
        #expect(result.diagnostics.count == 1)
        #expect(diagnostic.code == code)
        #expect(diagnostic.code.rawValue.hasPrefix("NTK5"))
        #expect(diagnostic.arguments == arguments)
        #expect(source.text(in: diagnostic.place.span) == marked)
    }

    @Test("bytes that are not UTF-8, lines too long and records too many are refused")
    func limits() {
        let line = Array(#"{"id":"e1",\#(Self.start),"name":"x"}"#.utf8)
        var broken = line
        broken[broken.count - 3] = 0xFF
        let source = SourceText(name: "x", bytes: broken + [0x0A] + line)
        let result = EventFeed.read(source, vocabulary: Self.vocabulary, zone: Fixtures.tokyo)
        #expect(result.diagnostics.map(\.code) == [.recordNotUTF8])
        #expect(result.records.map(\.line) == [2])

        var limits = FeedLimits()
        #expect(limits.mostBytesPerRecord == 1 << 20)
        #expect(limits.mostRecords == 50_000_000)
        limits.mostRecords = 2
        limits.mostBytesPerRecord = 100
        let (few, _) = read(
            """
            {"id":"e1",\(Self.start)}
            {"id":"e2",\(Self.start),"name":"\(String(repeating: "x", count: 100))"}
            {"id":"e3",\(Self.start)}
            {"id":"e4",\(Self.start)}
            {"id":"e5",\(Self.start)}
            """, limits: limits)
        #expect(few.records.map(\.record.id) == ["e1", "e3"])
        #expect(few.diagnostics.map(\.code) == [.recordTooLong, .tooManyRecords])
        #expect(few.diagnostics.map(\.arguments) == [["100"], ["2"]])
        #expect(few.badLines == [2, 4])
    }

    @Test("what is read here is JSON elsewhere, and what is not JSON here is not there either")
    func agreesWithFoundation() throws {
        let data = try Data(contentsOf: Fixtures.root.appending(path: "examples/aoba/events.jsonl"))
        let lines = data.split(separator: 0x0A).prefix(400).map(Array.init)
        let alphabet = Array(#"{}[]",:\/u0129aeE+-. tfn"#.utf8) + [0, 9, 0x80, 0xE3]
        var random = SplitMix64(seed: 7)
        var refused = 0
        for line in lines {
            for _ in 0..<8 {
                var changed = line
                let place = Int.random(in: 0..<changed.count, using: &random)
                changed[place] = alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
                let result = EventFeed.read(
                    SourceText(name: "x", bytes: changed), vocabulary: Self.vocabulary,
                    zone: Fixtures.tokyo)
                let isJSON =
                    (try? JSONSerialization.jsonObject(
                        with: Data(changed), options: .fragmentsAllowed)) != nil
                let saysNotJSON = result.diagnostics.contains {
                    [.notJSON, .recordNotUTF8].contains($0.code)
                }
                if !isJSON { refused += 1 }
                let text = String(decoding: changed, as: UTF8.self)
                #expect(isJSON || result.records.isEmpty, "taken here, not JSON: \(text)")
                #expect(!isJSON || !saysNotJSON, "JSON, not taken here: \(text)")
            }
        }
        #expect(refused > 200)
    }
}
