extension JSONTree {
    /// Reads JSON text.
    ///
    /// - Throws: at which byte it is no JSON, or none that a tree can hold.
    package init(text: String) throws(ASTProblem) {
        var reader = JSONTextReader(bytes: Array(text.utf8))
        self = try reader.whole()
    }
}

/// Reads JSON (RFC 8259), without null and fractions.
private struct JSONTextReader {
    /// How many objects and lists may lie inside each other.
    private static let deepest = 4_000

    let bytes: [UInt8]
    private var position = 0
    private var depth = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    mutating func whole() throws(ASTProblem) -> JSONTree {
        let tree = try value()
        skipSpaces()
        guard position == bytes.count else { throw problem("the end") }
        return tree
    }

    private func problem(_ expected: String) -> ASTProblem {
        ASTProblem(path: "byte \(position)", expected: expected)
    }

    // MARK: Values

    private mutating func value() throws(ASTProblem) -> JSONTree {
        skipSpaces()
        switch current {
        case UInt8(ascii: "{"): return try nested { (r) throws(ASTProblem) in try r.object() }
        case UInt8(ascii: "["): return try nested { (r) throws(ASTProblem) in try r.list() }
        case UInt8(ascii: "\""): return .text(try string())
        case UInt8(ascii: "t"): return try word("true", .boolean(true))
        case UInt8(ascii: "f"): return try word("false", .boolean(false))
        default: return .integer(try integer())
        }
    }

    private mutating func nested(
        _ body: (inout JSONTextReader) throws(ASTProblem) -> JSONTree
    ) throws(ASTProblem) -> JSONTree {
        depth += 1
        defer { depth -= 1 }
        guard depth <= JSONTextReader.deepest else { throw problem("less inside each other") }
        position += 1
        return try body(&self)
    }

    private mutating func object() throws(ASTProblem) -> JSONTree {
        var members: [String: JSONTree] = [:]
        if take("}") { return .object(members) }
        repeat {
            skipSpaces()
            let key = try string()
            guard take(":") else { throw problem("a colon") }
            guard members.updateValue(try value(), forKey: key) == nil else {
                throw problem("\(key) once")
            }
        } while take(",")
        guard take("}") else { throw problem("a comma or the object's end") }
        return .object(members)
    }

    private mutating func list() throws(ASTProblem) -> JSONTree {
        var elements: [JSONTree] = []
        if take("]") { return .list(elements) }
        repeat { elements.append(try value()) } while take(",")
        guard take("]") else { throw problem("a comma or the list's end") }
        return .list(elements)
    }

    private mutating func word(_ word: String, _ tree: JSONTree) throws(ASTProblem) -> JSONTree {
        guard bytes[position...].starts(with: word.utf8) else { throw problem("a value") }
        position += word.utf8.count
        return tree
    }

    private mutating func integer() throws(ASTProblem) -> Int64 {
        let digits = bytes[position...].prefix { $0 == UInt8(ascii: "-") || isDigit($0) }
        let text = String(decoding: digits, as: UTF8.self)
        let after = position + digits.count
        let goesOn = after < bytes.count && [0x2E, 0x45, 0x65].contains(bytes[after])
        guard let integer = Int64(text), String(integer) == text, !goesOn else {
            throw problem("a value: text, a whole number, true, false, an object or a list")
        }
        position = after
        return integer
    }

    // MARK: Text

    private mutating func string() throws(ASTProblem) -> String {
        guard current == UInt8(ascii: "\"") else { throw problem("text") }
        position += 1
        var text: [UInt8] = []
        while let byte = current, byte != UInt8(ascii: "\"") {
            guard byte >= 0x20 else { throw problem("no control character in text") }
            position += 1
            if byte == UInt8(ascii: "\\") {
                text += try escaped()
            } else {
                text.append(byte)
            }
        }
        guard current != nil else { throw problem("the text's end") }
        position += 1
        return String(decoding: text, as: UTF8.self)
    }

    private mutating func escaped() throws(ASTProblem) -> [UInt8] {
        let letter = current
        position += 1
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [letter ?? 0]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0C]
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "u"):
            var units = [try hexadecimal()]
            if UTF16.isLeadSurrogate(units[0]), bytes[position...].starts(with: "\\u".utf8) {
                position += 2
                units.append(try hexadecimal())
            }
            guard let text = String(validating: units, as: UTF16.self) else {
                throw problem("a character")
            }
            return Array(text.utf8)
        default: throw problem("an escape")
        }
    }

    private mutating func hexadecimal() throws(ASTProblem) -> UInt16 {
        let digits = String(decoding: bytes[position...].prefix(4), as: UTF8.self)
        guard digits.utf8.count == 4, digits.allSatisfy(\.isHexDigit),
            let unit = UInt16(digits, radix: 16)
        else { throw problem("four hexadecimal digits") }
        position += 4
        return unit
    }

    // MARK: Bytes

    private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

    private func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    private mutating func skipSpaces() {
        while let byte = current, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { position += 1 }
    }

    private mutating func take(_ sign: Character) -> Bool {
        skipSpaces()
        guard let byte = current, byte == sign.asciiValue else { return false }
        position += 1
        return true
    }
}
