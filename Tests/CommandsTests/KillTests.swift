import Foundation
import SlapdSupport
import TestSupport
import Testing

/// `ntk` killed at random moments, and started again.
@Suite("Killed at any moment", .serialized)
struct KillTests {
    @Test("an import loses nothing and records nothing twice")
    func imports() async throws {
        let ntk = try NTK()
        var random = SplitMix64(seed: 20_261_124)
        let policy = try ntk.file("small.ntk", Groups.policy)
        #expect(try await ntk.run("adopt", policy).status == 0)
        var acknowledged = 1
        for round in 0..<100 {
            let lines = (1...10).map { number in
                #"{"id":"j\#(round)-\#(number)","event":"joined","at":"2020-04-01","person":"p\#(round)-\#(number)","kind":"employee"}"#
            }
            let file = try ntk.file("events.jsonl", lines.joined(separator: "\n") + "\n")
            let ended = try await ntk.runKilled(
                ["import", file], after: .milliseconds(Int.random(in: 1...60, using: &random)))
            let sequence = try await sequence(ntk)
            #expect([acknowledged, acknowledged + 10].contains(sequence), "all of a file, or none")
            #expect(!ended || sequence == acknowledged + 10, "what was acknowledged is there")
            guard sequence == acknowledged else {
                acknowledged = sequence
                continue
            }
            let output = try await ntk.run("import", file)
            #expect(output.status == 0, "\(output.stderr)")
            acknowledged += 10
            #expect(try await self.sequence(ntk) == acknowledged)
        }
        #expect(acknowledged == 1 + 100 * 10)
        #expect(try await ntk.run("log", "verify").stdout == "1001 entries, as recorded\n")
    }

    private func sequence(_ ntk: NTK) async throws -> Int {
        let output = try await ntk.run("log", "head")
        return try #require(Int(output.stdout.prefix { $0 != " " }), "\(output.stderr)")
    }

    @Test("carrying changes out ends as it should, with all of it in the ledger")
    func applies() async throws {
        let groups = try await Groups(people: 6, groups: 8)
        let ntk = groups.ntk
        let options = try groups.options()
        var random = SplitMix64(seed: 5)
        let clock = ContinuousClock()
        let start = clock.now
        #expect(try await ntk.run(["apply", "--drift", "--yes-many"] + options).status == 0)
        let whole = start.duration(to: clock.now)
        var killed = 0
        for round in 0..<25 {
            // All of a project's people leave it, or come back to it, so that there is something to do in each group.
            let lines = (1...groups.count).map { group in
                let person = "p\(Int.random(in: 1...6, using: &random))"
                return round.isMultiple(of: 2)
                    ? #"{"id":"r\#(round)-\#(group)","event":"member-removed","at":"2021-01-01","person":"\#(person)","project":"x\#(group)"}"#
                    : #"{"id":"a\#(round)-\#(group)","event":"member-added","at":"2021-01-02","person":"\#(person)","project":"x\#(group)","approved":true,"consented":true}"#
            }
            let file = try ntk.file("round.jsonl", lines.joined(separator: "\n") + "\n")
            let recorded = try await ntk.run("import", file, "--keep-going")
            #expect(recorded.status <= 1, "\(recorded.stderr)")
            for attempt in 0..<4 {
                // At any moment, or while it is changing groups.
                let isChanging = attempt == 0
                let delay =
                    isChanging
                    ? .microseconds(Int.random(in: 0...15_000, using: &random))
                    : whole * Double.random(in: 0.2...1, using: &random)
                if try await !ntk.runKilled(
                    ["apply", "--drift", "--yes-many"] + options, after: delay,
                    ofWriting: isChanging)
                {
                    killed += 1
                }
            }
            let output = try await ntk.run(["apply", "--drift", "--yes-many"] + options)
            #expect(output.status == 0, "\(output.stdout) \(output.stderr)")
            #expect(try await ntk.run(["drift"] + options).status == 0)
        }
        #expect(killed > 10, "\(killed)")
        #expect(try await ntk.run("log", "verify").status == 0)
        try await checkJournal(ntk)
    }

    @Test("one that stays up goes on where it was")
    func runs() async throws {
        let groups = try await Groups(people: 6, groups: 3)
        let ntk = groups.ntk
        let feed = ntk.folder.path("feed")
        try FileManager.default.createDirectory(atPath: feed, withIntermediateDirectories: false)
        let options = ["run", "--yes-many", "--feed", feed] + (try groups.options())
        var random = SplitMix64(seed: 11)
        #expect(try await ntk.run(options + ["--once"]).status == 0)
        for round in 0..<60 {
            let person = "p\(round / 10 + 1)"
            let name = round.isMultiple(of: 2) ? "member-removed" : "member-added"
            let more = round.isMultiple(of: 2) ? "" : #","approved":true,"consented":true"#
            let lines = (1...3).map { group in
                #"{"id":"e\#(round)-\#(group)","event":"\#(name)","at":"2021-01-\#(10 + round % 10)","person":"\#(person)","project":"x\#(group)"\#(more)}"#
            }
            try Data((lines.joined(separator: "\n") + "\n").utf8).write(
                to: URL(filePath: "\(feed)/.new"))
            try FileManager.default.moveItem(
                atPath: "\(feed)/.new", toPath: "\(feed)/\(1_000 + round).jsonl")
            _ = try await ntk.runKilled(
                options, after: .milliseconds(Int.random(in: 5...150, using: &random)))
        }
        #expect(try await ntk.run(options + ["--once"]).status == 0)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: feed + "/done").count == 60,
            "each file was taken, and taken once")
        #expect(!FileManager.default.fileExists(atPath: feed + "/refused"))
        #expect(try await ntk.run(["drift"] + groups.options()).status == 0)
        let log = try await ntk.run("log", "--limit", "100000")
        #expect(log.stdout.split(separator: "\n").count { $0.contains("  member-removed e") } == 90)
        #expect(try await ntk.run("log", "verify").status == 0)
    }

    /// Each run that begins ends, and says done what it began with and nothing else.
    private func checkJournal(_ ntk: NTK) async throws {
        struct Line: Decodable {
            let sequence: Int
            let kind: String
            let subject: String
        }
        let output = try await ntk.run("log", "--limit", "100000", "--json")
        let lines = try JSONDecoder().decode([Line].self, from: Data(output.stdout.utf8)).reversed()
        var open: Set<Int> = []
        var interrupted = 0
        for line in lines {
            let run = Int(line.subject.prefix { $0.isNumber })
            switch line.kind {
            case "run-begun": open.insert(line.sequence)
            case "change-done": #expect(run.map(open.contains) == true, "\(line)")
            case "run-ended":
                #expect(run.flatMap { open.remove($0) } != nil, "\(line)")
                if line.subject.contains("not done") { interrupted += 1 }
            default: continue
            }
        }
        #expect(open.isEmpty)
        #expect(interrupted > 0, "some were killed with changes left")
    }
}
