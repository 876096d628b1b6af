import Facts

extension NameTable: ByteCodable where Element: ByteCodable {
    func write(to writer: inout ByteWriter) { Array(self).write(to: &writer) }
    init(from reader: inout ByteReader) throws(ProgramFormatError) {
        let elements = try [Element](from: &reader)
        self.init(elements)
        guard count == elements.count else { throw ProgramFormatError(.malformed) }
    }
}

extension Enumeration.Case: ByteCodable {
    func write(to writer: inout ByteWriter) {
        name.write(to: &writer)
        label.write(to: &writer)
    }
    init(from reader: inout ByteReader) throws(ProgramFormatError) {
        let name = try String(from: &reader)
        self.init(name: name, label: try String(from: &reader))
    }
}

extension Enumeration: ByteCodable {
    func write(to writer: inout ByteWriter) {
        name.write(to: &writer)
        cases.write(to: &writer)
        isScale.write(to: &writer)
    }
    init(from reader: inout ByteReader) throws(ProgramFormatError) {
        let name = try String(from: &reader)
        let cases = try [Case](from: &reader)
        self.init(name: name, cases: cases, isScale: try Bool(from: &reader))
    }
}

extension AttributeDeclaration: ByteCodable {
    func write(to writer: inout ByteWriter) {
        name.write(to: &writer)
        type.write(to: &writer)
        defaultValue.write(to: &writer)
        sources.write(to: &writer)
        limitedTo.write(to: &writer)
        mayBeBrought.write(to: &writer)
    }
    init(from reader: inout ByteReader) throws(ProgramFormatError) {
        let name = try String(from: &reader)
        let type = try ValueType(from: &reader)
        let defaultValue = try Value?(from: &reader)
        let sources = try [String](from: &reader)
        self.init(
            name: name, type: type, defaultValue: defaultValue, sources: sources,
            limitedTo: try String?(from: &reader), mayBeBrought: try Bool(from: &reader))
    }
}

extension Phrase: ByteCodable {
    func write(to writer: inout ByteWriter) {
        let words = parts.map { part in
            switch part {
            case .word(let word): word
            case .field(let field): "{\(field)}"
            }
        }
        words.joined(separator: " ").write(to: &writer)
    }
    init(from reader: inout ByteReader) throws(ProgramFormatError) {
        guard let phrase = Phrase(template: try String(from: &reader)) else {
            throw ProgramFormatError(.malformed)
        }
        self = phrase
    }
}

extension KindDeclaration: ByteCodable {
    func write(to writer: inout ByteWriter) {
        name.write(to: &writer)
        label.write(to: &writer)
        parent.write(to: &writer)
        ownership.map { [$0.owner, $0.relation] }.write(to: &writer)
        attributes.write(to: &writer)
        (hierarchy?.attribute).write(to: &writer)
        limitedTo.write(to: &writer)
        sources.write(to: &writer)
        phrases.write(to: &writer)
    }

    init(from reader: inout ByteReader) throws(ProgramFormatError) {
        let name = try String(from: &reader)
        let label = try String(from: &reader)
        let parent = try String?(from: &reader)
        let ownership = try [String]?(from: &reader)
        guard ownership == nil || ownership?.count == 2 else {
            throw ProgramFormatError(.malformed)
        }
        let attributes = try NameTable<AttributeDeclaration>(from: &reader)
        let hierarchy = try String?(from: &reader)
        let limitedTo = try String?(from: &reader)
        let sources = try [String](from: &reader)
        self.init(
            name: name, label: label, parent: parent,
            ownership: ownership.map { Ownership(owner: $0[0], relation: $0[1]) },
            attributes: attributes, hierarchy: hierarchy.map(Hierarchy.init), limitedTo: limitedTo,
            sources: sources, phrases: try [Phrase](from: &reader))
    }
}

extension Vocabulary.ActionDeclaration: ByteCodable {
    func write(to writer: inout ByteWriter) {
        name.write(to: &writer)
        kind.write(to: &writer)
        arguments.write(to: &writer)
    }
    init(from reader: inout ByteReader) throws(ProgramFormatError) {
        let name = try String(from: &reader)
        let kind = try String(from: &reader)
        self.init(name: name, kind: kind, arguments: try [String](from: &reader))
    }
}

extension Vocabulary.ContextDeclaration: ByteCodable {
    func write(to writer: inout ByteWriter) {
        name.write(to: &writer)
        type.write(to: &writer)
    }
    init(from reader: inout ByteReader) throws(ProgramFormatError) {
        let name = try String(from: &reader)
        self.init(name: name, type: try ValueType(from: &reader))
    }
}

extension CheckDeclaration: ByteCodable {
    func write(to writer: inout ByteWriter) {
        name.write(to: &writer)
        label.write(to: &writer)
        covers.write(to: &writer)
        consentRequired.write(to: &writer)
        lasts.write(to: &writer)
    }
    init(from reader: inout ByteReader) throws(ProgramFormatError) {
        let name = try String(from: &reader)
        let label = try String(from: &reader)
        let covers = try [String](from: &reader)
        let consentRequired = try Bool(from: &reader)
        self.init(
            name: name, label: label, covers: covers, consentRequired: consentRequired,
            lasts: try Period(from: &reader))
    }
}

extension Vocabulary: ByteCodable {
    func write(to writer: inout ByteWriter) {
        enumerations.write(to: &writer)
        kinds.write(to: &writer)
        actions.write(to: &writer)
        contexts.write(to: &writer)
        checks.write(to: &writer)
        events.write(to: &writer)
        sources.write(to: &writer)
        purposes.write(to: &writer)
        tables.write(to: &writer)
        lists.write(to: &writer)
        calendars.write(to: &writer)
    }
    init(from reader: inout ByteReader) throws(ProgramFormatError) {
        self.init()
        enumerations = try NameTable<Enumeration>(from: &reader)
        kinds = try NameTable<KindDeclaration>(from: &reader)
        actions = try [ActionDeclaration](from: &reader)
        contexts = try NameTable<ContextDeclaration>(from: &reader)
        checks = try NameTable<CheckDeclaration>(from: &reader)
        events = try NameTable<EventDeclaration>(from: &reader)
        sources = try NameTable<SourceDeclaration>(from: &reader)
        purposes = try NameTable<PurposeDeclaration>(from: &reader)
        tables = try NameTable<TableDeclaration>(from: &reader)
        lists = try NameTable<ListDeclaration>(from: &reader)
        calendars = try NameTable<CalendarDeclaration>(from: &reader)
    }
}
