import Facts

extension EventDeclaration.Field: ByteCodable {
    func write(to writer: inout ByteWriter) {
        name.write(to: &writer)
        type.write(to: &writer)
        isOptional.write(to: &writer)
    }
    init(from reader: inout ByteReader) throws(ProgramFormatError) {
        let name = try String(from: &reader)
        let type = try ValueType(from: &reader)
        self.init(name: name, type: type, isOptional: try Bool(from: &reader))
    }
}

extension EventDeclaration: ByteCodable {
    func write(to writer: inout ByteWriter) {
        name.write(to: &writer)
        label.write(to: &writer)
        command.write(to: &writer)
        fields.write(to: &writer)
        effects.write(to: &writer)
        phrases.write(to: &writer)
    }
    init(from reader: inout ByteReader) throws(ProgramFormatError) {
        let name = try String(from: &reader)
        let label = try String(from: &reader)
        let command = try String(from: &reader)
        let fields = try NameTable<Field>(from: &reader)
        let effects = try [Effect](from: &reader)
        self.init(
            name: name, label: label, command: command, fields: fields, effects: effects,
            phrases: try [Phrase](from: &reader))
    }
}

extension Effect.Operand: ByteCodable {
    func write(to writer: inout ByteWriter) {
        switch self {
        case .field(let name):
            writer.write(UInt8(0))
            name.write(to: &writer)
        case .constant(let value):
            writer.write(UInt8(1))
            value.write(to: &writer)
        case .current(let kind, let ownerField):
            writer.write(UInt8(2))
            kind.write(to: &writer)
            ownerField.write(to: &writer)
        }
    }
    init(from reader: inout ByteReader) throws(ProgramFormatError) {
        switch try reader.read(UInt8.self) {
        case 0: self = .field(try String(from: &reader))
        case 1: self = .constant(try Value(from: &reader))
        case 2:
            let kind = try String(from: &reader)
            self = .current(kind: kind, ownerField: try String(from: &reader))
        default: throw ProgramFormatError(.malformed)
        }
    }
}

extension Effect.Assignment: ByteCodable {
    func write(to writer: inout ByteWriter) {
        attribute.write(to: &writer)
        operand.write(to: &writer)
    }
    init(from reader: inout ByteReader) throws(ProgramFormatError) {
        let attribute = try String(from: &reader)
        self.init(attribute: attribute, operand: try Effect.Operand(from: &reader))
    }
}

extension Effect.End: ByteCodable {
    func write(to writer: inout ByteWriter) {
        switch self {
        case .field(let name):
            writer.write(UInt8(0))
            name.write(to: &writer)
        case .lastsOfCheck(let field):
            writer.write(UInt8(1))
            field.write(to: &writer)
        }
    }
    init(from reader: inout ByteReader) throws(ProgramFormatError) {
        switch try reader.read(UInt8.self) {
        case 0: self = .field(try String(from: &reader))
        case 1: self = .lastsOfCheck(field: try String(from: &reader))
        default: throw ProgramFormatError(.malformed)
        }
    }
}

extension Effect.Operation: ByteCodable {
    func write(to writer: inout ByteWriter) {
        switch self {
        case .create(let field, let attributes):
            writer.write(UInt8(0))
            field.write(to: &writer)
            attributes.write(to: &writer)
        case .set(let field, let assignment):
            writer.write(UInt8(1))
            field.write(to: &writer)
            assignment.write(to: &writer)
        case .begin(let kind, let ownerField, let attributes, let end):
            writer.write(UInt8(2))
            kind.write(to: &writer)
            ownerField.write(to: &writer)
            attributes.write(to: &writer)
            end.write(to: &writer)
        case .end(let kind, let ownerField, let matching):
            writer.write(UInt8(3))
            kind.write(to: &writer)
            ownerField.write(to: &writer)
            matching.write(to: &writer)
        case .need(let kind, let ownerField, let matching):
            writer.write(UInt8(4))
            kind.write(to: &writer)
            ownerField.write(to: &writer)
            matching.write(to: &writer)
        case .cancel(let event, let field, let matching):
            writer.write(UInt8(5))
            event.write(to: &writer)
            field.write(to: &writer)
            matching.write(to: &writer)
        }
    }

    init(from reader: inout ByteReader) throws(ProgramFormatError) {
        let tag = try reader.read(UInt8.self)
        let first = try String(from: &reader)
        switch tag {
        case 0: self = .create(field: first, attributes: try [Effect.Assignment](from: &reader))
        case 1: self = .set(field: first, try Effect.Assignment(from: &reader))
        case 2:
            let ownerField = try String(from: &reader)
            let attributes = try [Effect.Assignment](from: &reader)
            self = .begin(
                kind: first, ownerField: ownerField, attributes: attributes,
                end: try Effect.End?(from: &reader))
        case 3:
            let ownerField = try String?(from: &reader)
            self = .end(
                kind: first, ownerField: ownerField,
                matching: try [Effect.Assignment](from: &reader))
        case 4:
            let ownerField = try String(from: &reader)
            self = .need(
                kind: first, ownerField: ownerField,
                matching: try [Effect.Assignment](from: &reader))
        case 5:
            let field = try String(from: &reader)
            self = .cancel(
                event: first, field: field, matching: try [Effect.Assignment](from: &reader))
        default: throw ProgramFormatError(.malformed)
        }
    }
}

extension Effect: ByteCodable {
    func write(to writer: inout ByteWriter) {
        operation.write(to: &writer)
        atField.write(to: &writer)
        onlyIfField.write(to: &writer)
    }
    init(from reader: inout ByteReader) throws(ProgramFormatError) {
        let operation = try Operation(from: &reader)
        let atField = try String?(from: &reader)
        self.init(
            operation: operation, atField: atField, onlyIfField: try String?(from: &reader))
    }
}
