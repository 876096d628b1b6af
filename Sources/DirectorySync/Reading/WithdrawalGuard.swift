import Facts

/// How much of what a directory has stated may be gone at once.
///
/// A mistake in the directory, or in what it lets us see, must not look like everybody leaving.
package struct WithdrawalGuard: Hashable, Sendable {
    /// So many of a kind may always be gone.
    package var count = 5
    /// So many in a hundred of a kind may be gone.
    package var percent = 10
    /// Whether an administrator has looked, and said that it is as it should be.
    ///
    /// A reading without a single entity is refused even so.
    package var isOverridden = false

    /// What was withdrawn a short while ago, kind by kind: many that go one by one are as many as those that go at once.
    package var recent: [String: Int] = [:]

    /// What an administrator has looked at, and what may be gone whatever the limits say.
    package var accepted: Set<PendingWithdrawals.Item> = []

    /// The usual limits.
    package init() {}

    /// Refuses `gone` where it is more of some kind than may be, or where `unclear` entries may be
    /// what is missing.
    func check(
        _ gone: [Observation], of totals: [String: Int], unclear: Int
    ) throws(DirectoryError) {
        let gone = gone.filter {
            !accepted.contains(PendingWithdrawals.Item(kind: $0.kind, id: $0.entity.name))
        }
        guard !isOverridden, !gone.isEmpty else { return }
        if unclear > 0 { throw .unclearWithdrawals(count: gone.count, unreadable: unclear) }
        // Kind by kind: all departments are few beside all people.
        let losses = Dictionary(grouping: gone, by: \.kind).mapValues(\.count)
        for (kind, lost) in losses.sorted(by: { $0.key < $1.key }) {
            let before = recent[kind] ?? 0
            let all = lost + before
            let total = (totals[kind] ?? lost) + before
            if all > count, all * 100 > percent * total {
                throw .tooManyWithdrawals(kind: kind, count: all, of: total)
            }
        }
    }
}
