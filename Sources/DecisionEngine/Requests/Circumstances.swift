public import Facts
import PolicyProgram

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
        /// Marks the engine that resolved it, and those made from it; where `isExact`, that one alone.
        let lineage: UInt64
        let isExact: Bool

        init(context: [Snapshot.Cell?], windows: [Bool]?, lineage: UInt64, isExact: Bool) {
            self.context = context
            self.windows = windows
            self.lineage = lineage
            self.isExact = isExact
        }
    }

    /// Nothing is said.
    public static let none = Circumstances(context: [], lineage: 0)

    init(
        context: [Snapshot.Cell?], windows: [Bool]? = nil, lineage: UInt64, isExact: Bool = false
    ) {
        said =
            windows == nil && !context.contains { $0 != nil }
            ? nil : Said(context: context, windows: windows, lineage: lineage, isExact: isExact)
    }

    /// Whether an engine understands it: what says nothing is understood by all.
    @inline(__always)
    func isOf(lineage: UInt64, numbering: UInt64) -> Bool {
        guard let said else { return true }
        return said.lineage == (said.isExact ? numbering : lineage)
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
        guard !context.isEmpty else { return .none }
        // A text that nobody has spoken of so far, or an entity, may get a number later: then it has to be looked up anew.
        let isExact = program.vocabulary.contexts.contains {
            $0.type.isNumberedByFacts && context[$0.name] != nil
        }
        return Circumstances(
            context: contextCells(context), lineage: isExact ? numbering : lineage,
            isExact: isExact)
    }
}

extension ValueType {
    /// Whether its values get their numbers from the facts.
    fileprivate var isNumberedByFacts: Bool {
        switch self {
        case .text, .entity, .set: true
        case .boolean, .integer, .instant, .date, .lastDay, .enumeration: false
        }
    }
}
