package import Ledger
import LDAPClient

/// One group, and who shall enter and leave it.
struct GroupStep: Sendable {
    let group: DistinguishedName
    /// The group's name as it was given.
    let text: String
    /// As it was when it was read.
    let state: GroupState
    /// Those who aren't in it and shall be, by id.
    var joins: [String: DistinguishedName] = [:]
    /// Those who are in it and shall not be, by id.
    var leaves: [String: DistinguishedName] = [:]

    var change: MembershipChange {
        MembershipChange(group: text, joins: Array(joins.keys), leaves: Array(leaves.keys))
    }

    /// Whether nobody is in the group once the step is done.
    var leavesNobody: Bool { state.members.count + joins.count == leaves.count }

    /// The step in parts of at most so many people; those who leave come first.
    func parts(of most: Int) -> [GroupStep] {
        let order =
            leaves.keys.sorted().map { ($0, false) } + joins.keys.sorted().map { ($0, true) }
        return stride(from: 0, to: order.count, by: most).map { start in
            var part = GroupStep(group: group, text: text, state: state)
            for (id, isJoin) in order[start..<min(start + most, order.count)] {
                if isJoin { part.joins[id] = joins[id] } else { part.leaves[id] = leaves[id] }
            }
            return part
        }
    }
}

/// A change that was not made, and why.
package struct Undone: Hashable, Sendable {
    /// What was wanted.
    package let change: MembershipChange
    /// Why it was not made.
    package let problem: GroupProblem
}

/// What is to be done in a directory, on top of what is so already.
struct GroupSteps: Sendable {
    private(set) var steps: [GroupStep] = []
    private(set) var undone: [Undone] = []
    /// How many of the wanted entries and leavings are so already.
    private(set) var already = 0

    /// Looks at the directory.
    init(
        _ wanted: [MembershipChange], in groups: DirectoryGroups,
        over connection: borrowing LDAPConnection
    ) throws(LDAPError) {
        let ids = Set(wanted.flatMap { $0.joins + $0.leaves })
        let people = try groups.people(ids, over: connection)
        for change in wanted {
            do throws(GroupProblem) {
                guard let name = try? DistinguishedName(change.group) else { throw .noName }
                let state = try groups.state(of: name, over: connection)
                add(change, name, state, people)
            } catch {
                undone.append(Undone(change: change, problem: error))
            }
        }
    }

    private mutating func add(
        _ change: MembershipChange, _ group: DistinguishedName, _ state: GroupState,
        _ people: PeopleIndex
    ) {
        var step = GroupStep(group: group, text: change.group, state: state)
        var unknown = Wanted()
        var ambiguous = Wanted()
        for (ids, isJoin) in [(change.joins, true), (change.leaves, false)] {
            for id in ids {
                guard let name = people.name(of: id) else {
                    if people.ambiguous.contains(id) {
                        ambiguous[isJoin].append(id)
                    } else {
                        unknown[isJoin].append(id)
                    }
                    continue
                }
                guard state.members.contains(name) != isJoin else {
                    already += 1
                    continue
                }
                if isJoin { step.joins[id] = name } else { step.leaves[id] = name }
            }
        }
        note(unknown, change.group) { .notFound($0) }
        note(ambiguous, change.group) { .ambiguous($0) }
        if !step.change.isEmpty { steps.append(step) }
    }

    private mutating func note(
        _ wanted: Wanted, _ group: String, _ problem: ([String]) -> GroupProblem
    ) {
        let change = MembershipChange(group: group, joins: wanted.joins, leaves: wanted.leaves)
        guard !change.isEmpty else { return }
        undone.append(
            Undone(change: change, problem: problem((wanted.joins + wanted.leaves).sorted())))
    }

    /// Ids of those who shall enter, and of those who shall leave.
    private struct Wanted {
        var joins: [String] = []
        var leaves: [String] = []

        subscript(isJoin: Bool) -> [String] {
            get { isJoin ? joins : leaves }
            set { if isJoin { joins = newValue } else { leaves = newValue } }
        }
    }
}
