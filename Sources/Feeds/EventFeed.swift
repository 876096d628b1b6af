package import Diagnostics
package import Facts
import PolicyLanguage

/// Reads events from JSON Lines, one object a line, or from CSV, one a row.
///
/// The keys, or columns, `id`, `event` and `at` say which event it is, what it is and when it takes effect; every other
/// one is a field. Null, or an empty cell, is the same as leaving it out; the members of a set are separated by `;` in a
/// cell. Blank lines mean nothing.
package enum EventFeed {
    /// The events of a file, typed by the vocabulary.
    ///
    /// An id that comes again with the same content is one event; with other content it is an error.
    ///
    /// - Parameters:
    ///   - source: the file; places in diagnostics name it as source 0.
    ///   - vocabulary: what events mean.
    ///   - zone: the zone that dates are in.
    ///   - limits: how much is read.
    /// - Returns: the events, and what is wrong with the lines that gave none.
    /// - Complexity: linear in the size of the file.
    package static func read(
        _ source: SourceText, vocabulary: Vocabulary, zone: ZoneTable,
        limits: FeedLimits = .standard
    ) -> FeedResult<Event> {
        var events = Events(source: source)
        for line in 1...source.lineCount {
            var bytes = source.bytes(ofLine: line)
            if line == 1 { bytes = bytes.dropFirst(source.textStart) }
            guard !bytes.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) else { continue }
            let place = source.place(bytes.indices)
            guard events.result.records.count < limits.mostRecords else {
                events.result.refuse(
                    line, Diagnostic(.tooManyRecords, [String(limits.mostRecords)], at: place))
                break
            }
            do throws(Refusal) {
                let event = try event(
                    bytes, source: source, vocabulary: vocabulary, zone: zone, limits: limits)
                try events.add(event, line: line, at: place)
            } catch {
                events.result.refuse(line, error.diagnostic)
            }
        }
        return events.result
    }

    /// Whether a CSV file is one of events: its header has `event`, and not `entity`.
    package static func isTable(_ source: SourceText) -> Bool {
        let header = CSVTable.header(of: source)
        return header.contains("event") && !header.contains("entity")
    }

    /// The events of a CSV file, typed by the vocabulary; otherwise as `read`.
    package static func readTable(
        _ source: SourceText, vocabulary: Vocabulary, zone: ZoneTable,
        limits: FeedLimits = .standard
    ) -> FeedResult<Event> {
        let table = CSVTable(source, limits: limits)
        var events = Events(source: source)
        do throws(Refusal) {
            if let problem = table.headerProblem { throw Refusal(problem) }
            let columns = try columns(of: table, vocabulary: vocabulary)
            for row in table.rows {
                do throws(Refusal) {
                    let place = source.place(row.record.range)
                    let event = try event(
                        try row.cells.get(), columns, at: place, vocabulary: vocabulary, zone: zone)
                    try events.add(event, line: row.line, at: place)
                } catch {
                    events.result.refuse(row.line, error.diagnostic)
                }
            }
        } catch {
            events.result.refuse(table.headerLine, error.diagnostic)
        }
        return events.result
    }

    typealias Refusal = CSVTable.Refusal

    /// Events as they are read; one that comes again is one.
    private struct Events {
        let source: SourceText
        var result = FeedResult<Event>()
        private var known: [String: FeedResult<Event>.Item] = [:]

        init(source: SourceText) { self.source = source }

        mutating func add(_ event: Event, line: Int, at place: Place) throws(Refusal) {
            let item = FeedResult<Event>.Item(record: event, line: line)
            if let earlier = known[event.id] {
                guard earlier.record != event else { return }
                let start = source.start(ofLine: earlier.line)
                let before = source.place(start..<start + source.bytes(ofLine: earlier.line).count)
                throw Refusal(
                    Diagnostic(
                        .idUsedBefore, [event.id], at: place,
                        notes: [Diagnostic.Note(.declaredHere, [event.id], at: before)]))
            }
            known[event.id] = item
            result.records.append(item)
        }
    }

    // MARK: Tables

    /// Where the columns of a table are that every event has, and the fields by column.
    private struct Columns {
        let id: Int
        let event: Int
        let time: Int
        let fields: [(index: Int, name: String)]
    }

    private static func columns(
        of table: CSVTable, vocabulary: Vocabulary
    ) throws(Refusal) -> Columns {
        let (id, event) = (try table.column("id"), try table.column("event"))
        let time = try table.column("at")
        let known = Set(vocabulary.events.flatMap(\.fields.names))
        var fields: [(index: Int, name: String)] = []
        for (index, name) in table.header.enumerated() where ![id, event, time].contains(index) {
            guard !table.header[..<index].contains(name) else {
                throw Refusal(
                    Diagnostic(.repeatedColumn, [name], at: table.place(ofColumn: index)))
            }
            guard known.contains(name) else {
                let similar = Similarity.nearest(to: name, in: known.sorted())
                throw Refusal(
                    Diagnostic(
                        .unknownColumn, [name], at: table.place(ofColumn: index),
                        notes: similar.map { [Diagnostic.Note(.similarName, [$0])] } ?? []))
            }
            fields.append((index, name))
        }
        return Columns(id: id, event: event, time: time, fields: fields)
    }

    private static func event(
        _ cells: [String], _ columns: Columns, at place: Place, vocabulary: Vocabulary,
        zone: ZoneTable
    ) throws(Refusal) -> Event {
        let name = cells[columns.event].trimmingWhiteSpace
        let declaration = vocabulary.event(command: name)
        var fields: [String: RawValue] = [:]
        for (index, field) in columns.fields {
            let cell = cells[index]
            guard !cell.trimmingWhiteSpace.isEmpty else { continue }
            if declaration?.fields[field]?.type.memberType != nil {
                fields[field] = .list(cell.cellMembers.map { .text($0.trimmingWhiteSpace) })
            } else {
                fields[field] = .text(cell)
            }
        }
        do {
            return try vocabulary.event(
                id: cells[columns.id], name: name, at: cells[columns.time].trimmingWhiteSpace,
                fields: fields, zone: zone)
        } catch {
            throw Refusal(Diagnostic(error, at: place))
        }
    }

    // MARK: Lines

    private static func event(
        _ bytes: ArraySlice<UInt8>, source: SourceText, vocabulary: Vocabulary, zone: ZoneTable,
        limits: FeedLimits
    ) throws(Refusal) -> Event {
        let line = source.place(bytes.indices)
        guard bytes.count <= limits.mostBytesPerRecord else {
            throw Refusal(
                Diagnostic(.recordTooLong, [String(limits.mostBytesPerRecord)], at: line))
        }
        guard String(validating: bytes, as: UTF8.self) != nil else {
            throw Refusal(Diagnostic(.recordNotUTF8, at: line))
        }
        let members: [String: JSONObjectReader.Member]
        do {
            members = try JSONObjectReader.members(of: bytes)
        } catch {
            throw Refusal(
                Diagnostic(error.code, error.arguments, at: source.place(error.range)))
        }
        func text(_ key: String) throws(Refusal) -> String {
            guard let member = members[key], let value = member.value else {
                throw Refusal(Diagnostic(.missingKey, [key], at: line))
            }
            guard case .text(let text) = value else {
                throw Refusal(Diagnostic(.keyNotText, [key], at: source.place(member.range)))
            }
            return text
        }
        let (id, name, time) = (try text("id"), try text("event"), try text("at"))
        let fields = members.compactMapValues(\.value).filter {
            !["id", "event", "at"].contains($0.key)
        }
        do {
            return try vocabulary.event(id: id, name: name, at: time, fields: fields, zone: zone)
        } catch {
            let range = key(of: error, id: id).flatMap { members[$0]?.range } ?? bytes.indices
            throw Refusal(Diagnostic(error, at: source.place(range)))
        }
    }

    /// The key at fault, where the problem is about one.
    private static func key(of problem: FactProblem, id: String) -> String? {
        switch problem.reason {
        case .unknownField(let name, _, _), .wrongType(let name, _, _, _, _): name
        case .unknownEvent: "event"
        case .malformedTime: "at"
        case .malformedID(id): "id"
        default: nil
        }
    }
}
