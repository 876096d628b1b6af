/// Appends values to bytes: integers little-endian and of fixed width, lengths before what they count.
struct ByteWriter {
    private(set) var bytes: [UInt8] = []

    mutating func write(_ integer: some FixedWidthInteger) {
        for shift in stride(from: 0, to: integer.bitWidth, by: 8) {
            bytes.append(UInt8(truncatingIfNeeded: integer >> shift))
        }
    }

    mutating func write(raw: [UInt8]) { bytes += raw }
}

/// Reads what `ByteWriter` wrote, and trusts none of it.
struct ByteReader {
    private let bytes: ArraySlice<UInt8>
    private var position: Int
    /// How deep values may nest.
    private var nesting = 0
    static let deepestNesting = 32

    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        position = bytes.startIndex
    }

    var isAtEnd: Bool { position == bytes.endIndex }

    mutating func read<Number: FixedWidthInteger>(_: Number.Type) throws(ProgramFormatError)
        -> Number
    {
        var number: Number = 0
        for (place, byte) in try take(Number.bitWidth / 8).enumerated() {
            number |= Number(truncatingIfNeeded: byte) << (place * 8)
        }
        return number
    }

    mutating func take(_ count: Int) throws(ProgramFormatError) -> ArraySlice<UInt8> {
        guard count >= 0, bytes.endIndex - position >= count else {
            throw ProgramFormatError(.wrongLength)
        }
        defer { position += count }
        return bytes[position..<position + count]
    }

    /// A count of elements, each of which takes at least one byte: more than are left can't be true.
    mutating func count() throws(ProgramFormatError) -> Int {
        let count = Int(try read(UInt32.self))
        guard count <= bytes.endIndex - position else { throw ProgramFormatError(.wrongLength) }
        return count
    }

    mutating func nested<Result>(
        _ body: (inout ByteReader) throws(ProgramFormatError) -> Result
    ) throws(ProgramFormatError) -> Result {
        guard nesting < ByteReader.deepestNesting else { throw ProgramFormatError(.tooDeep) }
        nesting += 1
        let result = try body(&self)
        nesting -= 1
        return result
    }
}

/// Something with a form in bytes.
protocol ByteCodable {
    func write(to writer: inout ByteWriter)
    init(from reader: inout ByteReader) throws(ProgramFormatError)
}

extension FixedWidthInteger where Self: ByteCodable {
    func write(to writer: inout ByteWriter) { writer.write(self) }
    init(from reader: inout ByteReader) throws(ProgramFormatError) {
        self = try reader.read(Self.self)
    }
}

extension UInt8: ByteCodable {}
extension UInt16: ByteCodable {}
extension UInt32: ByteCodable {}
extension Int64: ByteCodable {}

extension Bool: ByteCodable {
    func write(to writer: inout ByteWriter) { writer.write(UInt8(self ? 1 : 0)) }
    init(from reader: inout ByteReader) throws(ProgramFormatError) {
        switch try reader.read(UInt8.self) {
        case 0: self = false
        case 1: self = true
        default: throw ProgramFormatError(.malformed)
        }
    }
}

extension String: ByteCodable {
    func write(to writer: inout ByteWriter) {
        let bytes = Array(utf8)
        writer.write(UInt32(bytes.count))
        writer.write(raw: bytes)
    }

    init(from reader: inout ByteReader) throws(ProgramFormatError) {
        let count = try reader.count()
        guard let text = String(validating: try reader.take(count), as: UTF8.self) else {
            throw ProgramFormatError(.malformed)
        }
        self = text
    }
}

extension Array: ByteCodable where Element: ByteCodable {
    func write(to writer: inout ByteWriter) {
        writer.write(UInt32(count))
        for element in self { element.write(to: &writer) }
    }

    init(from reader: inout ByteReader) throws(ProgramFormatError) {
        let count = try reader.count()
        self = []
        reserveCapacity(count)
        for _ in 0..<count { append(try Element(from: &reader)) }
    }
}

extension Optional: ByteCodable where Wrapped: ByteCodable {
    func write(to writer: inout ByteWriter) {
        (self != nil).write(to: &writer)
        self?.write(to: &writer)
    }

    init(from reader: inout ByteReader) throws(ProgramFormatError) {
        self = try Bool(from: &reader) ? try Wrapped(from: &reader) : nil
    }
}

extension Dictionary: ByteCodable where Key == String, Value: ByteCodable {
    func write(to writer: inout ByteWriter) {
        writer.write(UInt32(count))
        for (key, value) in sorted(by: { $0.key < $1.key }) {
            key.write(to: &writer)
            value.write(to: &writer)
        }
    }

    init(from reader: inout ByteReader) throws(ProgramFormatError) {
        let count = try reader.count()
        self = [:]
        for _ in 0..<count {
            let key = try String(from: &reader)
            self[key] = try Value(from: &reader)
        }
    }
}
