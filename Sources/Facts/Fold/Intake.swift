/// Decides what may enter the ledger, before it does.
public enum Intake {
    /// What is wrong with `new` entries on top of those `known`: contradictions with the vocabulary's
    /// hierarchies, entities that don't exist when something happens to them, references to nobody.
    ///
    /// The new entries carry the sequences that they would get. A problem may also name an older entry
    /// that the new ones leave without ground. What was wrong before is not reported again.
    ///
    /// - Complexity: a fold of the known entries, and of those that the new ones lead to.
    public static func problems(
        with new: [LedgerEntry], after known: [LedgerEntry], vocabulary: Vocabulary, zone: ZoneTable
    ) -> [FactProblem] {
        problems(
            with: new, after: LiveFacts(known, vocabulary: vocabulary, zone: zone))
    }

    /// The same where the facts are at hand.
    ///
    /// - Complexity: that of folding the entries that the new ones lead to.
    public static func problems(with new: [LedgerEntry], after facts: LiveFacts) -> [FactProblem] {
        let change = facts.change(by: new)
        let unknown = ReferenceCheck.problems(in: new) { id in
            (change.histories[id] ?? facts[id]) != nil
        }
        // An entry that names nobody fails in other ways too; one problem of each entry is enough.
        var seen: Set<Int64> = []
        let first = new.map(\.sequence).min() ?? .max
        return (unknown + change.problems).filter { problem in
            // What was recorded before and now lacks its ground has no effect; a departure is not refused because of it.
            if problem.isUnmetNeed, let sequence = problem.sequence, sequence < first {
                return false
            }
            return problem.sequence.map { seen.insert($0).inserted } ?? true
        }
    }
}
