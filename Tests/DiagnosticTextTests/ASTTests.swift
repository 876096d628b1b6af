import DiagnosticText
import Foundation
import PolicyLanguage
import TestSupport
import Testing

@Suite("The checked policy as JSON")
struct ASTTests {
    static let schema = Result { try JSONSchema(path: "docs/ast.schema.json") }
    static let reader = ASTReader(zone: { Fixtures.zone($0) })

    /// Writes a policy, holds it to the schema, reads it back.
    private static func check(_ policy: CheckedPolicy, _ comment: String) throws -> JSONTree {
        let text = ASTWriter.tree(policy).text
        #expect(ASTWriter.tree(policy).text == text)
        let tree = try JSONTree(text: text)
        #expect(try schema.get().complaints(about: tree) == [], "\(comment)")
        let read = try reader.policy(tree)
        #expect(read == policy.withTitlesAlone, "\(comment)")
        return tree
    }

    private static func member(_ key: String, of tree: JSONTree) throws -> JSONTree {
        guard case .object(let members) = tree else { return tree }
        return try #require(members[key])
    }

    private static func has(_ key: String, _ text: String, _ tree: JSONTree) -> Bool {
        guard case .object(let members) = tree else { return false }
        return members[key] == .text(text)
    }

    /// The words by which its nodes say what they are.
    private static func words(_ tree: JSONTree) -> Set<String> {
        switch tree {
        case .object(let members):
            members.reduce(into: []) { words, member in
                if member.key == "is", case .text(let word) = member.value { words.insert(word) }
                words.formUnion(Self.words(member.value))
            }
        case .list(let elements): elements.reduce(into: []) { $0.formUnion(words($1)) }
        default: []
        }
    }

    @Test("can be read back, keeps to its schema, and has all the schema's nodes in the examples")
    func canBeReadBack() throws {
        var words: Set<String> = []
        let aoba = try #require(try Fixtures.readAobaPolicy().policy)
        words.formUnion(Self.words(try Self.check(aoba, "aoba")))
        for name in ["formatting/everything", "scenarios/failing"] {
            let policy = try #require(Fixtures.read(try Golden.text("\(name).ntk")).policy)
            words.formUnion(Self.words(try Self.check(policy, name)))
        }
        let missing = try Self.schema.get().constants.subtracting(words).sorted()
        #expect(missing == [])
    }

    @Test("of random policies can be read back")
    func randomPoliciesCanBeReadBack() throws {
        var count = 0
        for seed in 0..<30 * FormattingLaws.multiple {
            var random = SplitMix64(seed: UInt64(seed))
            guard let policy = RandomCase(&random)?.checked else { continue }
            _ = try Self.check(policy, "seed \(seed)")
            count += 1
        }
        #expect(count > 15)
    }

