/// Something to say about a source: a value, made into text only at the edge.
public struct Diagnostic: Hashable, Sendable {
    /// How grave it is.
    public enum Severity: String, Hashable, Sendable {
        /// The policy or the data can't be used.
        case error
        /// It can, but somebody should look.
        case warning
        /// For information.
        case note
    }

    /// A related place and what to say of it.
    public struct Note: Hashable, Sendable {
        /// What to say.
        public let code: NoteCode
        /// What fills the gaps in the text, in order.
        public let arguments: [String]
        /// Where, if anywhere.
        public let place: Place?

        /// Creates a note.
        public init(_ code: NoteCode, _ arguments: [String] = [], at place: Place? = nil) {
            self.code = code
            self.arguments = arguments
            self.place = place
        }
    }

    /// What kind of thing it is.
    public let code: DiagnosticCode
    /// How grave.
    public let severity: Severity
    /// What fills the gaps in the text, in order.
    public let arguments: [String]
    /// Where.
    public let place: Place
    /// More places, and what else there is to know.
    public let notes: [Note]
    /// The change that mends it, where one is known.
    public let fix: Fix?

    /// Creates a diagnostic.
    public init(
        _ code: DiagnosticCode, _ arguments: [String] = [], at place: Place,
        severity: Severity = .error, notes: [Note] = [], fix: Fix? = nil
    ) {
        self.code = code
        self.severity = severity
        self.arguments = arguments
        self.place = place
        self.notes = notes
        self.fix = fix
    }
}

extension [Diagnostic] {
    /// Whether any of them is an error.
    public var hasErrors: Bool { contains { $0.severity == .error } }

    /// By source, then place, then code: the order in which people read.
    public func inReadingOrder() -> [Diagnostic] {
        sorted { left, right in
            (left.place.source, left.place.span.lower, left.place.span.upper, left.code.rawValue)
                < (
                    right.place.source, right.place.span.lower, right.place.span.upper,
                    right.code.rawValue
                )
        }
    }
}
