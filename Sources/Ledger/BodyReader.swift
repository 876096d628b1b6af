package import Facts
package import Foundation

/// Reads what `BodyWriter` writes, and nothing else but keys in another order: a key too many is damage, as is one too few.
///
/// No byte is trusted: a file can be damaged in ways SQLite doesn't notice.
package struct BodyReader {
    /// How deep sets may lie in sets; what facts hold are sets of plain values.
    private static let mostLevels = 8

    private let bytes: [UInt8]
    private var place = 0

    package init(_ body: Data) { bytes = [UInt8](body) }

    /// The body of an event.
    package mutating func event(id: String, effective: Instant) throws(MalformedBody) -> Event {
        var name: String?
        var fields: [String: Value]?
        try object { key, reader throws(MalformedBody) in
            switch key {
            case "name": name = try reader.text()
            case "fields": fields = try reader.values()
            default: throw MalformedBody()
            }
        }
        guard let name, let fields else { throw MalformedBody() }
        try end()
        return Event(id: id, name: name, effective: effective, fields: fields)
    }

    /// The body of what a source states.
    package mutating func observation(effective: Instant) throws(MalformedBody) -> Observation {
        var entity: EntityID?
        var kind: String?
        var owner: EntityID?
        var attributes: [String: Value]?
        try object { key, reader throws(MalformedBody) in
            switch key {
            case "entity": entity = try reader.entity()
            case "kind": kind = try reader.text()
            case "owner": owner = try reader.entity()
            case "attributes": attributes = try reader.values()
            default: throw MalformedBody()
            }
        }
        guard let entity, let kind else { throw MalformedBody() }
        try end()
        return Observation(
            entity: entity, kind: kind, owner: owner, attributes: attributes, effective: effective)
    }

    /// The body of a correction: the id of the event it voids.
    package mutating func voidedID() throws(MalformedBody) -> String {
        var id: String?
        try object { key, reader throws(MalformedBody) in
            guard key == "voids" else { throw MalformedBody() }
            id = try reader.text()
        }
        guard let id else { throw MalformedBody() }
        try end()
        return id
    }

    /// The body of a reading, which has nothing in it.
    package mutating func nothing() throws(MalformedBody) {
        try object { _, _ throws(MalformedBody) in throw MalformedBody() }
        try end()
    }

    // MARK: Values

    private mutating func values() throws(MalformedBody) -> [String: Value] {
        var values: [String: Value] = [:]
        try object { key, reader throws(MalformedBody) in
            values[key] = try reader.value(level: 0)
        }
        return values
    }

    private mutating func value(level: Int) throws(MalformedBody) -> Value {
        guard level < BodyReader.mostLevels else { throw MalformedBody() }
        var value: Value?
        try object { key, reader throws(MalformedBody) in
            guard value == nil else { throw MalformedBody() }
            switch key {
            case "boolean": value = .boolean(try reader.boolean())
            case "integer": value = .integer(try reader.number())
            case "text": value = .text(try reader.text())
            case "symbol": value = .symbol(try reader.text())
            case "instant": value = .instant(Instant(secondsSinceEpoch: try reader.number()))
            case "entity": value = .entity(try reader.entity())
            case "set":
                var members: [Value] = []
                try reader.array { reader throws(MalformedBody) in
                    members.append(try reader.value(level: level + 1))
                }
                let set = Value.set(of: members)
                guard set.members?.count == members.count else { throw MalformedBody() }
                value = set
            default: throw MalformedBody()
            }
        }
        guard let value else { throw MalformedBody() }
        return value
    }

    private mutating func entity() throws(MalformedBody) -> EntityID {
        try expect(UInt8(ascii: "["))
        let kind = try text()
        try expect(UInt8(ascii: ","))
        let name = try text()
        try expect(UInt8(ascii: "]"))
        return EntityID(kind: kind, name: name)
    }

    // MARK: JSON

    private mutating func object(
        _ member: (String, inout BodyReader) throws(MalformedBody) -> Void
    ) throws(MalformedBody) {
        try expect(UInt8(ascii: "{"))
        if take(UInt8(ascii: "}")) { return }
        var keys: [String] = []
        repeat {
            let key = try text()
            guard !keys.contains(key) else { throw MalformedBody() }
            keys.append(key)
            try expect(UInt8(ascii: ":"))
            try member(key, &self)
        } while take(UInt8(ascii: ","))
        try expect(UInt8(ascii: "}"))
    }

    private mutating func array(
        _ element: (inout BodyReader) throws(MalformedBody) -> Void
    ) throws(MalformedBody) {
        try expect(UInt8(ascii: "["))
        if take(UInt8(ascii: "]")) { return }
        repeat { try element(&self) } while take(UInt8(ascii: ","))
        try expect(UInt8(ascii: "]"))
    }

    private mutating func boolean() throws(MalformedBody) -> Bool {
        for (word, value) in [("true", true), ("false", false)]
        where bytes[place...].starts(with: word.utf8) {
            place += word.utf8.count
            return value
        }
        throw MalformedBody()
    }

    private mutating func number() throws(MalformedBody) -> Int64 {
        let start = place
        _ = take(UInt8(ascii: "-"))
        let digits = place
        while place < bytes.count, bytes[place] >= 0x30, bytes[place] <= 0x39 { place += 1 }
        // As it is written: no zero before other digits, and none that is negative.
        let isWritten =
            place > digits && (bytes[digits] != 0x30 || (place - digits == 1 && digits == start))
        guard isWritten, let number = Int64(String(decoding: bytes[start..<place], as: UTF8.self))
        else { throw MalformedBody() }
        return number
    }

    private mutating func text() throws(MalformedBody) -> String {
        try expect(UInt8(ascii: #"""#))
        let start = place
        while place < bytes.count {
            switch bytes[place] {
            case UInt8(ascii: #"""#):
                place += 1
                return try text(of: bytes[start..<place - 1])
            case UInt8(ascii: #"\"#): return try escapedText(from: start)
            case ..<0x20: throw MalformedBody()
            default: place += 1
            }
        }
        throw MalformedBody()
    }

    /// A text with escapes in it, of which the first is here.
    private mutating func escapedText(from start: Int) throws(MalformedBody) -> String {
        var found = Array(bytes[start..<place])
        while place < bytes.count {
            let byte = bytes[place]
            place += 1
            switch byte {
            case UInt8(ascii: #"""#): return try text(of: found[...])
            case UInt8(ascii: #"\"#): found.append(try escaped())
            case ..<0x20: throw MalformedBody()
            default: found.append(byte)
            }
        }
        throw MalformedBody()
    }

    /// What stands after a backslash: only what has to be escaped is.
    private mutating func escaped() throws(MalformedBody) -> UInt8 {
        guard place < bytes.count else { throw MalformedBody() }
        let sign = bytes[place]
        place += 1
        switch sign {
        case UInt8(ascii: #"""#), UInt8(ascii: #"\"#): return sign
        case UInt8(ascii: "b"): return 0x08
        case UInt8(ascii: "t"): return 0x09
        case UInt8(ascii: "n"): return 0x0A
        case UInt8(ascii: "f"): return 0x0C
        case UInt8(ascii: "r"): return 0x0D
        case UInt8(ascii: "u"):
            guard place + 4 <= bytes.count,
                let code = UInt8(
                    String(decoding: bytes[place..<place + 4], as: UTF8.self), radix: 16),
                code < 0x20
            else { throw MalformedBody() }
            place += 4
            return code
        default: throw MalformedBody()
        }
    }

    private func text(of utf8: ArraySlice<UInt8>) throws(MalformedBody) -> String {
        guard let text = String(validating: utf8, as: UTF8.self) else { throw MalformedBody() }
        return text
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard place < bytes.count, bytes[place] == byte else { return false }
        place += 1
        return true
    }

    private mutating func expect(_ byte: UInt8) throws(MalformedBody) {
        guard take(byte) else { throw MalformedBody() }
    }

    private func end() throws(MalformedBody) {
        guard place == bytes.count else { throw MalformedBody() }
    }
}
