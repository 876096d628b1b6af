/// A change to the text that mends a mistake.
///
/// What is said of a mistake may be a guess; a change that a tool makes by itself may not. So a fix says how sure
/// it is.
public struct Fix: Hashable, Sendable {
    /// How sure it is that this is what was meant.
    public enum Applicability: String, Hashable, Sendable {
        /// The text as written has no meaning, and only this one can have been meant.
        case sure
        /// Somebody must decide.
        case maybe
    }

    /// One piece of text put in another's place.
    public struct Edit: Hashable, Sendable {
        /// What is replaced; empty where something is put in.
        public let place: Place
        /// What stands there afterwards; empty where something is removed.
        public let replacement: String

        /// Creates an edit.
        public init(_ place: Place, _ replacement: String) {
            self.place = place
            self.replacement = replacement
        }
    }

    /// The changes, which belong together; none overlaps another.
    public let edits: [Edit]
    /// How sure it is.
    public let applicability: Applicability

    /// Creates a fix of one or more edits.
    public init(_ edits: [Edit], _ applicability: Applicability) {
        self.edits = edits
        self.applicability = applicability
    }

    /// Puts `replacement` in the place of what stands at `place`.
    public static func replacing(
        _ place: Place, with replacement: String, _ applicability: Applicability
    ) -> Fix {
        Fix([Edit(place, replacement)], applicability)
    }

    /// The sources with this fix made.
    public func applied(to sources: [SourceText]) -> [SourceText] {
        sources.enumerated().map { index, source in
            source.replacing(edits.filter { $0.place.source == index })
        }
    }
}

extension SourceText {
    /// The source with these pieces of it replaced; they lie in it and don't overlap.
    func replacing(_ edits: [Fix.Edit]) -> SourceText {
        guard !edits.isEmpty else { return self }
        var mended: [UInt8] = []
        var position = 0
        for edit in edits.sorted(by: { $0.place.span.lower < $1.place.span.lower }) {
            mended += bytes[position..<edit.place.span.lower]
            mended += Array(edit.replacement.utf8)
            position = edit.place.span.upper
        }
        return SourceText(name: name, bytes: mended + bytes[position...])
    }
}

extension [Diagnostic] {
    /// Makes all sure fixes at once, but for those that overlap one before them.
    ///
    /// - Parameters:
    ///   - sources: the sources that the diagnostics are about.
    ///   - indices: the sources that may be changed, by index.
    /// - Returns: the sources as they are then, and the diagnostics whose fixes were made.
    public func applyingSureFixes(
        to sources: [SourceText], within indices: Set<Int>
    ) -> (sources: [SourceText], mended: [Diagnostic]) {
        var edits: [Fix.Edit] = []
        var mended: [Diagnostic] = []
        for diagnostic in inReadingOrder() {
            guard let fix = diagnostic.fix, fix.applicability == .sure,
                fix.edits.allSatisfy({ indices.contains($0.place.source) }),
                !fix.edits.contains(where: { edit in edits.contains { $0.touches(edit) } })
            else { continue }
            edits += fix.edits
            mended.append(diagnostic)
        }
        return (Fix(edits, .sure).applied(to: sources), mended)
    }
}

extension Fix.Edit {
    /// Whether both change the same text, or one puts something in where the other begins or ends.
    fileprivate func touches(_ other: Fix.Edit) -> Bool {
        let (mine, its) = (place.span, other.place.span)
        guard place.source == other.place.source else { return false }
        if mine.lower == mine.upper || its.lower == its.upper {
            return mine.lower <= its.upper && its.lower <= mine.upper
        }
        return mine.lower < its.upper && its.lower < mine.upper
    }
}
