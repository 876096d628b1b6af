public import Facts

/// Facts that are laid out without being in memory all at once.
///
/// Their histories are gone through up to three times, and must be the same each time.
public struct FactStream<Histories: Sequence<EntityHistory>> {
    /// Every entity and record, in order of id.
    public let histories: Histories
    /// The sequence of the last ledger entry that they rest on.
    public let sequence: Int64
    /// When each source was read to its end, in order.
    public let readings: [String: [Instant]]

    /// Creates a stream.
    ///
    /// - Parameters:
    ///   - histories: every entity and record, in order of id.
    ///   - sequence: the sequence of the last ledger entry that they rest on.
    ///   - readings: when each source was read to its end, in order.
    public init(
        _ histories: Histories, sequence: Int64, readings: [String: [Instant]] = [:]
    ) {
        self.histories = histories
        self.sequence = sequence
        self.readings = readings
    }
}

extension FactStream where Histories == [EntityHistory] {
    init(_ facts: FactBase) {
        self.init(facts.histories, sequence: facts.sequence, readings: facts.readings)
    }
}
