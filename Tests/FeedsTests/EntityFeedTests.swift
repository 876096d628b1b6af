import Diagnostics
import Facts
import Feeds
import Foundation
import PolicyLanguage
import TestSupport
import Testing

@Suite("Entity files")
struct EntityFeedTests {
    private static let vocabulary: Vocabulary = {
        let text = """
            policy small version "1" zone "Asia/Tokyo"
            use standard
            define company = organisation "aoba"
            scale tier { open < secret }
            category core "コア技術", security "安全保障"
            enumeration role { engineer, manager }
            """
        return Fixtures.read(text).policy?.vocabulary ?? Vocabulary()
    }()
    private static let effective = Instant(secondsSinceEpoch: 1_700_000_000)

    private func read(
        _ text: String, limits: FeedLimits = .standard
    ) -> (FeedResult<Observation>, SourceText) {
        let source = SourceText(name: "entities.csv", text: text)
        let result = EntityFeed.read(
            source, vocabulary: Self.vocabulary, zone: Fixtures.tokyo, effective: Self.effective,
            limits: limits)
        return (result, source)
    }

    @Test(
        "Aoba's entities are read without anything to say",
        arguments: [("resources", 3_000), ("organisations", 6)])
    func aoba(name: String, count: Int) throws {
        let policy = try #require(try Fixtures.readAobaPolicy().policy)
        let data = try Data(contentsOf: Fixtures.root.appending(path: "examples/aoba/\(name).csv"))
        let result = EntityFeed.read(
            SourceText(name: name, bytes: Array(data)), vocabulary: policy.vocabulary,
            zone: policy.zone, effective: Self.effective)
        #expect(result.diagnostics == [])
        #expect(result.badLines == [])
        #expect(result.records.count == count)
        #expect(result.records.map(\.line) == Array(2...count + 1))
        #expect(result.records.allSatisfy { $0.record.effective == Self.effective })
        if name == "resources" {
            let drawing = try #require(result.records.first?.record)
            #expect(drawing.entity == EntityID(kind: "resource", name: "drawing-7"))
            #expect(drawing.kind == "document")
            #expect(drawing.owner == nil)
            #expect(
                drawing.attributes
                    == [
                        "name": .text("円筒形電池 組立図 第7号"), "tier": .symbol("departmental"),
                        "category": .set([]), "projects": .set([]), "form": .symbol("data"),
                        "owner": .entity(EntityID(kind: "department", name: "battery")),
                    ])
        }
    }

    @Test("an empty cell is an empty set, or says nothing")
    func emptyCells() {
        let (result, _) = read(
            """
            entity,id,name,tier,category
            document,d1,,,
            document,d2,"  ",open,core; security
            """)
        #expect(result.diagnostics == [])
        #expect(
            result.records.map(\.record.attributes) == [
                ["category": .set([])],
                [
                    "tier": .symbol("open"),
                    "category": .set(of: [.symbol("core"), .symbol("security")]),
                ],
            ])
    }

    @Test(
        "quotes, line ends and marks of byte order are what RFC 4180 and practice say",
        arguments: ["\n", "\r\n", "\r"])
    func quotes(lineEnd: String) {
        let rows = [
            "\u{FEFF}\"entity\", id ,name", "document,d1,\"a, \"\"b\"\"\"", "",
            "document,d2,\"one\(lineEnd)two\"", "\"document\" , \"d3\",カ\u{3099}",
            "document,d4,\"\"",
        ]
        let (result, _) = read(rows.joined(separator: lineEnd))
        #expect(result.diagnostics == [])
        #expect(result.records.map(\.record.entity.name) == ["d1", "d2", "d3", "d4"])
        let names = result.records.map { item -> [Unicode.Scalar] in
            guard case .text(let text) = item.record.attributes?["name"] else { return [] }
            return Array(text.unicodeScalars)
        }
        #expect(
            names
                == ["a, \"b\"", "one\(lineEnd)two", "\u{30AC}", ""].map { Array($0.unicodeScalars) }
        )
        if lineEnd != "\r" { #expect(result.records.map(\.line) == [2, 4, 6, 7]) }
    }

    @Test("every last field counts, with or without a line end")
    func lastField() {
        for end in ["", "\n", "\r\n"] {
            let (result, _) = read("entity,id,name\ndocument,d1,\(end)")
            #expect(result.diagnostics == [])
            #expect(result.records.count == 1)
        }
    }

    /// A row, the code that refuses it, its arguments, and the text that is pointed at.
    static let bad: [(row: String, code: DiagnosticCode, arguments: [String], marked: String)] = [
        ("document,d1,x", .wrongColumnCount, ["4", "3"], "document,d1,x"),
        ("document,d1,x,open,", .wrongColumnCount, ["4", "5"], "document,d1,x,open,"),
        ("document", .wrongColumnCount, ["4", "1"], "document"),
        // A combining mark makes the comma before it something else; that must not go unnoticed.
        ("document,d1,\u{301}x,open", .wrongColumnCount, ["4", "3"], "document,d1,\u{301}x,open"),
        ("document,d1,5\" pipe,open", .strayQuote, [], "\""),
        ("document,d1,\"a\"b,open", .strayQuote, [], "b"),
        ("document,d1,\"a\" b,open", .strayQuote, [], "b"),
        ("document,d1,x,\"\u{301}open\"", .strayQuote, [], "document,d1,x,\"\u{301}open\""),
        ("documnt,d1,x,open", .unknownKind, ["documnt"], "documnt,d1,x,open"),
        (",d1,x,open", .unknownKind, [""], ",d1,x,open"),
        ("post,d1,x,open", .notAnEntityKind, ["post"], "post,d1,x,open"),
        ("resource,d1,x,open", .kindTooGeneral, ["resource"], "resource,d1,x,open"),
        ("document,,x,open", .malformedID, [""], "document,,x,open"),
        ("document,good,x,open", .repeatedEntity, ["resource", "good"], "document,good,x,open"),
        ("sample,good,x,open", .repeatedEntity, ["resource", "good"], "sample,good,x,open"),
        ("document,d1,x,opne", .wrongType, ["tier", "opne", "tier"], "document,d1,x,opne"),
        (
            "person,p1,x,open", .unknownKindAttribute, ["tier", "person"], "person,p1,x,open"
        ),
    ]

    @Test("a bad row is refused alone, with one reason and its place", arguments: bad)
    func badRow(row: String, code: DiagnosticCode, arguments: [String], marked: String) throws {
        let (result, source) = read(
            "entity,id,name,tier\ndocument,good,\"a\nb\",open\n\(row)\ndocument,other,x,open\n")
        #expect(result.records.map(\.record.entity.name) == ["good", "other"])
        #expect(result.badLines == [4])
        let diagnostic = try #require(result.diagnostics.first)
        #expect(result.diagnostics.count == 1)
        #expect(diagnostic.code == code)
        #expect(diagnostic.code.rawValue.hasPrefix("NTK5"))
        #expect(diagnostic.arguments == arguments)
        #expect(source.text(in: diagnostic.place.span) == marked)
    }

    @Test("a quote left open is an error where it opens")
    func unterminated() throws {
        let (result, source) = read(
            "entity,id,name\ndocument,d1,x\ndocument,d2,\"y\"\"\ndocument,d3,z\n")
        #expect(result.records.map(\.record.entity.name) == ["d1"])
        #expect(result.badLines == [3])
        let diagnostic = try #require(result.diagnostics.first)
        #expect(diagnostic.code == .unterminatedQuote)
        #expect(source.text(in: diagnostic.place.span) == "\"")
        #expect(source.column(at: diagnostic.place.span.lower) == 13)
    }

    @Test(
        "a header that can't be understood refuses the whole file",
        arguments: [
            ("", [("NTK5016", ["entity"], "")]),
            ("\n\n", [("NTK5016", ["entity"], "")]),
            ("id,name", [("NTK5016", ["entity"], "id,name")]),
            ("entity,name", [("NTK5016", ["id"], "entity,name")]),
            ("entity,id,nmae", [("NTK5031", ["nmae"], "nmae")]),
            ("entity,id,kana", [("NTK5031", ["kana"], "kana")]),
            ("entity,id,name,name", [("NTK5032", ["name"], "name")]),
            ("entity,id,id", [("NTK5032", ["id"], "id")]),
            (
                "entity,id,a,b", [("NTK5031", ["a"], "a"), ("NTK5031", ["b"], "b")]
            ),
            ("entity,id,\"x", [("NTK5029", [], "\"")]),
        ] as [(String, [(String, [String], String)])])
    func badHeader(header: String, expected: [(String, [String], String)]) {
        let cells = header.split(separator: ",").map { $0 == "entity" ? "document" : "d1" }
        let row = header.contains("\"") || !header.contains(",") ? "" : cells.joined(separator: ",")
        let (result, source) = read("\(header)\n\(row)")
        #expect(result.records.isEmpty)
        #expect(result.badLines == [1])
        #expect(result.diagnostics.map(\.code.rawValue) == expected.map(\.0))
        #expect(result.diagnostics.map(\.arguments) == expected.map(\.1))
        #expect(result.diagnostics.map { source.text(in: $0.place.span) } == expected.map(\.2))
    }

    @Test("an unknown column names the one that was meant")
    func similarColumn() {
        let (result, _) = read("entity,id,nmae\ndocument,d1,x")
        #expect(result.diagnostics.first?.notes == [Diagnostic.Note(.similarName, ["name"])])
    }

    @Test("bytes that are not UTF-8, records too long and too many are refused")
    func limits() {
        let head = Array("entity,id,name\n".utf8)
        let source = SourceText(
            name: "x",
            bytes: head + Array("document,d1,".utf8) + [0xFF, 0x0A] + Array("document,d2,x".utf8))
        let result = EntityFeed.read(
            source, vocabulary: Self.vocabulary, zone: Fixtures.tokyo, effective: Self.effective)
        #expect(result.diagnostics.map(\.code) == [.recordNotUTF8])
        #expect(result.records.map(\.line) == [3])

        var limits = FeedLimits()
        limits.mostRecords = 3
        limits.mostBytesPerRecord = 20
        let (few, _) = read(
            """
            entity,id,name
            document,d1,x
            document,d2,\(String(repeating: "x", count: 30))
            document,d3,x
            document,d4,x
            document,d5,x
            """, limits: limits)
        #expect(few.records.map(\.line) == [2, 4])
        #expect(few.diagnostics.map(\.code) == [.recordTooLong, .tooManyRecords])
        #expect(few.badLines == [3, 5])
    }

    @Test("a file changed at random never traps, and every row is accounted for")
    func changed() throws {
        let data = try Data(
            contentsOf: Fixtures.root.appending(path: "examples/aoba/resources.csv"))
        let lines = data.split(separator: 0x0A).prefix(30)
        let text = Array(lines.joined(separator: [0x0A]))
        var random = SplitMix64(seed: 11)
        let alphabet = Array("\",\r\n; x".utf8) + [0x80, 0xCC]
        for _ in 0..<100 {
            var changed = text
            let place = Int.random(in: 0..<changed.count, using: &random)
            changed[place] = alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
            let source = SourceText(name: "x", bytes: changed)
            let result = EntityFeed.read(
                source, vocabulary: Self.vocabulary, zone: Fixtures.tokyo, effective: Self.effective
            )
            #expect(result.badLines.isEmpty == result.diagnostics.isEmpty)
            #expect(result.diagnostics.allSatisfy { $0.code.rawValue.hasPrefix("NTK5") })
        }
    }
}
