import DecisionEngine
import Facts
import Foundation
package import Ledger

/// Somebody's approval of a plan, as a file holds it.
package struct PlanApproval: Codable, Hashable, Sendable {
    /// Who, by id.
    package let approver: String
    /// Their signature over `PlanFile.approved(by:)`, in Base64.
    package let signature: String

    /// Creates an approval.
    package init(approver: String, signature: String) {
        self.approver = approver
        self.signature = signature
    }

    /// Reads one.
    ///
    /// - Parameter bytes: JSON.
    /// - Throws: `PlanFileError` where it is none.
    package init(_ bytes: [UInt8]) throws(PlanFileError) {
        do {
            self = try JSONDecoder().decode(PlanApproval.self, from: Data(bytes))
        } catch let error as DecodingError {
            throw PlanFileError(error)
        } catch {
            throw PlanFileError(place: "", problem: "no JSON")
        }
    }

    /// As the ledger keeps it.
    package var record: EnforcementRun.Approval {
        EnforcementRun.Approval(approver: approver, signature: signature)
    }
}

extension PlanFile {
    private struct Approved: Encodable {
        struct Group: Encodable {
            let change: String
            let group: String
            let member: String
            let from: Int64
            let until: Int64
        }

        let format = "ntk plan approval 1"
        let approver: String
        let program: String
        let sequence: Int64
        let events: [String]
        let groups: [Group]
    }

    /// The bytes that somebody signs who approves a plan: all that is carried out of it, what it was made from, and who
    /// they are.
    package func approved(by approver: String) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array(
            try encoder.encode(
                Approved(
                    approver: approver, program: program.description, sequence: sequence,
                    events: events,
                    groups: groups.map { change in
                        Approved.Group(
                            change: change.isLeaving ? "leave" : "join", group: change.group,
                            member: change.member, from: change.interval.from.secondsSinceEpoch,
                            until: change.interval.until.secondsSinceEpoch)
                    })))
    }
}
