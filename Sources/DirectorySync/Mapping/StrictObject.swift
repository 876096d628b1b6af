import Facts

/// An object that has the keys it must have and no others.
///
/// Every error is a `DecodingError.dataCorrupted` whose text names the path, since that is the one
/// kind which decoders hand on as it is.
struct StrictObject {
    private let container: KeyedDecodingContainer<Key>

    struct Key: CodingKey {
        let stringValue: String
        let intValue: Int? = nil

        init(_ text: String) { stringValue = text }
        init?(stringValue: String) { self.init(stringValue) }
        init?(intValue: Int) { return nil }
    }

    /// Takes the object a decoder stands at; where `keys` is nil, any key is allowed.
    init(_ decoder: any Decoder, allowing keys: [String]?) throws {
        do {
            container = try decoder.container(keyedBy: Key.self)
        } catch {
            throw Self.error(decoder.codingPath, "must have keys and values")
        }
        guard let keys else { return }
        for name in names where !keys.contains(name) {
            let similar = Similarity.nearest(to: name, in: keys).map { "; `\($0)` is" } ?? ""
            throw self.error(name, "is not known here\(similar)")
        }
    }

    /// The keys, sorted.
    var names: [String] { container.allKeys.map(\.stringValue).sorted() }

    func has(_ key: String) -> Bool { container.contains(Key(key)) }

    func text(_ key: String) throws -> String {
        try require(key)
        do {
            return try container.decode(String.self, forKey: Key(key))
        } catch {
            throw self.error(key, "must be text")
        }
    }

    func flag(_ key: String) throws -> Bool {
        try require(key)
        do {
            return try container.decode(Bool.self, forKey: Key(key))
        } catch {
            throw self.error(key, "must be `true` or `false`")
        }
    }

    func number(_ key: String) throws -> Int {
        try require(key)
        do {
            return try container.decode(Int.self, forKey: Key(key))
        } catch {
            throw self.error(key, "must be a whole number")
        }
    }

    func list<Element: Decodable>(_ key: String, of: Element.Type) throws -> [Element] {
        try require(key)
        var list: any UnkeyedDecodingContainer
        do {
            list = try container.nestedUnkeyedContainer(forKey: Key(key))
        } catch {
            throw self.error(key, "must be a list")
        }
        var elements: [Element] = []
        while !list.isAtEnd { elements.append(try list.decode(Element.self)) }
        return elements
    }

    /// What stands at a key, if it is there; the value itself says what is wrong with it.
    func optional<Wanted: Decodable>(_ key: String, as: Wanted.Type) throws -> Wanted? {
        guard has(key) else { return nil }
        guard try !container.decodeNil(forKey: Key(key)) else {
            throw error(key, "has no value")
        }
        return try container.decode(Wanted.self, forKey: Key(key))
    }

    func error(_ key: String, _ what: String) -> DecodingError {
        Self.error(container.codingPath + [Key(key)], what)
    }

    private func require(_ key: String) throws {
        guard has(key) else { throw error(key, "is missing") }
    }

    private static func error(_ path: [any CodingKey], _ what: String) -> DecodingError {
        let place = MappingPath(path).description
        return .dataCorrupted(
            DecodingError.Context(
                codingPath: path,
                debugDescription: "`\(place.isEmpty ? "the mapping" : place)` \(what)"))
    }
}
