package import DecisionEngine
package import Facts
import Foundation
package import Lifecycle
package import PolicyProgram

/// A plan for other systems to read: what access changes, for whom, from when.
package struct PlanDocument: Encodable, Sendable {
    /// A row: every pair of its actions and resources changes alike.
    struct Row: Encodable {
        let change: String
        let subject: String
        let actions: [String]
        let resources: [String]
        let from: String?
        let until: String?
        let before: [String]
        let after: [String]
        let inTheWay: [String]
        let lacking: [String]
        let cites: [String]
        let events: [String]
        let groups: [String]
        let duties: [RowDuty]
        let remaining: [[String: String]]
    }

    /// What must be done with what a row's person has.
    struct RowDuty: Encodable {
        let verb: String
        let object: String
    }

    /// Somebody who enters or leaves a group of another system.
    struct Group: Encodable {
        let change: String
        let group: String
        let member: String
        let from: String?
        let until: String?
        let cites: [String]
    }

    /// Something that an event asks to be done.
    struct Duty: Encodable {
        let verb: String
        let object: String
        let event: String
        let subject: String?
        let from: String?
        let by: String?
        let cites: [String]
    }

    let program: String
    let sequence: Int64
    let events: [String]
    let from: String?
    let rows: [Row]
    let groups: [Group]
    let duties: [Duty]

    /// Puts a plan in its outward form.
    ///
    /// - Parameters:
    ///   - plan: the plan.
    ///   - rules: the policy's rules, for what they cite.
    ///   - events: the ids of the events it is about.
    ///   - program: the policy's program that it was made by.
    ///   - sequence: the ledger sequence of the facts it was made from.
    ///   - zone: the zone its instants are written in.
    package init(
        _ plan: Plan, rules: [ProgramRule], events: [String], program: ProgramDigest,
        sequence: Int64, zone: ZoneTable
    ) {
        self.program = program.description
        self.sequence = sequence
        self.events = events
        from = Self.text(plan.from, zone)
        let cites = Dictionary(rules.map { ($0.name, $0.cites) }) { $0 + $1 }
        let (groupsByMember, dutiesByPerson) = (
            Dictionary(grouping: plan.groups, by: \.member),
            Dictionary(grouping: plan.duties, by: \.about)
        )
        rows = plan.rows.map { row in
            let named = row.change.lessens ? row.before + row.inTheWay : row.before + row.after
            let ofPerson = Plan(
                rows: [], from: plan.from, duties: dutiesByPerson[row.subject] ?? [],
                groups: groupsByMember[row.subject] ?? [])
            return Row(
                change: row.change.rawValue, subject: row.subject.name, actions: row.actions,
                resources: row.resources.map(\.name), from: Self.text(row.interval.from, zone),
                until: Self.text(row.interval.until, zone), before: row.before, after: row.after,
                inTheWay: row.inTheWay, lacking: row.lacking,
                cites: Set(named.flatMap { cites[$0] ?? [] }).sorted(), events: row.events,
                groups: ofPerson.groups(of: row).map(\.group),
                duties: ofPerson.duties(of: row).map {
                    RowDuty(verb: $0.verb, object: Self.text($0.object))
                },
                remaining: row.remaining.map { $0.mapValues(Self.text) })
        }
        groups = plan.groups.map { change in
            Group(
                change: change.change.rawValue, group: change.group, member: change.member.name,
                from: Self.text(change.interval.from, zone),
                until: Self.text(change.interval.until, zone), cites: change.cites)
        }
        duties = plan.duties.map { duty in
            Duty(
                verb: duty.verb, object: Self.text(duty.object), event: duty.event,
                subject: duty.about?.name,
                from: Self.text(duty.from, zone), by: duty.by.flatMap { Self.text($0, zone) },
                cites: duty.why.cites)
        }
    }

    /// The plan as CSV (RFC 4180): a line for each action on each resource, one for each change in a group, whose name
    /// is in the resource's place, and one for each duty.
    package var csv: String {
        let header = [
            "change", "subject", "action", "resource", "from", "until", "before", "after",
            "in-the-way", "lacking", "cites", "events", "groups", "duties",
        ]
        let rest = [String](repeating: "", count: 8)
        var lines = [header]
        for row in rows {
            for action in row.actions {
                for resource in row.resources {
                    lines.append([
                        row.change, row.subject, action, resource, row.from ?? "", row.until ?? "",
                        row.before.joined(separator: ";"), row.after.joined(separator: ";"),
                        row.inTheWay.joined(separator: ";"), row.lacking.joined(separator: ";"),
                        row.cites.joined(separator: ";"), row.events.joined(separator: ";"),
                        row.groups.joined(separator: ";"),
                        row.duties.map { "\($0.verb) \($0.object)" }.joined(separator: ";"),
                    ])
                }
            }
        }
        for group in groups {
            lines.append(
                [group.change, group.member, "", group.group, group.from ?? "", group.until ?? ""]
                    + rest)
        }
        for duty in duties {
            lines.append(
                [
                    "duty", duty.subject ?? "", duty.verb, duty.object, duty.from ?? "",
                    duty.by ?? "",
                ]
                    + rest)
        }
        return CSVText.text(lines)
    }

    private static func text(_ instant: Instant, _ zone: ZoneTable) -> String? {
        let text = TimeText.rfc3339(instant, in: zone)
        return text.isEmpty ? nil : text
    }

    private static func text(_ value: Value) -> String {
        switch value {
        case .boolean(let boolean): String(boolean)
        case .integer(let number): String(number)
        case .text(let text), .symbol(let text): text
        case .instant(let instant): String(instant.secondsSinceEpoch)
        case .entity(let id): id.name
        case .set(let members): members.map(text).joined(separator: ";")
        }
    }
}
