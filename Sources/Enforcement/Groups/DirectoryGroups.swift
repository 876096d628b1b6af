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
        let alwaysHas: Set = ["groupofnames", "groupofuniquenames"]
        if state.isBlank, classes.isEmpty || !classes.isDisjoint(with: alwaysHas) {
            throw .membersHidden
        }
        return state
    }

    /// Whether an entry exists, and is one of the people.
    func isPerson(
        _ name: DistinguishedName, over connection: borrowing LDAPConnection
    ) throws(LDAPError) -> Bool {
        for rule in target.people where name.isAtOrBelow(rule.base) {
            do {
                let found = try connection.search(
                    base: name.description, scope: .base, filter: rule.filter,
                    attributes: [rule.id.description])
                if !found.isEmpty { return true }
            } catch {
                guard case .refused(.noSuchObject) = error.kind else { throw error }
            }
        }
        return false
    }

    /// Somebody who is left in a group once these have left it, and who is a person that there is; nil where there is nobody.
    func survivor(
        of leaves: Set<DistinguishedName>, joins: Set<DistinguishedName>, in state: GroupState,
        over connection: borrowing LDAPConnection
    ) throws(LDAPError) -> DistinguishedName? {
        let left = state.members.subtracting(leaves).sorted { $0.normalized < $1.normalized }
        for name in left + joins.sorted(by: { $0.normalized < $1.normalized })
        where try isPerson(name, over: connection) { return name }
        return nil
    }

    // MARK: Changing

    /// What makes these people enter and those leave, as the group is now; empty where it is so already.
    func modifications(
        _ joins: Set<DistinguishedName>, _ leaves: Set<DistinguishedName>, in state: GroupState
    ) -> [LDAPModification] {
        func sorted(_ names: Set<DistinguishedName>) -> [DistinguishedName] {
            names.sorted { $0.normalized < $1.normalized }
        }
        var added = sorted(joins.subtracting(state.members))
        var removed = sorted(leaves.intersection(state.members))
        // Of a group that shows nobody, the server knows best whether these are in it.
        if state.isBlank { removed = sorted(leaves) }
        let count = state.members.count + added.count - (state.isBlank ? 0 : removed.count)
        if let placeholder = target.placeholder {
            if count == 0, !removed.isEmpty, !state.hasPlaceholder, !state.isBlank {
                added.append(placeholder)
            }
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

    /// That somebody is in a group.
    func isMember(_ name: DistinguishedName) -> LDAPFilter {
        .equal(target.member, AssertionValue(name.description))
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
