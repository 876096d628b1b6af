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
