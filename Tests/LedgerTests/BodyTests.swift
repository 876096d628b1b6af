import Facts
import Foundation
import Ledger
import TestSupport
import Testing

/// What entries are stored as: the same bytes as every version before wrote, and nothing else is read.
@Suite("Bodies of entries")
struct BodyTests {
    /// JSON as a general encoder writes it.
    private indirect enum JSON: Encodable {
        case text(String), number(Int64), boolean(Bool), array([JSON]), object([String: JSON])

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .text(let text): try container.encode(text)
            case .number(let number): try container.encode(number)
            case .boolean(let boolean): try container.encode(boolean)
            case .array(let elements): try container.encode(elements)
            case .object(let members): try container.encode(members)
            }
        }

        init(_ value: Value) {
            switch value {
            case .boolean(let boolean): self = .object(["boolean": .boolean(boolean)])
            case .integer(let number): self = .object(["integer": .number(number)])
            case .text(let text):
                self = .object(["text": .text(text.precomposedStringWithCanonicalMapping)])
            case .symbol(let name):
                self = .object(["symbol": .text(name.precomposedStringWithCanonicalMapping)])
            case .instant(let instant):
                self = .object(["instant": .number(instant.secondsSinceEpoch)])
            case .entity(let id): self = .object(["entity": JSON(id)])
            case .set(let members): self = .object(["set": .array(members.map { JSON($0) })])
            }
        }

        init(_ id: EntityID) {
            self = .array([
                .text(id.kind.precomposedStringWithCanonicalMapping),
                .text(id.name.precomposedStringWithCanonicalMapping),
            ])
        }

        init(_ values: [String: Value]) {
            self = .object(
                Dictionary(
                    uniqueKeysWithValues: values.map {
                        ($0.key.precomposedStringWithCanonicalMapping, JSON($0.value))
                    }))
        }

        init(_ content: LedgerEntry.Content) {
            switch content {
            case .event(let event):
                self = .object([
                    "name": .text(event.name.precomposedStringWithCanonicalMapping),
                    "fields": JSON(event.fields),
                ])
            case .observation(let observation):
                var members: [String: JSON] = [
                    "entity": JSON(observation.entity),
                    "kind": .text(observation.kind.precomposedStringWithCanonicalMapping),
                ]
                members["owner"] = observation.owner.map { JSON($0) }
                members["attributes"] = observation.attributes.map { JSON($0) }
                self = .object(members)
            case .correction(let id):
                self = .object(["voids": .text(id.precomposedStringWithCanonicalMapping)])
            case .reading: self = .object([:])
            }
        }
    }

    private static func text(_ random: inout SplitMix64) -> String {
        let parts = [
            "a", "a-b", "aB", "a10", "a2", "極秘", "が", "か\u{3099}", "e\u{301}", "é", "\u{10000}",
            "～", "\"", "\\", "/", "\n", "\r", "\t", "\u{8}", "\u{c}", "\u{0}", "\u{1f}", "\u{7f}",
            "\u{2028}", "👩‍🔬", " ",
        ]
        return (0..<random.below(5)).map { _ in random.pick(parts) }.joined()
    }

    private static func value(_ random: inout SplitMix64, isMember: Bool = false) -> Value {
        switch random.below(isMember ? 6 : 7) {
        case 0: return .boolean(random.below(2) == 0)
        case 1:
            return .integer(random.pick([0, 7, -1, .max, .min, Int64(random.below(100_000))]))
        case 2: return .text(text(&random))
        case 3: return .symbol(text(&random))
        case 4:
            return .instant(
                random.pick([.distantPast, .distantFuture, Instant(secondsSinceEpoch: -5)]))
        case 5: return .entity(EntityID(kind: text(&random), name: text(&random)))
        default:
            return .set(of: (0..<random.below(4)).map { _ in value(&random, isMember: true) })
        }
    }

    private static func content(_ random: inout SplitMix64) -> LedgerEntry.Content {
        var values: [String: Value] = [:]
        for _ in 0..<random.below(5) { values[text(&random)] = value(&random) }
        switch random.below(8) {
        case 0: return .correction(voiding: text(&random))
        case 1: return .reading(at: .distantPast)
        case 2, 3, 4:
            return .event(
                Event(id: "e", name: text(&random), effective: .distantPast, fields: values))
        default:
            return .observation(
                Observation(
                    entity: EntityID(kind: text(&random), name: text(&random)),
                    kind: text(&random),
                    owner: random.below(2) == 0 ? nil : EntityID(kind: "a", name: text(&random)),
                    attributes: random.below(5) == 0 ? nil : values, effective: .distantPast))
        }
    }

    private static func read(
        _ body: Data, as content: LedgerEntry.Content
    ) throws(MalformedBody) -> LedgerEntry.Content {
        var reader = BodyReader(body)
        switch content {
        case .event(let event):
            return .event(try reader.event(id: event.id, effective: event.effective))
        case .observation(let observation):
            return .observation(try reader.observation(effective: observation.effective))
        case .correction: return .correction(voiding: try reader.voidedID())
        case .reading(let instant):
            try reader.nothing()
            return .reading(at: instant)
        }
    }

    @Test("are written as a general encoder writes them, and read as they were")
    func same() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        for seed in 0..<3_000 {
            var random = SplitMix64(seed: UInt64(seed))
            let content = Self.content(&random)
            let body = BodyWriter.body(of: content)
            let place = "seed \(seed): \(String(decoding: body, as: UTF8.self))"
            #expect(try encoder.encode(JSON(content)) == body, "\(place)")
            // Swift texts are equal where their normalization forms are.
            #expect(try Self.read(body, as: content) == content, "\(place)")
        }
    }

    @Test("with a byte changed, cut or added are refused, or are still what would be written")
    func damaged() throws {
        var refused = 0
        for seed in 0..<3_000 {
            var random = SplitMix64(seed: 10_000 + UInt64(seed))
            let content = Self.content(&random)
            var body = [UInt8](BodyWriter.body(of: content))
            let place = random.below(body.count)
            switch random.below(4) {
            case 0: body.remove(at: place)
            case 1: body.insert(random.pick(Array(#"{}[]",:\0 tu-e"#.utf8)), at: place)
            case 2: body[place] = UInt8(random.below(256))
            default: body.removeLast(random.below(body.count) + 1)
            }
            let read: LedgerEntry.Content
            do throws(MalformedBody) {
                read = try Self.read(Data(body), as: content)
            } catch {
                refused += 1
                continue
            }
            // What is read is read whole: written again it has as many bytes, whatever order its keys were in and however
            // its letters were composed.
            let again = try Self.read(BodyWriter.body(of: read), as: content)
            #expect(again == read, "seed \(seed): \(String(decoding: body, as: UTF8.self))")
        }
        #expect(refused > 2_000)
    }

    @Test(
        "that nobody wrote are refused",
        arguments: [
            "", "{", "{}", "[]", #"{"name":"a"}"#, #"{"name":"a","fields":{},"more":1}"#,
            #"{"name":"a","name":"a","fields":{}}"#, #"{"name":"a","fields":{}} "#,
            #"{ "name":"a","fields":{}}"#, #"{"name":"a","fields":{"n":{"integer":01}}}"#,
            #"{"name":"a","fields":{"n":{"integer":-0}}}"#,
            #"{"name":"a","fields":{"n":{"integer":1.0}}}"#,
            #"{"name":"a","fields":{"n":{"integer":9223372036854775808}}}"#,
            #"{"name":"a","fields":{"n":{"integer":1,"text":"a"}}}"#,
            #"{"name":"a","fields":{"n":{}}}"#, #"{"name":"a","fields":{"n":{"number":1}}}"#,
            #"{"name":"a","fields":{"n":{"set":[{"integer":1},{"integer":1}]}}}"#,
            #"{"name":"a","fields":{"n":{"entity":["a"]}}}"#,
            #"{"name":"a","fields":{"n":{"entity":["a","b","c"]}}}"#,
            #"{"name":"\u00e9","fields":{}}"#, #"{"name":"\/","fields":{}}"#,
            "{\"name\":\"a\nb\",\"fields\":{}}", #"{"name":"a,"fields":{}}"#,
            #"{"name":"a","fields":{"n":"# + String(repeating: #"{"set":["#, count: 5_000),
        ])
    func malformed(body: String) {
        #expect(throws: MalformedBody.self) {
            var reader = BodyReader(Data(body.utf8))
            _ = try reader.event(id: "e", effective: .distantPast)
        }
    }

    @Test("of bytes that are no text are refused")
    func notText() {
        let body = Data(#"{"name":""#.utf8) + [0xC3, 0x28] + Data(#"","fields":{}}"#.utf8)
        #expect(throws: MalformedBody.self) {
            var reader = BodyReader(body)
            _ = try reader.event(id: "e", effective: .distantPast)
        }
    }
}
