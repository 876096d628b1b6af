import DecisionEngine
import Enforcement
import Facts
import Foundation
import LDAPClient
import Ledger
import SlapdSupport
import TestSupport

/// A subtree of the directory server with people and groups in it, and a ledger.
struct GroupLaboratory {
    let slapd: Slapd
    let base: String
    let folder: TemporaryFolder
    let ledger: Ledger
    let target: GroupTarget

    /// People `p1` to `p9`, and groups with the members given; `nobody` is the placeholder.
    init(
        _ groups: [String: [String]], hasPlaceholder: Bool = true, administrators: [String] = [],
        more: String = "", filter: LDAPFilter = .present("uid")
    ) throws {
        slapd = try Slapd()
        var entries = [Slapd.people(9)]
        for (name, members) in groups.sorted(by: { $0.key < $1.key }) {
            let lines = members.map { "member: \($0.contains("=") ? $0 : "uid=" + $0),BASE" }
            entries.append(
                "dn: cn=\(name),BASE\nobjectClass: groupOfNames\ncn: \(name)\n"
                    + lines.joined(separator: "\n"))
        }
        if !more.isEmpty { entries.append(more) }
        base = try slapd.load(entries.joined(separator: "\n\n"))
        folder = try TemporaryFolder()
        ledger = try Ledger.open(at: folder.path("test.ledger"), create: true)
        let base = base
        target = GroupTarget(
            server: try slapd.server, credential: slapd.credential,
            people: [
                GroupTarget.PeopleRule(
                    base: try DistinguishedName(base), filter: filter, id: "uid")
            ], member: "member",
            placeholder: hasPlaceholder ? try DistinguishedName("cn=nobody,\(base)") : nil,
            administrators: try administrators.map { try DistinguishedName("cn=\($0),\(base)") })
    }

    var enforcer: GroupEnforcer {
        GroupEnforcer(
            target,
            journal: Journal(
                ledger, source: "op", now: { Instant(secondsSinceEpoch: 1_790_000_000) }))
    }

    /// One that speaks to the directory by another address.
    func enforcer(at url: String) throws -> GroupEnforcer {
        GroupEnforcer(
            GroupTarget(
                server: try LDAPServer(url: url, operationTimeout: .seconds(30)),
                credential: slapd.credential,
                people: [
                    GroupTarget.PeopleRule(
                        base: try DistinguishedName(base), filter: .present("uid"), id: "uid")
                ], member: "member", placeholder: nil, administrators: []),
            journal: Journal(
                ledger, source: "op", now: { Instant(secondsSinceEpoch: 1_790_000_000) }))
    }

    func order(
        _ changes: [MembershipChange], guards: Guards = Guards(), basis: Int64 = 0,
        isPartial: Bool = false
    ) -> Order {
        Order(
            changes: changes, basis: basis,
            program: ProgramDigest(hexadecimal: String(repeating: "ab", count: 32)),
            knownPeople: 100, guards: guards, isPartial: isPartial)
    }

    func change(_ group: String, joins: [String] = [], leaves: [String] = []) -> MembershipChange {
        MembershipChange(group: "cn=\(group),\(base)", joins: joins, leaves: leaves)
    }

    /// Who is in a group, as short names.
    func members(_ group: String) async throws -> Set<String> {
        let name = "cn=\(group),\(base)"
        let base = base
        return try await withLDAPConnection(to: slapd.server, as: slapd.credential) { connection in
            let entry = try connection.search(base: name, scope: .base).first
            return Set(
                entry?.texts("member").map {
                    $0.replacing("," + base, with: "").replacing("uid=", with: "")
                } ?? [])
        }
    }

    /// Makes a change as somebody else would.
    func modify(_ group: String, _ change: LDAPModification.Operation, _ member: String)
        async throws
    {
        let name = try DistinguishedName("cn=\(group),\(base)")
        let value = "uid=\(member),\(base)"
        try await withLDAPConnection(to: slapd.server, as: slapd.credential) { connection in
            try connection.modify(name, [LDAPModification(change, "member", [value])])
        }
    }

    /// What the ledger says of runs, in order.
    func records() throws -> [EnforcementRecord] {
        try ledger.journal(limit: 1_000).reversed().compactMap { line in
            if case .enforcement(let record) = line.content { record } else { nil }
        }
    }
}
