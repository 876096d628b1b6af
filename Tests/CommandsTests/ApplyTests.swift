import Foundation
import LDAPClient
import SlapdSupport
import TestSupport
import Testing

/// Against the directory server that `scripts/test` starts.
@Suite("Carrying plans out")
struct ApplyTests {
    /// A company whose directory is as its policy says.
    private func kept(people: Int = 4, groups: Int = 2) async throws -> (Groups, [String]) {
        let groups = try await Groups(people: people, groups: groups)
        let options = try groups.options()
        let first = try await groups.ntk.run(["apply", "--drift"] + options)
        #expect(first.status == 0, "\(first.stderr)")
        return (groups, options)
    }

    /// Records that somebody leaves a project, and writes the plan of it.
    private func plan(_ ntk: NTK, remove person: String, from project: String) async throws
        -> String
    {
        let event = try await ntk.run(
            "event", "remove-member", person, "--project", project, "--on", "2021-01-01", "--id",
            "r-\(person)-\(project)")
        #expect(event.status == 0, "\(event.stderr)")
        let plan = try await ntk.run("plan", "--recorded", "r-\(person)-\(project)", "--json")
        return try ntk.file("plan-\(person)-\(project).json", plan.stdout)
    }

    @Test("first brings the groups to what the policy says, and tells how they drift from it")
    func drift() async throws {
        let groups = try await Groups(people: 3, groups: 2)
        let ntk = groups.ntk
        let options = try groups.options()
        let before = try await ntk.run(["drift"] + options)
        #expect(before.status == 1)
        #expect(
            before.stdout.hasSuffix("  entitled and missing: `p3`\n2 groups compared, 2 differ\n"))
        let dry = try await ntk.run(["apply", "--drift", "--dry-run"] + options)
        #expect(dry.stdout.hasSuffix("would do: 0 leave, 6 join; 0 as planned already\n"))
        let done = try await ntk.run(["apply", "--drift"] + options)
        #expect(done.status == 0, "\(done.stderr)")
        #expect(done.stdout.contains("done: 0 left, 6 joined; 0 as planned already; ledger run "))
        let after = try await ntk.run(["drift"] + options)
        #expect(after.status == 0)
        #expect(after.stdout == "2 groups compared, 0 differ\n")
    }

    @Test(
        "makes the person leave whom an event ends, and verifies it; once more it changes nothing")
    func apply() async throws {
        let (groups, options) = try await kept()
        let ntk = groups.ntk
        let plan = try await plan(ntk, remove: "p2", from: "x1")
        let difference = try await ntk.run(["verify", plan] + options)
        #expect(difference.status == 1)
        #expect(
            difference.stdout.contains("in it and not entitled: `p2`\n1 groups compared, 1 differ"))
        let done = try await ntk.run(["apply", plan] + options)
        #expect(done.status == 0, "\(done.stderr)")
        #expect(done.stdout.hasPrefix("cn=g1,\(groups.base)\n  p2 leaves\ndone: 1 left, 0 joined;"))
        #expect(try await ntk.run(["verify", plan] + options).status == 0)
        let again = try await ntk.run(["apply", plan] + options)
        #expect(again.stdout == "done: 0 left, 0 joined; 1 as planned already\n")
        let log = try await ntk.run("log", "--limit", "3")
        #expect(log.stdout.contains("run-ended") && log.stdout.contains("change-done"))
        #expect(try await ntk.run("log", "verify").status == 0)
        let japanese = try await ntk.run(["apply", plan] + options, language: "ja_JP.UTF-8")
        #expect(japanese.stdout == "実施: 脱退 0、加入 0、計画どおり 1\n")
    }

    @Test("refuses a plan once facts have moved on, and says with what")
    func movedOn() async throws {
        let (groups, options) = try await kept()
        let ntk = groups.ntk
        let first = try await plan(ntk, remove: "p2", from: "x1")
        _ = try await plan(ntk, remove: "p3", from: "x1")
        let output = try await ntk.run(["apply", first] + options)
        #expect(output.status == 1)
        #expect(output.stderr.contains("plan again. Nothing was done"))
        #expect(output.stderr.contains("member-removed r-p3-x1"))
    }

    @Test("refuses a plan of events that are not recorded, and one that somebody has changed")
    func wrongPlans() async throws {
        let (groups, options) = try await kept()
        let ntk = groups.ntk
        let events = try ntk.file(
            "leave.jsonl",
            #"{"id":"q","event":"member-removed","at":"2021-01-01","person":"p1","project":"x1"}"#
                + "\n")
        let supposed = try await ntk.run("plan", events, "--json")
        let file = try ntk.file("supposed.json", supposed.stdout)
        let output = try await ntk.run(["apply", file] + options)
        #expect(output.status == 1)
        #expect(output.stderr.contains("event `q` of the plan is not in the ledger"))
        let plan = try await plan(ntk, remove: "p2", from: "x1")
        let text = try String(contentsOfFile: plan, encoding: .utf8)
        let changed = try ntk.file("changed.json", text.replacing("\"p2\"", with: "\"p3\""))
        let refused = try await ntk.run(["apply", changed] + options)
        #expect(refused.status == 3)
        #expect(refused.stderr.contains("what policy and facts don't"))
        let none = try await ntk.run(["apply", events] + options)
        #expect(none.status == 3)
        #expect(none.stderr.contains("is no plan"))
    }

    @Test("leaves for later what begins later")
    func later() async throws {
        let (groups, options) = try await kept()
        let ntk = groups.ntk
        try await ntk.run(
            "event", "remove-member", "p1", "--project", "x1", "--on", "2100-01-01", "--id", "l")
        let plan = try await ntk.run("plan", "--recorded", "l", "--json")
        let output = try await ntk.run(
            ["apply", try ntk.file("later.json", plan.stdout)] + options)
        #expect(output.status == 0)
        #expect(output.stdout == "done: 0 left, 0 joined; 0 as planned already\n")
        #expect(output.stderr.contains("1 changes begin later, the first at 2100-01-01"))
    }

    @Test("hands changes on as CSV, JSON and LDIF")
    func files() async throws {
        let (groups, options) = try await kept()
        let ntk = groups.ntk
        let plan = try await plan(ntk, remove: "p2", from: "x1")
        for name in ["a.csv", "a.json", "a.ldif"] {
            let path = ntk.folder.path(name)
            let output = try await ntk.run(
                ["apply", plan, "--to", path] + (name == "a.ldif" ? options : []))
            #expect(output.status == 0, "\(output.stderr)")
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
            #expect(mode as? Int == 0o600)
        }
        let csv = try String(contentsOfFile: ntk.folder.path("a.csv"), encoding: .utf8)
        #expect(csv == "change,group,member\r\nleave,\"cn=g1,\(groups.base)\",p2\r\n")
        let json = try String(contentsOfFile: ntk.folder.path("a.json"), encoding: .utf8)
        #expect(json.contains("\"member\" : \"p2\""))
        let ldif = try String(contentsOfFile: ntk.folder.path("a.ldif"), encoding: .utf8)
        #expect(
            ldif.replacing("\n ", with: "").contains(
                "delete: member\nmember: uid=p2,\(groups.base)\n-\n"))
        // The file is for others to take: nothing has changed in the directory.
        #expect(try await ntk.run(["verify", plan] + options).status == 1)
    }

    @Test("changes nothing for too many people, unless somebody has looked")
    func guards() async throws {
        let groups = try await Groups(people: 8, groups: 1)
        let options = try groups.options()
        let refused = try await groups.ntk.run(["apply", "--drift"] + options)
        #expect(refused.status == 1)
        #expect(refused.stdout.contains("more people than may change at once"))
        #expect(try await groups.ntk.run(["drift"] + options).status == 1)
        let done = try await groups.ntk.run(["apply", "--drift", "--yes-many"] + options)
        #expect(done.status == 0, "\(done.stderr)")
    }

    @Test("tells of a group that an entitlement kept and the policy no longer has")
    func abandoned() async throws {
        let (groups, options) = try await kept(groups: 2)
        let ntk = groups.ntk
        let text = try String(contentsOfFile: ntk.folder.path("small.ntk"), encoding: .utf8)
        let parts = text.components(separatedBy: "entitlement ")
        let less = try ntk.file("less.ntk", parts.dropLast().joined(separator: "entitlement "))
        #expect(try await ntk.run("adopt", less).status == 0)
        let drift = try await ntk.run(["drift"] + options)
        #expect(drift.status == 1)
        #expect(drift.stdout.contains("cn=g2,\(groups.base)\n  it was kept by an entitlement"))
        // Once somebody has emptied it there is nothing more to tell.
        let name = try DistinguishedName("cn=g2,\(groups.base)")
        let nobody = "cn=nobody,\(groups.base)"
        try await withLDAPConnection(to: groups.slapd.server, as: groups.slapd.credential) {
            try $0.modify(name, [LDAPModification(.replace, "member", [nobody])])
        }
        #expect(try await ntk.run(["drift"] + options).status == 0)
    }

    @Test("fails with exit code 4 where the directory can't be reached, and records nothing")
    func unreachable() async throws {
        let (groups, options) = try await kept()
        let ntk = groups.ntk
        let plan = try await plan(ntk, remove: "p2", from: "x1")
        let before = try await ntk.run("log", "head").stdout
        let elsewhere = options.map { $0 == groups.slapd.url ? "ldap://127.0.0.1:1" : $0 }
        let output = try await ntk.run(["apply", plan] + elsewhere)
        #expect(output.status == 4)
        #expect(output.stderr.contains("ldap://127.0.0.1:1"))
        #expect(try await ntk.run("log", "head").stdout == before)
    }

    @Test("says how it is used where words are missing")
    func usage() async throws {
        let ntk = try NTK()
        for arguments in [
            ["apply"], ["apply", "p.json"], ["apply", "p.json", "--drift", "--server", "ldap://a"],
            ["apply", "p.json", "--to", "a.txt"], ["apply", "p.json", "--to", "a.ldif"],
            ["apply", "p.json", "--to", "a.csv", "--server", "ldap://a"],
            ["apply", "--drift", "--to", "a.csv"], ["drift"], ["verify", "p.json"],
        ] {
            #expect(try await ntk.run(arguments).status == 2, "\(arguments)")
        }
    }
}
