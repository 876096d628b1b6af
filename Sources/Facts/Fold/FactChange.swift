/// What entries of the ledger change in the facts.
public struct FactChange: Sendable {
    /// The sequence of the last entry.
    public let sequence: Int64
    /// Those of whom something else is known then; nil where nothing is any longer.
    public let histories: [EntityID: EntityHistory?]
    /// When each source was read to its end, where that changes.
    public let readings: [String: [Instant]]?
    /// What is wrong with the entries, and with older ones because of them.
    public let problems: [FactProblem]
    /// Where sources contradict each other about those whom the entries concern; none where they no longer do.
    let disagreements: [EntityID: [Disagreement]]
    /// What is wrong with the entries that were folded again, what was known before among it.
    let allProblems: [FactProblem]
    /// The sequences of the entries that were folded again.
    let folded: Set<Int64>

    /// What has changed from one state of the facts to another.
    ///
    /// - Parameters:
    ///   - before: the one.
    ///   - after: the other.
    /// - Complexity: linear in the number of facts.
    public init(from before: FactBase, to after: FactBase) {
        var histories: [EntityID: EntityHistory?] = [:]
        for history in after.histories where before[history.id] != history {
            histories.updateValue(history, forKey: history.id)
        }
        for history in before.histories where after[history.id] == nil {
            histories.updateValue(nil, forKey: history.id)
        }
        self.init(
            sequence: after.sequence, histories: histories,
            readings: before.readings == after.readings ? nil : after.readings)
    }

    package init(
        sequence: Int64, histories: [EntityID: EntityHistory?],
        readings: [String: [Instant]]? = nil, problems: [FactProblem] = [],
        disagreements: [EntityID: [Disagreement]] = [:], allProblems: [FactProblem] = [],
        folded: Set<Int64> = []
    ) {
        self.sequence = sequence
        self.histories = histories
        self.readings = readings
        self.problems = problems
        self.disagreements = disagreements
        self.allProblems = allProblems
        self.folded = folded
    }
}
