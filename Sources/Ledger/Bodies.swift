import DecisionEngine
import Foundation

/// The body of a policy's adoption.
///
/// Canonical as all bodies are, and read strictly: a key too many is damage, as is one too few.
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

/// What writes and reads the bodies of which a ledger has few.
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
