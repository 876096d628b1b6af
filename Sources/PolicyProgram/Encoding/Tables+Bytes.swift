import Facts

extension TableDeclaration.Row: ByteCodable {
    func write(to writer: inout ByteWriter) {
        key.write(to: &writer)
        value.write(to: &writer)
    }
    init(from reader: inout ByteReader) throws(ProgramFormatError) {
        let key = try Value(from: &reader)
        self.init(key: key, value: try Value(from: &reader))
    }
}

extension TableDeclaration: ByteCodable {
    func write(to writer: inout ByteWriter) {
        name.write(to: &writer)
        label.write(to: &writer)
        keyType.write(to: &writer)
        valueType.write(to: &writer)
        rows.write(to: &writer)
        otherwise.write(to: &writer)
    }
    init(from reader: inout ByteReader) throws(ProgramFormatError) {
        let name = try String(from: &reader)
        let label = try String(from: &reader)
        let keyType = try ValueType(from: &reader)
        let valueType = try ValueType(from: &reader)
        let rows = try [Row](from: &reader)
        self.init(
            name: name, label: label, keyType: keyType, valueType: valueType, rows: rows,
            otherwise: try Value?(from: &reader))
    }
}

extension ListDeclaration.Member: ByteCodable {
    func write(to writer: inout ByteWriter) {
        value.write(to: &writer)
        interval.write(to: &writer)
    }
    init(from reader: inout ByteReader) throws(ProgramFormatError) {
        let value = try Value(from: &reader)
        self.init(value: value, interval: try Interval(from: &reader))
    }
}

extension ListDeclaration: ByteCodable {
    func write(to writer: inout ByteWriter) {
        name.write(to: &writer)
        label.write(to: &writer)
        memberType.write(to: &writer)
        members.write(to: &writer)
    }
    init(from reader: inout ByteReader) throws(ProgramFormatError) {
        let name = try String(from: &reader)
        let label = try String(from: &reader)
        let memberType = try ValueType(from: &reader)
        self.init(
            name: name, label: label, memberType: memberType,
            members: try [Member](from: &reader))
    }
}

extension CalendarDeclaration: ByteCodable {
    func write(to writer: inout ByteWriter) {
        name.write(to: &writer)
        label.write(to: &writer)
        weekdays.map(\.rawValue).write(to: &writer)
        except.write(to: &writer)
    }
    init(from reader: inout ByteReader) throws(ProgramFormatError) {
        let name = try String(from: &reader)
        let label = try String(from: &reader)
        var weekdays: [Weekday] = []
        for day in try [String](from: &reader) {
            guard let weekday = Weekday(rawValue: day) else {
                throw ProgramFormatError(.malformed)
            }
            weekdays.append(weekday)
        }
        self.init(
            name: name, label: label, weekdays: weekdays, except: try [String](from: &reader))
    }
}

extension SourceDeclaration: ByteCodable {
    func write(to writer: inout ByteWriter) {
        name.write(to: &writer)
        label.write(to: &writer)
        fresh.write(to: &writer)
    }
    init(from reader: inout ByteReader) throws(ProgramFormatError) {
        let name = try String(from: &reader)
        let label = try String(from: &reader)
        self.init(name: name, label: label, fresh: try Period?(from: &reader))
    }
}

extension PurposeDeclaration: ByteCodable {
    func write(to writer: inout ByteWriter) {
        name.write(to: &writer)
        label.write(to: &writer)
        covers.write(to: &writer)
    }
    init(from reader: inout ByteReader) throws(ProgramFormatError) {
        let name = try String(from: &reader)
        let label = try String(from: &reader)
        self.init(name: name, label: label, covers: try [String]?(from: &reader))
    }
}
