/// How much may change in another system at once.
///
/// A mistake in the facts must not look like everybody leaving.
package struct Guards: Hashable, Sendable {
    /// So many people may always be touched.
    package var people = 50
    /// So many in a hundred of all people known may be touched.
    package var percent = 10
    /// Below so many people, shares are not asked: one of eight is a large share.
    package var leastPeople = 5
    /// Whether somebody has looked, and said that it is as it should be.
    package var isOverridden = false

    /// The usual guards.
    package init() {}

    /// Refuses to touch too many people.
    ///
    /// - Parameters:
    ///   - touched: how many enter or leave a group.
    ///   - known: how many people there are.
    /// - Throws: `.tooMany`.
    func check(touched: Int, of known: Int) throws(EnforcementError) {
        guard !isOverridden else { return }
        let isLargeShare = touched > leastPeople && touched * 100 > percent * known
        if touched > people || isLargeShare {
            throw .tooMany(touched: touched, known: known)
        }
    }
}

/// Why nothing was changed.
package enum EnforcementError: Error, Hashable, Sendable {
    /// More people would be touched than may be at once.
    case tooMany(touched: Int, known: Int)
    /// A group of administrators would be left without anybody.
    case locksOut(group: String)
    /// The placeholder is somebody: who stands in every group that nobody belongs to must be nobody.
    case placeholderIsAPerson(String)
    /// Somebody else is changing groups, by the same ledger.
    case busy
}
