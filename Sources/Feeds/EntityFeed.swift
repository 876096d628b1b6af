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
            table: CSVTable(source, limits: limits), vocabulary: vocabulary, zone: zone,
            effective: effective)
        return reader.read()
    }
}

/// The state of reading one file.
private struct EntityReader {
    typealias Refusal = CSVTable.Refusal

    let table: CSVTable
    let vocabulary: Vocabulary
    let zone: ZoneTable
    let effective: Instant
    var kindColumn = 0
    var idColumn = 0
    var seen: [EntityID: Range<Int>] = [:]

    var source: SourceText { table.source }

    mutating func read() -> FeedResult<Observation> {
        var result = FeedResult<Observation>()
        let problems = table.headerProblem.map { [$0] } ?? headerProblems()
        for diagnostic in problems { result.refuse(table.headerLine, diagnostic) }
        guard result.diagnostics.isEmpty else { return result }
        for row in table.rows {
            do throws(Refusal) {
                let observation = try observation(of: try row.cells.get(), in: row.record.range)
                result.records.append(.init(record: observation, line: row.line))
            } catch {
                result.refuse(row.line, error.diagnostic)
            }
        }
        return result
    }

    // MARK: The header

    private mutating func headerProblems() -> [Diagnostic] {
        do throws(Refusal) {
            kindColumn = try table.column("entity")
            idColumn = try table.column("id")
        } catch {
            return [error.diagnostic]
        }
        let header = table.header
        let kinds = kindsNamed()
        let known = Set(kinds.flatMap(\.attributes.names))
        var problems: [Diagnostic] = []
        for (index, name) in header.enumerated() where index != kindColumn && index != idColumn {
            if header[..<index].contains(name) {
                problems.append(
                    Diagnostic(.repeatedColumn, [name], at: table.place(ofColumn: index)))
            } else if !known.contains(name) {
                let similar = Similarity.nearest(to: name, in: known.sorted())
                problems.append(
                    Diagnostic(
                        .unknownColumn, [name], at: table.place(ofColumn: index),
                        notes: similar.map { [Diagnostic.Note(.similarName, [$0])] } ?? []))
            }
        }
        return problems
    }

    /// The kinds that the rows are of; where none is known, all there are.
    private func kindsNamed() -> [KindDeclaration] {
        let names = Set(
            table.rows.compactMap { try? $0.cells.get()[kindColumn].trimmingWhiteSpace })
        let named = vocabulary.kinds.filter { names.contains($0.name) && $0.ownership == nil }
        return named.isEmpty ? vocabulary.kinds.filter { $0.ownership == nil } : named
    }

    // MARK: Records

    private mutating func observation(
        of cells: [String], in range: Range<Int>
    ) throws(Refusal) -> Observation {
        let place = source.place(range)
        let kind = try importableKind(cells[kindColumn].trimmingWhiteSpace, at: place)
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
            let name = table.header[index]
            let isSet = kind.attributes[name]?.type.memberType != nil
            let isBlank = cell.trimmingWhiteSpace.isEmpty
            if isSet {
                attributes[name] = .list(
                    isBlank ? [] : cell.cellMembers.map { .text($0.trimmingWhiteSpace) })
            } else if !isBlank {
                attributes[name] = .text(cell)
            }
        }
        return attributes
    }
}
