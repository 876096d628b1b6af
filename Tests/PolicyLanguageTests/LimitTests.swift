import Diagnostics
import PolicyLanguage
import TestSupport
import Testing

/// A policy of people comes near none of these; a policy of somebody who wants the reader to stop, does.
@Suite("A policy that is too much is refused, and said to be:")
struct LimitTests {
    static let preamble = """
        policy library version "1" zone "UTC"
        entity person { employed boolean default false  friend person }
        entity resource { restricted boolean  owner person }
        record post of person as posts { holder person  acting boolean }
        action read on resource

        """

    func diagnostics(_ text: String) -> [Diagnostic] {
        Fixtures.read(Self.preamble + text).diagnostics
    }

    func codes(_ text: String) -> [DiagnosticCode] { diagnostics(text).map(\.code) }

    func lines(_ count: Int, _ line: (Int) -> String) -> String {
        (0..<count).map { line($0) + "\n" }.joined()
    }

    @Test(
        "too many of one sort",
        arguments: [
            ("kinds", 1_000, "entity k# { }", ""),
            ("rules", 10_000, "permit r#: read on resource", ""),
            ("definitions", 10_000, "define d# = #", ""),
            ("events", 1_000, "event e# { p person }", ""),
            ("checks", 1_000, "check c# { lasts 1 years }", ""),
            ("leases", 1_000, "lease 5 minutes on resource", ""),
            ("actions", 250, "action a# on resource", ""),
            ("cases", 10_000, "c#,", "enumeration e {"),
            ("attributes", 20_000, "a# text", "entity k {"),
            ("contexts", 1_000, "c# text", "context c {"),
            ("phrases", 2_000, "written \"w# {self}\"", "entity k {"),
            ("statements in a scenario", 1_000, "person p#", "scenario \"s\" {"),
            ("words in a statement", 10_000, "p#", "scenario \"s\" { person a friend {"),
        ])
    func tooMany(what: String, limit: Int, unit: String, opening: String) {
        func found(_ count: Int) -> [Diagnostic] {
            diagnostics(
                opening + "\n" + lines(count) { unit.replacing("#", with: "\($0)") }
                    + String(repeating: "}", count: opening.count { $0 == "{" })
            ).filter { $0.code == .tooMany }
        }
        #expect(found(limit - 10) == [])
        #expect(found(limit + 1).map(\.arguments) == [["\(limit)", what]])
    }

    @Test("kinds below kinds, and in a circle, in no time")
    func kinds() {
        let line = lines(999) { "entity k\($0) is k\($0 + 1) { }" }
        #expect(Set(codes(line + "entity k999 { }")) == [.tooMany])
        let shorter = lines(200) { "entity k\($0) is k\($0 + 1) { }" }
        #expect(codes(shorter + "entity k200 { }").allSatisfy { $0 == .kindsTooDeep })
        #expect(codes(shorter + "entity k200 { }").isEmpty == false)
        let allowed = lines(64) { "entity k\($0) is k\($0 + 1) { }" }
        #expect(codes(allowed + "entity k64 { }") == [])
        #expect(codes(shorter + "entity k200 is k0 { }").contains(.circularDefinition))
    }

    @Test("attributes that are inherited over and over")
    func inherited() {
        let text =
            "entity k0 {\n" + lines(1_000) { "a\($0) text" } + "}\n"
            + lines(50) { "entity k\($0 + 1) is k\($0) { b\($0) text }" }
        #expect(codes(text) == [.tooMany])
    }

    @Test("conditions of all rules together")
    func conditions() {
        let row = Array(repeating: "subject.employed", count: 190).joined(separator: " and ")
        let text =
            "define a = \(row)\ndefine b = \(Array(repeating: "a", count: 100).joined(separator: " and "))\n"
            + lines(60) { "permit r\($0): read on resource when b" }
        #expect(codes(text) == [.policyTooLarge])
    }

    @Test("a long list or text counts wherever a definition brings it")
    func lists() {
        let list = (0..<1_000).map { "p\($0)" }.joined(separator: ", ")
        let text =
            "define friends = subject.friend in {\(list)}\n"
            + lines(600) { "permit r\($0): read on resource when friends" }
        #expect(codes(text) == [.policyTooLarge])
        #expect(codes("define t = \"\(String(repeating: "x", count: 5_000))\"") == [.tooLong])
    }

    @Test("quantifiers inside each other, one more than the engine has room for")
    func quantifiers() {
        func policy(_ depth: Int) -> String {
            let nested = (0..<depth).map {
                "some v\($0) in \($0 == 0 ? "subject" : "v\($0 - 1).holder").posts where "
            }
            return "permit p: read on resource when \(nested.joined()) subject.employed\n"
        }
        #expect(codes(policy(16)) == [])
        #expect(codes(policy(17)) == [.quantifiersTooDeep])
        let split = """
            define inner = \(policy(10).replacing("permit p: read on resource when ", with: ""))
            permit p: read on resource when some w in subject.posts where \(policy(7).replacing("permit p: read on resource when ", with: "").replacing("subject.employed", with: "inner"))
            """
        #expect(codes(split) == [.quantifiersTooDeep])
    }

    @Test("conditions inside each other, through definitions, in whichever order they are checked")
    func depth() {
        for (name, next) in [(1, { 1_000 + $0 }), (2, { 2_000 - $0 })] as [(Int, (Int) -> Int)] {
            let chain =
                lines(20) {
                    "define d\(next($0)) = \(String(repeating: "not ", count: 30)) d\(next($0 + 1))"
                } + "define d\(next(20)) = subject.employed\n"
            let found = codes(chain + "permit p: read on resource when d\(next(0))\n")
            #expect(found == [.conditionsTooDeep], "\(name)")
        }
    }

    @Test("rows that begin with rows")
    func spine() {
        let row = String(repeating: " or subject.employed", count: 150)
        let text =
            String(repeating: "(", count: 60) + "subject.employed"
            + String(repeating: row + ")", count: 60)
        #expect(codes("define d = " + text) == [.nestedTooDeeply])
    }

    @Test("paths that derived attributes make longer and longer")
    func paths() {
        let path = String(repeating: ".f", count: 90)
        let text =
            "entity k is person { f k\n" + lines(4) { "derived d\($0) = self\(path) d\($0 + 1)" }
            + "derived d4 = self.employed }\n"
        #expect(codes(text) == [.nestedTooDeeply])
    }

    @Test(
        "ids that no id may be, in policies and scenarios", arguments: ["", "a\u{34F}", "\u{200B}"])
    func ids(id: String) {
        #expect(codes("define d = person \"\(id)\"") == [.malformedID])
        #expect(codes("scenario \"s\" {\n person \"\(id)\"\n}") == [.malformedID])
    }

    @Test("mistakes beyond counting, without taking each one up")
    func mistakes() {
        let known = lines(3_000) { "define d\($0) = subject.employed" }
        let found = codes(known + lines(3_000) { "permit r\($0): read on resource when x\($0)" })
        #expect(found.count == 1_000)
        #expect(codes("// " + String(repeating: "\u{202E}", count: 5_000)).count == 1_000)
    }
}
