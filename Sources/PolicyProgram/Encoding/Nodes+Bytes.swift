import Facts

/// Operands and conditions are written as a tag and up to four numbers.
extension ByteWriter {
    fileprivate mutating func write(tag: UInt8, _ numbers: UInt32...) {
        write(tag)
        for number in numbers { write(number) }
    }
}

extension ByteReader {
    fileprivate mutating func number() throws(ProgramFormatError) -> UInt32 {
        try read(UInt32.self)
    }

    fileprivate mutating func small() throws(ProgramFormatError) -> UInt16 {
        try read(UInt16.self)
    }
}

extension OperandNode: ByteCodable {
    func write(to writer: inout ByteWriter) {
        switch self {
        case .subject: writer.write(tag: 0)
        case .resource: writer.write(tag: 1)
        case .slot(let slot): writer.write(tag: 2, slot)
        case .constant(let constant): writer.write(tag: 3, constant)
        case .column(let column, let base): writer.write(tag: 4, column, base)
        case .context(let context): writer.write(tag: 5, context)
        case .list(let list): writer.write(tag: 6, list)
        case .lookup(let table, let key): writer.write(tag: 7, table, key)
        case .began(let base): writer.write(tag: 8, base)
        case .ends(let base): writer.write(tag: 9, base)
        }
    }

    init(from reader: inout ByteReader) throws(ProgramFormatError) {
        switch try reader.read(UInt8.self) {
        case 0: self = .subject
        case 1: self = .resource
        case 2: self = .slot(try reader.number())
        case 3: self = .constant(try reader.number())
        case 4:
            let column = try reader.number()
            self = .column(column, of: try reader.number())
        case 5: self = .context(try reader.number())
        case 6: self = .list(try reader.number())
        case 7:
            let table = try reader.number()
            self = .lookup(table: table, of: try reader.number())
        case 8: self = .began(try reader.number())
        case 9: self = .ends(try reader.number())
        default: throw ProgramFormatError(.malformed)
        }
    }
}

extension Node: ByteCodable {
    func write(to writer: inout ByteWriter) {
        switch self {
        case .constant(let boolean): writer.write(tag: 0, boolean ? 1 : 0)
        case .not(let child): writer.write(tag: 1, child)
        case .and(let start, let count): writer.write(tag: 2, start, count)
        case .or(let start, let count): writer.write(tag: 3, start, count)
        case .compare(let comparison, let left, let right):
            writer.write(tag: 4, UInt32(comparison.rawValue), left, right)
        case .member(let left, let right): writer.write(tag: 5, left, right)
        case .overlap(let left, let right): writer.write(tag: 6, left, right)
        case .superset(let left, let right): writer.write(tag: 7, left, right)
        case .below(let left, let right, let column): writer.write(tag: 8, left, right, column)
        case .flag(let operand): writer.write(tag: 9, operand)
        case .quantified(let place): writer.write(tag: 10, place)
        case .has(let operand): writer.write(tag: 12, operand)
        case .inForce(let operand): writer.write(tag: 13, operand)
        case .isKind(let operand, let kind): writer.write(tag: 14, operand, kind)
        case .moment(let moment): writer.write(tag: 15, moment)
        case .may(let action): writer.write(tag: 16, action)
        case .passed(let check, let child): writer.write(tag: 17, check, child)
        case .reached(let operand): writer.write(tag: 18, operand)
        case .elapsed(let place): writer.write(tag: 19, place)
        case .during(let place): writer.write(tag: 20, place)
        case .at(let operand, let child): writer.write(tag: 21, operand, child)
        case .held(let child, let period): writer.write(tag: 22, child, period)
        }
    }

    init(from reader: inout ByteReader) throws(ProgramFormatError) {
        let tag = try reader.read(UInt8.self)
        let first = try reader.number()
        switch tag {
        case 0: self = .constant(first == 1)
        case 1: self = .not(first)
        case 2: self = .and(start: first, count: try reader.number())
        case 3: self = .or(start: first, count: try reader.number())
        case 4:
            guard let comparison = UInt8(exactly: first).flatMap(Comparison.init(rawValue:)) else {
                throw ProgramFormatError(.malformed)
            }
            let left = try reader.number()
            self = .compare(comparison, left, try reader.number())
        case 5: self = .member(first, of: try reader.number())
        case 6: self = .overlap(first, try reader.number())
        case 7: self = .superset(first, try reader.number())
        case 8:
            let right = try reader.number()
            self = .below(first, right, column: try reader.number())
        case 9: self = .flag(first)
        case 10: self = .quantified(first)
        case 12: self = .has(first)
        case 13: self = .inForce(first)
        case 14: self = .isKind(first, try reader.number())
        case 15: self = .moment(first)
        case 16: self = .may(first)
        case 17: self = .passed(check: first, try reader.number())
        case 18: self = .reached(first)
        case 19: self = .elapsed(first)
        case 20: self = .during(first)
        case 21: self = .at(first, try reader.number())
        case 22: self = .held(first, try reader.number())
        default: throw ProgramFormatError(.malformed)
        }
    }
}

