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
        /// Marks the engine that resolved it.
        let lineage: UInt64

        init(context: [Snapshot.Cell?], windows: [Bool]?, lineage: UInt64) {
            self.context = context
            self.windows = windows
            self.lineage = lineage
        }
    }

    /// Nothing is said.
    public static let none = Circumstances(context: [], lineage: 0)

    init(context: [Snapshot.Cell?], windows: [Bool]? = nil, lineage: UInt64) {
        said =
            windows == nil && !context.contains { $0 != nil }
            ? nil : Said(context: context, windows: windows, lineage: lineage)
    }

    /// Whether an engine of this lineage understands it: what says nothing is understood by all.
    func isOf(_ lineage: UInt64) -> Bool { said.map { $0.lineage == lineage } ?? true }

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
        context.isEmpty ? .none : Circumstances(context: contextCells(context), lineage: lineage)
    }
}
