import Facts

extension ProgramObligation.Parameter: ByteCodable {
    func write(to writer: inout ByteWriter) {
        name.write(to: &writer)
        value.write(to: &writer)
        type.write(to: &writer)
    }
    init(from reader: inout ByteReader) throws(ProgramFormatError) {
        let name = try String(from: &reader)
        let value = try UInt32(from: &reader)
        self.init(name: name, value: value, type: try ValueType(from: &reader))
    }
}

extension ProgramObligation: ByteCodable {
    func write(to writer: inout ByteWriter) {
        name.write(to: &writer)
        parameters.write(to: &writer)
    }
    init(from reader: inout ByteReader) throws(ProgramFormatError) {
        let name = try String(from: &reader)
        self.init(name: name, parameters: try [Parameter](from: &reader))
    }
}

extension ProgramExtent: ByteCodable {
    func write(to writer: inout ByteWriter) {
        action.write(to: &writer)
        isEvery.write(to: &writer)
        head.write(to: &writer)
    }
    init(from reader: inout ByteReader) throws(ProgramFormatError) {
        let action = try UInt32(from: &reader)
        let isEvery = try Bool(from: &reader)
        self.init(action: action, isEvery: isEvery, head: try NodeIndex(from: &reader))
    }
}

extension ProgramWhy: ByteCodable {
    func write(to writer: inout ByteWriter) {
        because.write(to: &writer)
        cites.write(to: &writer)
        text.write(to: &writer)
    }
    init(from reader: inout ByteReader) throws(ProgramFormatError) {
        let because = try [String: String](from: &reader)
        let cites = try [String](from: &reader)
        self.init(because: because, cites: cites, text: try String(from: &reader))
    }
}

extension ProgramLimit: ByteCodable {
    func write(to writer: inout ByteWriter) {
        name.write(to: &writer)
        writer.write(Int64(most))
        extent.write(to: &writer)
        group.write(to: &writer)
        why.write(to: &writer)
    }
    init(from reader: inout ByteReader) throws(ProgramFormatError) {
        let name = try String(from: &reader)
        let most = Int(try reader.read(Int64.self))
        let extent = try ProgramExtent(from: &reader)
        let group = try UInt32?(from: &reader)
        self.init(
            name: name, most: most, extent: extent, group: group,
            why: try ProgramWhy(from: &reader))
    }
}

extension ProgramDuty.Object: ByteCodable {
    func write(to writer: inout ByteWriter) {
        switch self {
        case .one(let operand):
            writer.write(UInt8(0))
            operand.write(to: &writer)
        case .each(let domain, let slot, let value):
            writer.write(UInt8(1))
            domain.write(to: &writer)
            slot.write(to: &writer)
            value.write(to: &writer)
        }
    }
    init(from reader: inout ByteReader) throws(ProgramFormatError) {
        switch try reader.read(UInt8.self) {
        case 0: self = .one(try UInt32(from: &reader))
        case 1:
            let domain = try DomainNode(from: &reader)
            let slot = try UInt16(from: &reader)
            self = .each(domain, slot: slot, try UInt32(from: &reader))
        default: throw ProgramFormatError(.malformed)
        }
    }
}

extension ProgramDuty: ByteCodable {
    func write(to writer: inout ByteWriter) {
        event.write(to: &writer)
        fields.write(to: &writer)
        verb.write(to: &writer)
        object.write(to: &writer)
        byField.write(to: &writer)
        when.write(to: &writer)
        why.write(to: &writer)
    }
    init(from reader: inout ByteReader) throws(ProgramFormatError) {
        let event = try UInt32(from: &reader)
        let fields = try [String: UInt32](from: &reader)
        let verb = try String(from: &reader)
        let object = try Object(from: &reader)
        let byField = try String?(from: &reader)
        let when = try NodeIndex(from: &reader)
        self.init(
            event: event, fields: fields, verb: verb, object: object, byField: byField,
            when: when, why: try ProgramWhy(from: &reader))
    }
}

extension ProgramEntitlement: ByteCodable {
    func write(to writer: inout ByteWriter) {
        group.write(to: &writer)
        extent.write(to: &writer)
        assuming.write(to: &writer)
        reveals.write(to: &writer)
        approval.write(to: &writer)
        why.write(to: &writer)
    }
    init(from reader: inout ByteReader) throws(ProgramFormatError) {
        let group = try String(from: &reader)
        let extent = try ProgramExtent(from: &reader)
        let assuming = try [String: Value](from: &reader)
        let reveals = try [String](from: &reader)
        let approval = try ProgramApproval?(from: &reader)
        self.init(
            group: group, extent: extent, assuming: assuming, reveals: reveals, approval: approval,
            why: try ProgramWhy(from: &reader))
    }
}

extension ProgramApproval: ByteCodable {
    func write(to writer: inout ByteWriter) {
        Int64(count).write(to: &writer)
        action.write(to: &writer)
    }
    init(from reader: inout ByteReader) throws(ProgramFormatError) {
        let count = try Int64(from: &reader)
        self.init(count: Int(count), action: try UInt32(from: &reader))
    }
}
