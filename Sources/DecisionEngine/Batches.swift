/// Many requests at once.
extension DecisionEngine {
    /// Decides requests, in their order, as `decide` does each.
    ///
    /// Quicker than one by one where people and resources come up again: what is worked out of one request serves the
    /// others.
    ///
    /// - Complexity: that of each decision.
    public func decide(_ requests: some Sequence<Request>) -> [Decision] {
        var evaluator = evaluator()
        return requests.map { evaluator.decision(on: $0) }
    }
}

extension Evaluator {
    /// Decides requests, in their order.
    ///
    /// - Parameters:
    ///   - requests: what is asked.
    ///   - verdicts: gets the answers; what it held before is gone. With room for them, nothing is allocated.
    /// - Complexity: that of each decision.
    public mutating func decide(_ requests: [ResolvedRequest], into verdicts: inout [Verdict]) {
        verdicts.removeAll(keepingCapacity: true)
        // Not in between: the verdicts before would lose their meaning.
        forgetIfFull()
        for index in requests.indices { verdicts.append(answer(requests[index])) }
    }
}
