/// A file's text as bytes, with its lines found.
public struct SourceText: Sendable, Hashable {
    /// How the file is named to people.
    public let name: String
    /// The text, in UTF-8.
    public let bytes: [UInt8]
    private let lineStarts: [Int]

    /// Creates a source from its bytes.
    public init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
        var starts = [0]
        for (offset, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") {
            starts.append(offset + 1)
        }
        lineStarts = starts
    }

    /// Creates a source from text.
    public init(name: String, text: String) {
        self.init(name: name, bytes: Array(text.utf8))
    }

    /// How many lines there are; a final newline begins one more, which is empty.
    public var lineCount: Int { lineStarts.count }

    /// The line, from 1, that holds the byte at `offset`.
    ///
    /// - Complexity: logarithmic in the number of lines.
    public func line(at offset: Int) -> Int {
        var low = 0
        var high = lineStarts.count
        while low + 1 < high {
            let middle = (low + high) / 2
            if lineStarts[middle] <= offset { low = middle } else { high = middle }
        }
        return low + 1
    }

    /// The byte offset at which `line`, from 1, begins.
    public func start(ofLine line: Int) -> Int {
        lineStarts[min(max(line, 1), lineStarts.count) - 1]
    }

    /// The bytes of `line`, from 1, without its line end; none where there is no such line.
    public func bytes(ofLine line: Int) -> ArraySlice<UInt8> {
        guard line >= 1, line <= lineStarts.count else { return [] }
        let start = lineStarts[line - 1]
        var end = line < lineStarts.count ? lineStarts[line] - 1 : bytes.count
        if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        return bytes[start..<end]
    }

    /// The text between two byte offsets; what is not UTF-8 is replaced.
    public func text(in span: Span) -> String {
        let lower = min(max(span.lower, 0), bytes.count)
        let upper = min(max(span.upper, lower), bytes.count)
        return String(decoding: bytes[lower..<upper], as: UTF8.self)
    }

    /// The column, from 1, in Unicode scalars, of the byte at `offset`.
    public func column(at offset: Int) -> Int {
        let start = lineStarts[line(at: offset) - 1]
        let end = min(max(offset, start), bytes.count)
        return String(decoding: bytes[start..<end], as: UTF8.self).unicodeScalars.count + 1
    }

    /// A stretch of a source's bytes.
    public struct Span: Hashable, Sendable {
        /// The first byte's offset.
        public let lower: Int
        /// The offset after the last byte.
        public let upper: Int

        /// Creates a span.
        public init(_ lower: Int, _ upper: Int) {
            self.lower = lower
            self.upper = max(lower, upper)
        }

        /// The smallest span that holds both.
        public func union(_ other: Span) -> Span {
            Span(min(lower, other.lower), max(upper, other.upper))
        }
    }
}

extension SourceText: CustomStringConvertible {
    /// The source's name; its text would drown what is said about it.
    public var description: String { name }
}

/// A place in one of the sources that were read together.
public struct Place: Hashable, Sendable {
    /// Which source, by its index.
    public let source: Int
    /// Where in it.
    public let span: SourceText.Span

    /// Creates a place.
    public init(source: Int, span: SourceText.Span) {
        self.source = source
        self.span = span
    }

    /// The beginning of the first source: where to point at what stands in none.
    public static let beginning = Place(source: 0, span: SourceText.Span(0, 0))

    /// Whether it is a part of another.
    public func lies(in other: Place) -> Bool {
        source == other.source && span.lower >= other.span.lower && span.upper <= other.span.upper
    }

    /// The smallest place that holds both; they lie in one source.
    public func union(_ other: Place) -> Place {
        Place(source: source, span: span.union(other.span))
    }
}
