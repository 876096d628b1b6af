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
        let known = try await ntk.run("plan", "--recorded", "m", "--known-at", "7")
        #expect(known.stdout.contains("GRANT: access that begins (2 pairs of action and item)"))
        #expect(try await ntk.run("plan", "--recorded", "m").stdout == "nothing changes\n")
        #expect(try await ntk.run("log", "verify").status == 0)
    }

    @Test("is voided once, and must have been recorded; what rests on it stands in the way")
    func refused() async throws {
        let ntk = try await company()
        #expect(try await ntk.run("void", "nothing").status == 3)
        let wrong = try await ntk.run("void", "m", "--by", "teir")
        #expect(wrong.status == 2)
        #expect(
            try await ntk.run("void", "m").status == 0, "it was not recorded with the wrong words")
        let again = try await ntk.run("void", "m")
        #expect(again.status == 3)
        #expect(again.stderr.contains("has been voided already"))
    }

    @Test("leaves what presupposed it without effect, and says so")
    func ground() async throws {
        let ntk = try await company()
        let events = try ntk.file(
            "late.jsonl",
            """
            {"id":"l","event":"departed","at":"2020-03-31","person":"p2"}
            {"id":"t","event":"leave-started","at":"2090-01-01","person":"p1"}

            """)
        let imported = try await ntk.run("import", events)
        #expect(imported.status == 3, "p2 was not known by then")
        #expect(
            try await ntk.run("event", "start-leave", "p1", "--on", "2090-01-01", "--id", "t")
                .status
                == 0)
        // Somebody leaves who was to go on leave later: that must not stand in the way.
        let left = try await ntk.run("event", "depart", "p1", "--on", "2021-01-01", "--id", "d")
        #expect(left.status == 0, "\(left.stderr)")
        let can = try await ntk.run("can", "p1", "view", "d1")
        #expect(can.status == 1)
        #expect(can.stderr.contains("1 events lack what they presuppose, and have no effect"))
        let again = try await ntk.run("event", "start-leave", "p1", "--on", "2091-01-01")
        #expect(again.status == 3)
        #expect(again.stderr.contains("NTK5046"))
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
