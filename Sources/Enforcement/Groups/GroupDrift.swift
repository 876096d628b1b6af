import LDAPClient
package import Ledger

/// Who should be in a group.
package struct ExpectedGroup: Hashable, Sendable {
    /// The group's name.
    package let group: String
    /// The ids of those who are entitled.
    package let members: [String]

    /// Creates an expectation.
    package init(group: String, members: [String]) {
        self.group = group
        self.members = members
    }
}

/// How a group differs from what the policy and the facts say.
package struct GroupDrift: Hashable, Sendable {
    /// A member that nobody is entitled to be.
    package struct Surplus: Hashable, Sendable {
        /// Its name in the directory.
        package let name: String
        /// Whose it is; nil where it is no person that the directory shows.
        package let id: String?
    }

    /// The group's name.
    package let group: String
    /// Those who are entitled and not in it.
    package let missing: [String]
    /// Those who are in it and not entitled.
    package let surplus: [Surplus]
    /// Why the group can't be compared, or not everybody; nil where all is known.
    package let problem: GroupProblem?

    /// A group that can't be compared.
    package init(group: String, problem: GroupProblem) {
        self.init(group: group, missing: [], surplus: [], problem: problem)
    }

    private init(
        group: String, missing: [String], surplus: [Surplus], problem: GroupProblem?
    ) {
        self.group = group
        self.missing = missing
        self.surplus = surplus
        self.problem = problem
    }

    /// What brings it back: who is missing enters, whoever of the known people isn't entitled leaves.
    ///
    /// Members that are nobody the directory shows as a person stay: what they are, somebody has to look at.
    package var correction: MembershipChange {
        MembershipChange(group: group, joins: missing, leaves: surplus.compactMap(\.id))
    }

    /// What the correction leaves as it is, and why.
    package var leftovers: [Undone] {
        let nothing = MembershipChange(group: group, joins: [], leaves: [])
        let unknown = surplus.filter { $0.id == nil }.map(\.name)
        return (unknown.isEmpty ? [] : [Undone(change: nothing, problem: .nobodys(unknown))])
            // What is wrong with people of the correction is found when it is carried out.
            + (correction.isEmpty
                ? problem.map { [Undone(change: nothing, problem: $0)] } ?? [] : [])
    }

    /// Whether it is as it should be.
    package var isNone: Bool { missing.isEmpty && surplus.isEmpty && problem == nil }
}

extension GroupEnforcer {
    /// The groups among these that still have members.
    ///
    /// - Parameter names: groups that were kept once, and that no entitlement is about any more.
    /// - Returns: a difference for each that isn't gone or empty.
    /// - Throws: `LDAPError` where the directory can't be read.
    package func abandoned(_ names: [String]) async throws -> [GroupDrift] {
        guard !names.isEmpty else { return [] }
        return try await drift(from: names.map { ExpectedGroup(group: $0, members: []) })
            .filter { $0.problem != .noGroup && !$0.isNone }
            .map { GroupDrift(group: $0.group, problem: $0.problem ?? .noEntitlement) }
    }

    /// Reads groups back, and tells how each differs from what it should be.
    ///
    /// - Parameter expected: who should be in which group.
    /// - Returns: the differences, a group each, in the same order.
    /// - Throws: `LDAPError` where the directory can't be read.
    package func drift(from expected: [ExpectedGroup]) async throws -> [GroupDrift] {
        try await withLDAPConnection(to: groups.target.server, as: groups.target.credential) {
            [groups] connection in
            let people = try groups.people(nil, over: connection)
            return expected.map { expected in
                do throws(GroupProblem) {
                    guard let name = try? DistinguishedName(expected.group) else { throw .noName }
                    let state = try groups.state(of: name, over: connection)
                    return GroupDrift(expected, state, people)
                } catch {
                    return GroupDrift(group: expected.group, problem: error)
                }
            }
        }
    }
}

extension GroupDrift {
    fileprivate init(_ expected: ExpectedGroup, _ state: GroupState, _ people: PeopleIndex) {
        var missing: [String] = []
        var entitled: Set<DistinguishedName> = []
        for id in expected.members {
            // Whichever of several entries is theirs, somebody entitled is no surplus.
            let names = people.names(of: id)
            entitled.formUnion(names)
            if names.isDisjoint(with: state.members) { missing.append(id) }
        }
        let ambiguous = expected.members.filter(people.isAmbiguous)
        self.init(
            group: expected.group, missing: missing.sorted(),
            surplus: state.members.subtracting(entitled)
                .map { Surplus(name: $0.description, id: people.id(of: $0)) }
                .sorted { $0.name < $1.name },
            problem: ambiguous.isEmpty ? nil : .ambiguous(ambiguous.sorted()))
    }
}
