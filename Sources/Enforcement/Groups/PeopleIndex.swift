package import LDAPClient

/// The directory's names of people, and whose they are.
struct PeopleIndex: Sendable {
    private var names: [String: Set<DistinguishedName>] = [:]
    private var ids: [DistinguishedName: String] = [:]

    mutating func add(_ id: String, _ name: DistinguishedName) {
        names[id, default: []].insert(name)
        ids[name] = id
    }

    /// All names of a person.
    func names(of id: String) -> Set<DistinguishedName> { names[id] ?? [] }

    /// The one name of a person; nil where there is none, or more than one.
    func name(of id: String) -> DistinguishedName? {
        names[id].flatMap { $0.count == 1 ? $0.first : nil }
    }

    /// Whether the directory has more than one entry of a person: which is theirs, nobody can tell.
    func isAmbiguous(_ id: String) -> Bool { names(of: id).count > 1 }

    /// Whose name it is; nil where it is nobody's that the directory shows.
    func id(of name: DistinguishedName) -> String? { ids[name] }
}

/// What a directory says of a group now.
struct GroupState: Sendable {
    /// Whether it shows nobody at all: then nobody may be in it, or its members may be hidden.
    var isBlank: Bool { members.isEmpty && !hasPlaceholder }

    /// Who is in it, the placeholder aside.
    var members: Set<DistinguishedName>
    /// Whether the placeholder stands in it.
    var hasPlaceholder: Bool
}

/// Why a group can't be read, or not be changed as wanted.
package enum GroupProblem: Error, Hashable, Sendable {
    /// There is no such group, or it is hidden from us.
    case noGroup
    /// What its name should be is no distinguished name.
    case noName
    /// Its class says that it has members, and none is shown.
    case membersHidden
    /// A member's value is no distinguished name.
    case unreadableMember(String)
    /// The directory shows no entry of these people.
    case notFound([String])
    /// The directory has more than one entry of each of these people.
    case ambiguous([String])
    /// These members are nobody that the directory shows as a person: what they are, somebody has to look at.
    case nobodys([String])
    /// A group of administrators would be left without anybody.
    case locksOut
    /// More people would enter or leave than may at once, so it waits for somebody to look.
    case tooMany
    /// So many people must approve that somebody joins, and nobody was asked.
    case needsApproval(count: Int)
    /// Entitlements had people in this group once, and none is about it any more.
    case noEntitlement
    /// Somebody else keeps changing the group.
    case changedMeanwhile
    /// The group may not be empty, and no placeholder is configured.
    case mayNotBeEmpty
    /// Facts or the policy have moved on since the changes were planned.
    case movedOn
    /// The server said no, or nothing.
    case server(LDAPError)

    /// Whether the change may have been made even so.
    var isOutcomeUnknown: Bool {
        guard case .server(let error) = self, error.operation == .modify else { return false }
        switch error.kind {
        case .timedOut, .connectionLost, .cancelled, .malformedAnswer: return true
        default: return false
        }
    }

    /// Whether it may be otherwise in a moment.
    package var mayPass: Bool {
        switch self {
        case .server, .changedMeanwhile, .movedOn: true
        default: false
        }
    }
}