    @Test("is the same for the same policy in another layout")
    func isTheSameInAnyLayout() throws {
        let text = try Golden.text("formatting/everything.ntk")
        let formatted = try Golden.text("formatting/everything.formatted.txt")
        let trees = try [text, formatted].map {
            ASTWriter.tree(try #require(Fixtures.read($0).policy))
        }
        #expect(trees[0] == trees[1])
    }

    @Test(
        "can be read back however deep its conditions lie, and by other readers of JSON where they lie less deep"
    )
    func deepPoliciesCanBeReadBack() throws {
        var text = """
            policy deep version "1" zone "UTC"
            entity person { a boolean }
            entity resource { b boolean }
            action read on resource
            define d0 = subject.a

            """
        for index in 1..<101 { text += "define d\(index) = resource.b and not d\(index - 1)\n" }
        for (depth, isShallow) in [(50, true), (100, true)] {
            let whole = text + "permit deep: read on resource when d\(depth)\n"
            let policy = try #require(Fixtures.read(whole).policy)
            let json = ASTWriter.tree(policy).text
            #expect(try Self.reader.policy(try JSONTree(text: json)) == policy)
            guard isShallow else { continue }
            let object = try JSONSerialization.jsonObject(with: Data(json.utf8))
            #expect((object as? [String: Any])?["name"] as? String == "deep")
        }
    }

    @Test("looks as docs/ast.md shows it")
    func isDocumented() throws {
        let url = Fixtures.root.appending(path: "docs/ast.md")
        let page = try String(contentsOf: url, encoding: .utf8)
        let sample = try #require(page.firstMatch(of: #/(?s)```json\n(.*?)```/#))
        let tree = try JSONTree(text: String(sample.output.1))
        #expect(try Self.schema.get().complaints(about: tree, as: "condition") == [])
        let text = try Golden.text("formatting/everything.ntk")
        let policy = try #require(
            Fixtures.read(
                text + """
                    permit shown: view on resource when subject.employer = company

                    """
            ).policy)
        let rules = try Self.member("rules", of: ASTWriter.tree(policy))
        guard case .list(let all) = rules else { return }
        let rule = try #require(all.first { Self.has("name", "shown", $0) })
        let when = try Self.member("when", of: rule)
        #expect(
            when
                == .list([
                    .object(["condition": tree, "text": .text("subject.employer = company")])
                ]))
        // Every word of the schema's nodes is spoken of.
        let words = try Self.schema.get().constants
        #expect(words.filter { !page.contains("`\($0)`") }.sorted() == [])
    }

    @Test("is text that other readers of JSON understand, with any characters")
    func isJSON() throws {
        let characters = "\"\\/\u{0}\u{1F}\n\t\r\u{7F}極秘𝄞\u{2028}e\u{301}"
        let tree = JSONTree.object([
            characters: .list([.text(characters), .integer(.min), .boolean(false), .object([:])])
        ])
        let data = Data(tree.text.utf8)
        let object = try JSONSerialization.jsonObject(with: data) as? [String: [Any]]
        #expect(object?[characters]?.first as? String == characters)
        #expect(try JSONTree(text: tree.text) == tree)
        let other = try JSONSerialization.data(withJSONObject: [characters: [characters]])
        #expect(
            try JSONTree(text: String(decoding: other, as: UTF8.self))
                == .object([characters: .list([.text(characters)])]))
        #expect(
            try JSONTree(text: #" ["\ud834\udd1e\u6975" , -1 ] "#)
                == .list([.text("𝄞極"), .integer(-1)]))
    }

    @Test(
        "is refused where it is no JSON",
        arguments: [
            "", "{", "[1,]", "{\"a\":1,}", "[1 2]", "nul", "null", "1.5", "1e3", "01", "+1", "-",
            "\"a",
            "\"\n\"", #""\x""#, #""\ud834""#, #""\u12""#, "{\"a\":1,\"a\":2}", "{1:2}", "[1] 2",
            "tru",
            "99999999999999999999", String(repeating: "[", count: 5_000),
        ])
    func isNoJSON(text: String) {
        #expect(throws: ASTProblem.self) { try JSONTree(text: text) }
    }

    @Test("is refused where it is not whole, with the place")
    func isRefused() throws {
        let policy = try #require(try Fixtures.readAobaPolicy().policy)
        guard case .object(let members) = ASTWriter.tree(policy) else { return }
        for (key, value, path) in [
            ("ast", JSONTree.integer(2), "/ast"), ("zone", .text("Nowhere"), "/zone"),
            ("rules", .list([.object(["name": .text("x")])]), "/rules/0/kind"),
            ("name", .integer(1), "/name"),
            (
                "leases", .list([.object(["class": .object(["is": .text("maybe")])])]),
                "/leases/0/class"
            ),
        ] {
            var changed = members
            changed[key] = value
            #expect { try Self.reader.policy(.object(changed)) } throws: { error in
                (error as? ASTProblem)?.path == path
            }
        }
    }

    @Test("is held to its schema by a check that complains about bad samples")
    func checkComplains() throws {
        let policy = try #require(try Fixtures.readAobaPolicy().policy)
        let schema = try Self.schema.get()
        guard case .object(let members) = ASTWriter.tree(policy) else { return }
        for (key, value) in [
            ("ast", JSONTree.integer(2)), ("name", .integer(1)), ("more", .text("x")),
            ("rules", .list([.object(["name": .text("x")])])), ("leases", .text("none")),
            ("scenarios", .list([.object(["title": .boolean(true)])])),
        ] {
            var changed = members
            changed[key] = value
            #expect(schema.complaints(about: .object(changed)) != [], "\(key)")
        }
        var lacking = members
        lacking["duties"] = nil
        #expect(schema.complaints(about: .object(lacking)) == [": lacks duties"])
    }
}
