public import Facts

/// What a request says of its circumstances (device, network, place), resolved once for many requests.
///
/// `DecisionEngine.circumstances(_:)` makes one.
public struct Circumstances: Sendable {
    /// Nil where nothing is said, as of most requests: then there is nothing to count.
    private let said: Said?

    private final class Said: Sendable {
        /// For each of the vocabulary's contexts, what was brought.
        let context: [Snapshot.Cell?]
        /// For each of the program's windows, whether the time lies in it; nil where the time says so itself.
        let windows: [Bool]?

        init(context: [Snapshot.Cell?], windows: [Bool]?) {
            self.context = context
            self.windows = windows
        }
    }

    /// Nothing is said.
    public static let none = Circumstances(context: [])

    init(context: [Snapshot.Cell?], windows: [Bool]? = nil) {
        said =
            windows == nil && !context.contains { $0 != nil }
            ? nil : Said(context: context, windows: windows)
    }

    /// What was brought of a context; nil where it wasn't.
    func cell(_ place: UInt32) -> Snapshot.Cell? { said?.context[Int(place)] }

    /// Whether the time lies in a window; nil where the time says so itself.
    func isIn(window place: Int) -> Bool? { said?.windows?[place] }
}

extension DecisionEngine {
    /// Resolves what a request says of its circumstances, by their dotted names.
    ///
    /// What the vocabulary doesn't know, or has otherwise, is left out: it is unknown.
    public func circumstances(_ context: [String: Value]) -> Circumstances {
        context.isEmpty ? .none : Circumstances(context: contextCells(context))
    }
}
