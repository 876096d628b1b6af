package import LDAPClient
package import Ledger

/// What came of carrying an order out.
package struct Outcome: Sendable {
    /// What was changed; where it was only looked at, what would be.
    package var done: [MembershipChange] = []
    /// What was not, and why.
    package var undone: [Undone] = []
    /// How many entries and leavings were so already.
    package var already = 0
    /// The run's name; nil where nothing had to be done.
    package var run: Int64?
    /// Runs that had been interrupted before.
    package var interrupted: [Int64] = []
    /// The changes as a directory takes them, where they were only looked at.
    package var modifications: [(dn: DistinguishedName, changes: [LDAPModification])] = []

    /// Nothing yet.
    package init() {}
}
