import Foundation
import TestSupport
import Testing

@Suite("An event that did not happen")
struct CorrectionTests {
    /// A company of two people, one project and two documents.
    private func company() async throws -> NTK {
        let ntk = try NTK()
        let events = try ntk.file(
            "events.jsonl",
            """
            {"id":"j1","event":"joined","at":"2020-04-01","person":"p1","kind":"employee"}
            {"id":"j2","event":"joined","at":"2020-04-01","person":"p2","kind":"employee"}
            {"id":"s","event":"project-started","at":"2020-04-01","project":"x"}
            {"id":"m","event":"member-added","at":"2020-04-01","person":"p1","project":"x","approved":true,"consented":true}

            """)
        let documents = try ntk.file(
            "documents.csv",
            "entity,id,tier,projects\ndocument,d1,secret,x\ndocument,d2,open,x\n")
        let output = try await ntk.run(
            "import", "--policy", try ntk.file("small.ntk", Groups.policy), "--as-of", "2020-04-02",
            events, documents)
        #expect(output.status == 0, "\(output.stderr)")
        return ntk
    }

    @Test(
        "is voided, with what that changes; the facts are as if it had never been, and the past can be asked"
    )
    func voided() async throws {
        let ntk = try await company()
        #expect(try await ntk.run("can", "p1", "view", "d1").status == 0)
        let dry = try await ntk.run("void", "m", "--dry-run")
        #expect(dry.status == 0)
        #expect(dry.stdout.contains("REVOKE: access that ends (2 pairs of action and item)"))
        #expect(try await ntk.run("can", "p1", "view", "d1").status == 0, "nothing was recorded")
        let done = try await ntk.run("void", "m")
        #expect(done.status == 0, "\(done.stderr)")
        #expect(done.stdout == dry.stdout)
        #expect(done.stderr == "recorded, sequence 8\n")
        #expect(try await ntk.run("can", "p1", "view", "d1").status == 1)
        #expect(try await ntk.run("can", "p1", "view", "d1", "--at", "2021-01-01").status == 1)
        #expect(
            try await ntk.run("can", "p1", "view", "d1", "--known-at", "7").status == 0,
            "as was known before")
        #expect(try await ntk.run("log", "verify").status == 0)
    }

    @Test("is voided once, and must have been recorded; what rests on it stands in the way")
    func refused() async throws {
        let ntk = try await company()
        #expect(try await ntk.run("void", "nothing").status == 3)
        let ground = try await ntk.run("void", "j1")
        #expect(ground.status == 3, "the project was joined by somebody who is engaged")
        #expect(ground.stderr.contains("NTK50"))
        #expect(try await ntk.run("void", "m").status == 0)
        let again = try await ntk.run("void", "m")
        #expect(again.status == 3)
        #expect(again.stderr.contains("has been voided already"))
        #expect(try await ntk.run("void", "j1").status == 0, "nothing rests on it any more")
    }

    @Test("and plans in numbers")
    func counts() async throws {
        let ntk = try await company()
        let events = try ntk.file(
            "what-if.csv", "id,event,at,person\nw,departed,2021-01-01,p1\n")
        func counted(by name: String) async throws -> String {
            try await ntk.run("plan", events, "--by", name).stdout
        }
        let title = "REVOKE: access that ends (2 pairs of action and item)\n"
        #expect(try await counted(by: "tier") == title + "  1  open\n  1  secret\n")
        #expect(try await counted(by: "projects") == title + "  2  x\n")
        #expect(try await counted(by: "owner") == title + "  2  (none)\n")
        #expect(try await counted(by: "action") == title + "  2  view\n")
        #expect(try await counted(by: "person") == title + "  2  p1\n")
        let wrong = try await ntk.run("plan", events, "--by", "teir")
        #expect(wrong.status == 2)
        #expect(wrong.stderr.contains("is it tier?"))
    }
}
