import Diagnostics

/// A CSV file: its header, and each row with as many cells, or what is wrong with it.
struct CSVTable {
    /// Why a row, or the header, can't be taken.
    struct Refusal: Error {
        let diagnostic: Diagnostic

        init(_ diagnostic: Diagnostic) { self.diagnostic = diagnostic }
    }

    struct Row {
        let record: CSVRecord
        /// Its line, from 1; the first one, where it takes several.
        let line: Int
        let cells: Result<[String], Refusal>
    }

    let source: SourceText
    let limits: FeedLimits
    /// The columns' names; empty where the file has no header that can be read.
    private(set) var header: [String] = []
    private(set) var headerRecord: CSVRecord?
    private(set) var headerLine = 1
    /// What is wrong with the header by itself.
    private(set) var headerProblem: Diagnostic?
    private(set) var rows: [Row] = []

    /// Reads a file.
    ///
    /// - Complexity: linear in the size of the file.
    init(_ source: SourceText, limits: FeedLimits) {
        self.source = source
        self.limits = limits
        var records = CSVRecords(source.bytes, from: source.textStart)
        guard let first = next(&records) else { return }
        headerRecord = first
        headerLine = source.line(at: first.range.lowerBound)
        do throws(Refusal) {
            header = try cells(of: first).map { $0.trimmingWhiteSpace }
        } catch {
            headerProblem = error.diagnostic
            return
        }
        while let record = next(&records) {
            let line = source.line(at: record.range.lowerBound)
            guard rows.count < limits.mostRecords else {
                let diagnostic = Diagnostic(
                    .tooManyRecords, [String(limits.mostRecords)], at: source.place(record.range))
                rows.append(
                    Row(record: record, line: line, cells: .failure(Refusal(diagnostic))))
                break
            }
            let cells = Result { () throws(Refusal) in try fullRow(of: record) }
            rows.append(Row(record: record, line: line, cells: cells))
        }
    }

    /// Only the columns' names of a file; empty where there are none that can be read.
    static func header(of source: SourceText) -> [String] {
        var limits = FeedLimits()
        limits.mostRecords = 0
        return CSVTable(source, limits: limits).header
    }

    /// Where a column's name stands; the whole header where quotes make that uncertain.
    func place(ofColumn index: Int) -> Place {
        guard let record = headerRecord else {
            return source.place(source.textStart..<source.textStart)
        }
        let bytes = source.bytes[record.range]
        guard !bytes.contains(UInt8(ascii: "\"")) else { return source.place(record.range) }
        let parts = bytes.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
        return source.place(parts[index].indices)
    }

    /// The column of a name that must be there.
    func column(_ name: String) throws(Refusal) -> Int {
        guard let index = header.firstIndex(of: name) else {
            let range = headerRecord?.range ?? source.textStart..<source.textStart
            throw Refusal(Diagnostic(.missingColumn, [name], at: source.place(range)))
        }
        return index
    }

    // MARK: Records

    private func next(_ records: inout CSVRecords) -> CSVRecord? {
        while let record = records.next() {
            let bytes = source.bytes[record.range]
            if !bytes.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { return record }
        }
        return nil
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
}

extension StringProtocol {
    /// The text without white space around it.
    var trimmingWhiteSpace: String {
        // Most cells have none.
        func isSign(_ scalar: Unicode.Scalar?) -> Bool {
            scalar.map { ("!"..."~").contains($0) } ?? true
        }
        if isSign(unicodeScalars.first), isSign(unicodeScalars.last) { return String(self) }
        let scalars = unicodeScalars.drop { $0.properties.isWhitespace }
        let kept = scalars.reversed().drop { $0.properties.isWhitespace }
        return String(String.UnicodeScalarView(kept.reversed()))
    }
}

extension String {
    /// The members of a set in a cell, parted by `;`.
    var cellMembers: [Substring] {
        guard utf8.contains(UInt8(ascii: ";")) else { return [self[...]] }
        return split(separator: ";", omittingEmptySubsequences: false)
    }
}
