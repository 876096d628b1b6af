extension LDAPFilter: CustomStringConvertible {
    /// The filter as RFC 4515 writes it.
    package var description: String {
        var bytes: [UInt8] = []
        write(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    private func write(to out: inout [UInt8]) {
        out.append(UInt8(ascii: "("))
        switch self {
        case .and(let parts):
            out.append(UInt8(ascii: "&"))
            for part in parts { part.write(to: &out) }
        case .or(let parts):
            out.append(UInt8(ascii: "|"))
            for part in parts { part.write(to: &out) }
        case .not(let part):
            out.append(UInt8(ascii: "!"))
            part.write(to: &out)
        case .present(let name): out += Array("\(name)=*".utf8)
        case .equal(let name, let value): Self.write(name, "=", value, to: &out)
        case .greaterOrEqual(let name, let value): Self.write(name, ">=", value, to: &out)
        case .lessOrEqual(let name, let value): Self.write(name, "<=", value, to: &out)
        case .approximate(let name, let value): Self.write(name, "~=", value, to: &out)
        case .substrings(let name, let initial, let any, let final):
            out += Array("\(name)=".utf8)
            initial?.writeEscaped(to: &out)
            out.append(UInt8(ascii: "*"))
            for part in any {
                part.writeEscaped(to: &out)
                out.append(UInt8(ascii: "*"))
            }
            final?.writeEscaped(to: &out)
        case .extensible(let name, let dn, let rule, let value):
            let head = (name?.description ?? "") + (dn ? ":dn" : "")
            out += Array((head + (rule.map { ":\($0)" } ?? "") + ":=").utf8)
            value.writeEscaped(to: &out)
        }
        out.append(UInt8(ascii: ")"))
    }

    private static func write(
        _ name: AttributeDescription, _ relation: String, _ value: AssertionValue,
        to out: inout [UInt8]
    ) {
        out += Array("\(name)\(relation)".utf8)
        value.writeEscaped(to: &out)
    }
}

extension AssertionValue {
    /// Writes the bytes so that none has a meaning in a filter.
    ///
    /// Text in other scripts stays readable; bytes that are no text are all escaped.
    func writeEscaped(to out: inout [UInt8]) {
        let isText = String(validating: bytes, as: UTF8.self) != nil
        for byte in bytes {
            switch byte {
            case 0..<0x20, 0x7F, UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "*"),
                UInt8(ascii: "\\"):
                Hex.write(byte, to: &out)
            case 0x80...: if isText { out.append(byte) } else { Hex.write(byte, to: &out) }
            default: out.append(byte)
            }
        }
    }
}

/// Bytes as pairs of hexadecimal digits.
enum Hex {
    private static let digits = Array("0123456789abcdef".utf8)

    /// Writes a backslash and two digits.
    static func write(_ byte: UInt8, to out: inout [UInt8]) {
        out += [UInt8(ascii: "\\"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }

    /// The value of one digit.
    static func value(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x41 + 10
        case 0x61...0x66: byte - 0x61 + 10
        default: nil
        }
    }
}
