import DecisionEngine
import Facts
import Foundation

/// What an entry's `body` holds: canonical JSON of what the columns beside it don't say.
///
/// Canonical means that the same content gives the same bytes: text in NFC, keys in order, sets in order.
/// Reading is strict: a key too many is damage, as is one too few.
struct EventBody: Codable {
    let name: String
    let fields: [String: ValueBody]

    init(_ event: Event) {
        name = event.name.inNFC
        fields = event.fields.bodies
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.strictContainer(required: ["name", "fields"])
        name = try container.decode(String.self, forKey: "name")
        fields = try container.decode([String: ValueBody].self, forKey: "fields")
    }

    func event(id: String, effective: Instant) -> Event {
        Event(id: id, name: name, effective: effective, fields: fields.mapValues(\.value))
    }
}

/// The body of what a source states.
struct ObservationBody: Codable {
    let entity: EntityBody
    let kind: String
    let owner: EntityBody?
    let attributes: [String: ValueBody]?

    init(_ observation: Observation) {
        entity = EntityBody(observation.entity)
        kind = observation.kind.inNFC
        owner = observation.owner.map(EntityBody.init)
        attributes = observation.attributes?.bodies
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.strictContainer(
            required: ["entity", "kind"], optional: ["owner", "attributes"])
        entity = try container.decode(EntityBody.self, forKey: "entity")
        kind = try container.decode(String.self, forKey: "kind")
        owner = try container.decodeIfPresent(EntityBody.self, forKey: "owner")
        attributes = try container.decodeIfPresent([String: ValueBody].self, forKey: "attributes")
    }

    func observation(effective: Instant) -> Observation {
        Observation(
            entity: entity.id, kind: kind, owner: owner?.id,
            attributes: attributes?.mapValues(\.value), effective: effective)
    }
}

/// The body of a correction.
struct CorrectionBody: Codable {
    let voids: String

    init(voiding id: String) { voids = id.inNFC }

    init(from decoder: any Decoder) throws {
        let container = try decoder.strictContainer(required: ["voids"])
        voids = try container.decode(String.self, forKey: "voids")
    }
}

/// The body of a source's reading, which the columns beside it say whole.
struct ReadingBody: Codable {
    init() {}

    init(from decoder: any Decoder) throws { _ = try decoder.strictContainer(required: []) }

    func encode(to encoder: any Encoder) throws {
        _ = encoder.container(keyedBy: NoKey.self)
    }

    private enum NoKey: CodingKey {}
}

/// The body of a policy's adoption.
struct AdoptionBody: Codable {
    struct File: Codable {
        let name: String
        let bytes: Data

        init(_ file: Adoption.File) {
            name = file.name.inNFC
            bytes = Data(file.bytes)
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.strictContainer(required: ["name", "bytes"])
            name = try container.decode(String.self, forKey: "name")
            bytes = try container.decode(Data.self, forKey: "bytes")
        }
    }

    let files: [File]
    let program: String

    init(_ adoption: Adoption) {
        files = adoption.files.map(File.init)
        program = adoption.program.description
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.strictContainer(required: ["files", "program"])
        files = try container.decode([File].self, forKey: "files")
        program = try container.decode(String.self, forKey: "program")
    }

    func adoption(source: String) -> Adoption {
        Adoption(
            files: files.map { Adoption.File(name: $0.name, bytes: Array($0.bytes)) },
            program: ProgramDigest(hexadecimal: program), source: source)
    }
}

extension Encodable {
    /// The canonical JSON of a body.
    func encodedBody() throws -> Data { try BodyJSON.encoder.encode(self) }
}

/// What writes and reads bodies: made once, since a ledger has millions.
enum BodyJSON {
    static let encoder: JSONEncoder = {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return encoder
    }()
    static let decoder = JSONDecoder()
}

extension String {
    /// The text in normalization form C, so that what is equal is stored as the same bytes.
    var inNFC: String {
        utf8.allSatisfy { $0 < 0x80 } ? self : precomposedStringWithCanonicalMapping
    }
}

extension [String: Value] {
    fileprivate var bodies: [String: ValueBody] {
        [String: ValueBody](uniqueKeysWithValues: map { ($0.key.inNFC, ValueBody($0.value)) })
    }
}
