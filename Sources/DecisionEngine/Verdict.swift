public import Facts

/// A decision as an evaluator gives it: a few numbers, and nothing to allocate or count.
///
/// The evaluator that gave it spells it out.
public struct Verdict: Hashable, Sendable, BitwiseCopyable {
    /// Why the answer is what it is.
    public let basis: Decision.Basis
    /// The outcomes of the rules, by their number in the evaluator.
    let outcome: UInt32
    private let end: Instant

    /// Whether the request is permitted.
    public var isPermitted: Bool { basis == .permitted }

    /// Until when the answer holds if nothing new is recorded; nil where nothing known will change it.
    public var validUntil: Instant? { end == .distantFuture ? nil : end }

    init(basis: Decision.Basis, outcome: UInt32, end: Instant) {
        self.basis = basis
        self.outcome = outcome
        self.end = end
    }
}
