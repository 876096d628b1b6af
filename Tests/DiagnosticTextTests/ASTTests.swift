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
        let text = try JSONText.text(ASTWriter.tree(policy))
        #expect(try JSONText.text(ASTWriter.tree(policy)) == text)
        let tree = try JSONDecoder().decode(JSONTree.self, from: Data(text.utf8))
        #expect(try schema.get().complaints(about: tree) == [], "\(comment)")
        let read = try reader.policy(tree)
        #expect(read == policy.withTitlesAlone, "\(comment)")
        return tree
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
