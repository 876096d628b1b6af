import LDAPClient

/// Reading and changing a directory's groups, over an open connection.
struct DirectoryGroups: Sendable {
    /// How many people are asked for at a time.
    private static let peoplePerSearch = 100

    let target: GroupTarget

    init(_ target: GroupTarget) { self.target = target }

    // MARK: Reading

    /// The names of some people, or of all.
    func people(
        _ wanted: Set<String>?, over connection: borrowing LDAPConnection
    ) throws(LDAPError) -> PeopleIndex {
        var index = PeopleIndex()
        for rule in target.people {
            guard let wanted else {
                try add(rule, rule.filter, to: &index, over: connection)
                continue
            }
            var rest = wanted.sorted()[...]
            while !rest.isEmpty {
                let ids = rest.prefix(Self.peoplePerSearch)
                rest = rest.dropFirst(Self.peoplePerSearch)
                let either = LDAPFilter.or(ids.map { .equal(rule.id, AssertionValue($0)) })
                try add(rule, .and([rule.filter, either]), to: &index, over: connection)
            }
        }
        return index
    }

    private func add(
        _ rule: GroupTarget.PeopleRule, _ filter: LDAPFilter, to index: inout PeopleIndex,
        over connection: borrowing LDAPConnection
    ) throws(LDAPError) {
        let entries = try connection.search(
            base: rule.base.description, filter: filter, attributes: [rule.id.description])
        for entry in entries {
            guard let id = entry.identity(rule.id.description),
                let name = try? DistinguishedName(entry.dn)
            else { continue }
            index.add(id, name)
        }
    }

    /// Who is in a group now.
    func state(
        of group: DistinguishedName, over connection: borrowing LDAPConnection
    ) throws(GroupProblem) -> GroupState {
        let found: [LDAPEntry]
        do {
            found = try connection.search(
                base: group.description, scope: .base,
                attributes: ["objectClass", target.member.description])
        } catch {
            if case .refused(.noSuchObject) = error.kind { throw .noGroup }
            throw .server(error)
        }
        guard let entry = found.first else { throw .noGroup }
        var state = GroupState(members: [], hasPlaceholder: false)
        for value in entry.values(target.member.description) {
            let text = String(decoding: value, as: UTF8.self)
            guard let name = try? DistinguishedName(text) else { throw .unreadableMember(text) }
            if name == target.placeholder {
                state.hasPlaceholder = true
            } else {
                state.members.insert(name)
            }
        }
        // Such a group always has a member: one that shows none hides them, and would look as if all had left.
        let classes = Set(entry.texts("objectClass").map { $0.lowercased() })
        if state.members.isEmpty, !state.hasPlaceholder,
            !classes.isDisjoint(with: ["groupofnames", "groupofuniquenames"])
        {
            throw .membersHidden
        }
        return state
    }

    // MARK: Changing

    /// What makes these people enter and those leave, as the group is now; empty where it is so already.
    func modifications(
        _ joins: [DistinguishedName], _ leaves: [DistinguishedName], in state: GroupState
    ) -> [LDAPModification] {
        var added = joins.filter { !state.members.contains($0) }
        var removed = leaves.filter(state.members.contains)
        let count = state.members.count + added.count - removed.count
        if let placeholder = target.placeholder {
            if count == 0, !removed.isEmpty, !state.hasPlaceholder { added.append(placeholder) }
            if count > 0, !added.isEmpty, state.hasPlaceholder { removed.append(placeholder) }
        }
        var changes: [LDAPModification] = []
        if !added.isEmpty {
            changes.append(LDAPModification(.add, target.member, added.map(\.description)))
        }
        if !removed.isEmpty {
            changes.append(LDAPModification(.delete, target.member, removed.map(\.description)))
        }
        return changes
    }

    /// What must hold of the group for the changes still to be the right ones.
    func assertion(of changes: [LDAPModification]) -> LDAPFilter {
        .and(
            changes.flatMap { change in
                change.values.map { value in
                    let isThere = LDAPFilter.equal(target.member, AssertionValue(bytes: value))
                    return change.operation == .add ? .not(isThere) : isThere
                }
            })
    }
}
