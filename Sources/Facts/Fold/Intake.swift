/// Decides what may enter the ledger, before it does.
public enum Intake {
    /// What is wrong with `new` entries on top of those `known`: contradictions with the vocabulary's
    /// hierarchies, entities that don't exist when something happens to them, references to nobody.
    ///
    /// The new entries carry the sequences that they would get. A problem may also name an older entry
    /// that the new ones leave without ground. What was wrong before is not reported again.
    ///
    /// - Complexity: two folds of all entries.
    public static func problems(
        with new: [LedgerEntry], after known: [LedgerEntry], vocabulary: Vocabulary, zone: ZoneTable
    ) -> [FactProblem] {
        let before = Fold.facts(from: known, vocabulary: vocabulary, zone: zone).problems
        let (facts, problems) = Fold.facts(from: known + new, vocabulary: vocabulary, zone: zone)
        let old = Set(before)
        let concerning = problems.filter { !old.contains($0) }
        // An entry that names nobody fails in other ways too; one problem of each entry is enough.
        var seen: Set<Int64> = []
        return (ReferenceCheck.problems(in: new, facts: facts) + concerning).filter { problem in
            problem.sequence.map { seen.insert($0).inserted } ?? true
        }
    }
}
