/// The facts as known at one ledger sequence: every entity's history.
///
/// Immutable once folded. Two fact bases are equal when they say the same of the same entities, whoever
/// said it and wherever the ledger holds it.
public struct FactBase: Sendable {
    /// The sequence of the last ledger entry that was folded; 0 where there is none.
    public let sequence: Int64
    /// Every entity and record, in order of id.
    public let histories: [EntityHistory]
    /// When each source was read to its end, in order.
    public let readings: [String: [Instant]]
    /// Where sources contradict each other, in order of entity and attribute.
    public let disagreements: [Disagreement]
    private let indices: [EntityID: Int]
    private let recordIndices: [EntityID: [String: [Int]]]

    package init(
        sequence: Int64, histories: some Collection<EntityHistory>,
        readings: [String: [Instant]] = [:], disagreements: [Disagreement] = []
    ) {
        self.sequence = sequence
        self.readings = readings
        self.disagreements = disagreements
        self.histories = histories.sorted { $0.id < $1.id }
        var indices: [EntityID: Int] = [:]
        var records: [EntityID: [String: [Int]]] = [:]
        for (index, history) in self.histories.enumerated() {
            indices[history.id] = index
            if let owner = history.owner {
                records[owner, default: [:]][history.kind, default: []].append(index)
            }
        }
        self.indices = indices
        recordIndices = records
    }

    /// What is known of `id`, or nil where nobody has spoken of it.
    public subscript(id: EntityID) -> EntityHistory? {
        indices[id].map { histories[$0] }
    }

    /// All records of a kind that belong to `owner`, past and future ones too, in order of id.
    public func records(of kind: String, ownedBy owner: EntityID) -> [EntityHistory] {
        (recordIndices[owner]?[kind] ?? []).map { histories[$0] }
    }
}

extension FactBase: Equatable {
    /// Whether both say the same, leaving aside origins and sequence.
    public static func == (left: FactBase, right: FactBase) -> Bool {
        left.histories.elementsEqual(right.histories) { $0.saysTheSame(as: $1) }
            && left.readings == right.readings
    }
}

extension EntityHistory {
    /// Whether both say the same of the same entity, whoever said it.
    package func saysTheSame(as other: EntityHistory) -> Bool {
        id == other.id && kind == other.kind && owner == other.owner && existence == other.existence
            && endedBy == other.endedBy && attributes.count == other.attributes.count
            && attributes.allSatisfy { name, values in
                guard let others = other.attributes[name], values.count == others.count else {
                    return false
                }
                return zip(values, others).allSatisfy {
                    $0.value == $1.value && $0.interval == $1.interval
                }
            }
    }
}
