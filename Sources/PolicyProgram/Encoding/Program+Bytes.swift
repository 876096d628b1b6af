import Facts

extension ProgramTables {
    /// What a program file begins with.
    static let magic = Array("NTKPROG\n".utf8)
    /// The version of the format.
    static let formatVersion: UInt32 = 4

    /// The tables in bytes: the same tables give the same bytes, so their digest names the program.
    public func encoded() -> [UInt8] {
        var writer = ByteWriter()
        writer.write(raw: ProgramTables.magic)
        writer.write(ProgramTables.formatVersion)
        name.write(to: &writer)
        version.write(to: &writer)
        zone.write(to: &writer)
        vocabulary.write(to: &writer)
        actions.write(to: &writer)
        columns.write(to: &writer)
        constants.write(to: &writer)
        operands.write(to: &writer)
        nodes.write(to: &writer)
        lists.write(to: &writer)
        moments.write(to: &writer)
        quantifiers.write(to: &writer)
        elapses.write(to: &writer)
        windows.write(to: &writer)
        periods.write(to: &writer)
        rules.write(to: &writer)
        leases.write(to: &writer)
        limits.write(to: &writer)
        duties.write(to: &writer)
        entitlements.write(to: &writer)
        return writer.bytes
    }

    /// Reads tables from bytes of any origin.
    ///
    /// They are as yet unverified.
    public init(decoding bytes: [UInt8]) throws(ProgramFormatError) {
        self.init()
        guard bytes.starts(with: ProgramTables.magic) else {
            throw ProgramFormatError(.notAProgram)
        }
        var reader = ByteReader(bytes[ProgramTables.magic.count...])
        guard try reader.read(UInt32.self) == ProgramTables.formatVersion else {
            throw ProgramFormatError(.otherVersion)
        }
        name = try String(from: &reader)
        version = try String(from: &reader)
        zone = try ZoneTable(from: &reader)
        vocabulary = try Vocabulary(from: &reader)
        actions = try [String](from: &reader)
        columns = try [ColumnKey](from: &reader)
        constants = try [ProgramConstant](from: &reader)
        operands = try [OperandNode](from: &reader)
        nodes = try [Node](from: &reader)
        lists = try [NodeIndex](from: &reader)
        moments = try [MomentNode](from: &reader)
        quantifiers = try [QuantifierNode](from: &reader)
        elapses = try [ElapsedNode](from: &reader)
        windows = try [WindowNode](from: &reader)
        periods = try [Period](from: &reader)
        rules = try [ProgramRule](from: &reader)
        leases = try [ProgramLease](from: &reader)
        limits = try [ProgramLimit](from: &reader)
        duties = try [ProgramDuty](from: &reader)
        entitlements = try [ProgramEntitlement](from: &reader)
        guard reader.isAtEnd else { throw ProgramFormatError(.wrongLength) }
    }
}

extension Program {
    /// The program in bytes; reading them gives it again.
    public func encoded() -> [UInt8] { tables.encoded() }
}

extension ProgramConstant: ByteCodable {
    func write(to writer: inout ByteWriter) {
        value.write(to: &writer)
        type.write(to: &writer)
    }
    init(from reader: inout ByteReader) throws(ProgramFormatError) {
        let value = try Value(from: &reader)
        self.init(value: value, type: try ValueType(from: &reader))
    }
}

extension ColumnKey: ByteCodable {
    func write(to writer: inout ByteWriter) {
        kind.write(to: &writer)
        attribute.write(to: &writer)
    }
    init(from reader: inout ByteReader) throws(ProgramFormatError) {
        let kind = try String(from: &reader)
        self.init(kind: kind, attribute: try String(from: &reader))
    }
}

extension ProgramClause: ByteCodable {
    func write(to writer: inout ByteWriter) {
        node.write(to: &writer)
        text.write(to: &writer)
    }
    init(from reader: inout ByteReader) throws(ProgramFormatError) {
        let node = try NodeIndex(from: &reader)
        self.init(node: node, text: try String(from: &reader))
    }
}

extension ProgramRule: ByteCodable {
    func write(to writer: inout ByteWriter) {
        name.write(to: &writer)
        kind.rawValue.write(to: &writer)
        obligations.write(to: &writer)
        actions.write(to: &writer)
        outcome.write(to: &writer)
        head.write(to: &writer)
        when.write(to: &writer)
        onlyIf.write(to: &writer)
        because.write(to: &writer)
        cites.write(to: &writer)
        text.write(to: &writer)
    }
    init(from reader: inout ByteReader) throws(ProgramFormatError) {
        let name = try String(from: &reader)
        guard let kind = Kind(rawValue: try UInt8(from: &reader)) else {
            throw ProgramFormatError(.malformed)
        }
        let obligations = try [ProgramObligation](from: &reader)
        let actions = try [UInt32](from: &reader)
        let outcome = try NodeIndex(from: &reader)
        let head = try [ProgramClause](from: &reader)
        let when = try [ProgramClause](from: &reader)
        let onlyIf = try [ProgramClause](from: &reader)
        let because = try [String: String](from: &reader)
        let cites = try [String](from: &reader)
        self.init(
            name: name, kind: kind, obligations: obligations, actions: actions, outcome: outcome,
            head: head, when: when, onlyIf: onlyIf, because: because, cites: cites,
            text: try String(from: &reader))
    }
}

extension ProgramLease: ByteCodable {
    func write(to writer: inout ByteWriter) {
        head.write(to: &writer)
        period.write(to: &writer)
    }
    init(from reader: inout ByteReader) throws(ProgramFormatError) {
        let head = try NodeIndex(from: &reader)
        self.init(head: head, period: try Period(from: &reader))
    }
}
