/// A body is not what the ledger writes.
package struct MalformedBody: Error {}

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
