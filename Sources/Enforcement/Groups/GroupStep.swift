package import Ledger
import LDAPClient

/// One group, and who shall enter and leave it.
struct GroupStep: Sendable {
    let group: DistinguishedName
    /// The group's name as it was given.
    let text: String
    /// As it was when it was read.
    let state: GroupState
    /// Those who aren't in it and shall be, by id, each with the one name that is theirs.
    var joins: [String: Set<DistinguishedName>] = [:]
    /// Those who are in it and shall not be, by id, each with all names that they are in it by.
    var leaves: [String: Set<DistinguishedName>] = [:]

    var change: MembershipChange {
        MembershipChange(group: text, joins: Array(joins.keys), leaves: Array(leaves.keys))
    }

    /// How many people it is about.
    var size: Int { joins.count + leaves.count }

    var joining: Set<DistinguishedName> { joins.values.reduce(into: []) { $0.formUnion($1) } }
    var leaving: Set<DistinguishedName> { leaves.values.reduce(into: []) { $0.formUnion($1) } }

    /// Those who leave by themselves, and those who enter.
    var halves: [GroupStep] {
        var (leaving, entering) = (self, self)
        leaving.joins = [:]
        entering.leaves = [:]
        return [leaving, entering].filter { !$0.change.isEmpty }
    }

    /// The step in parts of at most so many people; those who leave come first.
    ///
    /// Of a group that shows nobody, each name that shall leave is a part: the server says of each whether it is in it.
    func parts(of most: Int) -> [GroupStep] {
        let order =
            leaves.keys.sorted().map { ($0, false) } + joins.keys.sorted().map { ($0, true) }
        if state.isBlank {
            let names = leaves.sorted { $0.key < $1.key }.flatMap { id, names in
                names.map { (id, $0) }
            }
            var entering = self
            entering.leaves = [:]
            let leaving = names.map { id, name in
                GroupStep(group: group, text: text, state: state, leaves: [id: [name]])
            }
            return leaving + (joins.isEmpty ? [] : [entering])
        }
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

    /// Creates what was not done.
    package init(change: MembershipChange, problem: GroupProblem) {
        self.change = change
        self.problem = problem
    }
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
        var unknown: (joins: [String], leaves: [String]) = ([], [])
        var ambiguous: [String] = []
        for id in change.joins {
            guard let name = people.name(of: id) else {
                if people.isAmbiguous(id) {
                    ambiguous.append(id)
                } else {
                    unknown.joins.append(id)
                }
                continue
            }
            if state.members.contains(name) { already += 1 } else { step.joins[id] = [name] }
        }
        for id in change.leaves {
            // Whichever of several entries is theirs: none of them shall be in it.
            let names = people.names(of: id)
            let inside = state.isBlank ? names : names.intersection(state.members)
            if names.isEmpty {
                unknown.leaves.append(id)
            } else if inside.isEmpty {
                already += 1
            } else {
                step.leaves[id] = inside
            }
        }
        note(unknown.joins, unknown.leaves, change.group) { .notFound($0) }
        note(ambiguous, [], change.group) { .ambiguous($0) }
        if !step.change.isEmpty { steps.append(step) }
    }

    private mutating func note(
        _ joins: [String], _ leaves: [String], _ group: String,
        _ problem: ([String]) -> GroupProblem
    ) {
        let change = MembershipChange(group: group, joins: joins, leaves: leaves)
        guard !change.isEmpty else { return }
        undone.append(Undone(change: change, problem: problem((joins + leaves).sorted())))
    }

    /// Goes on with these steps, and not with those, for a reason.
    mutating func goOn(with steps: [GroupStep], without held: [GroupStep], _ problem: GroupProblem)
    {
        self.steps = steps
        undone += held.map { Undone(change: $0.change, problem: problem) }
    }
}
