import Foundation
import TestSupport
import Testing

@Suite("Bad input")
struct BadInputTests {
    @Test("in a policy is reported whole, with exit code 3")
    func policy() async throws {
        let ntk = try NTK()
        let output = try await ntk.run("check", "Tests/Fixtures/diagnostics/names.ntk")
        #expect(output.status == 3)
        #expect(output.stdout == "")
        #expect(output.stderr.contains("error[NTK2001]: nothing here is named `職員`"))
        #expect(output.stderr.contains("--> Tests/Fixtures/diagnostics/names.ntk:"))
        let count = output.stderr.components(separatedBy: "error[NTK").count - 1
        #expect(count > 20, "off a terminal all of them are shown")
    }

    @Test("on the command line is a matter of usage, with exit code 2")
    func usage() async throws {
        let ntk = try NTK()
        #expect(try await ntk.run("fly").status == 2)
        #expect(try await ntk.run("can", "tanaka").status == 2)
        #expect(try await ntk.run("check", "--lang", "fr", "policies/aoba.ntk").status == 2)
        #expect(try await ntk.run("--help").status == 0)
        #expect(try await ntk.run("--version").stdout == "0.1.0\n")
    }

    @Test("without a ledger says so")
    func noLedger() async throws {
        let output = try await NTK().run("can", "tanaka", "view", "drawing-7")
        #expect(output.status == 4)
        #expect(output.stderr.contains("test.ledger"))
    }

    static let goodEvent =
        #"{"id":"a","event":"joined","at":"2026-01-05","person":"new","kind":"employee"}"#

