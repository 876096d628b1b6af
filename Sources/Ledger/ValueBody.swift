import Facts

/// An entity's id in a body: `["person","tanaka"]`.
struct EntityBody: Codable {
    let id: EntityID

    init(_ id: EntityID) { self.id = id }

    init(from decoder: any Decoder) throws {
        let parts = try [String](from: decoder)
        guard parts.count == 2 else { throw MalformedBody() }
        id = EntityID(kind: parts[0], name: parts[1])
    }

    func encode(to encoder: any Encoder) throws {
        try [id.kind.inNFC, id.name.inNFC].encode(to: encoder)
    }
}

/// A value in a body: its case and what it holds, such as `{"integer":7}`.
struct ValueBody: Codable {
    let value: Value

    init(_ value: Value) { self.value = value }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: BodyKey.self)
        guard container.allKeys.count == 1, let key = container.allKeys.first else {
            throw MalformedBody()
        }
        switch key.stringValue {
        case "boolean": value = .boolean(try container.decode(Bool.self, forKey: key))
        case "integer": value = .integer(try container.decode(Int64.self, forKey: key))
        case "text": value = .text(try container.decode(String.self, forKey: key))
        case "symbol": value = .symbol(try container.decode(String.self, forKey: key))
        case "instant":
            let seconds = try container.decode(Int64.self, forKey: key)
            value = .instant(Instant(secondsSinceEpoch: seconds))
        case "entity": value = .entity(try container.decode(EntityBody.self, forKey: key).id)
        case "set":
            let members = try container.decode([ValueBody].self, forKey: key).map(\.value)
            value = .set(of: members)
            guard value.members?.count == members.count else { throw MalformedBody() }
        default: throw MalformedBody()
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: BodyKey.self)
        switch value {
        case .boolean(let boolean): try container.encode(boolean, forKey: "boolean")
        case .integer(let number): try container.encode(number, forKey: "integer")
        case .text(let text): try container.encode(text.inNFC, forKey: "text")
        case .symbol(let name): try container.encode(name.inNFC, forKey: "symbol")
        case .instant(let instant):
            try container.encode(instant.secondsSinceEpoch, forKey: "instant")
        case .entity(let id): try container.encode(EntityBody(id), forKey: "entity")
        case .set(let members): try container.encode(members.map(ValueBody.init), forKey: "set")
        }
    }
}

/// A body is not what the ledger writes.
struct MalformedBody: Error {}

/// A key of a JSON object, whatever it is called.
struct BodyKey: CodingKey, ExpressibleByStringLiteral {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init(stringLiteral value: String) { stringValue = value }
    init?(intValue: Int) { nil }
}

extension Decoder {
    /// The object's members, if its keys are the required ones and no others but the optional.
    func strictContainer(
        required: Set<String>, optional: Set<String> = []
    ) throws -> KeyedDecodingContainer<BodyKey> {
        let container = try container(keyedBy: BodyKey.self)
        let keys = Set(container.allKeys.map(\.stringValue))
        guard keys.isSuperset(of: required), keys.isSubset(of: required.union(optional)) else {
            throw MalformedBody()
        }
        return container
    }
}
