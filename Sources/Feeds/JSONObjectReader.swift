import Diagnostics
import Facts

/// Reads one JSON object (RFC 8259) of the values an event's field can have.
///
/// Foundation's reader can't tell a key written twice from one written once, nor where a fault lies, and
/// takes `1` for `true`; records about people need all three.
struct JSONObjectReader {
    /// A key's value and where both stand; null is nil.
    struct Member {
        let value: RawValue?
        let range: Range<Int>
    }

    /// Why the bytes are no such object.
    struct Problem: Error {
        let code: DiagnosticCode
        var arguments: [String] = []
        let range: Range<Int>
    }

    private let bytes: ArraySlice<UInt8>
    private var position: Int

    /// Reads from bytes that are UTF-8; offsets in problems are indices of these bytes.
    private init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        position = bytes.startIndex
    }

    /// The members of the one object that the bytes hold, by key.
    ///
    /// - Complexity: linear in the number of bytes.
    static func members(of bytes: ArraySlice<UInt8>) throws(Problem) -> [String: Member] {
        var reader = JSONObjectReader(bytes)
        reader.skipSpace()
        guard reader.take("{") else { throw reader.notAnObject() }
        let members = try reader.members()
        reader.skipSpace()
        guard reader.position == bytes.endIndex else { throw reader.notJSON() }
        return members
    }

    // MARK: Grammar

    private mutating func members() throws(Problem) -> [String: Member] {
        var members: [String: Member] = [:]
        skipSpace()
        if take("}") { return members }
        repeat {
            skipSpace()
            let start = position
            guard take("\"") else { throw notJSON() }
            let key = try string()
            let keyEnd = position
            skipSpace()
            guard take(":") else { throw notJSON() }
            skipSpace()
            let value = try value(of: key)
            guard members[key] == nil else {
                throw Problem(code: .repeatedKey, arguments: [key], range: start..<keyEnd)
            }
            members[key] = Member(value: value, range: start..<position)
            skipSpace()
        } while take(",")
        guard take("}") else { throw notJSON() }
        return members
    }

    private mutating func value(of key: String) throws(Problem) -> RawValue? {
        if take(word: "null") { return nil }
        guard take("[") else { return try scalar(of: key) }
        var values: [RawValue] = []
        skipSpace()
        if take("]") { return .list(values) }
        repeat {
            skipSpace()
            values.append(try scalar(of: key))
            skipSpace()
        } while take(",")
        guard take("]") else { throw notJSON() }
        return .list(values)
    }

    private mutating func scalar(of key: String) throws(Problem) -> RawValue {
        if take("\"") { return .text(try string()) }
        if take(word: "true") { return .boolean(true) }
        if take(word: "false") { return .boolean(false) }
        if bytes[position...].starts(with: "null".utf8) { throw unsupported(key) }
        guard let next = bytes[position...].first else { throw notJSON() }
        switch next {
        case UInt8(ascii: "{"), UInt8(ascii: "["): throw unsupported(key)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            return .integer(try number(of: key))
        default: throw notJSON()
        }
    }

    private mutating func number(of key: String) throws(Problem) -> Int64 {
        let start = position
        _ = take("-")
        let isZero = take("0")
        guard isZero || digits() > 0 else { throw notJSON() }
        var isWhole = true
        if take(".") {
            isWhole = false
            guard digits() > 0 else { throw notJSON() }
        }
        if take("e") || take("E") {
            isWhole = false
            if !take("+") { _ = take("-") }
            guard digits() > 0 else { throw notJSON() }
        }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        guard isWhole, let number = Int64(text) else {
            throw Problem(
                code: .notAWholeNumber, arguments: [key, text], range: start..<position)
        }
        return number
    }

    /// A string's content, in NFC; its opening quote has been taken.
    private mutating func string() throws(Problem) -> String {
        let start = position
        var scalars: String.UnicodeScalarView?
        while let byte = bytes[position...].first, byte >= 0x20 {
            if byte == UInt8(ascii: "\"") {
                let plain = String(decoding: bytes[start..<position], as: UTF8.self)
                position += 1
                return (scalars.map { String($0) } ?? plain).inNFC
            }
            if byte == UInt8(ascii: "\\") {
                var text =
                    scalars
                    ?? String(decoding: bytes[start..<position], as: UTF8.self).unicodeScalars
                position += 1
                text.append(try escape())
                scalars = text
            } else if scalars == nil {
                position += 1
            } else {
                let run = bytes[position...].prefix { byte in
                    byte >= 0x20 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
                }
                scalars?.append(contentsOf: String(decoding: run, as: UTF8.self).unicodeScalars)
                position += run.count
            }
        }
        throw notJSON()
    }

    private mutating func escape() throws(Problem) -> Unicode.Scalar {
        guard let byte = bytes[position...].first else { throw notJSON() }
        let plain: [UInt8: Unicode.Scalar] = [
            UInt8(ascii: "\""): "\"", UInt8(ascii: "\\"): "\\", UInt8(ascii: "/"): "/",
            UInt8(ascii: "b"): "\u{8}", UInt8(ascii: "f"): "\u{C}", UInt8(ascii: "n"): "\n",
            UInt8(ascii: "r"): "\r", UInt8(ascii: "t"): "\t",
        ]
        if let scalar = plain[byte] {
            position += 1
            return scalar
        }
        let first = try codeUnit()
        if let scalar = Unicode.Scalar(first) { return scalar }
        // Half of a surrogate pair: the other half must follow.
        guard first < 0xDC00, take("\\") else { throw notJSON() }
        let second = try codeUnit()
        guard (0xDC00...0xDFFF).contains(second),
            let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
        else { throw notJSON() }
        return scalar
    }

    /// The number that `u` and four hexadecimal digits name.
    private mutating func codeUnit() throws(Problem) -> UInt32 {
        guard take("u") else { throw notJSON() }
        var unit: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = bytes[position...].first,
                let digit = Character(Unicode.Scalar(byte)).hexDigitValue
            else { throw notJSON() }
            unit = unit << 4 | UInt32(digit)
            position += 1
        }
        return unit
    }

    // MARK: Characters

    private mutating func digits() -> Int {
        let start = position
        while let byte = bytes[position...].first, (0x30...0x39).contains(byte) { position += 1 }
        return position - start
    }

    private mutating func skipSpace() {
        while let byte = bytes[position...].first, [0x20, 0x09, 0x0A, 0x0D].contains(byte) {
            position += 1
        }
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard let byte = bytes[position...].first, UInt32(byte) == character.value else {
            return false
        }
        position += 1
        return true
    }

    private mutating func take(word: String) -> Bool {
        guard bytes[position...].starts(with: word.utf8) else { return false }
        position += word.utf8.count
        return true
    }

    private func notJSON() -> Problem {
        Problem(code: .notJSON, range: position..<min(position + 1, bytes.endIndex))
    }

    private func unsupported(_ key: String) -> Problem {
        Problem(code: .unsupportedValue, arguments: [key], range: position..<position + 1)
    }

    private func notAnObject() -> Problem {
        let isOtherValue = bytes[position...].first.map { "[\"-0123456789tfn".utf8.contains($0) }
        return isOtherValue == true
            ? Problem(code: .notAnObject, range: bytes.indices) : notJSON()
    }
}
