import Diagnostics
import SwiftCSV

/// A record of a CSV file (RFC 4180): where it stands, and its fields once they are asked for.
///
/// SwiftCSV says nothing of lines, pads short rows, drops an empty last field, takes an unterminated quote
/// for the end of the file's last field, and stops at the first fault. So records are found here, by
/// their quotes and line ends alone, and SwiftCSV is given one whole record at a time.
package struct CSVRecord {
    /// What is wrong with its quotes.
    package enum Fault {
        case unterminatedQuote, strayQuote
    }

    /// Its bytes in the source, without the line end.
    package let range: Range<Int>
    /// What is wrong, and where.
    package let fault: (Fault, at: Int)?

    package init(range: Range<Int>, fault: (Fault, at: Int)?) {
        self.range = range
        self.fault = fault
    }

    /// Its fields in NFC, or nil where SwiftCSV finds fault with its quotes.
    ///
    /// Spaces before an unquoted field are no part of it.
    ///
    /// - Complexity: linear in the size of the record.
    package func fields(in bytes: [UInt8]) -> [String]? {
        if let fields = unquotedFields(in: bytes) { return fields }
        // With a line end, an empty last field counts and a quote left open is an error.
        let text = String(decoding: bytes[range], as: UTF8.self) + "\n"
        return try? CSV<FirstRow>(string: text, delimiter: .comma).header.map(\.inNFC)
    }
}

extension CSVRecord {
    /// The fields, where commas alone part them: the library takes as long for one record as for all else that is done
    /// with it.
    private func unquotedFields(in bytes: [UInt8]) -> [String]? {
        guard !bytes[range].contains(UInt8(ascii: "\"")) else { return nil }
        var fields: [String] = []
        for part in bytes[range].split(
            separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
        {
            let field = String(decoding: part, as: UTF8.self)
            // What a mark is put on is one sign with it, and no comma any more.
            if let first = part.first, first >= 0x80, ("," + field).first != "," { return nil }
            fields.append(String(field.drop(while: \.isWhitespace)).inNFC)
        }
        return fields
    }
}

/// Has SwiftCSV read one row only, which it calls the header.
private struct FirstRow: CSVView {
    let rows: [[String]] = []
    let columns: [String]? = nil

    init(
        header: [String], text: String, delimiter: CSVDelimiter, loadColumns: Bool, rowLimit: Int?
    ) throws {}

    func serialize(header: [String], delimiter: CSVDelimiter) -> String { "" }
}

/// Finds the records of a CSV file, one after the other.
struct CSVRecords: Sequence, IteratorProtocol {
    fileprivate enum State {
        case fieldStart, unquoted, quoted, quoteInQuoted, afterQuoted, stray
    }

    private let bytes: [UInt8]
    private var position: Int

    /// Reads from `start` on.
    init(_ bytes: [UInt8], from start: Int) {
        self.bytes = bytes
        position = start
    }

    /// The next record; a blank line is an empty one.
    mutating func next() -> CSVRecord? {
        guard position < bytes.count else { return nil }
        let start = position
        var state = State.fieldStart
        var faultPlace = start
        while position < bytes.count {
            let byte = bytes[position]
            let isLineEnd = byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
            if isLineEnd, state != .quoted { break }
            let next = state.after(byte)
            let opensOrStrays = next == .stray || (next == .quoted && state == .fieldStart)
            if opensOrStrays, next != state { faultPlace = position }
            state = next
            position += 1
        }
        let end = position
        if position < bytes.count {
            let isPair =
                bytes[position] == UInt8(ascii: "\r") && position + 1 < bytes.count
                && bytes[position + 1] == UInt8(ascii: "\n")
            position += isPair ? 2 : 1
        }
        switch state {
        case .quoted: return CSVRecord(range: start..<end, fault: (.unterminatedQuote, faultPlace))
        case .stray: return CSVRecord(range: start..<end, fault: (.strayQuote, faultPlace))
        default: return CSVRecord(range: start..<end, fault: nil)
        }
    }
}

extension CSVRecords.State {
    /// The state after one more byte of a record.
    ///
    /// A quote may stand at the beginning of a field, at its end, or doubled within; anywhere else it is
    /// stray, and what it was meant to quote can't be told.
    fileprivate func after(_ byte: UInt8) -> Self {
        let isQuote = byte == UInt8(ascii: "\"")
        let isComma = byte == UInt8(ascii: ",")
        let isSpace = byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
        switch self {
        case .fieldStart:
            if isQuote { return .quoted }
            return isComma || isSpace ? .fieldStart : .unquoted
        case .unquoted:
            if isQuote { return .stray }
            return isComma ? .fieldStart : .unquoted
        case .quoted: return isQuote ? .quoteInQuoted : .quoted
        case .quoteInQuoted:
            if isQuote { return .quoted }
            if isComma { return .fieldStart }
            return isSpace ? .afterQuoted : .stray
        case .afterQuoted:
            if isComma { return .fieldStart }
            return isSpace ? .afterQuoted : .stray
        case .stray: return .stray
        }
    }
}
