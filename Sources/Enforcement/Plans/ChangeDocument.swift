package import Ledger

/// Changes of groups for other systems to carry out.
package struct ChangeDocument: Encodable, Sendable {
    /// Somebody who enters or leaves a group.
    struct Line: Encodable {
        let change: String
        let group: String
        let member: String
    }

    let sequence: Int64
    let changes: [Line]

    /// Puts changes in their outward form: who leaves comes first.
    ///
    /// - Parameters:
    ///   - changes: the changes.
    ///   - sequence: the ledger sequence of the facts they follow from.
    package init(_ changes: [MembershipChange], sequence: Int64) {
        self.sequence = sequence
        self.changes =
            changes.flatMap { change in
                change.leaves.map { Line(change: "leave", group: change.group, member: $0) }
            }
            + changes.flatMap { change in
                change.joins.map { Line(change: "join", group: change.group, member: $0) }
            }
    }

    /// The changes as CSV (RFC 4180), a line each; for programs, so that names stand as they are.
    package var csv: String {
        CSVText.exact(
            [["change", "group", "member"]] + changes.map { [$0.change, $0.group, $0.member] })
    }
}
