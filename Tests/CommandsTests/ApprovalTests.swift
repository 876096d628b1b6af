import Foundation
import TestSupport
import Testing

/// A company in which nobody joins the group of those who read recipes without the word of two who may share these.
@Suite("Two people's approval")
struct ApprovalTests {
    private let ntk: NTK
    private let keys: [String: String]

    private static let policy = """
        policy small version "1" zone "Asia/Tokyo"
        use standard
        define company = organisation "c"
        scale tier { open < secret }
        category core "core"
        enumeration role { member, manager }
        permit project: view on document
          when some m in subject.memberships where m.project in resource.projects
        permit lead: share on document when some p in subject.posts where p.role = manager
        entitlement "cn=recipes"
          holds who may view every document(projects any {project "x"})
          approved by 2 who may share

        """

    init() async throws {
        ntk = try NTK()
        var keys: [String: String] = [:]
        var people = ["entity,id,approval-key"]
        for name in ["sato", "kato", "ito", "mori"] {
            keys[name] = ntk.path("\(name).key")
            let made = try await ntk.run("approve", "--new-key", keys[name] ?? "")
            people.append("person,\(name),\(made.stdout.dropLast())")
        }
        self.keys = keys
        var events = [
            #"{"id":"d","event":"department-created","at":"2020-04-01","department":"lab","name":"Lab"}"#,
            #"{"id":"x","event":"project-started","at":"2020-04-01","project":"x","name":"X"}"#,
        ]
        for (name, role) in [
            ("sato", "manager"), ("kato", "manager"), ("ito", "member"), ("mori", "manager"),
        ] {
            events.append(
                #"{"id":"j-\#(name)","event":"joined","at":"2020-04-01","person":"\#(name)","kind":"employee","department":"lab","role":"\#(role)"}"#
            )
        }
        let output = try await ntk.run(
            "import", "--policy", try ntk.file("small.ntk", Self.policy), "--as-of", "2020-04-02",
            try ntk.file("events.jsonl", events.joined(separator: "\n") + "\n"),
            try ntk.file("people.csv", people.joined(separator: "\n") + "\n"),
            try ntk.file("documents.csv", "entity,id,tier,projects\ndocument,d,secret,x\n"))
        try #require(output.status == 0, "\(output.stderr)")
    }

    /// Records that somebody joins the project, and writes the plan of it.
    private func plan(adding person: String) async throws -> String {
        let event = try await ntk.run(
            "event", "add-member", person, "--project", "x", "--approved", "true", "--consented",
            "true", "--on", "2021-01-01", "--id", "m-\(person)")
        try #require(event.status == 0, "\(event.stderr)")
        let plan = try await ntk.run("plan", "--recorded", "m-\(person)", "--json")
        return try ntk.file("plan-\(person).json", plan.stdout)
    }

    private func approval(_ plan: String, by name: String) async throws -> String {
        let output = try await ntk.run(
            "approve", plan, "--as", name, "--key", keys[name] ?? "")
        #expect(output.status == 0, "\(output.stderr)")
        return try ntk.file("\(name).approval", output.stdout)
    }

    private func apply(_ plan: String, _ approvals: [String]) async throws -> NTK.Output {
        try await ntk.run(
            ["apply", plan, "--to", ntk.path("changes.csv")]
                + approvals.flatMap { ["--approval", $0] })
    }

    @Test("lets somebody join, and stands in the ledger")
    func two() async throws {
        let plan = try await plan(adding: "ito")
        let approvals = [
            try await approval(plan, by: "sato"), try await approval(plan, by: "kato"),
        ]
        let few = try await apply(plan, [approvals[0], approvals[0]])
        #expect(few.status == 1 && few.stderr.contains("there are 1: sato"), "\(few.stderr)")
        #expect(try await apply(plan, []).status == 1)
        #expect(!FileManager.default.fileExists(atPath: ntk.path("changes.csv")))
        let done = try await apply(plan, approvals)
        #expect(done.status == 0, "\(done.stderr)")
        let changes = try String(contentsOfFile: ntk.path("changes.csv"), encoding: .utf8)
        #expect(changes == "change,group,member\r\njoin,cn=recipes,ito\r\n")
        #expect(try await ntk.run("log", "verify").status == 0)
        let log = try await ntk.run("log")
        #expect(log.stdout.contains("approved by kato, sato"), "\(log.stdout)")
    }

    @Test("is nobody's who has no standing, and nobody's for themselves")
    func standing() async throws {
        let plan = try await plan(adding: "mori")
        let none = try await ntk.run("approve", plan, "--as", "ito", "--key", keys["ito"] ?? "")
        #expect(none.status == 1 && none.stdout.isEmpty)
        let other = try await ntk.run("approve", plan, "--as", "sato", "--key", keys["kato"] ?? "")
        #expect(other.status == 1 && other.stdout.isEmpty)
        let approvals = [
            try await approval(plan, by: "sato"), try await approval(plan, by: "mori"),
        ]
        let own = try await apply(plan, approvals)
        #expect(own.status == 1 && own.stderr.contains("there are 1: sato"), "\(own.stderr)")
    }

    @Test("is worth nothing for another plan, nor once it has been changed")
    func otherPlan() async throws {
        let first = try await plan(adding: "ito")
        let approvals = [
            try await approval(first, by: "sato"), try await approval(first, by: "kato"),
        ]
        let text = try String(contentsOfFile: first, encoding: .utf8)
        let changed = try ntk.file(
            "changed.json", text.replacing("cn=recipes", with: "cn=Recipes")
        )
        #expect(try String(contentsOfFile: changed, encoding: .utf8) != text)
        let refused = try await apply(changed, approvals)
        #expect(refused.status == 1 && refused.stderr.contains("not signed"), "\(refused.stderr)")
        // Recording something makes another plan of it.
        let second = try await plan(adding: "mori")
        #expect(try await apply(second, approvals).status == 1)
    }

    @Test("isn't asked for when somebody leaves")
    func leaving() async throws {
        _ = try await plan(adding: "ito")
        let event = try await ntk.run(
            "event", "depart", "ito", "--on", "2022-01-01", "--id", "left")
        #expect(event.status == 0, "\(event.stderr)")
        let plan = try ntk.file(
            "leaving.json", try await ntk.run("plan", "--recorded", "left", "--json").stdout)
        let done = try await apply(plan, [])
        #expect(done.status == 0, "\(done.stderr)")
        let changes = try String(contentsOfFile: ntk.path("changes.csv"), encoding: .utf8)
        #expect(changes.hasSuffix("leave,cn=recipes,ito\r\n"))
    }

    @Test("is what groups wait for that are put right without a plan")
    func drift() async throws {
        let groups = try await Groups(
            people: 2, groups: 1, clause: "approved by 1 who may view")
        let options = try groups.options()
        let done = try await groups.ntk.run(["apply", "--drift"] + options)
        #expect(done.status == 1)
        #expect(done.stdout.contains("takes the approval of 1"), "\(done.stdout)")
        #expect(try await groups.ntk.run(["drift"] + options).status == 1)
    }

    @Test("takes a key that only its owner may read, and makes none over another")
    func keyFiles() async throws {
        let plan = try await plan(adding: "ito")
        let again = try await ntk.run("approve", "--new-key", keys["sato"] ?? "")
        #expect(again.status == 3 && again.stderr.contains("left as it is"))
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o644], ofItemAtPath: keys["sato"] ?? "")
        let open = try await ntk.run("approve", plan, "--as", "sato", "--key", keys["sato"] ?? "")
        #expect(open.status == 3 && open.stdout.isEmpty && open.stderr.contains("chmod 600"))
    }
}
