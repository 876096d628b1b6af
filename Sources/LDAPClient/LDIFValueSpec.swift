/// A line taken apart: a name and the value it stands for.
struct LDIFValueSpec {
    let name: String
    let value: [UInt8]

    init(_ line: LDIFLine) throws(LDIFProblem) {
        func problem(_ reason: LDIFProblem.Reason) -> LDIFProblem {
            LDIFProblem(line: line.number, reason: reason)
        }
        guard let colon = line.bytes.firstIndex(of: UInt8(ascii: ":")) else {
            throw problem(.noColon)
        }
        guard let name = String(validating: line.bytes[..<colon], as: UTF8.self) else {
            throw problem(.notText)
        }
        self.name = name
        if name.lowercased() == "include" { throw problem(.include) }
        let rest = line.bytes[(colon + 1)...]
        switch rest.first {
        case UInt8(ascii: "<"): throw problem(.urlValue)
        case UInt8(ascii: ":"):
            let text = rest.dropFirst().drop { $0 == UInt8(ascii: " ") }
            guard let bytes = Base64.decode(text) else { throw problem(.badBase64) }
            value = bytes
        default:
            value = Array(rest.drop { $0 == UInt8(ascii: " ") })
            if let first = value.first, first == UInt8(ascii: ":") || first == UInt8(ascii: "<") {
                throw problem(.unsafeStart(Character(UnicodeScalar(first))))
            }
            // Half a character, or a file in another encoding, is not taken for a value.
            guard String(validating: value, as: UTF8.self) != nil else { throw problem(.notText) }
        }
    }
}