extension MomentNode: ByteCodable {
    func write(to writer: inout ByteWriter) {
        owner.write(to: &writer)
        kind.write(to: &writer)
        column.write(to: &writer)
        argument.write(to: &writer)
        hierarchyColumn.write(to: &writer)
        event.write(to: &writer)
        whileKind.write(to: &writer)
        period.write(to: &writer)
    }
    init(from reader: inout ByteReader) throws(ProgramFormatError) {
        let owner = try UInt32(from: &reader)
        let kind = try UInt16(from: &reader)
        let column = try UInt32(from: &reader)
        let argument = try UInt32(from: &reader)
        let hierarchyColumn = try UInt32(from: &reader)
        let event = try UInt32(from: &reader)
        let whileKind = try UInt16(from: &reader)
        self.init(
            owner: owner, kind: kind, column: column, argument: argument,
            hierarchyColumn: hierarchyColumn, event: event, whileKind: whileKind,
            period: try Period(from: &reader))
    }
}

extension DomainNode: ByteCodable {
    func write(to writer: inout ByteWriter) {
        switch self {
        case .records(let kind, let owner): writer.write(tag: 0, UInt32(kind), owner)
        case .members(let set): writer.write(tag: 1, set)
        case .chain(let lowest, let column): writer.write(tag: 2, lowest, column)
        }
    }
    init(from reader: inout ByteReader) throws(ProgramFormatError) {
        let tag = try reader.read(UInt8.self)
        let first = try reader.number()
        switch tag {
        case 0:
            guard let kind = UInt16(exactly: first) else { throw ProgramFormatError(.malformed) }
            self = .records(kind: kind, owner: try reader.number())
        case 1: self = .members(first)
        case 2: self = .chain(first, column: try reader.number())
        default: throw ProgramFormatError(.malformed)
        }
    }
}

extension QuantifierNode: ByteCodable {
    func write(to writer: inout ByteWriter) {
        switch quantifier {
        case .some: writer.write(tag: 0, 0)
        case .every: writer.write(tag: 1, 0)
        case .atLeast(let count): writer.write(tag: 2, count)
        }
        domain.write(to: &writer)
        slot.write(to: &writer)
        condition.write(to: &writer)
    }
    init(from reader: inout ByteReader) throws(ProgramFormatError) {
        let tag = try reader.read(UInt8.self)
        let count = try reader.number()
        let quantifier: Quantifier
        switch tag {
        case 0: quantifier = .some
        case 1: quantifier = .every
        case 2: quantifier = .atLeast(count)
        default: throw ProgramFormatError(.malformed)
        }
        let domain = try DomainNode(from: &reader)
        let slot = try reader.small()
        self.init(
            quantifier: quantifier, domain: domain, slot: slot, condition: try reader.number())
    }
}

extension ElapsedNode: ByteCodable {
    func write(to writer: inout ByteWriter) {
        instant.write(to: &writer)
        period.write(to: &writer)
        beginning.write(to: &writer)
        isOver.write(to: &writer)
    }
    init(from reader: inout ByteReader) throws(ProgramFormatError) {
        let instant = try UInt32?(from: &reader)
        let period = try Period(from: &reader)
        let beginning = try reader.number()
        self.init(
            instant: instant, period: period, beginning: beginning,
            isOver: try Bool(from: &reader))
    }
}

extension WindowNode: ByteCodable {
    func write(to writer: inout ByteWriter) {
        switch self {
        case .clock(let hours):
            writer.write(tag: 0, UInt32(clamping: hours.from), UInt32(clamping: hours.until))
        case .calendar(let place): writer.write(tag: 1, place)
        }
    }
    init(from reader: inout ByteReader) throws(ProgramFormatError) {
        switch try reader.read(UInt8.self) {
        case 0:
            let from = try reader.number()
            self = .clock(DailyHours(from: Int(from), until: Int(try reader.number())))
        case 1: self = .calendar(try reader.number())
        default: throw ProgramFormatError(.malformed)
        }
    }
}
