package import Diagnostics
package import Facts
import PolicyLanguage

/// Reads entities from CSV: one a row.
///
/// The columns `entity` (the kind) and `id` must be there; every other column is an attribute. The members
/// of a set are separated by `;`. An empty cell states that a set is empty, and states nothing of an
/// attribute that is no set. Blank lines mean nothing.
package enum EntityFeed {
    /// What a file states of entities, typed by the vocabulary.
    ///
    /// - Parameters:
    ///   - source: the file; places in diagnostics name it as source 0.
    ///   - vocabulary: what kinds and attributes there are.
    ///   - zone: the zone that dates are in.
    ///   - effective: from when on the file's statements hold.
    ///   - limits: how much is read.
    /// - Returns: the statements, and what is wrong with the rows that gave none. None at all where the
    ///   header has an error, since nobody can tell then what the cells are.
    /// - Complexity: linear in the size of the file.
    package static func read(
        _ source: SourceText, vocabulary: Vocabulary, zone: ZoneTable, effective: Instant,
        limits: FeedLimits = .standard
    ) -> FeedResult<Observation> {
        var reader = EntityReader(
            source: source, vocabulary: vocabulary, zone: zone, effective: effective, limits: limits
        )
        return reader.read()
    }
}

/// The state of reading one file.
private struct EntityReader {
    /// Each row's cells, as many as the header has columns, or what is wrong with it.
    typealias Rows = [(record: CSVRecord, line: Int, cells: Result<[String], Refusal>)]

    /// Why a row gives no record.
    struct Refusal: Error {
        let diagnostic: Diagnostic
        init(_ diagnostic: Diagnostic) { self.diagnostic = diagnostic }
    }

    let source: SourceText
    let vocabulary: Vocabulary
    let zone: ZoneTable
    let effective: Instant
    let limits: FeedLimits
    var header: [String] = []
    var kindColumn = 0
    var idColumn = 0
    var seen: [EntityID: Range<Int>] = [:]

    mutating func read() -> FeedResult<Observation> {
        var result = FeedResult<Observation>()
        var records = CSVRecords(source.bytes, from: source.textStart)
        guard let first = nextRecord(&records) else {
            let place = source.place(source.textStart..<source.textStart)
            result.refuse(1, Diagnostic(.missingColumn, ["entity"], at: place))
            return result
        }
        let headerLine = source.line(at: first.range.lowerBound)
        do throws(Refusal) {
            header = try cells(of: first).map(trimmed)
        } catch {
            result.refuse(headerLine, error.diagnostic)
            return result
        }
        let rows = rows(&records)
        for diagnostic in headerProblems(first, rows) { result.refuse(headerLine, diagnostic) }
        guard result.diagnostics.isEmpty else { return result }
        for (record, line, row) in rows {
            do throws(Refusal) {
                let observation = try observation(of: try row.get(), in: record.range)
                result.records.append(.init(record: observation, line: line))
            } catch {
                result.refuse(line, error.diagnostic)
            }
        }
        return result
    }

    // MARK: Rows

    private func nextRecord(_ records: inout CSVRecords) -> CSVRecord? {
        while let record = records.next() {
            let bytes = source.bytes[record.range]
            if !bytes.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { return record }
        }
        return nil
    }

    /// All rows after the header.
    ///
    /// Kept, because only they tell which kinds the header's names must be of.
    private func rows(_ records: inout CSVRecords) -> Rows {
        var rows: Rows = []
        while let record = nextRecord(&records) {
            let line = source.line(at: record.range.lowerBound)
            guard rows.count < limits.mostRecords else {
                let diagnostic = Diagnostic(
                    .tooManyRecords, [String(limits.mostRecords)], at: source.place(record.range))
                rows.append((record, line, .failure(Refusal(diagnostic))))
                break
            }
            rows.append((record, line, Result { () throws(Refusal) in try fullRow(of: record) }))
        }
        return rows
    }

    private func fullRow(of record: CSVRecord) throws(Refusal) -> [String] {
        let cells = try cells(of: record)
        guard cells.count == header.count else {
            throw Refusal(
                Diagnostic(
                    .wrongColumnCount, [String(header.count), String(cells.count)],
                    at: source.place(record.range)))
        }
        return cells
    }

    private func cells(of record: CSVRecord) throws(Refusal) -> [String] {
        let place = source.place(record.range)
        guard record.range.count <= limits.mostBytesPerRecord else {
            throw Refusal(
                Diagnostic(.recordTooLong, [String(limits.mostBytesPerRecord)], at: place))
        }
        if let (fault, offset) = record.fault {
            let code: DiagnosticCode =
                switch fault {
                case .unterminatedQuote: .unterminatedQuote
                case .strayQuote: .strayQuote
                }
            throw Refusal(Diagnostic(code, at: source.place(offset..<offset + 1)))
        }
        guard String(validating: source.bytes[record.range], as: UTF8.self) != nil else {
            throw Refusal(Diagnostic(.recordNotUTF8, at: place))
        }
        guard let cells = record.fields(in: source.bytes) else {
            throw Refusal(Diagnostic(.strayQuote, at: place))
        }
        return cells
    }

