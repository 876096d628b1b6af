package import DecisionEngine
package import Facts
import Foundation

/// A plan that was written as JSON, as far as it can be carried out in other systems.
///
/// It comes from a file that anybody may have changed: it only says what somebody has looked at. Whether a change is right
/// is asked of the engine again.
package struct PlanFile: Sendable {
    /// Somebody who enters or leaves a group.
    package struct GroupChange: Hashable, Sendable {
        /// Whether they leave it.
        package let isLeaving: Bool
        /// The group.
        package let group: String
        /// Who, by id.
        package let member: String
        /// From when and until when.
        package let interval: Interval
    }

    /// The program it was made by.
    package let program: ProgramDigest
    /// The sequence of the facts it was made from.
    package let sequence: Int64
    /// The events it is about.
    package let events: [String]
    /// What changes in groups.
    package let groups: [GroupChange]

    /// Reads a plan.
    ///
    /// - Parameters:
    ///   - bytes: the JSON that `PlanDocument` becomes.
    ///   - zone: the zone that times without an offset would be in; plans have none.
    /// - Throws: where it is no plan, says what is wrong.
    package init(_ bytes: [UInt8], zone: ZoneTable) throws(PlanFileError) {
        let document: Document
        do {
            document = try JSONDecoder().decode(Document.self, from: Data(bytes))
        } catch let error as DecodingError {
            throw PlanFileError(error)
        } catch {
            throw PlanFileError(place: "", problem: "no JSON")
        }
        var groups: [GroupChange] = []
        for (index, change) in document.groups.enumerated() {
            let place = "groups[\(index)]"
            guard ["leave", "join"].contains(change.change) else {
                throw PlanFileError(place: place, problem: "`change` is neither leave nor join")
            }
            groups.append(
                GroupChange(
                    isLeaving: change.change == "leave", group: change.group,
                    member: change.member,
                    interval: Interval(
                        from: try Self.instant(change.from, .distantPast, at: place, zone),
                        until: try Self.instant(change.until, .distantFuture, at: place, zone))))
        }
        guard document.program.utf8.count == 64 else {
            throw PlanFileError(place: "program", problem: "no digest of a program")
        }
        program = ProgramDigest(hexadecimal: document.program)
        sequence = document.sequence
        events = document.events
        self.groups = groups
    }

    private struct Document: Decodable {
        struct Group: Decodable {
            let change: String
            let group: String
            let member: String
            let from: String?
            let until: String?
        }

        let program: String
        let sequence: Int64
        let events: [String]
        let groups: [Group]
    }

    private static func instant(
        _ text: String?, _ none: Instant, at place: String, _ zone: ZoneTable
    ) throws(PlanFileError) -> Instant {
        guard let text else { return none }
        guard let instant = TimeText.instant(text, in: zone) else {
            throw PlanFileError(place: place, problem: "`\(text)` is no time")
        }
        return instant
    }
}

/// Why a file is no plan.
package struct PlanFileError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Where, as a path into the JSON; empty for the whole.
    package let place: String
    /// What is wrong there.
    package let problem: String

    /// One line in English.
    package var description: String { place.isEmpty ? problem : "\(place): \(problem)" }

    init(place: String, problem: String) {
        self.place = place
        self.problem = problem
    }

    init(_ error: DecodingError) {
        switch error {
        case .keyNotFound(let key, let context):
            self.init(context, "`\(key.stringValue)` is missing")
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            self.init(context, "of another type than in a plan")
        case .dataCorrupted(let context): self.init(context, "no JSON")
        @unknown default: self.init(place: "", problem: "no plan")
        }
    }

    private init(_ context: DecodingError.Context, _ problem: String) {
        let path = context.codingPath.map { key in
            key.intValue.map { "[\($0)]" } ?? ".\(key.stringValue)"
        }.joined()
        self.init(place: String(path.trimmingPrefix(".")), problem: problem)
    }
}
