import Foundation
import Facts
import LDAPClient
import Ledger
import SlapdSupport
import TestSupport
import Testing

/// Against the directory server that `scripts/test` starts.
@Suite("Keeping groups as time goes by")
struct RunTests {
    private func event(
        _ id: String, _ name: String, at time: String, person: String, project: String
    ) -> String {
        let more = name == "member-added" ? #","approved":true,"consented":true"# : ""
        return
            #"{"id":"\#(id)","event":"\#(name)","at":"\#(time)","person":"\#(person)","project":"\#(project)"\#(more)}"#
            + "\n"
    }

    private func members(_ groups: Groups, _ group: Int) async throws -> Set<String> {
        let name = "cn=g\(group),\(groups.base)"
        let base = groups.base
        return try await withLDAPConnection(to: groups.slapd.server, as: groups.slapd.credential) {
            let entry = try $0.search(base: name, scope: .base).first
            return Set(
                entry?.texts("member").map {
                    $0.replacing("," + base, with: "").replacing("uid=", with: "")
                } ?? [])
        }
    }

    /// Waits until something is so; what takes longer than this hangs.
    private func eventually(_ isSo: () async throws -> Bool) async throws -> Bool {
        for _ in 0..<1_000 {
            if try await isSo() { return true }
            try await Task.sleep(for: .milliseconds(100))
        }
        return false
    }

    /// Puts a file into a folder as those who feed it are to do.
    private func put(_ text: String, _ name: String, into folder: String) throws {
        try Data(text.utf8).write(to: URL(filePath: "\(folder)/.\(name)"))
        try FileManager.default.moveItem(
            atPath: "\(folder)/.\(name)", toPath: "\(folder)/\(name)")
    }

