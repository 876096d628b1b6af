import NeedToKnow

/// The workload as NeedToKnow has it: a policy, and facts.
extension Workload {
    private static let vocabulary = """
        policy workload version "1" zone "UTC"
        scale tier { internal < departmental < top-secret }
        enumeration role { \(roles.joined(separator: ", ")) }
        enumeration status { regular, leaving }
        enumeration aptitude { suitable, unsuitable, unchecked }
        entity department { }
        entity person {
          department        department
          active            boolean
          status            status
          roles             set of role
          aptitude          aptitude
          aptitude-expires  last-day
          abroad            boolean
        }
        entity project { members set of person }
        entity resource {
          tier     tier
          owner    department
          project  project
        }
        entity document is resource { }
        action read, print on document

        define member = subject in resource.project.members

        """

    /// The five rules, about all documents or about those of one department.
    private static func rules(for department: String?) -> String {
        let name = department.map { "-\($0)" } ?? ""
        let owner = department.map { ", owner = department \"\($0)\"" } ?? ""
        return """
            permit internal\(name): read, print on document(tier = internal\(owner))
              when subject.active
            permit departmental\(name): read, print on document(tier = departmental\(owner))
              when subject.active and (subject.department = resource.owner or member)
            permit top-secret\(name): read, print on document(tier = top-secret\(owner))
              when subject.active and member and subject.aptitude = suitable
                and until subject.aptitude-expires and not subject.abroad
                and subject.roles any {engineer, manager}
            forbid leaving\(name): any on document(tier >= departmental\(owner))
              when subject.status = leaving
            forbid printing\(name): print on document\(department == nil ? "" : "(\(owner.dropFirst(2)))")
              when not (manager in subject.roles)

            """
    }

    /// Noon of the day that is today.
    static let now = Instant(secondsSinceEpoch: Int64(today) * 86_400 + 43_200)

    /// The policy's program: five rules, or five for each department.
    func program(rulesPerDepartment: Bool = false) throws -> (
        policy: CheckedPolicy, program: Program
    ) {
        let policy =
            Workload.vocabulary
            + (rulesPerDepartment
                ? (0..<size.departments).map { Workload.rules(for: departmentName($0)) }.joined()
                : Workload.rules(for: nil))
        let read = PolicyReader.read(
            [SourceText(name: "workload.ntk", text: policy)], findings: false,
            file: { _ in nil }, zone: { _ in .utc })
        guard let checked = read.policy else {
            fatalError("the workload's policy has a mistake: \(read.diagnostics.prefix(3))")
        }
        return (
            checked,
            try ProgramTables(decoding: PolicyCompiler.compile(checked).encoded()).verified()
        )
    }

    /// How many entities there are.
    var entityCount: Int { size.departments + users.count + projects.count + documents.count }

    /// What a ledger holds of it.
    var entries: [LedgerEntry] { (0..<entityCount).map(entry) }

    /// What it holds of one entity; in order of their ids.
    func entry(_ place: Int) -> LedgerEntry {
        var index = place
        if index < size.departments {
            return entry(place, "department", departmentName(index), kind: "department", [:])
        }
        index -= size.departments
        if index < users.count {
            return entry(
                place, "person", userName(index), kind: "person", attributes(ofUser: index))
        }
        index -= users.count
        if index < projects.count {
            let members = projects[index].map { EntityID(kind: "person", name: userName($0)) }
            return entry(
                place, "project", projectName(index), kind: "project",
                ["members": .set(members.map { .entity($0) })])
        }
        index -= projects.count
        return entry(
            place, "resource", documentName(index), kind: "document",
            attributes(ofDocument: index))
    }

    private func entry(
        _ place: Int, _ root: String, _ name: String, kind: String, _ attributes: [String: Value]
    ) -> LedgerEntry {
        LedgerEntry(
            sequence: Int64(place + 1), source: "list",
            content: .observation(
                Observation(
                    entity: EntityID(kind: root, name: name), kind: kind,
                    attributes: attributes, effective: .distantPast)))
    }

    private func attributes(ofUser index: Int) -> [String: Value] {
        let user = users[index]
        let expiry = Instant(secondsSinceEpoch: Int64(user.aptitudeExpires + 1) * 86_400)
        return [
            "department": .entity(
                EntityID(kind: "department", name: departmentName(user.department))),
            "active": .boolean(user.isActive),
            "status": .symbol(user.isLeaving ? "leaving" : "regular"),
            "roles": .set(user.roles.map { .symbol(Workload.roles[$0]) }),
            "aptitude": .symbol(user.aptitude.name),
            "aptitude-expires": .instant(expiry), "abroad": .boolean(user.isAbroad),
        ]
    }

    private func attributes(ofDocument index: Int) -> [String: Value] {
        let document = documents[index]
        return [
            "tier": .symbol(["internal", "departmental", "top-secret"][document.tier - 1]),
            "owner": .entity(
                EntityID(kind: "department", name: departmentName(document.owner))),
            "project": .entity(
                EntityID(kind: "project", name: projectName(document.project))),
        ]
    }

    /// A person states nothing else, and is in the next department from an instant on.
    func entry(moving user: Int, sequence: Int64, at time: Instant) -> LedgerEntry {
        let department = departmentName((users[user].department + 1) % size.departments)
        return LedgerEntry(
            sequence: sequence, source: "hr",
            content: .observation(
                Observation(
                    entity: EntityID(kind: "person", name: userName(user)), kind: "person",
                    attributes: [
                        "department": .entity(EntityID(kind: "department", name: department))
                    ], effective: time)))
    }

    /// A query as a request.
    func request(_ query: Query) -> Request {
        Request(
            subject: userName(query.user), action: query.isPrint ? "print" : "read",
            resource: documentName(query.document), at: Workload.now)
    }

    func userName(_ index: Int) -> String { "u" + padded(index, to: max(5, digits(users.count))) }
    func departmentName(_ index: Int) -> String {
        "d" + padded(index, to: max(3, digits(size.departments)))
    }
    private func projectName(_ index: Int) -> String {
        "p" + padded(index, to: max(4, digits(projects.count)))
    }
    func documentName(_ index: Int) -> String {
        "x" + padded(index, to: max(6, digits(documents.count)))
    }

    /// How many digits the last of so many has: names are in the order of their numbers.
    private func digits(_ count: Int) -> Int {
        var (digits, greatest) = (1, 9)
        while greatest < count - 1 {
            digits += 1
            greatest = greatest * 10 + 9
        }
        return digits
    }

    private func padded(_ number: Int, to width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