    // MARK: The header

    private mutating func headerProblems(_ record: CSVRecord, _ rows: Rows) -> [Diagnostic] {
        let place = source.place(record.range)
        guard let kindColumn = header.firstIndex(of: "entity") else {
            return [Diagnostic(.missingColumn, ["entity"], at: place)]
        }
        guard let idColumn = header.firstIndex(of: "id") else {
            return [Diagnostic(.missingColumn, ["id"], at: place)]
        }
        self.kindColumn = kindColumn
        self.idColumn = idColumn
        let kinds = kindsNamed(in: rows)
        let known = Set(kinds.flatMap(\.attributes.names))
        var problems: [Diagnostic] = []
        for (index, name) in header.enumerated() where index != kindColumn && index != idColumn {
            if header[..<index].contains(name) {
                problems.append(
                    Diagnostic(.repeatedColumn, [name], at: columnPlace(index, of: record)))
            } else if !known.contains(name) {
                let similar = Similarity.nearest(to: name, in: known.sorted())
                problems.append(
                    Diagnostic(
                        .unknownColumn, [name], at: columnPlace(index, of: record),
                        notes: similar.map { [Diagnostic.Note(.similarName, [$0])] } ?? []))
            }
        }
        return problems
    }

    /// The kinds that the rows are of; where none is known, all there are.
    private func kindsNamed(in rows: Rows) -> [KindDeclaration] {
        let names = Set(rows.compactMap { try? $0.cells.get()[kindColumn] }.map(trimmed))
        let named = vocabulary.kinds.filter { names.contains($0.name) && $0.ownership == nil }
        return named.isEmpty ? vocabulary.kinds.filter { $0.ownership == nil } : named
    }

    /// Where a column's name stands; the whole header where quotes make that uncertain.
    private func columnPlace(_ index: Int, of record: CSVRecord) -> Place {
        let bytes = source.bytes[record.range]
        guard !bytes.contains(UInt8(ascii: "\"")) else { return source.place(record.range) }
        let parts = bytes.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
        return source.place(parts[index].indices)
    }

    // MARK: Records

    private mutating func observation(
        of cells: [String], in range: Range<Int>
    ) throws(Refusal) -> Observation {
        let place = source.place(range)
        let kind = try importableKind(trimmed(cells[kindColumn]), at: place)
        let id = EntityID(kind: vocabulary.rootKind(of: kind.name), name: cells[idColumn])
        let attributes: [String: Value]
        do {
            try vocabulary.checkID(id.name)
            attributes = try vocabulary.attributes(
                rawAttributes(of: cells, kind: kind), of: kind.name, zone: zone)
        } catch {
            throw Refusal(Diagnostic(error, at: place))
        }
        if let before = seen[id] {
            let note = Diagnostic.Note(.declaredHere, [id.name], at: source.place(before))
            throw Refusal(
                Diagnostic(.repeatedEntity, [id.kind, id.name], at: place, notes: [note]))
        }
        seen[id] = range
        return Observation(
            entity: id, kind: kind.name, attributes: attributes, effective: effective)
    }

    /// The kind of a row: one of entities, not of records, and the most special one.
    private func importableKind(_ name: String, at place: Place) throws(Refusal) -> KindDeclaration
    {
        guard let kind = vocabulary.kinds[name] else {
            let candidates = vocabulary.kinds.filter { $0.ownership == nil }.map(\.name)
            let similar = Similarity.nearest(to: name, in: candidates)
            throw Refusal(
                Diagnostic(FactProblem(.unknownKind(name: name, similar: similar)), at: place))
        }
        guard kind.ownership == nil else {
            throw Refusal(Diagnostic(.notAnEntityKind, [name], at: place))
        }
        let special = vocabulary.kinds.filter { $0.parent == name }.map(\.name)
        guard special.isEmpty else {
            throw Refusal(
                Diagnostic(
                    .kindTooGeneral, [name], at: place,
                    notes: [.init(.possibleNames, [special.joined(separator: ", ")])]))
        }
        return kind
    }

    private func rawAttributes(of cells: [String], kind: KindDeclaration) -> [String: RawValue] {
        var attributes: [String: RawValue] = [:]
        for (index, cell) in cells.enumerated() where index != kindColumn && index != idColumn {
            let name = header[index]
            let isSet = kind.attributes[name]?.type.memberType != nil
            let isBlank = trimmed(cell).isEmpty
            if isSet {
                let members =
                    isBlank ? [] : cell.split(separator: ";", omittingEmptySubsequences: false)
                attributes[name] = .list(members.map { .text(trimmed($0)) })
            } else if !isBlank {
                attributes[name] = .text(cell)
            }
        }
        return attributes
    }

    private func trimmed(_ text: some StringProtocol) -> String {
        let scalars = text.unicodeScalars.drop { $0.properties.isWhitespace }
        let kept = scalars.reversed().drop { $0.properties.isWhitespace }
        return String(String.UnicodeScalarView(kept.reversed()))
    }
}
