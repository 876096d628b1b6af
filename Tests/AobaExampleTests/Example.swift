import AobaExample
import Foundation

/// The example's files, read by a reader of this test's own.
struct Example {
    let entries: [Entry]
    let organisations: [[String: String]]
    let resources: [[String: String]]
    let events: [Occurrence]

    /// The example as it is committed, read once for all tests.
    static let published = Result { try Example(seed: Company.publishedSeed) }

    /// What the generator makes of a seed.
    init(seed: UInt64) throws {
        let files = Company.generate(seed: seed)
        let texts = Dictionary(uniqueKeysWithValues: files.map { ($0.name, $0.text) })
        entries = Entry.parse(texts["people.ldif"] ?? "")
        organisations = try Self.table(texts["organisations.csv"] ?? "")
        resources = try Self.table(texts["resources.csv"] ?? "")
        events = try (texts["events.jsonl"] ?? "").split(separator: "\n").map { line in
            try Occurrence(String(line))
        }
    }

    var people: [Entry] { entries.filter { $0.name.hasPrefix("uid=") } }

    var departments: [Entry] {
        entries.filter { $0.name.hasSuffix(",ou=departments,dc=aoba,dc=example") }
    }

    private static func table(_ text: String) throws -> [[String: String]] {
        let rows = text.split(separator: "\n").map(fields)
        guard let header = rows.first else { throw Malformed(what: "no header") }
        return try rows.dropFirst().map { row in
            guard row.count == header.count else { throw Malformed(what: "\(row)") }
            return Dictionary(uniqueKeysWithValues: zip(header, row))
        }
    }

    /// The fields of one line; within quotes a comma is text, and a quote is written twice.
    private static func fields(_ line: Substring) -> [String] {
        var fields = [""]
        var isQuoted = false
        var wasQuote = false
        for character in line {
            if character == "," && !isQuoted {
                fields.append("")
            } else if character != "\"" || (wasQuote && !isQuoted) {
                fields[fields.count - 1].append(character)
            }
            if character == "\"" {
                isQuoted.toggle()
            }
            wasQuote = character == "\"" && !isQuoted
        }
        return fields
    }
}

struct Malformed: Error {
    let what: String
}

/// A file of the repository, by its path from the root.
func repositoryFile(_ path: String) throws -> Data {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    return try Data(contentsOf: root.appending(path: path))
}

func repositoryText(_ path: String) throws -> String {
    String(decoding: try repositoryFile(path), as: UTF8.self)
}

/// An entry of the directory: its name and each attribute's values.
struct Entry {
    let name: String
    let attributes: [String: [String]]

    func value(_ attribute: String) -> String? {
        attributes[attribute]?.first
    }

    static func parse(_ text: String) -> [Entry] {
        text.replacing("\n ", with: "").components(separatedBy: "\n\n").dropFirst().map { record in
            var attributes: [String: [String]] = [:]
            for line in record.split(separator: "\n") {
                let isEncoded = line.contains(":: ")
                let parts = line.split(separator: isEncoded ? ":: " : ": ", maxSplits: 1)
                let value = String(parts.last ?? "")
                let decoded = isEncoded ? Data(base64Encoded: value) : Data(value.utf8)
                attributes[String(parts[0]), default: []].append(
                    String(decoding: decoded ?? Data(), as: UTF8.self))
            }
            return Entry(name: attributes["dn"]?.first ?? "", attributes: attributes)
        }
    }
}

/// One line of the events.
struct Occurrence {
    enum Value: Decodable, Equatable {
        case text(String)
        case flag(Bool)
        case list([String])

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let flag = try? container.decode(Bool.self) {
                self = .flag(flag)
            } else if let text = try? container.decode(String.self) {
                self = .text(text)
            } else {
                self = .list(try container.decode([String].self))
            }
        }
    }

    let line: String
    let keys: [String]
    let fields: [String: Value]

    init(_ line: String) throws {
        self.line = line
        keys = line.matches(of: /"([a-z-]+)":/).map { String($0.1) }
        fields = try JSONDecoder().decode([String: Value].self, from: Data(line.utf8))
    }

    func text(_ field: String) -> String? {
        guard case .text(let text) = fields[field] else { return nil }
        return text
    }

    var id: String { text("id") ?? "" }
    var name: String { text("event") ?? "" }
    var at: String { text("at") ?? "" }
    /// Dates are compared as text, which is how ISO 8601 means them to be.
    var day: String { String(at.prefix(10)) }
    var person: String? { text("person") }
}
