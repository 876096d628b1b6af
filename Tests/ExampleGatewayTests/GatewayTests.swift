import Foundation
import TestSupport
import Testing

@Suite("The example gateway", .timeLimit(.minutes(1)))
struct GatewayTests {
    @Test("says by which rules, until when, and what else is to be done")
    func answers() async throws {
        let gateway = try Dialogue()
        let question = "can tanaka view drawing-7 device.kind=managed at"
        #expect(
            try await gateway.ask("\(question) 2026-03-31")
                == "permit until 2026-04-01T00:00:00+09:00 by unit; "
                + "obligations: watermark(with=\"Tanaka\")")
        #expect(
            try await gateway.ask("\(question) 2026-04-14T23:59:59+09:00")
                == "permit until 2026-04-15T00:00:00+09:00 by tail; "
                + "obligations: watermark(with=\"Tanaka\")")
        #expect(try await gateway.ask("\(question) 2026-04-15") == "deny for want of a permit")
        #expect(try await gateway.ask("can sato view house-rules") == "permit by house")
        #expect(
            try await gateway.ask("who view drawing-7 device.kind=managed at 2026-04-14")
                == "sato tanaka")
        #expect(
            try await gateway.ask("who view drawing-7 device.kind=managed at 2026-04-15") == "sato")
        #expect(try await gateway.end().status == 0)
    }

    @Test("answers as its page says")
    func answersAsDocumented() async throws {
        let file = Fixtures.root.appending(path: "examples/gateway/README.md")
        let page = try String(contentsOf: file, encoding: .utf8)
        let rows = page.matches(of: /\| `(.+?)` \| `(.+?)` \|\n/)
        #expect(rows.count == 5)
        let gateway = try Dialogue()
        for row in rows {
            try gateway.say(Array("\(row.1)\n".utf8))
            let (number, text) = try await gateway.answer()
            #expect("\(number) \(text)" == String(row.2))
        }
    }

    @Test("denies what it does not know")
    func denies() async throws {
        let gateway = try Dialogue()
        let unknown = "deny: no such person, action or resource"
        #expect(try await gateway.ask("can satoo view drawing-7 device.kind=managed") == unknown)
        #expect(try await gateway.ask("can sato vieuw drawing-7 device.kind=managed") == unknown)
        #expect(try await gateway.ask("can sato view drawing-8 device.kind=managed") == unknown)
        #expect(try await gateway.ask("can sato view drawing-7") == "deny by managed")
        #expect(try await gateway.ask("who view drawing-8 device.kind=managed") == "nobody")
        #expect(try await gateway.ask("who view drawing-7") == "nobody")
    }

    @Test("answers from the new facts once it has said that an event is recorded")
    func swaps() async throws {
        let gateway = try Dialogue()
        let edit = "can sato edit drawing-7 device.kind=managed at 2026-05-02"
        let who = "who edit drawing-7 device.kind=managed at 2026-05-02"
        #expect(try await gateway.ask(edit) == "permit by unit")
        #expect(try await gateway.ask(who) == "sato")
        let event = "event hr-5 transferred on 2026-05-01 person=sato to=sales"
        #expect(try await gateway.ask(event) == "recorded")
        // Each thread that answered before notices, whichever of them it is.
        for _ in 0..<100 {
            #expect(try await gateway.ask(edit) == "deny for want of a permit")
        }
        #expect(try await gateway.ask(who) == "nobody")
        #expect(try await gateway.ask(event) == "recorded before")
        #expect(
            try await gateway.ask("event hr-5 departed on 2026-05-01 person=sato")
                == "error: another event has the id \"hr-5\"")
    }

    @Test("answers every line once, from old facts or from new ones, while they change")
    func answersUnderLoad() async throws {
        let gateway = try Dialogue()
        let count = 3_000
        var text = ""
        for number in 1...count {
            text +=
                number % 500 == 250
                ? "event e-\(number) transferred on 2026-05-01 person=sato to="
                    + (number % 1_000 == 250 ? "sales\n" : "cells\n")
                : "can sato edit drawing-7 device.kind=managed at 2026-05-02\n"
        }
        try gateway.say(Array(text.utf8))
        var answers: [Int: String] = [:]
        while answers.count < count {
            let (number, answer) = try await gateway.answer()
            #expect(answers.updateValue(answer, forKey: number) == nil)
        }
        #expect(answers.keys.sorted() == Array(1...count))
        #expect(
            Set(answers.values) == ["recorded", "permit by unit", "deny for want of a permit"])
        #expect(answers.values.count { $0 == "recorded" } == 6)
        let event = "event last departed on 2026-05-01 person=sato"
        #expect(try await gateway.ask(event) == "recorded")
        #expect(
            try await gateway.ask("who edit drawing-7 device.kind=managed at 2026-05-02")
                == "nobody")
    }

    @Test(
        "says what is wrong with a line, and changes nothing",
        arguments: [
            ("", "the line is empty"),
            ("may sato view drawing-7", "a line begins with can, who, event or entity"),
            ("can sato view", "the resource is missing"),
            ("can sato view drawing-7 managed", "\"managed\" is no NAME=VALUE"),
            (
                "can sato view drawing-7 device.kind=managed device.kind=travel",
                "\"device.kind\" is there twice"
            ),
            ("can sato view drawing-7 device=managed", "the policy has no circumstance \"device\""),
            ("can sato view drawing-7 device.kind=manged", "\"manged\" does not fit device.kind"),
            ("can sato view drawing-7 at 2026-02-30", "\"2026-02-30\" is no time"),
            ("can sato view drawing-7 at", "the time is missing"),
            ("entity document drawing-8 tier=open", "entities come with the facts"),
            ("event hr-5 transferred person=sato to=sales", "the time is missing: on TIME"),
            (
                "event hr-5 transferred on 2026-05-01 person=satoo to=sales",
                "nobody has spoken of \"person/satoo\""
            ),
            ("event hr-5 transferred on 2026-05-01 person=sato", "transferred lacks its field to"),
            ("event hr-5 demoted on 2026-05-01 person=sato", "the policy has no event \"demoted\""),
        ])
    func complains(line: String, complaint: String) async throws {
        let gateway = try Dialogue()
        #expect(try await gateway.ask(line) == "error: \(complaint)")
        #expect(
            try await gateway.ask("can sato edit drawing-7 device.kind=managed at 2026-05-02")
                == "permit by unit")
    }

    @Test("repeats nothing that a terminal would obey")
    func quotes() async throws {
        let gateway = try Dialogue()
        #expect(
            try await gateway.ask("can sato view drawing-7 \u{1B}[2J")
                == #"error: "\u{1B}[2J" is no NAME=VALUE"#)
    }

    @Test("drops a line that is too long, and no other")
    func limitsLines() async throws {
        let gateway = try Dialogue()
        let question = "can sato view house-rules"
        // As long as it may be; then one byte longer; then so long that it comes in many pieces.
        let longest = question + String(repeating: " ", count: 1_024 - question.utf8.count)
        #expect(try await gateway.ask(longest) == "permit by house")
        let complaint = "error: the line is longer than 1024 bytes"
        #expect(try await gateway.ask(longest + " ") == complaint)
        #expect(
            try await gateway.ask(question + String(repeating: " x=1", count: 50_000)) == complaint)
        #expect(try await gateway.ask(question) == "permit by house")
    }

    @Test("takes no line that is not UTF-8, or that breaks off")
    func refusesDamagedLines() async throws {
        let gateway = try Dialogue()
        try gateway.say(Array("can sato view house-rules".utf8) + [0xFF, 0x0A])
        #expect(try await gateway.answer().text == "error: the line is not UTF-8")
        #expect(try await gateway.ask("can sato view house-rules\r") == "permit by house")
        try gateway.say(Array("can sato view house-rules".utf8))
        #expect(try await gateway.end().status == 0)
        #expect(try gateway.nextAnswer()?.text == "error: the last line has no end")
        #expect(try gateway.nextAnswer() == nil)
    }

    @Test("does not start on a policy or on facts with a mistake")
    func refusesToStart() async throws {
        let policy = try Dialogue(policy: "policy p version \"1\" zone \"UTC\"\npermt x\n")
        let onPolicy = try await policy.end()
        #expect(onPolicy.status == 2)
        #expect(onPolicy.errors.contains("/policy.ntk:2: NTK1002\n"))
        #expect(try policy.nextAnswer() == nil)
        let facts = try Dialogue(facts: "entity document plan tier=secrt\n")
        let onFacts = try await facts.end()
        #expect(onFacts.status == 2)
        #expect(onFacts.errors.hasSuffix("/facts.txt:1: \"secrt\" does not fit tier\n"))
        #expect(try facts.nextAnswer() == nil)
    }
}
