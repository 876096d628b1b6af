import Foundation
import TestSupport
import Testing

@Suite("The house rules")
struct TidyTests {
    /// A source file of a target.
    struct File: CustomTestStringConvertible, Sendable {
        let target: String
        let path: String
        var testDescription: String { path }
    }

    static let files = swiftFiles(in: "Sources")

    private static func swiftFiles(in folder: String) -> [File] {
        let root = Fixtures.root.appending(path: folder)
        let paths = FileManager.default.enumerator(atPath: root.path)?.allObjects as? [String] ?? []
        return paths.filter { $0.hasSuffix(".swift") }.sorted().map { path in
            File(target: String(path.prefix { $0 != "/" }), path: path)
        }
    }

    @Test("hold in every source")
    func hold() throws {
        #expect(Self.files.count > 80)
        for file in Self.files {
            let url = Fixtures.root.appending(path: "Sources/\(file.path)")
            let text = try String(contentsOf: url, encoding: .utf8)
            for complaint in SourceRules.complaints(about: text, target: file.target) {
                Issue.record("\(file.path) \(complaint)")
            }
        }
    }

    @Test("let tests be built optimised, where nothing internal can be seen")
    func testsSeeWhatIsOptimised() throws {
        let tests = Self.swiftFiles(in: "Tests")
        #expect(tests.count > 80)
        for file in tests {
            let url = Fixtures.root.appending(path: "Tests/\(file.path)")
            let text = try String(contentsOf: url, encoding: .utf8)
            #expect(!text.contains("@test" + "able import"), "\(file.path)")
        }
    }

    @Test("know every target")
    func knowEveryTarget() {
        for target in Set(Self.files.map(\.target)) {
            #expect(LayerTable.named[target] != nil, "\(target) is not in the table of layers")
        }
    }

    @Test("keep circles out of the table of layers")
    func noCircles() {
        for target in LayerTable.named.keys {
            #expect(!LayerTable.allowed(for: target).contains(target))
        }
    }

    @Test(
        "complain about bad samples",
        arguments: [
            ("import Foundation\n", "Facts"), ("public import GRDB\n", "Commands"),
            ("import CLDAP\n", "DirectorySync"), ("import PolicyLanguage\n", "DecisionEngine"),
            ("import struct Foundation.Date\n", "Lifecycle"), ("let x = try! y()\n", "Ledger"),
            ("print(1)\n", "Feeds"), ("// TO" + "DO later\n", "Facts"),
            (String(repeating: "\n", count: 402), "Facts"),
        ])
    func complain(text: String, target: String) {
        #expect(SourceRules.complaints(about: text, target: target).count == 1)
    }

    @Test("leave good samples alone")
    func leaveAlone() {
        let text =
            "public import Facts\nimport OrderedCollections\n\n/// Prints nothing.\nstruct A {}\n"
        #expect(SourceRules.complaints(about: text, target: "PolicyLanguage") == [])
    }
}