    @Test(
        "in one line refuses the whole file, and leaves the ledger as it was",
        arguments: [
            ("bad.jsonl", goodEvent + "\nnot json\n", "bad.jsonl:2:", "NTK5019"),
            (
                "bad.jsonl",
                goodEvent + "\n"
                    + #"{"id":"b","event":"transferred","at":"2026-02-30","person":"new","to":"x"}"#,
                "bad.jsonl:2:", "NTK5015"
            ),
            (
                "bad.jsonl",
                goodEvent + "\n"
                    + #"{"id":"b","event":"transferred","at":"2026-02-01","person":"nobody","to":"x"}"#,
                "bad.jsonl:2:", "NTK5008"
            ),
            (
                "bad.jsonl",
                #"{"id":"c","event":"travelled","at":"2026-01-02","person":"new","country":"US","purpose":"business","until":"2026-01-03"}"#
                    + "\n" + goodEvent, "bad.jsonl:1:", "NTK5009"
            ),
            (
                "bad.csv", "entity,id,tier\ndocument,d1,internal\ndocument,d2,topsecret\n",
                "bad.csv:3:", "NTK5007"
            ),
            ("bad.csv", "entity,id,tier\ndocument,d1\n", "bad.csv:2:", "NTK5028"),
            (
                "bad.ldif",
                "dn: ou=cells,ou=departments,dc=aoba,dc=example\nobjectClass: organizationalUnit\nou: cells\nou;lang-ja: a\n\ndn: ou=people,dc=aoba,dc=example\nobjectClass: organizationalUnit\nou: people\n\ndn: uid=a,ou=people,dc=aoba,dc=example\nuid:: ###\n",
                "bad.ldif:11:", "NTK5017"
            ),
        ])
    func brokenLine(name: String, text: String, place: String, code: String) async throws {
        let ntk = try NTK()
        try await ntk.run("adopt", "policies/aoba.ntk")
        let path = try ntk.file(name, text)
        let output = try await ntk.run(
            "import", path, "--mapping", "examples/aoba/directory.yaml", "--as-of", "2025-12-01")
        #expect(output.status == 3, "\(output.stderr)")
        #expect(output.stderr.contains(place), "\(output.stderr)")
        #expect(output.stderr.contains(code), "\(output.stderr)")
        #expect(output.stdout == "")
        let good = try ntk.file("good.jsonl", Self.goodEvent)
        #expect(
            try await ntk.run("import", good).stdout
                == "recorded 1, known already 0, ledger sequence 2\n")
    }

    @Test("is set aside with --keep-going, counted and kept")
    func keepGoing() async throws {
        let ntk = try NTK()
        try await ntk.run("adopt", "policies/aoba.ntk")
        let bad = #"{"id":"b","event":"transferred","at":"2026-02-01","person":"nobody","to":"x"}"#
        let events = try ntk.file("events.jsonl", "\(Self.goodEvent)\nnot json\n\(bad)\n")
        let output = try await ntk.run("import", events, "--keep-going")
        #expect(output.status == 0, "\(output.stderr)")
        #expect(output.stdout == "recorded 1, known already 0, ledger sequence 2\n")
        #expect(output.stderr.contains("set aside 2 bad records in \(events).set-aside"))
        let aside = try String(contentsOfFile: events + ".set-aside", encoding: .utf8)
        #expect(aside == "not json\n\(bad)\n")

        let rows = try ntk.file(
            "rows.csv", "entity,id,tier\ndocument,d1,internal\ndocument,d2,topsecret\n")
        #expect(try await ntk.run("import", rows, "--keep-going").status == 0)
        #expect(
            try String(contentsOfFile: rows + ".set-aside", encoding: .utf8)
                == "entity,id,tier\ndocument,d2,topsecret\n")
    }

    @Test("in an LDIF entry is set aside as the whole entry")
    func keepGoingLDIF() async throws {
        let ntk = try NTK()
        try await ntk.run("adopt", "policies/aoba.ntk")
        let good = """
            dn: ou=departments,dc=aoba,dc=example
            objectClass: organizationalUnit
            ou: departments

            dn: ou=lab,ou=departments,dc=aoba,dc=example
            objectClass: organizationalUnit
            ou: lab
            ou;lang-ja: x

            dn: ou=people,dc=aoba,dc=example
            objectClass: organizationalUnit
            ou: people

            """
        let bad = """
            dn: uid=a,ou=people,dc=aoba,dc=example
            objectClass: inetOrgPerson
            uid: a
            o: aoba
            physicalDeliveryOfficeName: aoba
            employeeType: employe

            """
        let people = try ntk.file("people.ldif", good + "\n" + bad)
        let output = try await ntk.run(
            "import", people, "--mapping", "examples/aoba/directory.yaml", "--keep-going",
            "--as-of", "2025-12-01")
        #expect(output.status == 0, "\(output.stderr)")
        #expect(output.stdout == "recorded 1, known already 0, ledger sequence 2\n")
        #expect(output.stderr.contains("`employe` is no value for `kind`"), "\(output.stderr)")
        #expect(output.stderr.contains("the name `employee` exists"))
        #expect(try String(contentsOfFile: people + ".set-aside", encoding: .utf8) == bad + "\n")
    }

    @Test("under an id used before for something else is refused")
    func idUsedBefore() async throws {
        let ntk = try NTK()
        try await ntk.run("adopt", "policies/aoba.ntk")
        try await ntk.run("import", try ntk.file("a.jsonl", Self.goodEvent))
        let changed = Self.goodEvent.replacing("employee", with: "student")
        let output = try await ntk.run("import", try ntk.file("b.jsonl", changed))
        #expect(output.status == 3)
        #expect(output.stderr.contains("NTK5011"))
    }

    @Test("includes a policy without an event that the ledger holds: it is not adopted")
    func policyWithoutEvent() async throws {
        let ntk = try NTK()
        try await ntk.run("adopt", "policies/aoba.ntk")
        try await ntk.run("import", try ntk.file("a.jsonl", Self.goodEvent))
        let standard = try await ntk.run("check", "--show", "standard").stdout
        _ = try ntk.file("mine.ntk", standard.replacing("event joined ", with: "event entered "))
        let policy = try String(
            contentsOf: Fixtures.root.appending(path: "policies/aoba.ntk"), encoding: .utf8)
        let mine = try ntk.file("aoba.ntk", policy.replacing("use standard", with: "use mine"))
        #expect(try await ntk.run("check", mine).status == 0)
        let output = try await ntk.run("adopt", mine)
        #expect(output.status == 3)
        #expect(output.stderr.contains("the vocabulary has no event `joined` [NTK5002]"))
        let before = try await ntk.run("what-can", "new", "view", "--at", "2026-01-06", "--json")
        #expect(before.stdout.contains(#""sequence" : 2"#), "the old policy still answers")
    }

    @Test("in a mapping that names an attribute nobody has is refused")
    func mappingTypo() async throws {
        let ntk = try NTK()
        try await ntk.run("adopt", "policies/aoba.ntk")
        let mapping = try String(
            contentsOf: Fixtures.root.appending(path: "examples/aoba/directory.yaml"),
            encoding: .utf8)
        let typo = try ntk.file("typo.yaml", mapping.replacing("role: title", with: "role: titel"))
        let output = try await ntk.run(
            "import", "examples/aoba/people.ldif", "--mapping", typo, "--as-of", "2025-12-01")
        #expect(output.status == 3)
        #expect(output.stderr.contains("no entry has `titel`"), "\(output.stderr)")
    }

    @Test("of an event names what is meant")
    func event() async throws {
        let ntk = try NTK()
        try await ntk.run("adopt", "policies/aoba.ntk")
        let typo = try await ntk.run("event", "transfr", "tanaka")
        #expect(typo.status == 3)
        #expect(typo.stderr.contains("the name `transfer` exists"))
        let nobody = try await ntk.run(
            "event", "transfer", "nobody", "--to", "sales", "--lang", "ja")
        #expect(nobody.status == 3)
        #expect(nobody.stderr.contains("person `nobody` はまだ登録されていません"))
    }

    @Test("never makes it into the terminal as control characters")
    func controlCharacters() async throws {
        let ntk = try NTK()
        try await ntk.run("adopt", "policies/aoba.ntk")
        let output = try await ntk.run("can", "a\u{1B}[31m", "view", "b")
        #expect(!output.stdout.contains("\u{1B}"))
        #expect(output.stdout.contains("<U+1B>"))
    }
}
