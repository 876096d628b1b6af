package import Diagnostics

/// What reading a file gave: the records that can be taken, and what is wrong with the others.
///
/// Nothing is left out in silence: a line is blank, or gave a record, or repeats one to the letter, or is
/// among the bad ones. Whether to refuse a file with bad lines or set them aside is the caller's decision.
package struct FeedResult<Record: Sendable>: Sendable {
    /// A record and where it stood.
    package struct Item: Sendable {
        /// The record.
        package let record: Record
        /// Its line, from 1; the first one, where it takes several.
        package let line: Int
    }

    /// The sound records, in the file's order.
    package internal(set) var records: [Item] = []
    /// What is wrong, in the file's order: one for each bad record.
    ///
    /// A header may have several.
    package internal(set) var diagnostics: [Diagnostic] = []
    /// The line of each bad record, from 1, in the file's order.
    package internal(set) var badLines: [Int] = []

    mutating func refuse(_ line: Int, _ diagnostic: Diagnostic) {
        diagnostics.append(diagnostic)
        if badLines.last != line { badLines.append(line) }
    }
}

/// How much of a file is read.
package struct FeedLimits: Sendable {
    /// The most bytes of one record.
    package var mostBytesPerRecord = 1 << 20
    /// The most records of one file.
    package var mostRecords = 50_000_000

    /// The limits that hold unless a caller says otherwise.
    package static let standard = FeedLimits()

    /// Creates limits.
    package init() {}
}

extension SourceText {
    /// A place in this source, read alone.
    func place(_ range: Range<Int>) -> Place {
        Place(source: 0, span: Span(range.lowerBound, range.upperBound))
    }

    /// Where the text begins: after a byte order mark, if there is one.
    var textStart: Int { bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0 }
}
