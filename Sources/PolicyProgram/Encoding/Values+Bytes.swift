import Facts

extension Instant: ByteCodable {
    func write(to writer: inout ByteWriter) { writer.write(secondsSinceEpoch) }
    init(from reader: inout ByteReader) throws(ProgramFormatError) {
        self.init(secondsSinceEpoch: try reader.read(Int64.self))
    }
}

extension EntityID: ByteCodable {
    func write(to writer: inout ByteWriter) {
        kind.write(to: &writer)
        name.write(to: &writer)
    }
    init(from reader: inout ByteReader) throws(ProgramFormatError) {
        let kind = try String(from: &reader)
        self.init(kind: kind, name: try String(from: &reader))
    }
}

extension Value: ByteCodable {
    func write(to writer: inout ByteWriter) {
        switch self {
        case .boolean(let boolean):
            writer.write(UInt8(0))
            boolean.write(to: &writer)
        case .integer(let number):
            writer.write(UInt8(1))
            writer.write(number)
        case .text(let text):
            writer.write(UInt8(2))
            text.write(to: &writer)
        case .symbol(let name):
            writer.write(UInt8(3))
            name.write(to: &writer)
        case .instant(let instant):
            writer.write(UInt8(4))
            instant.write(to: &writer)
        case .entity(let id):
            writer.write(UInt8(5))
            id.write(to: &writer)
        case .set(let members):
            writer.write(UInt8(6))
            members.write(to: &writer)
        }
    }

    init(from reader: inout ByteReader) throws(ProgramFormatError) {
        switch try reader.read(UInt8.self) {
        case 0: self = .boolean(try Bool(from: &reader))
        case 1: self = .integer(try reader.read(Int64.self))
        case 2: self = .text(try String(from: &reader))
        case 3: self = .symbol(try String(from: &reader))
        case 4: self = .instant(try Instant(from: &reader))
        case 5: self = .entity(try EntityID(from: &reader))
        case 6:
            self = try reader.nested { (reader) throws(ProgramFormatError) in
                .set(of: try [Value](from: &reader))
            }
        default: throw ProgramFormatError(.malformed)
        }
    }
}

extension ValueType: ByteCodable {
    func write(to writer: inout ByteWriter) {
        switch self {
        case .boolean: writer.write(UInt8(0))
        case .integer: writer.write(UInt8(1))
        case .text: writer.write(UInt8(2))
        case .instant: writer.write(UInt8(3))
        case .lastDay: writer.write(UInt8(4))
        case .enumeration(let name):
            writer.write(UInt8(5))
            name.write(to: &writer)
        case .entity(let name):
            writer.write(UInt8(6))
            name.write(to: &writer)
        case .set(let member):
            writer.write(UInt8(7))
            member.write(to: &writer)
        case .date: writer.write(UInt8(8))
        }
    }

    init(from reader: inout ByteReader) throws(ProgramFormatError) {
        switch try reader.read(UInt8.self) {
        case 0: self = .boolean
        case 1: self = .integer
        case 2: self = .text
        case 3: self = .instant
        case 4: self = .lastDay
        case 5: self = .enumeration(try String(from: &reader))
        case 6: self = .entity(try String(from: &reader))
        case 7:
            self = try reader.nested { (reader) throws(ProgramFormatError) in
                .set(of: try ValueType(from: &reader))
            }
        case 8: self = .date
        default: throw ProgramFormatError(.malformed)
        }
    }
}

extension Interval: ByteCodable {
    func write(to writer: inout ByteWriter) {
        from.write(to: &writer)
        until.write(to: &writer)
    }
    init(from reader: inout ByteReader) throws(ProgramFormatError) {
        let from = try Instant(from: &reader)
        self.init(from: from, until: try Instant(from: &reader))
    }
}

extension Period: ByteCodable {
    func write(to writer: inout ByteWriter) {
        writer.write(UInt32(count))
        writer.write(UInt8(Unit.allCases.firstIndex(of: unit) ?? 0))
    }

    init(from reader: inout ByteReader) throws(ProgramFormatError) {
        let count = Int(try reader.read(UInt32.self))
        let unit = Int(try reader.read(UInt8.self))
        guard unit < Unit.allCases.count,
            let period = Period(count: count, unit: Unit.allCases[unit])
        else { throw ProgramFormatError(.malformed) }
        self = period
    }
}

extension ZoneTable.Transition: ByteCodable {
    func write(to writer: inout ByteWriter) {
        instant.write(to: &writer)
        writer.write(offsetSeconds)
    }
    init(from reader: inout ByteReader) throws(ProgramFormatError) {
        let instant = try Instant(from: &reader)
        let offset = try reader.read(Int64.self)
        // INVARIANT: an offset stays within a day of UTC; the zone's arithmetic rests on it.
        guard abs(offset) < 86_400 else { throw ProgramFormatError(.malformed) }
        self.init(instant: instant, offsetSeconds: offset)
    }
}

extension ZoneTable: ByteCodable {
    func write(to writer: inout ByteWriter) {
        name.write(to: &writer)
        writer.write(initialOffsetSeconds)
        transitions.write(to: &writer)
    }
    init(from reader: inout ByteReader) throws(ProgramFormatError) {
        let name = try String(from: &reader)
        let offset = try reader.read(Int64.self)
        guard abs(offset) < 86_400 else { throw ProgramFormatError(.malformed) }
        self.init(
            name: name, initialOffsetSeconds: offset,
            transitions: try [Transition](from: &reader))
    }
}
