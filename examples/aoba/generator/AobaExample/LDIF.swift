/// Writes LDIF content records as RFC 2849 has them.
struct LDIF {
    /// The version stands alone, so that a loader that does not know it can begin after it.
    private(set) var text = "version: 1\n"

    /// Adds one entry: its name, then its attributes in the order given.
    mutating func entry(_ name: String, _ attributes: [(description: String, value: String)]) {
        text += "\n"
        line("dn", name)
        for attribute in attributes {
            line(attribute.description, attribute.value)
        }
    }

    private mutating func line(_ description: String, _ value: String) {
        let isSafe = Self.isSafe(value)
        fold(isSafe ? "\(description): \(value)" : "\(description):: \(Self.base64(value))")
    }

    /// Breaks a line, ASCII throughout, at 76 columns; what follows begins with a space.
    private mutating func fold(_ line: String) {
        var rest = Substring(line)
        text += rest.prefix(76) + "\n"
        rest = rest.dropFirst(76)
        while !rest.isEmpty {
            text += " " + rest.prefix(75) + "\n"
            rest = rest.dropFirst(75)
        }
    }

    /// Whether a value may stand as it is: a SAFE-STRING that does not end in a space.
    private static func isSafe(_ value: String) -> Bool {
        guard let first = value.utf8.first, let last = value.utf8.last else { return true }
        let isPlain = value.utf8.allSatisfy { $0 < 0x80 && $0 != 0 && $0 != 0x0A && $0 != 0x0D }
        let unsafeFirst: [UInt8] = [
            UInt8(ascii: " "), UInt8(ascii: ":"), UInt8(ascii: "<"),
        ]
        return isPlain && !unsafeFirst.contains(first) && last != UInt8(ascii: " ")
    }

    private static let alphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")

    private static func base64(_ value: String) -> String {
        let bytes = Array(value.utf8)
        var result = ""
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            var bits = 0
            for byte in group {
                bits = bits << 8 | Int(byte)
            }
            bits <<= 8 * (3 - group.count)
            for index in 0...group.count {
                result.append(alphabet[bits >> (18 - 6 * index) & 0x3F])
            }
            result += String(repeating: "=", count: 3 - group.count)
        }
        return result
    }
}