    @Test("applies what comes in, and what falls due when it does; stops when asked to")
    func stays() async throws {
        let groups = try await Groups(people: 3, groups: 2)
        let ntk = groups.ntk
        let feed = ntk.folder.path("feed")
        try FileManager.default.createDirectory(
            atPath: feed, withIntermediateDirectories: false)
        let running = try ntk.start(["run", "--feed", feed] + groups.options())
        #expect(try await eventually { try await members(groups, 1) == ["p1", "p2", "p3"] })
        let soon = Date.now.addingTimeInterval(4).formatted(.iso8601)
        try put(
            event("a", "member-removed", at: soon, person: "p1", project: "x1")
                + event("b", "member-removed", at: "2021-01-01", person: "p2", project: "x2"),
            "1.jsonl", into: feed)
        try put("nonsense\n", "2.jsonl", into: feed)
        #expect(try await eventually { try await members(groups, 2) == ["p1", "p3"] })
        #expect(try await eventually { try await members(groups, 1) == ["p2", "p3"] })
        #expect(
            try await eventually {
                FileManager.default.fileExists(atPath: "\(feed)/refused/2.jsonl.problems")
            })
        running.terminate()
        let output = try await running.output()
        #expect(output.status == 0)
        #expect(output.stderr.hasSuffix("stopped\n"))
        #expect(output.stderr.contains("1.jsonl: recorded 2, known already 0"))
        #expect(FileManager.default.fileExists(atPath: "\(feed)/done/1.jsonl"))
        #expect(try await ntk.run(["drift"] + groups.options()).status == 0)
    }

    @Test("takes events from standard input, and says which are wrong")
    func lines() async throws {
        let groups = try await Groups(people: 2, groups: 1)
        let ntk = groups.ntk
        let input =
            event("a", "member-removed", at: "2021-01-01", person: "p1", project: "x1")
            + "\n" + event("b", "member-removed", at: "never", person: "p2", project: "x1")
            + event("a", "member-removed", at: "2021-01-01", person: "p1", project: "x1").dropLast()
        let setAside = ntk.folder.path("bad.jsonl")
        let output = try await ntk.run(
            ["run", "--once", "--stdin", "--set-aside", setAside] + groups.options(), input: input)
        #expect(output.status == 1, "something was refused: \(output.stderr)")
        #expect(output.stderr.contains("-: recorded 1, known already 0\n"))
        #expect(output.stderr.contains("-: recorded 0, known already 1\n"))
        #expect(output.stderr.contains("error[NTK"))
        #expect(output.stderr.contains("standard input has ended"))
        let kept = try String(contentsOfFile: setAside, encoding: .utf8)
        #expect(kept == event("b", "member-removed", at: "never", person: "p2", project: "x1"))
        #expect(try await members(groups, 1) == ["p2"])
    }

    @Test("takes a line whole or not at all, however long, and goes on after it")
    func longLine() async throws {
        let groups = try await Groups(people: 2, groups: 1)
        let input =
            String(repeating: "x", count: 3 << 20) + "\n"
            + event("a", "member-removed", at: "2021-01-01", person: "p1", project: "x1")
        let output = try await groups.ntk.run(
            ["run", "--once", "--stdin"] + groups.options(), input: input)
        #expect(output.status == 1)
        #expect(output.stderr.contains("a line of more than 1048576 bytes was left out"))
        #expect(try await members(groups, 1) == ["p2"])
    }

    @Test("is not held up by what is no plain file, nor by a folder it can't use")
    func oddFiles() async throws {
        let groups = try await Groups(people: 2, groups: 1)
        let ntk = groups.ntk
        let feed = ntk.folder.path("feed")
        try FileManager.default.createDirectory(atPath: feed, withIntermediateDirectories: false)
        #expect(unsafe mkfifo(feed + "/0.jsonl", 0o600) == 0)
        let secret = try ntk.file("secret", "a secret")
        try FileManager.default.createSymbolicLink(
            atPath: feed + "/1.jsonl", withDestinationPath: secret)
        try put(
            event("a", "member-removed", at: "2021-01-01", person: "p1", project: "x1"), "2.jsonl",
            into: feed)
        let output = try await ntk.run(["run", "--once", "--feed", feed] + groups.options())
        #expect(output.status == 1)
        #expect(!output.stderr.contains("a secret"))
        #expect(try await members(groups, 1) == ["p2"])
        let problems = feed + "/refused/1.jsonl.problems"
        #expect(try !String(contentsOfFile: problems, encoding: .utf8).contains("a secret"))
        // Nothing can be moved any more; what falls due is done all the same.
        try FileManager.default.removeItem(atPath: feed + "/done")
        try Data().write(to: URL(filePath: feed + "/done"))
        try put(
            event("b", "member-removed", at: "2021-01-01", person: "p2", project: "x1"), "3.jsonl",
            into: feed)
        let running = try ntk.start(["run", "--feed", feed] + groups.options())
        #expect(try await eventually { try await members(groups, 1) == ["cn=nobody"] })
        running.terminate()
        let stopped = try await running.output()
        #expect(stopped.stderr.contains("can't be moved"))
        let log = try await ntk.run("log", "--limit", "1000")
        #expect(log.stdout.split(separator: "\n").count { $0.contains("member-removed b") } == 1)
    }

    @Test("gives nobody access at a time that was seen and isn't now")
    func clockSetBack() async throws {
        let groups = try await Groups(people: 2, groups: 1)
        let ntk = groups.ntk
        let options = try groups.options()
        try await ntk.run(
            "event", "remove-member", "p1", "--project", "x1", "--on", "2060-01-01", "--id", "far")
        #expect(try await ntk.run(["run", "--once"] + options).status == 0)
        #expect(try await members(groups, 1) == ["p1", "p2"])
        // Somebody's clock was at 2090 for a moment, and wrote.
        let later = Instant(secondsSinceEpoch: 3_800_000_000)
        _ = try Ledger.open(at: ntk.ledger, create: false)
            .append([NewEntry(source: "x", content: .reading(at: later))], recordedAt: later)
        let output = try await ntk.run(["run", "--once"] + options)
        #expect(output.status == 0, "\(output.stderr)")
        #expect(output.stderr.contains("the clock is behind the ledger"))
        #expect(try await members(groups, 1) == ["p2"], "who isn't entitled at both times is out")
        // What is written now is stamped no earlier, so that it stays so.
        #expect(try await ntk.run(["run", "--once"] + options).status == 0)
        #expect(try await members(groups, 1) == ["p2"])
        #expect(try await ntk.run(["run", "--once", "--trust-clock"] + options).status == 0)
        #expect(try await members(groups, 1) == ["p1", "p2"])
    }

    @Test("once does what is due and ends; what it may not do, it says")
    func once() async throws {
        let groups = try await Groups(people: 8, groups: 1)
        let ntk = groups.ntk
        let options = try groups.options()
        let refused = try await ntk.run(["run", "--once"] + options)
        #expect(refused.status == 1)
        #expect(refused.stdout.contains("more people than may change at once"))
        #expect(try await ntk.run(["run", "--once", "--yes-many"] + options).status == 0)
        #expect(try await members(groups, 1).count == 8)
        let quiet = try await ntk.run(["run", "--once"] + options)
        #expect(quiet.status == 0)
        #expect(quiet.stdout.isEmpty)
        let elsewhere = options.map { $0 == groups.slapd.url ? "ldap://127.0.0.1:1" : $0 }
        #expect(try await ntk.run(["run", "--once"] + elsewhere).status == 4)
    }
}
